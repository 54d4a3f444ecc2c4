"""Telling for which resource a call is made that is signed like all others: by the operation and what it is given."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from onetake.model.records import record
from onetake.model.resources import Mode, Resource
from onetake.model.stacks import Stack
from onetake.model.values import Absent, Known

_MAKES = ("Create", "Put", "Register", "Run", "Allocate", "Request")
"""How operations begin that make a thing and are not also called for another one."""


@record
class Mark:
    """What the creation of one resource is recognized by."""

    call: str
    """``logs:CreateLogGroup``."""
    texts: frozenset[str] = frozenset()
    """Values that no sibling has; empty when there are no siblings."""

    def fits(self, given: Mapping[str, Any]) -> bool:
        """Whether a call of the operation with these parameters is the one."""
        return not self.texts or any(isinstance(one, str) and one in self.texts for one in given.values())


def mark(resource: Resource, stack: Stack) -> Mark | None:
    """What the creation of ``resource`` is recognized by; ``None`` when nothing tells it from its siblings."""
    call = _creations().get(resource.type)
    if call is None or not stack.whole:
        return None
    siblings = [
        one
        for one in stack.resources.values()
        if one is not resource and one.mode is Mode.MANAGED and _creations().get(one.type) == call
    ]
    if not siblings:
        return Mark(call) if call.partition(":")[2].startswith(_MAKES) else None
    texts = frozenset(_own(resource, siblings))
    return Mark(call, texts) if texts else None


def _own(resource: Resource, siblings: list[Resource]) -> Iterator[str]:
    """The texts that ``resource`` has for itself: every sibling is known to have another one, or none."""
    for name, value in resource.arguments.items():
        match value:
            case Known(str() as text) if text:
                others = [one.argument(name) for one in siblings]
                if all(isinstance(one, Absent) or (isinstance(one, Known) and one.value != text) for one in others):
                    yield text
            case _:
                continue


@cache
def _creations() -> Mapping[str, str]:
    """The call that creates a resource, by type: as ``make oracle-emulator`` saw the provider make it."""
    found: Mapping[str, str] = json.loads(
        resources.files(__package__).joinpath("creations.json").read_text(encoding="utf-8")
    )
    return found
