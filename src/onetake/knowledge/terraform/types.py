"""The types of a provider's arguments, as its schema tells them: ``string``, ``list(number)``, ``object({...})``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from onetake.model.records import field, record

PRIMITIVES = frozenset({"string", "number", "bool"})
COLLECTIONS = frozenset({"list", "set", "map"})


@record
class Type:
    """A type constraint.

    ``kind`` is one of ``string``, ``number``, ``bool``, ``dynamic`` (any type), ``list``, ``set``, ``map``,
    ``tuple``, ``object``.
    """

    kind: str
    element: Type | None = None
    """Of a list, set or map."""
    elements: tuple[Type, ...] = ()
    """Of a tuple."""
    fields: Mapping[str, Type] = field(default_factory=dict, hash=False)
    """Of an object. Terraform wants every one of them to be given, ``null`` where there is no value."""
    optional: frozenset[str] = frozenset()
    """The fields of an object that may be left out."""

    def __str__(self) -> str:
        """As Terraform spells it, objects with their fields."""
        if self.element is not None:
            return f"{self.kind}({self.element})"
        if self.kind == "tuple":
            return f"tuple([{', '.join(map(str, self.elements))}])"
        if self.kind == "object":
            return "object({" + ", ".join(f"{name} = {inner}" for name, inner in sorted(self.fields.items())) + "})"
        return self.kind


@cache
def _primitive(kind: str) -> Type:
    return Type(kind)


def parse(written: Any) -> Type:
    """The type that JSON in the form of Terraform's schemas means: ``"string"``, ``["list", "number"]``.

    Raises:
        ValueError: it is not the JSON of a type.
    """
    match written:
        case str() if written in PRIMITIVES or written == "dynamic":
            return _primitive(written)
        case [str() as kind, inner] if kind in COLLECTIONS:
            return Type(kind, parse(inner))
        case ["tuple", [*inner]]:
            return Type("tuple", elements=tuple(parse(item) for item in inner))
        case ["object", dict() as fields, *optional]:
            names = frozenset(optional[0]) if optional else frozenset()
            return Type("object", fields={name: parse(inner) for name, inner in fields.items()}, optional=names)
        case _:
            raise ValueError(f"not a type: {written!r}")


def written(type_: Type) -> Any:
    """The JSON that ``parse`` reads as ``type_``."""
    if type_.element is not None:
        return [type_.kind, written(type_.element)]
    if type_.kind == "tuple":
        return ["tuple", [written(item) for item in type_.elements]]
    if type_.kind == "object":
        fields = {name: written(inner) for name, inner in sorted(type_.fields.items())}
        return ["object", fields, sorted(type_.optional)] if type_.optional else ["object", fields]
    return type_.kind
