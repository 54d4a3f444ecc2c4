"""Conversion of values, as Terraform does it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from onetake.frontends.terraform.functions.unifying import Type, converts, described, elements, one_of, unify
from onetake.frontends.terraform.functions.values import (
    Failure,
    Later,
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
        case Later():
            return value.type
        case _:
            return kind(value)


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
    if type(value) is Later:
        if not converts(value.type, wanted):
            raise Failure(f"{described(wanted)} required")
        return Later(_completed(wanted, value.type))
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


def _completed(wanted: Type, source: Type) -> Type:
    """A type to which a value of type ``source`` is converted, with what it leaves open as the value has it."""
    match wanted:
        case ("list" | "set" | "map" as shape, "any"):
            element = unify(elements(source))
            return (shape, "any" if element is None else element)
        case _:
            return wanted


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
