"""Values given to the variables of a root module that Terraform refuses, and those it is not given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onetake.frontends.terraform.calling import declared_at, refused
from onetake.frontends.terraform.declarations import Declaration, Mistake
from onetake.frontends.terraform.evaluation import settle
from onetake.frontends.terraform.places import exactly, named
from onetake.frontends.terraform.references import CALL, uses
from onetake.frontends.terraform.syntax.nodes import Literal
from onetake.frontends.terraform.variables import ENVIRONMENT, Given, from_text, refuses_null
from onetake.model.findings import Note
from onetake.model.values import Absent, Span

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module
    from onetake.frontends.terraform.program import Program

RULE = "terraform-invalid-type"
STATIC = "terraform-value-not-static"
_PLAN = "plan"


def mistakes(program: Program) -> Iterator[Mistake]:
    """What is wrong with the values that files, the environment and the command line give."""
    root = program.root
    for name, given in program.inputs.items():
        block = root.configuration.variables.get(name)
        if block is None:
            continue
        data, where = given
        if isinstance(data, str):
            yield from _text(data, where, block, root)
        else:
            yield from _node(given, block, root)


def notes(program: Program) -> Iterator[Note]:
    """What a reader has to know of the values: where they come from, and which ones there are not."""
    variables = program.root.configuration.variables
    for name, (_, where) in program.inputs.items():
        if name not in variables:
            if where.file:
                yield _note(where, f"the value of {name} is not used: no variable of that name is declared")
        elif where.path[:1] == (ENVIRONMENT,):
            yield _note(variables[name].where, f"var.{name} has the value of the environment variable TF_VAR_{name}")
    missing = [
        name for name, block in variables.items() if name not in program.inputs and "default" not in block.fields
    ]
    if missing:
        names = ", ".join(f"var.{name}" for name in missing)
        known = f"{'has' if len(missing) == 1 else 'have'} no value here"
        yield _note(
            variables[missing[0]].where,
            f"{names} {known}: what depends on it is not judged; give it with --var, --var-file or TF_VAR_{missing[0]}",
        )


def _note(where: Span, message: str) -> Note:
    return Note(where, message, missing=False)


def _text(text: str, where: Span, block: Declaration, root: Module) -> Iterator[Mistake]:
    reason = refused(from_text(text, block, root, where), block, root)
    if reason:
        name = block.name
        here = where.path[:1] == (ENVIRONMENT,)
        source = f"the TF_VAR_{name} environment variable" if here else f'-var="{name}=..."'
        detail = f"Unsuitable value for var.{name} set using {source}: {reason}."
        yield Mistake(RULE, "Invalid value for input variable", detail, block.where, stage=_PLAN)


def _node(given: Given, block: Declaration, root: Module) -> Iterator[Mistake]:
    data, where = given
    if isinstance(data, str) or (isinstance(data, Literal) and data.value is not None and "type" not in block.fields):
        return
    place = exactly(where, (data.start, data.end))
    used = sorted(uses((data,)))
    for use in used:
        at = named(data, use) or (data.start, data.end)
        if use[0] == CALL:
            found = (
                "Function calls not allowed",
                "Functions may not be called here.",
                exactly(where, (data.start, data.end)),
            )
        else:
            found = ("Variables not allowed", "Variables may not be used here.", exactly(where, at))
        yield Mistake(STATIC, *found, stage=_PLAN)
    if used:
        return
    value = settle(data, root.scope, where)
    if isinstance(value, Absent) and refuses_null(block) and "default" not in block.fields:
        detail = (
            f"The given value is not suitable for var.{block.name} defined at {declared_at(block, root)}: required "
            "variable may not be set to null."
        )
        yield Mistake(RULE, "Required variable not set", detail, place, stage=_PLAN)
        return
    reason = refused(value, block, root)
    if reason:
        detail = (
            f"The given value is not suitable for var.{block.name} declared at {declared_at(block, root)}: {reason}."
        )
        yield Mistake(RULE, "Invalid value for input variable", detail, place, stage=_PLAN)
