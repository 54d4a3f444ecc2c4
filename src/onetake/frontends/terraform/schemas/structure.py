"""The names in a block: those that do not exist, those that are missing, blocks for arguments and too many of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from onetake.frontends.terraform.declarations import META, Declaration, Mistake
from onetake.frontends.terraform.schemas.values import as_body, described
from onetake.frontends.terraform.suggestions import meant
from onetake.frontends.terraform.syntax.nodes import Dynamic, Literal, Node, Object, Tuple
from onetake.knowledge.terraform.schema import AttributeSchema, BlockSchema, NestedBlock, Nesting, TypeSchema
from onetake.knowledge.terraform.types import PRIMITIVES, Type
from onetake.model.values import Span

TypeOf = Callable[[Node], Type | None]
"""The type of what an expression takes from a resource, where that is known."""
OWN = META - {"timeouts"}
"""What Terraform itself reads; ``timeouts`` is the provider's, for types that have it."""
_PROVIDER_OWN = frozenset({"alias", "version"})


class _Place(NamedTuple):
    """Where a body stands."""

    where: Span
    resource: str
    json: bool
    type_of: TypeOf


def mistakes(block: Declaration, schema: TypeSchema, address: str, type_of: TypeOf) -> Iterator[Mistake]:
    """What is wrong with the names in a resource, data source or provider, and in its blocks."""
    own = _PROVIDER_OWN if block.kind == "provider" else OWN
    fields = {name: node for name, node in block.fields.items() if name not in own}
    place = _Place(block.where, address, json=block.where.file.endswith(".json"), type_of=type_of)
    yield from _body(fields, schema.body, place)


def _body(fields: Mapping[str, Node], schema: BlockSchema, place: _Place) -> Iterator[Mistake]:
    for name, node in fields.items():
        there = place._replace(where=place.where / name)
        attribute, nested = schema.attributes.get(name), schema.blocks.get(name)
        if attribute is not None:
            yield from _attribute(attribute, node, there)
        elif nested is not None:
            yield from _blocks(nested, node, there)
        else:
            yield _unknown(name, node, fields, schema, there)
    for name, attribute in schema.attributes.items():
        if attribute.required and (name not in fields or fields[name] == Literal(None)):
            detail = f'The argument "{name}" is required, but no definition was found.'
            yield Mistake(
                "terraform-missing-argument", "Missing required argument", detail, place.where, place.resource
            )
    for name, nested in schema.blocks.items():
        if nested.minimum and name not in fields:
            yield _too_few(nested, place)


def _attribute(attribute: AttributeSchema, node: Node, there: _Place) -> Iterator[Mistake]:
    written_as_block = not there.json and is_blocks(node)
    if written_as_block and not _takes_blocks(attribute.type):
        name = attribute.name
        detail = (
            f'Blocks of type "{name}" are not expected here. Did you mean to define argument "{name}"? If so, use the '
            "equals sign to assign it a value."
        )
        yield Mistake("terraform-unsupported-block", "Unsupported block type", detail, there.where, there.resource)
    elif written_as_block:
        assert attribute.type.element is not None  # noqa: S101 - it takes blocks
        yield from _blocks(NestedBlock(attribute.name, Nesting.LIST, as_body(attribute.type.element)), node, there)
    elif not attribute.settable and attribute.computed and not (isinstance(node, Literal) and node.value is None):
        detail = (
            f'Can\'t configure a value for "{attribute.name}": its value will be decided automatically based on the '
            "result of applying this configuration."
        )
        summary = "Value for unconfigurable attribute"
        yield Mistake("terraform-read-only-argument", summary, detail, there.where, there.resource)
    elif attribute.settable:
        yield from _referring(attribute, node, there)


def _referring(attribute: AttributeSchema, node: Node, there: _Place) -> Iterator[Mistake]:
    """One value where several are wanted, or several for one: told by the type of what is referred to."""
    wanted, found = attribute.type, there.type_of(node)
    if found is None or "dynamic" in (wanted.kind, found.kind):
        return
    single = wanted.kind in PRIMITIVES
    if single != (found.kind in PRIMITIVES):
        detail = f'Inappropriate value for attribute "{attribute.name}": {described(wanted)} required.'
        # What a resource has is unknown to validate, whatever its type.
        summary = "Incorrect attribute value type"
        yield Mistake("terraform-invalid-type", summary, detail, there.where, there.resource, stage="plan")


def is_blocks(node: Node) -> bool:
    """Whether a field of a native body was written as blocks: an expression has a place of its own."""
    return isinstance(node, Tuple) and not node.end and bool(node.items)


def _is_dynamic(node: Node) -> bool:
    return isinstance(node, Tuple) and any(isinstance(item, Dynamic) for item in node.items)


def _takes_blocks(type_: Type) -> bool:
    """A list or set of objects may also be written as blocks, as it was before it was an argument."""
    return type_.kind in ("list", "set") and type_.element is not None and type_.element.kind == "object"


def _blocks(nested: NestedBlock, node: Node, there: _Place) -> Iterator[Mistake]:
    if not there.json and not is_blocks(node):
        detail = (
            f'An argument named "{nested.name}" is not expected here. Did you mean to define a block of type '
            f'"{nested.name}"?'
        )
        yield Mistake("terraform-unsupported-argument", "Unsupported argument", detail, there.where, there.resource)
        return
    written = node.items if isinstance(node, Tuple) else () if node == Literal(None) else (node,)
    bodies = [item for item in written if isinstance(item, Object) and item.block]
    maximum = 1 if nested.nesting in (Nesting.SINGLE, Nesting.GROUP) else nested.maximum
    if maximum and len(bodies) > maximum:
        summary = f"Too many {nested.name} blocks"
        detail = f'No more than {maximum} "{nested.name}" blocks are allowed'
        where = there.where / maximum
        yield Mistake("terraform-too-many-blocks", summary, detail, where, there.resource)
    for place, item in enumerate(written):
        if isinstance(item, Dynamic):
            where = Span(there.where.file, (*there.where.path[:-1], "dynamic", nested.name, "content"))
            yield from _inside(item.content, nested, there._replace(where=where))
        elif isinstance(item, Object) and item.block:
            where = there.where / place if isinstance(node, Tuple) else there.where
            yield from _inside(item, nested, there._replace(where=where))
        elif there.json:
            yield _no_body(nested, there, None if node is item else place)


def _no_body(nested: NestedBlock, there: _Place, place: int | None) -> Mistake:
    detail = "Either a JSON object or JSON array of objects is required here, to define arguments and child blocks."
    if place is None:
        detail = (
            "Either a JSON object or a JSON array is required, representing the contents of one or more "
            f'"{nested.name}" blocks.'
        )
    where = there.where if place is None else there.where / place
    return Mistake("terraform-invalid-type", "Incorrect JSON value type", detail, where, there.resource)


def _inside(body: Object, nested: NestedBlock, there: _Place) -> Iterator[Mistake]:
    if all(isinstance(key, Literal) for key, _ in body.items):
        fields = {str(key.value): node for key, node in body.items if isinstance(key, Literal)}
        yield from _body(fields, nested.body, there)


def _too_few(nested: NestedBlock, place: _Place) -> Mistake:
    summary = f"Insufficient {nested.name} blocks"
    detail = f'At least {nested.minimum} "{nested.name}" blocks are required.'
    return Mistake("terraform-missing-block", summary, detail, place.where, place.resource)


def _unknown(name: str, node: Node, fields: Mapping[str, Node], schema: BlockSchema, there: _Place) -> Mistake:
    if there.json and not _is_dynamic(node):
        near = meant(name, (other for other in schema.names if other not in fields))
        detail = f'No argument or block type is named "{name}".' + (f' Did you mean "{near}"?' if near else "")
        summary, rule = "Extraneous JSON object property", "terraform-unsupported-argument"
    elif _is_dynamic(node) or is_blocks(node):
        near = meant(name, schema.blocks)
        detail = f'Blocks of type "{name}" are not expected here.' + (f' Did you mean "{near}"?' if near else "")
        summary, rule = "Unsupported block type", "terraform-unsupported-block"
    else:
        near = meant(name, (other for other in schema.attributes if other not in fields))
        detail = f'An argument named "{name}" is not expected here.' + (f' Did you mean "{near}"?' if near else "")
        summary, rule = "Unsupported argument", "terraform-unsupported-argument"
    return Mistake(rule, summary, detail, there.where, there.resource)
