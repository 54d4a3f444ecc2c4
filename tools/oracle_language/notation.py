"""Values as compact text in which everything that Terraform tells apart looks different.

``list[1, 2]`` is a list, ``[1, "a"]`` a tuple, ``set["a"]`` a set, ``map{"a": 1}`` a map, ``{"a": 1}`` an object;
``?`` is not known, ``null`` has no type. Numbers have all their digits and no exponent.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

from onetake.frontends.terraform.values import ListItems, MapFields, SetItems, as_text
from onetake.model.values import Absent, Known, Unknown, Value

_UNTYPED = "any"


class Number(str):
    """The digits of a number."""

    __slots__ = ()


def digits(text: str) -> str:
    """A number without exponent and without zeros that say nothing."""
    found = format(Decimal(text), "f")
    if "." in found:
        found = found.rstrip("0").rstrip(".")
    return "0" if found in ("-0", "") else found


def of_json(value: object, kind: object = _UNTYPED, unknown: object = False) -> str:
    """A value of a plan, with the type that the plan gives for it and what of it is not known."""
    if unknown is True:
        return "?"
    match value:
        case dict():
            names = sorted({*value, *(unknown if isinstance(unknown, dict) else ())})
            inner = (
                f"{_text(name)}: {of_json(value.get(name), _field(kind, name), _part(unknown, name))}" for name in names
            )
            return f"{_prefix(kind, 'map')}{{{', '.join(inner)}}}"
        case list():
            count = max(len(value), len(unknown) if isinstance(unknown, list) else 0)
            items = [*value, *([None] * (count - len(value)))]
            each = [of_json(item, _item(kind, place), _part(unknown, place)) for place, item in enumerate(items)]
            return f"{_prefix(kind, 'list', 'set')}[{', '.join(each)}]"
        case Number():
            return digits(value)
        case _:
            return json.dumps(value, ensure_ascii=False)


def _prefix(kind: object, *names: str) -> str:
    return kind[0] if isinstance(kind, list) and kind[0] in names else ""


def _field(kind: object, name: str) -> object:
    match kind:
        case ["map", inner]:
            return inner
        case ["object", dict() as fields, *_]:
            return fields.get(name, _UNTYPED)
        case _:
            return _UNTYPED


def _item(kind: object, place: int) -> object:
    match kind:
        case ["list" | "set", inner]:
            return inner
        case ["tuple", list() as inner]:
            return inner[place]
        case _:
            return _UNTYPED


def _part(unknown: object, key: str | int) -> object:
    match unknown, key:
        case dict(), str():
            return unknown.get(key, False)
        case list(), int() if key < len(unknown):
            return unknown[key]
        case _:
            return False


def of_value(value: Value[object], *, typed: bool = True) -> str:
    """A value of ours."""
    match value:
        case Unknown():
            return "?"
        case Absent():
            return "null"
        case Known(Mapping() as fields):
            inner = (f"{_text(name)}: {of_value(fields[name], typed=typed)}" for name in sorted(fields))
            return f"{'map' if typed and isinstance(fields, MapFields) else ''}{{{', '.join(inner)}}}"
        case Known(tuple() as items):
            prefix = "set" if isinstance(items, SetItems) else "list" if isinstance(items, ListItems) else ""
            return f"{prefix if typed else ''}[{', '.join(of_value(item, typed=typed) for item in items)}]"
        case Known(bool() | str() as scalar):
            return json.dumps(scalar, ensure_ascii=False)
        case Known(scalar):
            return digits(as_text(scalar))


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
