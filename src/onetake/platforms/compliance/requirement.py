"""A requirement of a standard, and the checks that find the resources by which it is met."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from onetake.model.records import record
from onetake.platforms.synthesized import Resource, Synthesized, blocks

Check = Callable[[Synthesized], Sequence[Resource]]
"""Finds the resources that meet a requirement; none if it is not met."""
Test = Callable[[Resource], bool]


@record
class Requirement:
    """One requirement, as far as infrastructure can meet it.

    Attributes:
        number: as the standard counts it.
        meaning: what it asks of infrastructure, in our words.
        met: finds the resources that meet it.
        elsewhere: who meets it when this platform does not; empty if it has to.
    """

    number: str
    meaning: str
    met: Check
    elsewhere: str = ""


@record
class Standard:
    """A standard.

    Attributes:
        name: with its version.
        source: where its requirements are published.
        requirements: in its order.
    """

    name: str
    source: str
    requirements: tuple[Requirement, ...]


def some(kind: str, test: Test = lambda _one: True, **arguments: object) -> Check:
    """The resources of a type that have these arguments and pass the test."""

    def check(stack: Synthesized) -> list[Resource]:
        return [one for one in stack.of(kind) if _has(one, arguments) and test(one)]

    return check


def every(kind: str, test: Test = lambda _one: True, **arguments: object) -> Check:
    """All resources of a type, if each has these arguments and passes the test."""

    def check(stack: Synthesized) -> list[Resource]:
        found = list(stack.of(kind))
        return found if all(_has(one, arguments) and test(one) for one in found) else []

    return check


def both(*checks: Check) -> Check:
    """What all checks find, if each finds something."""

    def check(stack: Synthesized) -> list[Resource]:
        found = [one(stack) for one in checks]
        return [one for part in found for one in part] if all(found) else []

    return check


def any_of(*checks: Check) -> Check:
    """What the checks find, if at least one finds something."""

    def check(stack: Synthesized) -> list[Resource]:
        return [one for each in checks for one in each(stack)]

    return check


def inner(value: object, *path: str) -> Any:
    """A value inside blocks of which there is one each."""
    for step in path:
        found = blocks(value)
        value = found[0].get(step) if len(found) == 1 and isinstance(found[0], dict) else None
    return value


def _has(one: Resource, arguments: dict[str, object]) -> bool:
    return all(one.arguments.get(name) == value for name, value in arguments.items())
