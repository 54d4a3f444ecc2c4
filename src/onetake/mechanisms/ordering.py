"""Happens-before: is one resource surely ready before another is created, and surely gone after it?

Both engines create a resource when everything that it names (``depends_on``, references) is ready, and destroy in
the opposite order. Whatever is not ordered by that happens side by side, and may happen in either order.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TypeAlias, TypeVar, cast

from onetake.aws.view import View
from onetake.model.changes import Step
from onetake.model.language import Language, Truth
from onetake.model.records import record
from onetake.model.resources import Mode, Resource
from onetake.model.stacks import Stack

Place: TypeAlias = View | Resource | str
P = TypeVar("P", bound=Place)


@record
class _Before:
    """What comes before a declaration: surely, perhaps, and whether there may be more."""

    surely: frozenset[str]
    perhaps: frozenset[str]
    whole: bool


def surely_before(stack: Stack, earlier: Place, later: Place) -> Truth:
    """Is ``earlier`` certainly ready before ``later`` is created?

    ``NO`` says that nothing orders them, so that they happen side by side (or in the opposite order). Instances
    made by ``count`` or ``for_each`` are ordered as their declarations are, and never among themselves.
    """
    first, second = _declaration(stack, earlier), _declaration(stack, later)
    if first is None or second is None:
        return Truth.UNKNOWN
    before = _before(stack, second)
    if first in before.surely:
        return Truth.YES
    return Truth.UNKNOWN if first in before.perhaps or not before.whole else Truth.NO


def surely_gone_after(stack: Stack, lasting: Place, leaving: Place) -> Truth:
    """Is ``lasting`` certainly still there until ``leaving`` has been destroyed?

    ``NO`` says that they are destroyed side by side, or in the opposite order.
    """
    return surely_before(stack, lasting, leaving)


def unordered(stack: Stack, later: Place, earlier: Iterable[P]) -> tuple[P, ...]:
    """Those of ``earlier`` that ``later`` certainly does not wait for."""
    return tuple(item for item in earlier if surely_before(stack, item, later) is Truth.NO)


class Race(Enum):
    """How a race ends in which nothing makes one resource wait for another that it needs."""

    LOST = "the hasty one comes first"
    """It waits for nothing that the other does not wait for, too, and the other waits for more."""
    EVEN = "side by side"
    """Both wait for the same."""


def race(stack: Stack, hasty: Place, needed: Place) -> Race | None:
    """How the race between ``hasty`` and ``needed`` ends; ``None`` where something orders them, or time may.

    What ``hasty`` waits for beside may take long enough for ``needed`` to be ready, which is then left open.
    """
    first, second = _declaration(stack, hasty), _declaration(stack, needed)
    if first is None or second is None or surely_before(stack, second, first) is not Truth.NO:
        return None
    ahead, behind = _before(stack, first).perhaps, _before(stack, second).surely
    if not ahead <= behind:
        return None
    more = [resource for name in behind - ahead for resource in stack.by_declaration.get(name, ())]
    return Race.LOST if any(_takes_time(resource) for resource in more) else Race.EVEN


def _takes_time(resource: Resource) -> bool:
    """Whether it is made in this deployment: a plan tells what is there already."""
    made = resource.change is None or resource.change.step in (Step.CREATE, Step.REPLACE)
    return resource.mode is Mode.MANAGED and made


def _declaration(stack: Stack, place: Place) -> str | None:
    if isinstance(place, View):
        return place.resource.declaration
    if isinstance(place, Resource):
        return place.declaration
    found = stack.resources.get(place)
    if found is not None:
        return found.declaration
    return place if place in stack.by_declaration else None


def _before(stack: Stack, declaration: str) -> _Before:
    key = (_before, declaration)
    found = stack.memo.get(key)
    if found is None:
        found = stack.memo[key] = _walk(stack, declaration)
    return cast("_Before", found)


def _walk(stack: Stack, declaration: str) -> _Before:
    perhaps = stack.graph.ancestors(declaration)
    whole = stack.whole and declaration not in _dangling(stack) and perhaps.isdisjoint(_dangling(stack))
    if stack.language is Language.TERRAFORM:
        # A declaration without instances still takes its place in Terraform's graph.
        return _Before(perhaps, perhaps, whole)
    return _Before(_through_certain(stack, declaration), perhaps, whole)


def _through_certain(stack: Stack, declaration: str) -> frozenset[str]:
    """The ancestors on a way through resources that surely exist: CloudFormation drops the others, and their edges."""
    seen: set[str] = set()
    pending = list(stack.graph.edges.get(declaration, ()))
    while pending:
        name = pending.pop()
        if name in seen:
            continue
        seen.add(name)
        if all(resource.exists is Truth.YES for resource in stack.by_declaration[name]):
            pending.extend(stack.graph.edges.get(name, ()))
    return frozenset(seen)


def _dangling(stack: Stack) -> frozenset[str]:
    """The declarations that wait for something that is not in the program that was read."""
    found = stack.memo.get(_dangling)
    if found is None:
        found = stack.memo[_dangling] = frozenset(
            resource.declaration
            for resource in stack.resources.values()
            if any(name not in stack.by_declaration for name in (*resource.depends_on, *resource.references()))
        )
    return cast("frozenset[str]", found)
