"""Addresses and references as plans write them, taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onetake.model.records import record

_STEP = re.compile(r'\.?(?:([^\W\d][\w-]*|\d+)|(\[(?:-?\d+|"(?:[^"\\]|\\.)*")\]))')

Step = tuple[str, str]
"""A name and the instance key behind it, as it is written: ``("private", "[0]")``; the key may be empty."""
Steps = tuple[Step, ...]


def split(written: str) -> Steps:
    """The names in an address or a traversal, each with its key."""
    found: list[Step] = []
    place = 0
    while match := _STEP.match(written, place):
        if match[1] is not None:
            found.append((match[1], ""))
        elif found and not found[-1][1]:
            found[-1] = (found[-1][0], match[2])
        place = match.end()
    return tuple(found)


def join(steps: Iterable[Step]) -> str:
    """The address that ``steps`` make."""
    return ".".join(name + key for name, key in steps)


@record
class Place:
    """An instance of a module: the calls that lead to it, each with its key."""

    calls: Steps = ()

    @property
    def prefix(self) -> str:
        """What stands before the names of its resources."""
        return "".join(f"module.{name}{key}." for name, key in self.calls)

    @property
    def path(self) -> tuple[str, ...]:
        """The names of the calls."""
        return tuple(name for name, _ in self.calls)

    @property
    def declared(self) -> str:
        """The prefix without keys."""
        return "".join(f"module.{name}." for name in self.path)

    @property
    def parent(self) -> Place:
        """The module that calls it."""
        return Place(self.calls[:-1])


def placed(address: str) -> tuple[Place, str, str]:
    """The module, the name within it (``data.aws_region.here``) and the key of a resource's address."""
    steps = list(split(address))
    calls: list[Step] = []
    while len(steps) > 2 and steps[0] == ("module", ""):
        calls.append(steps[1])
        del steps[:2]
    key = steps[-1][1] if steps else ""
    return Place(tuple(calls)), ".".join(name for name, _ in steps), key


def whole(references: Iterable[str]) -> list[str]:
    """The traversals that an expression holds: plans list each of them with all that it begins with."""
    kept: list[str] = []
    for reference in references:
        if not any(one.startswith((f"{reference}.", f"{reference}[")) for one in kept):
            kept.append(reference)
    return kept
