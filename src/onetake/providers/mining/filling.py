"""Configurations in which everything that can be set is set: what probing sends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from onetake.knowledge.terraform.schema import BlockSchema, NestedBlock, Nesting
from onetake.knowledge.terraform.types import Type
from onetake.model.records import record, replace

Names = tuple[str, ...]
"""Where an argument stands, by the names of attributes, blocks and object fields around it: no keys, no numbers."""
DEEPEST = 12


@record
class Filling:
    """What leaves get: one value for every text and every number; how many elements collections have."""

    text: str | None
    number: int | float | None
    truth: bool | None = True
    length: int = 1


NOTHING = Filling(None, None, None, 0)
"""Collections are empty, everything else is null."""


def filled(
    body: BlockSchema, fill: Filling, wanted: Callable[[Names], bool], values: Mapping[Names, Any] | None = None
) -> dict[str, Any]:
    """A complete configuration: settable attributes that are ``wanted`` have a value, wanted blocks are there.

    ``values`` has texts or numbers of their own for some attributes.
    """
    return _body(body, fill, wanted, (), values or {})


def _body(
    body: BlockSchema, fill: Filling, wanted: Callable[[Names], bool], at: Names, values: Mapping[Names, Any]
) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, attribute in body.attributes.items():
        own = replace(fill, **_own(values[*at, name])) if (*at, name) in values else fill
        made[name] = value(attribute.type, own) if attribute.settable and wanted((*at, name)) else None
    for name, nested in body.blocks.items():
        place = (*at, name)
        there = len(place) < DEEPEST and wanted(place)
        made[name] = around(nested, [_body(nested.body, fill, wanted, place, values)] if there else [])
    return made


def _own(given: Any) -> dict[str, Any]:
    return {"text": given} if isinstance(given, str) else {"number": given}


def around(nested: NestedBlock, bodies: list[Any]) -> Any:
    """The value that blocks of one name form."""
    match nested.nesting:
        case Nesting.SINGLE | Nesting.GROUP:
            return bodies[0] if bodies else None
        case Nesting.MAP:
            return {f"key{number}": one for number, one in enumerate(bodies)}
        case _:
            return bodies


def value(type_: Type, fill: Filling) -> Any:
    """A value of ``type_`` whose leaves are those of ``fill``."""
    match type_.kind:
        case "string" | "dynamic":
            return fill.text
        case "number":
            return fill.number
        case "bool":
            return fill.truth
        case "list" | "set" | "map":
            assert type_.element is not None  # noqa: S101 - collections have one
            # Only the outermost collection is long.
            inner = value(type_.element, replace(fill, length=min(fill.length, 1)))
            elements = [inner] * fill.length if fill.length < 2 else _different(type_.element, inner, fill.length)
            return dict(zip(map(_key, range(fill.length)), elements, strict=True)) if type_.kind == "map" else elements
        case "tuple":
            return [value(inner, fill) for inner in type_.elements]
        case _:
            return {name: value(inner, fill) for name, inner in type_.fields.items()}


def _key(number: int) -> str:
    return f"key{number}"


def _different(type_: Type, inner: Any, length: int) -> list[Any]:
    """Different texts and numbers, since a set keeps equal ones once."""
    if isinstance(inner, str):
        return [f"{inner}{number}" for number in range(length)]
    if type_.kind == "number" and inner is not None:
        return [inner + number for number in range(length)]
    if type_.kind == "object" and isinstance(inner, dict):
        text = next((name for name, content in sorted(inner.items()) if isinstance(content, str)), None)
        return [inner if text is None else inner | {text: f"{inner[text]}{number}"} for number in range(length)]
    return [inner] * length


def leaves(body: BlockSchema, at: Names = ()) -> Iterator[tuple[Names, Type]]:
    """Every settable attribute, however deep, and its type."""
    for name, attribute in body.attributes.items():
        if attribute.settable:
            yield (*at, name), attribute.type
    for name, nested in body.blocks.items():
        if len(at) + 1 < DEEPEST:
            yield from leaves(nested.body, (*at, name))


def blocks(body: BlockSchema, at: Names = ()) -> Iterator[tuple[Names, NestedBlock]]:
    """Every nested block, however deep, the outer ones first."""
    for name, nested in body.blocks.items():
        place = (*at, name)
        yield place, nested
        if len(place) < DEEPEST:
            yield from blocks(nested.body, place)


def surrounded(places: Iterator[Names] | set[Names]) -> set[Names]:
    """``places`` and all the blocks around them."""
    return {place[:length] for place in places for length in range(1, len(place) + 1)}
