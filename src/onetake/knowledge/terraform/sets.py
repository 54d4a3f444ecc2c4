"""Elements of sets as Terraform keeps them, and as providers name them: by number, or by their value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from onetake.knowledge.terraform.rendering import number_text, quoted
from onetake.knowledge.terraform.schema import BlockSchema, NestedBlock, Nesting
from onetake.knowledge.terraform.types import Type

Shape = Type | BlockSchema | NestedBlock
"""What a value is: of a type, a body, or the blocks of one name."""


class Element(int):
    """The number of an element of a set, with its value as the newer texts of providers name it."""

    text: str

    @classmethod
    def at(cls, place: int, text: str) -> Element:
        """The element at ``place`` whose value is ``text``."""
        made = cls(place)
        made.text = text
        return made


def ordered(values: Iterable[Any], shape: Type | BlockSchema) -> list[tuple[Element, Any]]:
    """The elements of a set with their numbers, each once: plain ones sorted, others by what is hashed of them."""
    found = {hashed(value, shape): value for value in values}
    plain = isinstance(shape, Type) and shape.kind in ("string", "number", "bool")
    keys = sorted(found, key=found.__getitem__ if plain else str.encode)
    return [(Element.at(place, named(found[key], shape)), found[key]) for place, key in enumerate(keys)]


def hashed(value: Any, shape: Shape) -> str:
    """What Terraform hashes of a value."""
    match value:
        case None:
            return "~"
        case bool():
            return "T" if value else "F"
        case int() | float():
            return f"{value:.10g}"
        case str():
            return quoted(value)
    fields = _fields(value, shape)
    if fields is not None:
        return "<" + "".join(f"{hashed(*one)};" for _, one in fields) + ">"
    inner = _inner(shape)
    if isinstance(value, dict):
        return "{" + "".join(f"{quoted(key)}:{hashed(value[key], inner)};" for key in sorted(value)) + "}"
    elements = [one for _, one in ordered(value, inner)] if _is_set(shape) else value
    return "[" + "".join(f"{hashed(one, inner)};" for one in elements) + "]"


def named(value: Any, shape: Shape) -> str:
    """A value as the newer texts of providers write it."""
    match value:
        case None:
            return "<null>"
        case bool() | int() | float():
            return number_text(value)
        case str():
            return quoted(value)
    fields = _fields(value, shape)
    if fields is not None:
        return "{" + ",".join(f'"{name}":{named(*one)}' for name, one in fields) + "}"
    if not value and isinstance(shape, NestedBlock):
        return "<null>"  # blocks that are not there
    inner = _inner(shape)
    if isinstance(value, dict):
        return "{" + ",".join(f"{quoted(key)}:{named(value[key], inner)}" for key in sorted(value)) + "}"
    elements = [one for _, one in ordered(value, inner)] if _is_set(shape) else value
    return "[" + ",".join(named(one, inner) for one in elements) + "]"


def _fields(value: Any, shape: Shape) -> list[tuple[str, tuple[Any, Shape]]] | None:
    """The fields of an object or body by name; ``None`` when it is none."""
    if isinstance(shape, NestedBlock) and shape.nesting in (Nesting.SINGLE, Nesting.GROUP):
        shape = shape.body
    if isinstance(shape, BlockSchema):
        fields: dict[str, tuple[Any, Shape]] = {
            name: (value.get(name), one.type) for name, one in shape.attributes.items()
        }
        for name, nested in shape.blocks.items():
            several = nested.nesting not in (Nesting.SINGLE, Nesting.GROUP)
            fields[name] = (value.get(name, [] if several else None), nested)
        return sorted(fields.items(), key=lambda one: one[0])
    if isinstance(shape, Type) and shape.kind == "object":
        return sorted((name, (value.get(name), inner)) for name, inner in shape.fields.items())
    return None


def _inner(shape: Shape) -> Type | BlockSchema:
    if isinstance(shape, NestedBlock):
        return shape.body
    return (isinstance(shape, Type) and shape.element) or Type("dynamic")


def _is_set(shape: Shape) -> bool:
    return shape.nesting is Nesting.SET if isinstance(shape, NestedBlock) else getattr(shape, "kind", "") == "set"
