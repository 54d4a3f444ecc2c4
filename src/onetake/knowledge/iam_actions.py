"""The actions of IAM: which there are in each service, and which kinds of resources each is about.

Names are compared without regard to case, as IAM does. AWS adds actions every week; see the date of the pack.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache

from onetake.knowledge.shelf import pack

NAME = "iam-actions"


@cache
def actions(service: str) -> Mapping[str, tuple[str, ...]] | None:
    """The actions of ``service`` (``s3``) in lower case, each with the kinds of resources that it is about.

    None for an action that is about no kind of resource. ``None`` when there is no such service.
    """
    found = pack(NAME)
    if found is None or service.lower() not in found:
        return None
    return {name: tuple(kinds) for name, kinds in found.load(service.lower()).items()}


def as_of() -> datetime.date:
    """The day on which the actions were listed.

    Raises:
        LookupError: the pack is not there.
    """
    found = pack(NAME)
    if found is None:
        raise LookupError(f"there is no pack called {NAME}")
    return datetime.date.fromisoformat(found.meta["as_of"])
