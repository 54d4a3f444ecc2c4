"""Resources, data sources and providers compared with what Terraform's AWS provider offers.

Three questions: do the names exist and are the required ones there (``structure``), do the values fit the types
(``values``), does what expressions take from a resource exist (``attributes``). Each is asked for every version of the
provider that the program admits, and what is wrong in all of them is a mistake.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from onetake.frontends.terraform.declarations import Declaration, Mistake
from onetake.frontends.terraform.evaluation import Failure
from onetake.frontends.terraform.references import CALL
from onetake.frontends.terraform.schemas import attributes, structure, types, values
from onetake.frontends.terraform.schemas.fitting import fits
from onetake.frontends.terraform.schemas.versions import admitted
from onetake.frontends.terraform.syntax.nodes import Node
from onetake.knowledge.terraform import provider_schema
from onetake.knowledge.terraform.schema import Kind, TypeSchema

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module
    from onetake.frontends.terraform.program import Program

PREFIX = "aws_"
INSTANCES = 50
"""How many instances of one declaration are looked at: more of them seldom hold other mistakes."""
_KINDS = {"resource": Kind.RESOURCE, "data": Kind.DATA_SOURCE, "ephemeral": Kind.EPHEMERAL}


def mistakes(program: Program, modules: Sequence[Module]) -> Iterator[Mistake]:
    """What no admitted version of the AWS provider accepts."""
    if not any(_uses_aws(module) for module in modules):
        return
    versions = admitted(program, modules)
    if not versions:
        return
    newest, *others = (set_of(version, modules) for version in versions)
    for key, mistake in newest.items():
        if all(key in other for other in others):
            yield mistake


def set_of(version: str, modules: Sequence[Module]) -> dict[object, Mistake]:
    """The mistakes that version ``version`` of the provider sees, by what makes each the same in another version."""
    found: dict[object, Mistake] = {}
    seen: set[str] = set()
    for module in modules:
        for mistake in _in_module(module, version, first=module.path not in seen):
            found.setdefault((mistake.rule, mistake.where), mistake)
        seen.add(module.path)
    return found


def _uses_aws(module: Module) -> bool:
    configuration = module.configuration
    return "aws" in configuration.providers or any(
        block.labels[0].startswith(PREFIX) for block in configuration.resources.values()
    )


def _in_module(module: Module, version: str, *, first: bool) -> Iterator[Mistake]:
    configuration = module.configuration
    type_of = partial(attributes.type_of, module=module, version=version)
    if first:
        # Instances of one call hold the same blocks and names; only their values differ.
        yield from attributes.mistakes(module, version)
        for name, block in configuration.providers.items():
            if name.partition(".")[0] == "aws":
                yield from structure.mistakes(block, provider_schema(version).configuration, "", type_of)
    for block in configuration.resources.values():
        kind = _KINDS.get(block.kind)
        if kind is None or not block.labels[0].startswith(PREFIX):
            continue
        schema = provider_schema(version).of(kind).get(block.labels[0])
        if schema is None:
            if first:
                yield types.unknown(block, version, kind, module)
            continue
        if first:
            yield from structure.mistakes(block, schema, module.prefix + block.name, type_of)
        yield from _in_instances(block, schema, module)


def _in_instances(block: Declaration, schema: TypeSchema, module: Module) -> Iterator[Mistake]:
    try:
        expanded = module.expansion(block.name)
    except Failure:
        return
    doubtful = [
        name for name, node in block.fields.items() if name not in structure.OWN and _doubtful(name, node, schema)
    ]
    if not doubtful:
        return
    for one in itertools.islice(expanded.members.values(), INSTANCES):
        for name in doubtful:
            if name in one.arguments:
                stage = "plan" if _given_later(name, block) else ""
                yield from values.mistakes({name: one.arguments[name]}, schema.body, one.address, stage)


def _given_later(name: str, block: Declaration) -> bool:
    """Whether a field depends on what validate does not know: variables, repetitions, modules, resources."""
    return any(use[0] not in ("local", CALL, "path") for use in block.uses.get(name, ()))


def _doubtful(name: str, node: Node, schema: TypeSchema) -> bool:
    """Whether the value of a field has to be looked at: it is not clear from its expression that it fits."""
    attribute = schema.body.attributes.get(name)
    return name in schema.body.blocks or (attribute is not None and not fits(node, attribute.type))
