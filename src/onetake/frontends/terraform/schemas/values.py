"""Values that do not fit the types of their arguments, after all conversions that Terraform makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from onetake.frontends.terraform.declarations import Mistake
from onetake.frontends.terraform.values import BlockFields, number_in
from onetake.knowledge.terraform.schema import AttributeSchema, BlockSchema
from onetake.knowledge.terraform.types import Type
from onetake.model.values import Absent, Known, ObjectValue, Value


def mistakes(arguments: ObjectValue, schema: BlockSchema, address: str, stage: str) -> Iterator[Mistake]:
    """The arguments of one instance, and of the blocks in it, whose values are known and of no use."""
    for name in arguments:
        attribute, nested = schema.attributes.get(name), schema.blocks.get(name)
        if attribute is not None and attribute.settable:
            value = arguments[name]
            if written_as_blocks(value):
                yield from _as_blocks(value, attribute.type, address, stage)
                continue
            reason = unsuitable(value, attribute.type)
            if reason:
                detail = f'Inappropriate value for attribute "{name}": {reason}.'
                where = value.where
                yield Mistake(
                    "terraform-invalid-type", "Incorrect attribute value type", detail, where, address, stage=stage
                )
        elif nested is not None:
            for body in _bodies(arguments[name]):
                yield from mistakes(body, nested.body, address, stage)


def written_as_blocks(value: Value[object]) -> bool:
    """Whether the value of an argument was written as blocks; in JSON the two look alike, and arguments win."""
    match value:
        case Known(tuple((Known(BlockFields()), *_)), where):
            return not where.file.endswith(".json")
        case _:
            return False


def _as_blocks(value: Value[object], wanted: Type, address: str, stage: str) -> Iterator[Mistake]:
    """Objects that were written as blocks may leave out whatever they like."""
    if wanted.element is not None and wanted.element.kind == "object":
        for body in _bodies(value):
            yield from mistakes(body, as_body(wanted.element), address, stage)


def as_body(wanted: Type) -> BlockSchema:
    """The schema of a block that stands for an object."""
    fields = {name: AttributeSchema(name, inner, optional=True) for name, inner in wanted.fields.items()}
    return BlockSchema(fields, {})


def _bodies(value: Value[object]) -> Iterator[ObjectValue]:
    match value:
        case Known(tuple() as items):
            for item in items:
                yield from _bodies(item)
        case Known(Mapping() as fields):
            yield fields
        case _:
            return


def unsuitable(value: Value[object], wanted: Type) -> str:
    """Why Terraform cannot convert ``value``, in its words; empty where it can, or where that is not known."""
    if not isinstance(value, Known) or wanted.kind == "dynamic":
        return ""
    found = value.value
    match wanted.kind:
        case "string" | "number" | "bool" as kind:
            return _scalar(found, kind)
        case "list" | "set" if isinstance(found, tuple):
            return _elements(found, wanted.element)
        case "map" if isinstance(found, Mapping):
            inner = ((f'element "{name}"', found[name]) for name in sorted(found))
            return _first(inner, wanted.element)
        case "object" if isinstance(found, Mapping):
            return _object(found, wanted)
        case "tuple":
            return ""
        case _:
            return f"{described(wanted)} required"


def _scalar(found: object, kind: str) -> str:
    if isinstance(found, (tuple, Mapping)):
        return f"{kind} required"
    if kind == "number" and number_in(found) is None:
        return "a number is required" if isinstance(found, str) else "number required"
    if kind == "bool" and not isinstance(found, bool):
        if not isinstance(found, str):
            return "bool required"
        if found not in ("true", "false", "1", "0"):
            return "a bool is required"
    return ""


def _elements(items: tuple[Value[object], ...], wanted: Type | None) -> str:
    return _first(((f"element {place}", item) for place, item in enumerate(items)), wanted)


def _first(inner: Iterator[tuple[str, Value[object]]], wanted: Type | None) -> str:
    if wanted is None:
        return ""
    for words, item in inner:
        reason = unsuitable(item, wanted)
        if reason:
            return f"{words}: {reason}"
    return ""


def _object(found: ObjectValue, wanted: Type) -> str:
    missing = sorted(name for name in wanted.fields if name not in found and name not in wanted.optional)
    if missing:
        quoted = [f'"{name}"' for name in missing]
        if len(quoted) == 1:
            return f"attribute {quoted[0]} is required"
        last = f"{', '.join(quoted[:-1])}{',' if len(quoted) > 2 else ''} and {quoted[-1]}"
        return f"attributes {last} are required"
    for name in sorted(wanted.fields):
        if name in found and not isinstance(found[name], Absent):
            reason = unsuitable(found[name], wanted.fields[name])
            if reason:
                return f'attribute "{name}": {reason}'
    return ""


def described(wanted: Type) -> str:
    """A type as Terraform calls it in a sentence: ``list of string``."""
    if wanted.element is None:
        return "dynamic" if wanted.kind == "dynamic" else wanted.kind
    return f"{wanted.kind} of {described(wanted.element)}"
