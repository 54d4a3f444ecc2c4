"""Module calls and variables that Terraform refuses: missing, unknown and unsuitable values; and circles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onetake.frontends.terraform import repeating
from onetake.frontends.terraform.declarations import Declaration, Mistake
from onetake.frontends.terraform.evaluation import Failure, settle
from onetake.frontends.terraform.places import exactly, opening
from onetake.frontends.terraform.references import uses
from onetake.frontends.terraform.refusals import planned
from onetake.frontends.terraform.sources import NativeSource
from onetake.frontends.terraform.suggestions import meant
from onetake.frontends.terraform.syntax.nodes import Literal
from onetake.frontends.terraform.variables import converted, refuses_null
from onetake.model.values import Absent, Known, Span, Unknown, Value, walk

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module

_OF_CALLS = frozenset({"source", "version", "providers", "count", "for_each", "depends_on"})


def mistakes(module: Module) -> Iterator[Mistake]:
    """What is wrong with the calls that ``module`` makes, its variables and its repetitions."""
    for call in module.configuration.calls.values():
        yield from _arguments(call, module)
    for block in module.configuration.variables.values():
        yield from _default(block, module)
    for blocks in (module.configuration.resources, module.configuration.calls):
        for block in blocks.values():
            yield from _repetition(block, module)
    yield from _circles(module)


def _arguments(call: Declaration, module: Module) -> Iterator[Mistake]:
    try:
        children = module.child(call.name)
    except Failure:
        return
    child = next(iter(children.members.values()), None) if children else None
    if child is None or child.configuration.broken:
        return
    variables = child.configuration.variables
    for name, block in variables.items():
        if name not in call.fields and "default" not in block.fields:
            detail = f'The argument "{name}" is required, but no definition was found.'
            yield Mistake("terraform-missing-argument", "Missing required argument", detail, _brace(call, module))
    for name in call.fields:
        if name not in _OF_CALLS and name not in variables:
            near = meant(name, sorted(variables))
            hint = f' Did you mean "{near}"?' if near else ""
            detail = f'An argument named "{name}" is not expected here.{hint}'
            yield Mistake("terraform-unsupported-argument", "Unsupported argument", detail, call.where / name)
    for name, block in variables.items():
        if name in call.fields:
            yield from _value(name, block, call, child)


def _brace(call: Declaration, module: Module) -> Span:
    """The opening brace of a call, which Terraform points at where something is missing."""
    source = module.configuration.sources.get(call.where.file)
    if not isinstance(source, NativeSource):
        return call.where
    return source.brace(call.where)


def _value(name: str, block: Declaration, call: Declaration, child: Module) -> Iterator[Mistake]:
    """What a call gives a variable of a module that it cannot be."""
    node = call.fields[name]
    if child.caller is None or child.parent is None:
        return
    value = settle(node, child.caller, call.where / name)
    if isinstance(value, Absent) and refuses_null(block) and "default" not in block.fields:
        summary, said, reason = "Required variable not set", "defined", "required variable may not be set to null"
    else:
        summary, said, reason = "Invalid value for input variable", "declared", refused(value, block, child)
    if not reason:
        return
    place = declared_at(block, child)
    detail = f"The given value is not suitable for {child.path}.var.{name} {said} at {place}: {reason}."
    found = Mistake("terraform-invalid-type", summary, detail, exactly(call.where / name, (node.start, node.end)))
    found.stage = "plan" if planned(child.parent, node) else ""
    if not (found.stage and child.program.library):
        yield found


def _default(block: Declaration, module: Module) -> Iterator[Mistake]:
    node = block.fields.get("default")
    if node is None:
        return
    where = exactly(block.where / "default", opening(node))
    reason = refused(settle(node, module.scope, block.where / "default"), block, module)
    if reason:
        detail = f"This default value is not compatible with the variable's type constraint: {reason}."
        yield Mistake("terraform-invalid-type", "Invalid default value for variable", detail, where, stage="init")


def refused(value: Value[object], block: Declaration, module: Module) -> str:
    """Why a value that is wholly known cannot be what a variable wants."""
    if not isinstance(value, Known) or any(isinstance(inner, Unknown) for inner in walk(value)):
        return ""
    try:
        converted(value, block, module)
    except Failure as failure:
        return str(failure)
    return ""


def declared_at(block: Declaration, module: Module) -> str:
    """Where a variable is declared, as Terraform writes it."""
    source = module.configuration.sources.get(block.where.file)
    found = source.locate(block.where.path) if source else None
    return f"{block.where.file}:{found.line},{found.column}-{found.end_column}" if found else block.where.file


def _repetition(block: Declaration, module: Module) -> Iterator[Mistake]:
    if "count" in block.fields and "for_each" in block.fields:
        detail = (
            'The "count" and "for_each" meta-arguments are mutually-exclusive, only one should be used to be explicit '
            "about the number of resources to be created."
        )
        summary = 'Invalid combination of "count" and "for_each"'
        yield Mistake(
            "terraform-invalid-repetition", summary, detail, block.where / "for_each", _address(block, module)
        )
        return
    if not module.configuration.broken and not module.configuration.partial:
        yield from repeating.mistakes(block, module)


def _address(block: Declaration, module: Module) -> str:
    return module.prefix + block.name if block.kind in ("resource", "data") else ""


def _circles(module: Module) -> Iterator[Mistake]:
    """Local values and resources that use themselves."""
    named = {
        name: {use[1] for use in uses((node,)) if use[0] == "local" and len(use) > 1}
        for name, (node, _) in module.configuration.locals.items()
        if not isinstance(node, Literal)
    }
    for name, locals_ in named.items():
        if name in locals_:
            where = module.configuration.locals[name][1]
            detail = f"Local value local.{name} cannot use its own result as part of its expression."
            yield Mistake("terraform-dependency-cycle", "Self-referencing local value", detail, where)
    for name, block in module.configuration.resources.items():
        own = tuple(name.split("."))
        for field, used in block.uses.items():
            if field not in ("provisioner", "connection") and any(use[: len(own)] == own for use in used):
                detail = f"Configuration for {module.prefix}{name} may not refer to itself."
                where = block.where / field
                yield Mistake("terraform-self-reference", "Self-referential block", detail, where, module.prefix + name)
                break
