"""Conversion and unification of values, as Terraform does it.

A type is plain data: ``"string"``, ``"number"``, ``"bool"``, ``"any"`` (also the type of null), ``("list", T)``,
``("set", T)``, ``("map", T)``, ``("tuple", (T, ...))`` and ``("object", {name: T})``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeAlias, cast

from onetake.frontends.terraform.functions.values import (
    Failure,
    LongNumber,
    TerraformList,
    TerraformMap,
    TerraformSet,
    composed,
    in_quotes,
    kind,
    number,
    number_text,
)

if TYPE_CHECKING:
    from decimal import Decimal

Type: TypeAlias = object

_PRIMITIVE = ("string", "number", "bool")
_NUMBER = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,6})?"


def type_of(value: object) -> Type:
    """The type of a value."""
    match value:
        case TerraformList():
            return ("list", one_of(map(type_of, value)))
        case TerraformMap():
            return ("map", one_of(map(type_of, value.values())))
        case list() | tuple():
            return ("tuple", tuple(map(type_of, value)))
        case dict():
            return ("object", {key: type_of(inner) for key, inner in value.items()})
        case TerraformSet():
            return ("set", one_of(map(type_of, value)))
        case None:
            return "any"
        case _:
            return kind(value)


def one_of(types: Iterable[Type]) -> Type:
    """The type of elements that are all of one type, of which some may be null."""
    found: Type = "any"
    for item in types:
        if found == "any" or _leaves_open(found):
            found = item if item != "any" else found
        elif not isinstance(item, tuple):
            break
    return found


def _leaves_open(item: Type) -> bool:
    """Does a type have a part that a null or an empty collection left open?"""
    return any(inner == "any" or _leaves_open(inner) for inner in elements(item)) or item in (
        ("list", "any"),
        ("set", "any"),
        ("map", "any"),
    )


def unify(types: Iterable[Type]) -> Type | None:
    """The one type that values of all ``types`` convert to; ``None`` where there is none."""
    distinct: list[Type] = []
    for item in types:
        if item != "any" and item not in distinct:
            distinct.append(item)
    if not distinct:
        return "any"
    if len(distinct) == 1:
        return distinct[0]
    shapes = {item[0] if isinstance(item, tuple) else item for item in distinct}
    if len(shapes) == 1:
        return _unify_shaped(str(shapes.pop()), [cast("tuple[str, object]", item)[1] for item in distinct])
    if shapes in ({"tuple", "list"}, {"object", "map"}):
        element = _any_element([elements(item) for item in distinct])
        if element is not None:
            return ("list" if "list" in shapes else "map", element)
    if shapes == {"object", "tuple"}:
        return None
    candidates = sorted(distinct, key=_preference)
    return next((wanted for wanted in candidates if all(converts(item, wanted) for item in distinct)), None)


def _preference(item: Type) -> int:
    shape = item[0] if isinstance(item, tuple) else item
    return _PREFERRED.index(str(shape))


_PREFERRED = ("string", "number", "bool", "list", "set", "map", "tuple", "object")


def converts(item: Type, wanted: Type) -> bool:  # noqa: C901 - one case for each pair of kinds
    """May values of a type be converted to another? Whether a text spells a number only its value tells."""
    if "any" in (item, wanted) or item == wanted:
        return True
    match item, wanted:
        case ("tuple", _), ("list" | "set", "any"):
            return unify(elements(item)) is not None
        case ("object", _), ("map", "any"):
            return unify(elements(item)) is not None
        case ("map", inner), ("object", dict() as fields):
            return all(converts(inner, other) for other in fields.values())
        case str(), str():
            return "string" in (item, wanted)
        case ("list" | "set", inner), ("list" | "set", other):
            return converts(inner, other)
        case ("tuple", tuple() as inner), ("list" | "set", other):
            return all(converts(each, other) for each in inner)
        case ("tuple", tuple() as inner), ("tuple", tuple() as others):
            return len(inner) == len(others) and all(map(converts, inner, others))
        case ("map", inner), ("map", other):
            return converts(inner, other)
        case ("object", dict() as fields), ("map", other):
            return all(converts(each, other) for each in fields.values())
        case ("object", dict() as fields), ("object", dict() as others):
            return all(name in fields and converts(fields[name], other) for name, other in others.items())
        case _:
            return False


def elements(item: Type) -> list[Type]:
    """The types of what a value of a type holds."""
    match item:
        case ("tuple", tuple() as inner):
            return list(inner)
        case ("object", dict() as fields):
            return list(fields.values())
        case ("list" | "set" | "map", inner):
            return [inner]
        case _:
            return []


def _unify_shaped(shape: str, inner: list[object]) -> Type | None:
    match shape:
        case "object":
            return _unify_objects(cast("list[dict[str, Type]]", inner))
        case "tuple":
            return _unify_tuples(cast("list[tuple[Type, ...]]", inner))
        case _:
            element = unify(inner)
            return None if element is None else (shape, element)


def _unify_objects(objects: list[dict[str, Type]]) -> Type | None:
    if all(fields.keys() == objects[0].keys() for fields in objects):
        unified = {name: unify([fields[name] for fields in objects]) for name in objects[0]}
        return None if None in unified.values() else ("object", unified)
    element = _any_element([list(fields.values()) for fields in objects])
    return None if element is None else ("map", element)


def _unify_tuples(tuples: list[tuple[Type, ...]]) -> Type | None:
    if all(len(items) == len(tuples[0]) for items in tuples):
        unified = tuple(unify(column) for column in zip(*tuples, strict=True))
        return None if None in unified else ("tuple", unified)
    element = _any_element([list(items) for items in tuples])
    return None if element is None else ("list", element)


def _any_element(groups: list[list[Type]]) -> Type | None:
    """The type of all elements; with a null among them each group may keep its own."""
    together = [inner for group in groups for inner in group]
    element = unify(together)
    if element is None and "any" in together and all(unify(group) is not None for group in groups):
        return "any"
    return element


def unified(values: list[object]) -> list[object] | None:
    """``values`` converted to the one type they have in common; ``None`` where there is none."""
    common = unify(map(type_of, values))
    return None if common is None else [convert(value, common) for value in values]


def convert(value: object, wanted: Type) -> object:
    """``value`` as the type ``wanted``.

    Raises:
        Failure: it cannot be converted; the reason is Terraform's.
    """
    if value is None or wanted == "any":
        return value
    match wanted:
        case "string" | "number" | "bool":
            return _SCALARS[wanted](value)
        case ("list", inner):
            return _collection(value, "list", inner)
        case ("set", inner):
            return TerraformSet(_collection(value, "set", inner))
        case ("map", inner):
            return _mapping(value, inner)
        case ("tuple", tuple() as inner) if isinstance(value, list | tuple) and len(value) == len(inner):
            return [convert(item, each) for item, each in zip(value, inner, strict=True)]
        case ("object", dict() as fields) if isinstance(value, dict):
            return {name: convert(value.get(name), inner) for name, inner in fields.items()}
        case _:
            raise Failure(f"{described(wanted)} required")


def described(item: Type) -> str:
    """The name of a type in Terraform's messages."""
    match item:
        case "any":
            return "any type"
        case ("list" | "set" | "map" as shape, "any"):
            return f"{shape} of any single type"
        case ("list" | "set" | "map" as shape, inner):
            return f"{shape} of {described(inner)}"
        case (shape, _):
            return str(shape)
        case _:
            return str(item)


def _collection(value: object, shape: str, inner: Type) -> TerraformList:
    return TerraformList(_collected(value, shape, inner))


def _collected(value: object, shape: str, inner: Type) -> list[object]:
    if not isinstance(value, list | tuple | TerraformSet):
        raise Failure(f"{described((shape, inner))} required")
    if inner == "any":
        items = unified(list(value))
        if items is None:
            raise Failure(f"all {shape} elements must have the same type")
        return items
    if isinstance(value, TerraformSet):
        return [_member(item, inner, shape) for item in value]
    return _each(((str(index), item) for index, item in enumerate(value)), inner)


def _mapping(value: object, inner: Type) -> TerraformMap:
    if not isinstance(value, dict):
        raise Failure(f"{described(('map', inner))} required")
    if inner == "any":
        items = unified(list(value.values()))
        if items is None:
            raise Failure("all map elements must have the same type")
        return TerraformMap(zip(value, items, strict=True))
    return TerraformMap(zip(value, _each(((f'"{key}"', item) for key, item in value.items()), inner), strict=True))


def _member(item: object, wanted: Type, shape: str) -> object:
    try:
        return convert(item, wanted)
    except Failure as failure:
        if isinstance(item, str) and wanted in _PRIMITIVE:
            raise
        raise Failure(f"incorrect {shape} element type: {failure.reason}") from None


def _each(items: Iterable[tuple[str, object]], wanted: Type) -> list[object]:
    result: list[object] = []
    wrong: Failure | None = None
    for place, item in items:
        try:
            result.append(convert(item, wanted))
        except Failure as failure:
            # A text that is no number is only found when all types fit, and its place is forgotten by then.
            if not (isinstance(item, str) and wanted in _PRIMITIVE):
                raise Failure(f"element {place}: {failure.reason}") from None
            wrong = wrong or failure
    if wrong:
        raise wrong
    return result


def to_string(value: object) -> str:
    """A scalar as text."""
    match value:
        case str():
            return composed(value)
        case bool():
            return "true" if value else "false"
        case int() | float():
            return number_text(value)
        case _:
            raise Failure("string required")


def to_number(value: object) -> int | float:
    """A number, or text that is one."""
    match value:
        case bool():
            raise Failure("number required")
        case int() | float():
            return number(value)
        case str():
            return parse_number(value)
        case _:
            raise Failure("number required")


def parse_number(text: str) -> int | float:
    """The number that a text is, as Terraform reads it."""
    if not re.fullmatch(_NUMBER, text):
        raise Failure("a number is required")
    if text.lstrip("+-").isdecimal() and len(text) < 4000:
        return int(text)
    from decimal import Decimal

    exact = Decimal(text)
    if exact == exact.to_integral_value() and exact.adjusted() < 4000:
        return int(exact)
    return number(float(exact)) if len(text) < 17 else precise(exact)


def precise(exact: Decimal) -> int | float:
    """A number with all of its digits."""
    text = format(exact.normalize(), "f")
    near = float(exact)
    return near if number_text(near) == text else LongNumber(text)


def to_bool(value: object) -> bool:
    """A truth value, or the text of one."""
    match value:
        case bool():
            return value
        case "true" | "1":
            return True
        case "false" | "0":
            return False
        case str():
            raise Failure("a bool is required")
        case _:
            raise Failure("bool required")


_SCALARS: dict[str, Callable[[object], object]] = {"string": to_string, "number": to_number, "bool": to_bool}


def tostring(v: object) -> object:
    """``tostring``."""
    return _explicit(v, "string")


def tonumber(v: object) -> object:
    """``tonumber``."""
    return _explicit(v, "number")


def tobool(v: object) -> object:
    """``tobool``."""
    return _explicit(v, "bool")


def tolist(v: object) -> object:
    """``tolist``."""
    return _explicit(v, ("list", "any"))


def toset(v: object) -> object:
    """``toset``."""
    return _explicit(v, ("set", "any"))


def tomap(v: object) -> object:
    """``tomap``."""
    return _explicit(v, ("map", "any"))


def _explicit(value: object, wanted: Type) -> object:
    try:
        return convert(value, wanted)
    except Failure:
        raise Failure(_refusal(value, wanted), "v") from None


def _refusal(value: object, wanted: Type) -> str:
    match value, wanted:
        case str(), "number":
            return (
                f"cannot convert {in_quotes(value)} to number; "
                "given string must be a decimal representation of a number"
            )
        case str(), "bool":
            return f'cannot convert {in_quotes(value)} to bool; only the strings "true" or "false" are allowed'
        case _:
            return f"cannot convert {kind(value)} to {described(wanted)}"
