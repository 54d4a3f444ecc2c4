"""The types of evaluated values, and values converted to the one type that they have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from onetake.frontends.terraform.evaluation import Failure
from onetake.frontends.terraform.functions.unifying import Type, one_of, unify
from onetake.frontends.terraform.values import (
    NODES,
    BlockFields,
    ListItems,
    MapFields,
    Null,
    SetItems,
    TooLarge,
    as_text,
    holding,
    number_in,
    unique,
)
from onetake.model.records import replace
from onetake.model.values import Absent, Known, Reference, Unknown, Value, walk

_TEXTS = frozenset({"id", "arn"})
"""Attributes that are text in every resource type."""


def type_of(value: Value[object]) -> Type:
    """The type of ``value``, as functions name types; ``any`` where it is not known, or too large to look at."""
    try:
        return _type_of(value, [NODES])
    except TooLarge:
        return "any"


def _type_of(value: Value[object], left: list[int]) -> Type:
    left[0] -= 1
    if left[0] < 0:
        raise TooLarge("it is too large")
    match value:
        case Known(found, _, None):
            return _type_of_known(found, left)
        case Null():
            return value.type
        case Unknown(_, _, parts):
            return "string" if value.type == "any" and _is_text(parts) else value.type
        case _:
            # What a provider says of an attribute's type is not written in the program.
            return "any"


def _type_of_known(found: object, left: list[int]) -> Type:
    match found:
        case ListItems() | SetItems():
            inner = one_of(_type_of(item, left) for item in found) if found else found.element
            return ("set" if isinstance(found, SetItems) else "list", inner)
        case tuple():
            return ("tuple", tuple([_type_of(item, left) for item in found]))
        case BlockFields():
            return "any"
        case MapFields():
            return ("map", one_of(_type_of(item, left) for item in found.values()) if found else found.element)
        case Mapping():
            return ("object", {name: _type_of(found[name], left) for name in found})
        case _:
            return "string" if isinstance(found, str) else "bool" if isinstance(found, bool) else "number"


def _is_text(parts: Sequence[object]) -> bool:
    if len(parts) == 1:
        only = parts[0]
        return isinstance(only, str) or (isinstance(only, Reference) and only.attribute in _TEXTS)
    return len(parts) > 1


def common(values: Iterable[Value[object]]) -> Type | None:
    """The type that all of ``values`` convert to; ``None`` where there is none."""
    given = list(values)
    found = unify(map(type_of, given))
    return "any" if found is None and any(map(undecided, given)) else found


def undecided(value: Value[object]) -> bool:
    """Is a part of ``value`` of a type that is not known here, but may well be known to Terraform?"""
    if not isinstance(value, (Known, Unknown)):
        return False
    return any(isinstance(inner, Unknown) and type_of(inner) == "any" for inner in walk(value))


def converted(  # noqa: C901 - one case for each kind of type
    value: Value[object], wanted: Type
) -> Value[object]:
    """``value`` as a type that its own was unified with.

    Raises:
        Failure: a text in it does not spell what is wanted.
    """
    if wanted == "any":
        return value
    if isinstance(value, Unknown):
        return value if value.type == wanted else replace(value, type=wanted)
    if isinstance(value, Absent):
        return Null(value.where, wanted)
    if isinstance(wanted, str):
        return _scalar(value, wanted)
    found = value.value
    match wanted:
        case (("list" | "set" | "map") as shape, "any") if (own := _element_type(found)) != "any":
            # Each of the values that were unified keeps an element type of its own.
            return converted(value, (shape, own))
        case ("list", inner) if isinstance(found, tuple):
            return _as(value, holding(ListItems([converted(item, inner) for item in found]), inner))
        case ("set", inner) if isinstance(found, tuple):
            return _as(value, holding(unique([converted(item, inner) for item in found]), inner))
        case ("tuple", tuple() as each) if isinstance(found, tuple):
            return _as(value, tuple(map(converted, found, each)))
        case ("map", inner) if isinstance(found, Mapping):
            return _as(value, holding(MapFields((name, converted(found[name], inner)) for name in found), inner))
        case ("object", dict() as fields) if isinstance(found, Mapping):
            missing = next((name for name in sorted(fields) if name not in found), "")
            if missing and isinstance(found, MapFields):
                raise Failure(f'map has no element for required attribute "{missing}"')
            absent = Absent(value.where)
            return _as(value, {name: converted(found.get(name, absent), inner) for name, inner in fields.items()})
        case _:
            return value


def _element_type(found: object) -> Type:
    """The type that the elements of a collection have in common; ``any`` where they have none."""
    items = found.values() if isinstance(found, Mapping) else found if isinstance(found, tuple) else ()
    return common(items) or "any"


def _scalar(value: Known[object], wanted: str) -> Known[object]:
    found = value.value
    if wanted == "string":
        if isinstance(found, (tuple, Mapping)):
            if value.origin is None:
                raise Failure("string required")
            return value
        return value if isinstance(found, str) else _as(value, as_text(found))
    if wanted == "number":
        number = number_in(found)
        if number is None:
            raise Failure("a number is required")
        return _as(value, number)
    if found not in (True, False, "true", "false", "1", "0"):
        raise Failure("a bool is required")
    return _as(value, found in (True, "true", "1"))


def _as(value: Known[object], data: object) -> Known[object]:
    return Known(data, value.where, value.origin)


def collection_of(items: Sequence[Value[object]], shape: str, value: Known[object]) -> Value[object]:
    """``items`` as a list or set whose elements are of any one type.

    Raises:
        Failure: they have no type in common.
    """
    element = common(items)
    if element is None:
        raise Failure(f"all {shape} elements must have the same type")
    return converted(Known(tuple(items), value.where, value.origin), (shape, element))


def map_of(fields: Mapping[str, Value[object]], value: Known[object]) -> Value[object]:
    """``fields`` as a map whose elements are of any one type.

    Raises:
        Failure: they have no type in common.
    """
    element = common(fields.values())
    if element is None:
        raise Failure("all map elements must have the same type")
    return converted(Known(fields, value.where, value.origin), ("map", element))


def described(item: Type) -> str:
    """The name of a type, as Terraform's messages give it."""
    match item:
        case ("list" | "set" | "map" as shape, inner):
            return f"{shape} of {described(inner)}"
        case (shape, _):
            return str(shape)
        case _:
            return "dynamic" if item == "any" else str(item)
