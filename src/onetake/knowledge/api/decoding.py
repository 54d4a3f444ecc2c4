"""From the short form in which packs hold a type to its record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from onetake.knowledge.api import generated
from onetake.knowledge.api.model import (
    Class,
    Described,
    Enumeration,
    Field,
    Interface,
    Method,
    Parameter,
    Place,
    Property,
    Struct,
)
from onetake.knowledge.api.types import Type, parsed

Raw = list[Any]


def decoded(place: Place, raw: Raw, types: Mapping[str, Raw]) -> Described:
    """The record of what ``raw`` tells; ``types`` are all of the module, in the same form."""
    kind, flags = raw[0], raw[1]
    if kind == "E":
        return Enumeration(place, tuple(raw[2]), "d" in flags)
    if kind == "S":
        return Struct(place, _types(raw[2]), {name: _field(name, told) for name, told in raw[3].items()}, "d" in flags)
    if kind == "I":
        return Interface(place, _types(raw[2]), _methods(raw[3]), _properties(raw[4]), "d" in flags)
    _, _, base, interfaces, parameters, methods, properties = whole(place.name, raw, types)
    return Class(
        place,
        parsed(base) if base else None,
        _types(interfaces),
        None if parameters is None else _parameters(parameters),
        _methods(methods),
        _properties(properties),
        "a" in flags,
        "d" in flags,
    )


def whole(name: str, raw: Raw, types: Mapping[str, Raw]) -> Raw:
    """A class in the long form, whether or not the pack holds it as differences from what the generator writes."""
    kind, known = raw[0], types.__contains__
    if kind == "O":
        struct = name.removesuffix(generated.REFERENCE)
        fields = types[struct][3] if types[struct][0] == "S" else {}
        expected = generated.reference(struct, fields, known, item="m" in raw[1])
        return generated.applied(expected, raw[2:])
    if kind == "L":
        return generated.applied(generated.repeated(name.removesuffix(generated.LIST)), raw[2:])
    if kind == "R":
        base, config = raw[2], raw[3]
        return generated.applied(generated.resource(config, types[config][3], known, base), raw[4:])
    return raw


def _types(texts: Sequence[str]) -> tuple[Type, ...]:
    return tuple(map(parsed, texts))


def _field(name: str, told: str) -> Field:
    type_, _, terraform = told.lstrip("?").partition("#")
    return Field(name, parsed(type_), told[0] == "?", terraform)


def _parameters(told: Sequence[Sequence[str]]) -> tuple[Parameter, ...]:
    return tuple(Parameter(name, parsed(type_.lstrip("?*")), type_[0] == "?", type_[0] == "*") for name, type_ in told)


def _methods(told: Mapping[str, Raw]) -> dict[str, Method]:
    found: dict[str, Method] = {}
    for name, one in told.items():
        flags = one[0] if one else ""
        parameters = one[1] if len(one) > 1 else ()
        returns = one[2] if len(one) > 2 else ""
        type_ = parsed(returns.lstrip("?")) if returns else None
        found[name] = Method(name, _parameters(parameters), type_, "s" in flags, "p" in flags, "a" in flags)
    return found


def _properties(told: Mapping[str, Sequence[str]]) -> dict[str, Property]:
    return {
        name: Property(name, parsed(type_), *(flag in flags for flag in "oiscpa"))
        for name, (flags, type_) in told.items()
    }
