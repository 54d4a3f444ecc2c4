"""Between values and the plain data that functions work on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from onetake.model.values import Absent, Known, Span, Unknown, Value

NODES = 200_000
"""Elements of a value that is handed to a function: one that shares its parts may be huge when written out."""


class SetItems(tuple[Value[object], ...]):
    """The elements of a set: iterated like a list, without places."""

    element: object = "any"
    """The type of the elements, where there are none that would show it."""


class Null(Absent):
    """A null that is of some type all the same; the type is written as functions write types."""

    __slots__ = ("type",)

    def __init__(self, where: Span, kind: object) -> None:
        self.where = where  # type: ignore[misc]  # set here once
        self.type = kind


class ListItems(tuple[Value[object], ...]):
    """The elements of a list, which are all of one type; those of a tuple are a plain ``tuple``."""

    element: object = "any"
    """The type of the elements, where there are none that would show it."""


class MapFields(dict[str, Value[object]]):
    """The elements of a map, which are all of one type; the attributes of an object are another mapping."""

    element: object = "any"
    """The type of the elements, where there are none that would show it."""


def alike(source: object, items: Iterable[Value[object]]) -> tuple[Value[object], ...]:
    """``items`` as a list where the source is a list or set, else as a tuple."""
    return ListItems(items) if isinstance(source, (ListItems, SetItems)) else tuple(items)


class BlockFields(dict[str, Value[object]]):
    """What the program writes in a block; the provider may know more of it."""

    __slots__ = ()


def as_text(scalar: object) -> str:
    """A scalar as Terraform puts it into text."""
    if isinstance(scalar, bool):
        return "true" if scalar else "false"
    if isinstance(scalar, float):
        from onetake.frontends.terraform.functions.values import number_text

        return number_text(scalar)
    return str(scalar)


def normal(number: float) -> int | float:
    """A number as Terraform keeps it: whole ones are ``int``."""
    return int(number) if type(number) is float and number.is_integer() else number


def number_in(scalar: object) -> int | float | None:
    """A number, or the one that a text spells."""
    if isinstance(scalar, str):
        from onetake.frontends.terraform.functions.types import parse_number
        from onetake.frontends.terraform.functions.values import Failure

        try:
            return parse_number(scalar)
        except Failure:
            return None
    return None if isinstance(scalar, bool) or not isinstance(scalar, (int, float)) else scalar


def identity(value: Value[object]) -> object:
    """A key that values share when they are surely the same."""
    match value:
        case Known(SetItems() as items):
            return ("set", frozenset(identity(item) for item in items))
        case Known(tuple() as items):
            return ("list", *(identity(item) for item in items))
        case Known(Mapping() as fields):
            return ("map", frozenset((name, identity(inner)) for name, inner in fields.items()))
        case Known(float() as number):
            return (False, as_text(number))
        case Known(scalar):
            return (type(scalar) is bool, scalar)
        case Unknown(_, _, parts) if parts:
            return ("unknown", parts)
        case Absent():
            return None
        case _:
            return id(value)


def unique(items: Iterable[Value[object]]) -> SetItems:
    """``items`` as a set: each once, in Terraform's order; what is not known comes last."""
    found: dict[object, Value[object]] = {}
    for item in items:
        found.setdefault(identity(item), item)
    return SetItems(sorted(found.values(), key=_rank))


def _rank(item: Value[object]) -> tuple[int, object]:
    if type(item) is Known and type(item.value) is str:
        return (1, item.value)
    from onetake.frontends.terraform.functions.values import rank

    try:
        return rank(lower(item))
    except LookupError:
        return (4, "")


_Collection = TypeVar("_Collection", bound=ListItems | SetItems | MapFields)


def holding(found: _Collection, element: object) -> _Collection:
    """A collection that remembers the type of its elements, if it has none."""
    if not found:
        found.element = element
    return found


class TooLarge(LookupError):
    """A value that would take too much room."""


def lower(value: Value[object]) -> object:
    """``value`` as plain data.

    Raises:
        LookupError: something inside is not known, or it has more than ``NODES`` elements.
    """
    return _lower(value, [NODES])


def typed(value: Value[object], type_of: Callable[[Value[object]], object]) -> object:
    """``value`` as plain data, in which :class:`Later` stands for what is not known."""
    return _lower(value, [NODES], type_of)


def _lower(value: Value[object], left: list[int], type_of: Callable[[Value[object]], object] | None = None) -> object:
    left[0] -= 1
    if left[0] < 0:
        raise TooLarge("it is too large")
    match value:
        case Known(tuple() as items):
            data = [_lower(item, left, type_of) for item in items]
            return data if type(items) is tuple else _collection(items, data)
        case Known(Mapping() as fields):
            inside = {name: _lower(inner, left, type_of) for name, inner in fields.items()}
            if type(fields) is not MapFields:
                return inside
            from onetake.frontends.terraform.functions.values import TerraformMap

            return TerraformMap(inside)
        case Known(str() as text):
            left[0] -= len(text) // 64
            return text
        case Known(scalar):
            return scalar
        case Absent():
            return None
        case Unknown(why):
            if type_of is None:
                raise LookupError(why)
            from onetake.frontends.terraform.functions.values import Later

            return Later(type_of(value))


def _collection(items: tuple[object, ...], data: list[object]) -> object:
    from onetake.frontends.terraform.functions.values import TerraformList, TerraformSet

    return TerraformSet(data) if type(items) is SetItems else TerraformList(data)


def lift(data: object, where: Span) -> Value[object]:
    """Plain data as a value."""
    match data:
        case None:
            return Absent(where)
        case str() | bool() | int() | float():
            return Known(data, where)
        case list() | tuple():
            items = (lift(item, where / place) for place, item in enumerate(data))
            return Known(tuple(items) if type(data) in (list, tuple) else ListItems(items), where)
        case dict():
            fields = {str(name): lift(inner, where / str(name)) for name, inner in data.items()}
            return Known(fields if type(data) is dict else MapFields(fields), where)
        case _:
            return Known(SetItems(lift(item, where) for item in data), where)  # type: ignore[attr-defined]
