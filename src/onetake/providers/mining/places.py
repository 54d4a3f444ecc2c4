"""What the paths of diagnostics lead to, by a type's schema."""

from __future__ import annotations

from collections.abc import Sequence

from onetake.knowledge.terraform.schema import BlockSchema, Nesting
from onetake.knowledge.terraform.types import Type

Names = tuple[str, ...]
ELEMENT = "*"
"""Stands for the elements of a list, set or map of plain values."""


def placed(path: Sequence[str | int], body: BlockSchema) -> Names:
    """The names on ``path``, without keys and numbers of blocks and objects; elements of plain values are ``*``."""
    names: list[str] = []
    steps = list(path)
    while steps:
        name = str(steps.pop(0))
        names.append(name)
        attribute = body.attributes.get(name)
        if attribute is not None:
            return (*names, *_inside(steps, attribute.type))
        nested = body.blocks.get(name)
        if nested is None:
            return (*names, *map(str, steps))
        if steps and nested.nesting in (Nesting.LIST, Nesting.SET, Nesting.MAP):
            steps.pop(0)
        body = nested.body
    return tuple(names)


def _inside(steps: list[str | int], type_: Type) -> Names:
    names: list[str] = []
    for step in steps:
        if type_.element is not None:
            type_ = type_.element
            if type_.kind != "object":
                names.append(ELEMENT)
        elif type_.kind == "object":
            names.append(str(step))
            type_ = type_.fields.get(str(step), Type("dynamic"))
        else:
            break
    return tuple(names)


def named(place: Names) -> Names:
    """The argument at ``place``, without what stands for its elements."""
    return tuple(name for name in place if name != ELEMENT)


def leaf_type(place: Names, body: BlockSchema) -> Type | None:
    """The type of what stands at ``place``; ``None`` for blocks and for what is not there."""
    names = list(place)
    while names:
        name = names.pop(0)
        attribute = body.attributes.get(name)
        if attribute is not None:
            return _type_inside(names, attribute.type)
        nested = body.blocks.get(name)
        if nested is None:
            return None
        body = nested.body
    return None


def _type_inside(names: list[str], type_: Type) -> Type | None:
    for name in names:
        while type_.element is not None and (name != ELEMENT or type_.element.kind == "object"):
            type_ = type_.element
        if name == ELEMENT:
            if type_.element is None:
                return None
            type_ = type_.element
        elif name in type_.fields:
            type_ = type_.fields[name]
        else:
            return None
    return type_
