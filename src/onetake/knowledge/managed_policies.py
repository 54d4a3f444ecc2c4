"""AWS managed policies: which exist, under which path, and what the commonest of them say.

The path belongs to the ARN (``arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole``). AWS adds
policies all the time and changes some; see the dates of the two tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from onetake.knowledge.tables import Table, table

PREFIX = ":iam::aws:policy"
"""What stands between the partition and the path in the ARN of every managed policy."""


def names() -> Table:
    """The dated table of names by path."""
    return table("managed_policies")


def path_of(name: str) -> str | None:
    """The path of the managed policy ``name`` (``/``, ``/service-role/``); ``None`` when none is known."""
    return _paths().get(name)


def statements(name: str) -> list[Any] | None:
    """The statements of ``name`` as JSON data; ``None`` when they are not in the table."""
    found = table("managed_policy_statements").values.get(name)
    return None if found is None else list(found["statements"])


def suggestion(arn_tail: str) -> str | None:
    """The right path and name for ``arn_tail`` (what follows ``policy`` in an ARN), when only the path is wrong."""
    name = arn_tail.rsplit("/", 1)[-1]
    path = path_of(name)
    return f"{path}{name}" if path is not None and f"{path}{name}" != arn_tail else None


@cache
def _paths() -> Mapping[str, str]:
    return {name: path for path, found in names().values.items() for name in found}
