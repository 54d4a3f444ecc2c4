"""Between values and the plain data that functions work on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onetake.model.values import Absent, Known, Span, Unknown, Value

NODES = 200_000
"""Elements of a value that is handed to a function: one that shares its parts may be huge when written out."""


class SetItems(tuple[Value[object], ...]):
    """The elements of a set: iterated like a list, without places."""

    __slots__ = ()


class BlockFields(dict[str, Value[object]]):
    """What the program writes in a block; the provider may know more of it."""

    __slots__ = ()


def as_text(scalar: object) -> str:
    """A scalar as Terraform puts it into text."""
    if isinstance(scalar, bool):
        return "true" if scalar else "false"
    if isinstance(scalar, float):
        from decimal import Decimal

        return str(normal(scalar)) if "e" not in repr(scalar) else format(Decimal(repr(scalar)), "f")
    return str(scalar)


def normal(number: float) -> int | float:
    """A number as Terraform keeps it: whole ones are ``int``."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


def number_in(scalar: object) -> int | float | None:
    """A number, or the one that a text spells."""
    if isinstance(scalar, str):
        try:
            return int(scalar)
        except ValueError:
            pass
        try:
            found = float(scalar)
        except ValueError:
            return None
        return normal(found)
    return None if isinstance(scalar, bool) or not isinstance(scalar, (int, float)) else scalar


def identity(value: Value[object]) -> object:
    """A key that values share when they are surely the same."""
    match value:
        case Known(tuple() as items):
            return ("list", *(identity(item) for item in items))
        case Known(Mapping() as fields):
            return ("map", frozenset((name, identity(inner)) for name, inner in fields.items()))
        case Known(scalar):
            return (type(scalar) is bool, scalar)
        case Unknown(_, _, parts) if parts:
            return ("unknown", parts)
        case Absent():
            return None
        case _:
            return id(value)


def unique(items: Iterable[Value[object]]) -> SetItems:
    """``items`` as a set: each once, texts in order."""
    found: dict[object, Value[object]] = {}
    for item in items:
        found.setdefault(identity(item), item)
    return SetItems(sorted(found.values(), key=lambda item: as_text(item.value) if isinstance(item, Known) else ""))


class TooLarge(LookupError):
    """A value that would take too much room."""


def lower(value: Value[object]) -> object:
    """``value`` as plain data.

    Raises:
        LookupError: something inside is not known, or it has more than ``NODES`` elements.
    """
    return _lower(value, [NODES])


def _lower(value: Value[object], left: list[int]) -> object:
    left[0] -= 1
    if left[0] < 0:
        raise TooLarge("it is too large")
    match value:
        case Known(SetItems() as items):
            from onetake.frontends.terraform.functions import TerraformSet

            return TerraformSet([_lower(item, left) for item in items])
        case Known(tuple() as items):
            return [_lower(item, left) for item in items]
        case Known(Mapping() as fields):
            return {name: _lower(inner, left) for name, inner in fields.items()}
        case Known(str() as text):
            left[0] -= len(text) // 64
            return text
        case Known(scalar):
            return scalar
        case Absent():
            return None
        case Unknown(why):
            raise LookupError(why)


def lift(data: object, where: Span) -> Value[object]:
    """Plain data as a value."""
    match data:
        case None:
            return Absent(where)
        case list() | tuple():
            return Known(tuple(lift(item, where / place) for place, item in enumerate(data)), where)
        case dict():
            return Known({str(name): lift(inner, where / str(name)) for name, inner in data.items()}, where)
        case str() | bool() | int() | float():
            return Known(data, where)
        case _:
            return Known(SetItems(lift(item, where) for item in data), where)  # type: ignore[attr-defined]
