"""What expressions take from a resource that the resource does not have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onetake.frontends.terraform.declarations import Declaration, Mistake
from onetake.frontends.terraform.references import EACH, Use, uses
from onetake.frontends.terraform.scoping import closest
from onetake.frontends.terraform.suggestions import meant
from onetake.frontends.terraform.syntax.nodes import Attribute, Index, Node, Variable
from onetake.knowledge.terraform import provider_schema
from onetake.knowledge.terraform.schema import Kind, TypeSchema
from onetake.knowledge.terraform.types import Type
from onetake.model.values import Span

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module


def mistakes(module: Module, version: str) -> Iterator[Mistake]:
    """Attributes in a module's expressions that the types of its resources do not have."""
    configuration = module.configuration
    tables = (configuration.resources, configuration.calls, configuration.outputs, configuration.providers)
    for block in (block for table in tables for block in table.values()):
        for name, used in block.uses.items():
            if name not in ("provisioner", "connection"):
                yield from _in_field(used, block.fields[name], block.where / name, module, version)
    for node, where in configuration.locals.values():
        yield from _in_field(frozenset(uses((node,))), node, where, module, version)


def type_of(node: Node, module: Module, version: str) -> Type | None:
    """The type of an expression that only takes an attribute of a resource; ``None`` where that is not known."""
    steps: list[str] = []
    while isinstance(node, Attribute | Index):
        steps.append(node.name if isinstance(node, Attribute) else EACH)
        node = node.subject
    if not isinstance(node, Variable) or len(steps) < 2:
        return None
    use = (node.name, *reversed(steps))
    name, schema = _attribute(use, module, version)
    if schema is None or use[-1] != name or name not in schema.body.attributes:
        return None
    return schema.body.attributes[name].type


def _in_field(used: frozenset[Use], node: Node, where: Span, module: Module, version: str) -> Iterator[Mistake]:
    for use in sorted(used):
        attribute, schema = _attribute(use, module, version)
        if schema is None or attribute in schema.body.attributes or attribute in schema.body.blocks:
            continue
        near = meant(attribute, schema.body.names)
        detail = f'This object has no argument, nested block, or exported attribute named "{attribute}".'
        if near:
            detail += f' Did you mean "{near}"?'
        yield Mistake("terraform-missing-attribute", "Unsupported attribute", detail, closest(use, node, where))


def _attribute(use: Use, module: Module, version: str) -> tuple[str, TypeSchema | None]:
    """The attribute that a traversal takes of an AWS resource, and the schema of its type."""
    kind = Kind.DATA_SOURCE if use[0] == "data" else Kind.RESOURCE
    steps = use[1:] if kind is Kind.DATA_SOURCE else use
    if len(steps) < 3 or not steps[0].startswith("aws_"):
        return "", None
    name = f"{steps[0]}.{steps[1]}"
    block = module.configuration.resources.get(f"data.{name}" if kind is Kind.DATA_SOURCE else name)
    rest = steps[2:]
    if block is None or not _single(block, rest):
        return "", None
    rest = rest[1:] if rest[0] == EACH else rest
    if not rest or rest[0] == EACH:
        return "", None
    return rest[0], provider_schema(version).of(kind).get(steps[0])


def _single(block: Declaration, rest: Use) -> bool:
    """Whether the index fits the repetition, so that what follows is an attribute."""
    return (rest[0] == EACH) == ("count" in block.fields or "for_each" in block.fields)
