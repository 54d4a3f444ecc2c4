"""The rules there are, known without importing them.

``_catalogue`` is generated from the rule files by ``make catalogue`` and checked against them by a test: it names
each rule, its module and the resource types it judges, so that a run imports only the rules of the types present.
"""

from __future__ import annotations

import importlib
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple, cast

from onetake.rules.rule import Rule


class Entry(NamedTuple):
    """What is known of a rule before it is imported."""

    name: str
    module: str
    """Below ``onetake.rules``: ``sqs.fifo_name_without_suffix``."""
    types: tuple[str, ...]
    severity: str
    stages: tuple[str, ...]
    """Where it stops: under Terraform, under CloudFormation; one where both agree or only one applies."""
    summary: str
    deployed: bool = False
    """Whether it judges the prior state of plans."""


@cache
def entries() -> Mapping[str, Entry]:
    """Every rule by name."""
    from onetake.rules._catalogue import CATALOGUE, DEPLOYED

    return {row[0]: Entry(*row, deployed=row[0] in DEPLOYED) for row in CATALOGUE}


@cache
def _by_type() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for entry in entries().values():
        for kind in entry.types:
            found.setdefault(kind, []).append(entry.name)
    return {kind: tuple(names) for kind, names in found.items()}


def applicable(types: Collection[str], *, deployed: bool = False) -> Iterator[Entry]:
    """The rules that judge any of ``types``, planned or else ``deployed``, in the order of the catalogue."""
    by_type = _by_type()
    chosen = {name for kind in types for name in by_type.get(kind, ())}
    return (entry for name, entry in entries().items() if name in chosen and entry.deployed is deployed)


@cache
def load(name: str) -> Rule[Any]:
    """The rule called ``name``; imports its module.

    Raises:
        KeyError: there is no such rule.
    """
    module = importlib.import_module(f"onetake.rules.{entries()[name].module}")
    return cast("Rule[Any]", module.RULE)


def page(name: str) -> str:
    """What the rule's author wrote about it: the docstring of its module."""
    module = importlib.import_module(f"onetake.rules.{entries()[name].module}")
    return (module.__doc__ or "").strip()
