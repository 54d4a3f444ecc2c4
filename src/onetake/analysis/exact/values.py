"""What a program sets, as providers take it: plain data in the types of the schema, unknown where it is not known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onetake.frontends.terraform.values import as_text, number_in
from onetake.knowledge.terraform.schema import BlockSchema, NestedBlock, Nesting
from onetake.knowledge.terraform.types import Type
from onetake.model.values import Absent, Known, ObjectValue, Unknown, Value
from onetake.providers.values import UNKNOWN, complete

_FLAGS: Mapping[object, bool] = {True: True, False: False, "true": True, "false": False, "1": True, "0": False}


class Unsuitable(ValueError):
    """A value that Terraform itself refuses, so that no provider ever sees it."""


def configuration(arguments: ObjectValue, schema: BlockSchema) -> dict[str, Any]:
    """The whole configuration of a resource, what is not set as ``null``.

    Raises:
        Unsuitable: a name or a value is none that Terraform would pass on.
    """
    return complete(_body(arguments, schema), schema)


def certain(data: Any) -> bool:
    """Whether nothing in ``data`` is unknown."""
    if data is UNKNOWN:
        return False
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return all(map(certain, inner))


def _body(arguments: ObjectValue, schema: BlockSchema) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in arguments.items():
        attribute, nested = schema.attributes.get(name), schema.blocks.get(name)
        if attribute is not None:
            found[name] = converted(value, attribute.type)
        elif nested is not None:
            found[name] = _blocks(value, nested)
        else:
            raise Unsuitable(name)
    return found


def _blocks(value: Value[object], nested: NestedBlock) -> Any:
    if isinstance(value, Unknown):
        return UNKNOWN
    items: tuple[Value[object], ...]
    match value:
        case Known(Mapping()):
            items = (value,)
        case Known(tuple() as listed):
            items = listed
        case Absent():
            items = ()
        case _:
            raise Unsuitable(nested.name)
    bodies = [_block(item, nested) for item in items if not isinstance(item, Absent)]
    if nested.nesting in (Nesting.SINGLE, Nesting.GROUP):
        return bodies[0] if bodies else None
    if nested.nesting is Nesting.MAP:
        raise Unsuitable(nested.name)
    return bodies


def _block(item: Value[object], nested: NestedBlock) -> Any:
    match item:
        case Known(Mapping() as fields):
            return _body(fields, nested.body)
        case Unknown():
            return UNKNOWN
        case _:
            raise Unsuitable(nested.name)


def converted(value: Value[object], wanted: Type) -> Any:
    """``value`` in a type of the provider.

    Raises:
        Unsuitable: Terraform cannot convert it.
    """
    if isinstance(value, Absent):
        return None
    if isinstance(value, Unknown):
        return UNKNOWN
    found = value.value
    if isinstance(found, (Mapping, tuple)):
        # What a program sets of another resource is less than what that has of it afterwards.
        return UNKNOWN if value.origin is not None else _collection(found, wanted)
    match wanted.kind:
        case "string":
            return as_text(found)
        case "number" if (number := number_in(found)) is not None:
            return number
        case "bool" if not isinstance(found, (int, float)) or isinstance(found, bool):
            if found in _FLAGS:
                return _FLAGS[found]
    raise Unsuitable(wanted.kind)


def _collection(found: Mapping[str, Value[object]] | tuple[Value[object], ...], wanted: Type) -> Any:
    if isinstance(found, tuple):
        if wanted.kind not in ("list", "set") or wanted.element is None:
            raise Unsuitable(wanted.kind)
        return [converted(item, wanted.element) for item in found]
    if wanted.kind == "map" and wanted.element is not None:
        return {name: converted(item, wanted.element) for name, item in found.items()}
    if wanted.kind != "object":
        raise Unsuitable(wanted.kind)
    return {name: converted(found[name], inner) if name in found else None for name, inner in wanted.fields.items()}
