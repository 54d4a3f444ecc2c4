"""Dicts for arguments without a type: the bindings pass them on as they are, so their keys have to be Terraform's."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from onetake.frontends.source.faults import UNTYPED_KEY, Fault
from onetake.frontends.source.pins import Pins
from onetake.frontends.source.resolving import Found, resolver
from onetake.frontends.source.scopes import Scopes
from onetake.knowledge.api.editions import BINDINGS, editions
from onetake.knowledge.api.generated import upper
from onetake.knowledge.api.model import Class, Field, Struct
from onetake.knowledge.api.names import python_field

if TYPE_CHECKING:
    from onetake.knowledge.terraform.schema import BlockSchema


def faults(judged: Iterable[ast.AST], scopes: Scopes, pins: Pins) -> Iterator[Fault]:
    """The keys that no version of the AWS provider knows where they stand."""
    for call in judged:
        if isinstance(call, ast.Call) and any(isinstance(one.value, ast.Dict) for one in call.keywords):
            found = of_bindings(call.func, scopes, pins)
            if found is not None:
                yield from _of_call(call, found)


def _of_call(call: ast.Call, found: Found) -> Iterator[Fault]:
    for keyword in call.keywords:
        if keyword.arg and isinstance(keyword.value, ast.Dict) and _untyped(found, keyword.arg):
            type_ = f"aws_{found.module.path}"
            blocks = (body.blocks.get(keyword.arg) for body in bodies_of(found))
            bodies = [block.body for block in blocks if block is not None]
            if bodies:
                yield from _keys(keyword.value, bodies, keyword.arg, type_)


def of_bindings(called: ast.expr, scopes: Scopes, pins: Pins) -> Found | None:
    """The class or struct of the AWS bindings that is called."""
    named = scopes.named(called)
    root = named.module.partition(".")[0] if named else ""
    some = pins.judges(editions(root)) if root in BINDINGS else ()
    found = resolver(some[-1], (some[-1],)).find(named) if some and named else None
    return found if found is not None and not found.rest else None


def _untyped(found: Found, argument: str) -> bool:
    fields: Iterable[Field] = ()
    if isinstance(found.type, Struct):
        fields = found.type.fields.values()
    elif isinstance(found.type, Class):
        config = found.module.get(f"{found.type.place.name}Config")
        fields = config.fields.values() if isinstance(config, Struct) else ()
    return any(python_field(one.name) == argument and one.type.name == "any" for one in fields)


def bodies_of(found: Found) -> Iterator[BlockSchema]:
    """What the provider takes in a resource or in the block of a struct, in each version that is known."""
    from onetake.knowledge.terraform import resource_schema, schema_versions

    classes = (name for name in found.module.names if isinstance(found.module.get(name), Class))
    resource = min(classes, key=len, default="")
    inside = found.type.place.name.removeprefix(resource) if isinstance(found.type, Struct) else ""
    for version in schema_versions():
        schema = resource_schema(f"aws_{found.module.path}", version)
        body = _below(schema.body, inside) if schema is not None else None
        if body is not None:
            yield body


def _below(body: BlockSchema, inside: str) -> BlockSchema | None:
    """The body of the nested block from whose names a struct's name is made (``RuleAction``)."""
    if not inside:
        return body
    for name, block in body.blocks.items():
        camel = "".join(map(upper, name.split("_")))
        if inside.startswith(camel):
            found = _below(block.body, inside.removeprefix(camel))
            if found is not None:
                return found
    return None


def _keys(node: ast.Dict, bodies: list[BlockSchema], around: str, type_: str) -> Iterator[Fault]:
    for key, value in zip(node.keys, node.values, strict=True):
        if not isinstance(key, ast.Constant) or not isinstance(key.value, str) or not key.value.isidentifier():
            continue
        name = key.value
        if not any(name in body.names for body in bodies):
            near = python_field(name)
            near = near if any(near in body.names for body in bodies) else ""
            if name.islower() and not near:
                continue  # a later version may have it
            message = f"{around} of {type_} has no {name}: an untyped dict reaches Terraform as it is"
            yield Fault(UNTYPED_KEY, key, name, message, "", f"write {near}" if near else "", near)
            continue
        inner = [body.blocks[name].body for body in bodies if name in body.blocks]
        inside = value.elts if isinstance(value, ast.List) else [value]
        for one in inside if inner and len(inner) == sum(name in body.names for body in bodies) else ():
            if isinstance(one, ast.Dict):
                yield from _keys(one, inner, name, type_)
