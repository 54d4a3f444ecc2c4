"""Functions of lists that tell something even if some elements are not known.

Each gets its arguments and gives a value, or ``None`` where all of them have to be known.
"""

from __future__ import annotations

from onetake.frontends.terraform.operators import equal
from onetake.frontends.terraform.unification import type_of
from onetake.frontends.terraform.values import ListItems, SetItems, alike
from onetake.model.values import Absent, Gap, Known, Span, Unknown, Value

Arguments = list[Value[object]]


def reverse(arguments: Arguments, where: Span) -> Value[object] | None:
    """``reverse`` needs no more than the places of the elements."""
    match arguments:
        case [Known(tuple() as items)] if not isinstance(items, SetItems):
            return Known(alike(items, items[::-1]), where)
        case _:
            return None


def contains(arguments: Arguments, where: Span) -> Value[object] | None:
    """``contains``, decided by an element that is known or by none that could be the same."""
    match arguments:
        case [Known(tuple() as items), Known() | Unknown() as wanted]:
            found = [equal(item, wanted) for item in items]
        case _:
            return None
    if any(found):
        return Known(True, where)
    return None if None in found else Known(False, where)


def anytrue(arguments: Arguments, where: Span) -> Value[object] | None:
    """``anytrue``, decided by an element that is true."""
    return _decided(arguments, where, decisive=True)


def alltrue(arguments: Arguments, where: Span) -> Value[object] | None:
    """``alltrue``, decided by an element that is false."""
    return _decided(arguments, where, decisive=False)


def _decided(arguments: Arguments, where: Span, *, decisive: bool) -> Value[object] | None:
    match arguments:
        case [Known(tuple() as items)] if all(_may_be_flag(item) for item in items):
            signs = (True, "true") if decisive else (False, "false")
            if any(isinstance(item, Known) and item.value in signs for item in items):
                return Known(decisive, where)
    return None


def _may_be_flag(item: Value[object]) -> bool:
    match item:
        case Known(bool() | "true" | "false"):
            return True
        case Unknown() | Absent():
            return type_of(item) in ("bool", "any")
        case _:
            return False


def coalescelist(arguments: Arguments, where: Span) -> Value[object] | None:
    """``coalescelist``: the first list that has elements, whichever they are."""
    for argument in arguments:
        match argument:
            case Known(tuple() as items) if not isinstance(items, SetItems):
                if items:
                    return Known(items, where)
            case Absent():
                continue
            case _:
                return None
    return None


def sort(arguments: Arguments, where: Span) -> Value[object] | None:
    """``sort`` of texts that are not known: as many as there are, whichever comes first."""
    match arguments:
        case [Known(tuple() as items)] if not isinstance(items, SetItems) and all(
            type_of(item) == "string" for item in items
        ):
            why = next((item.why for item in items if isinstance(item, Unknown)), "")
            if not why or any(isinstance(item, Absent) for item in items):
                return None
            names = ", ".join(str(item.parts if isinstance(item, Unknown) else item) for item in items)
            gaps = (Gap(f"sort({names})[{place}]") for place in range(len(items)))
            return Known(ListItems(Unknown(why, where, (gap,), type="string") for gap in gaps), where)
        case _:
            return None
