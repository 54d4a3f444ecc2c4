"""What Terraform itself refuses in a program, in its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from onetake.frontends.terraform import (
    backends,
    calling,
    circles,
    conditions,
    exposure,
    features,
    inputs,
    lifecycle,
    passing,
    refactoring,
    refusals,
    requirements,
    schemas,
    scoping,
    statics,
    structure,
)
from onetake.frontends.terraform.declarations import Configuration, Declaration, Mistake
from onetake.frontends.terraform.places import exactly
from onetake.frontends.terraform.syntax.nodes import Node
from onetake.model.findings import Confidence, Finding, Severity, Stage
from onetake.model.stacks import Stack
from onetake.model.values import Span

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module
    from onetake.frontends.terraform.program import Program

_STAGES = {
    "terraform-syntax": Stage.INIT,
    "terraform-unreadable-file": Stage.INIT,
    "terraform-duplicate-resource": Stage.INIT,
    "terraform-duplicate-declaration": Stage.INIT,
    "terraform-module-missing": Stage.INIT,
    "terraform-self-reference": Stage.PLAN,
}


def findings(program: Program, modules: Sequence[Module], stack: Stack) -> list[Finding]:
    """Everything wrong with the language of ``program``."""
    mistakes = [mistake for one in program.configurations.values() for mistake in one.mistakes]
    for configuration in program.configurations.values():
        mistakes += structure.mistakes(configuration)
        mistakes += statics.mistakes(configuration, tofu=stack.engine.tool == "opentofu")
    mistakes += program.mistakes
    seen: set[str] = set()
    for module in modules:
        # Instances of one call hold the same expressions.
        if module.path not in seen:
            seen.add(module.path)
            undeclared = [] if module.configuration.broken else list(scoping.mistakes(module))
            if undeclared and module.configuration.partial:
                # One file of several, which names what stands in the others.
                stack.whole = False
                undeclared = []
            mistakes += undeclared
            mistakes += calling.mistakes(module)
            mistakes += passing.mistakes(module)
            mistakes += refactoring.mistakes(module)
            mistakes += lifecycle.mistakes(module)
            if not module.configuration.broken and not module.configuration.partial:
                mistakes += conditions.mistakes(module)
    mistakes += exposure.mistakes(program, modules)
    mistakes += inputs.mistakes(program)
    mistakes += backends.mistakes(program.root)
    mistakes += requirements.mistakes(program, modules)
    mistakes += features.mistakes(modules, stack.engine.tool)
    mistakes += refusals.mistakes(program, modules)
    mistakes += schemas.mistakes(program, modules)
    mistakes += circles.mistakes(modules, stack)
    return [_finding(mistake, stack) for mistake in mistakes]


def _finding(mistake: Mistake, stack: Stack) -> Finding:
    stage = Stage(mistake.stage) if mistake.stage else _STAGES.get(mistake.rule, Stage.VALIDATE)
    detail = mistake.detail if mistake.exact else ""
    theirs = f"{mistake.summary}: {_first(mistake.detail)}" if mistake.detail else mistake.summary
    resource = stack.resources.get(mistake.resource)
    said = "Warning" if mistake.warning else "Error"
    return Finding(
        rule=mistake.rule,
        severity=Severity(mistake.severity) if mistake.severity else Severity.CRITICAL,
        stage=stage,
        confidence=Confidence.DOCUMENTED,
        where=mistake.where,
        resource=mistake.resource,
        message=mistake.said or theirs,
        verbatim=f"{said}: {mistake.summary}\n\n{detail}".rstrip() if mistake.summary else "",
        fix=mistake.fix,
        condition=mistake.condition,
        stack=stack.name,
        construct=resource.construct if resource is not None else "",
        sensitive=mistake.sensitive,
    )


def _first(text: str) -> str:
    return text.split("\n", maxsplit=1)[0]


def duplicate(earlier: Declaration, later: Declaration, configuration: Configuration) -> Mistake:
    """Two blocks of one name."""
    place = _place(earlier.where, configuration)
    if later.kind not in ("resource", "data"):
        return Mistake("terraform-duplicate-declaration", *_twice(later, place), later.where)
    kind, name = later.labels
    summary = f'Duplicate {later.kind} "{kind}" configuration'
    what = "data resource" if later.kind == "data" else "resource"
    detail = (
        f'A {kind} {what} named "{name}" was already declared at {place}. Resource names must be unique per type in '
        "each module."
    )
    return Mistake("terraform-duplicate-resource", summary, detail, later.where, later.name)


def duplicate_local(name: str, earlier: Span, later: Span, configuration: Configuration) -> Mistake:
    """Two local values of one name."""
    detail = (
        f'A local value named "{name}" was already defined at {_place(earlier, configuration)}. Local value names must '
        "be unique within a module."
    )
    return Mistake("terraform-duplicate-declaration", "Duplicate local value definition", detail, later)


_OVERRIDDEN = {
    "resource": ("Missing resource to override", "a resource block defined", ""),
    "data": ("Missing data resource to override", "a resource block defined", ""),
    "variable": ("Missing base variable declaration to override", "a variable that was already declared", "variable"),
    "output": ("Missing base output definition to override", "an output that was already defined", "output"),
    "module": ("Missing module call to override", "a module call that was defined", "module call"),
}


def unsuitable_override(block: Declaration, *, known: bool) -> Iterator[Mistake]:
    """What is wrong with a block of an override file; ``known`` when there is something that it overrides."""
    if known:
        detail = "The depends_on argument may not be overridden."
        where = exactly(block.where / "depends_on", _stretch(block.fields["depends_on"]))
        yield Mistake("terraform-invalid-block", "Unsupported override", detail, where, stage="init")
    elif block.kind in _OVERRIDDEN:
        summary, what, kind = _OVERRIDDEN[block.kind]
        named = f'{kind} named "{block.name}"' if kind else f'{block.labels[0]} resource named "{block.labels[-1]}"'
        detail = f"There is no {named}. An override file can only override {what} in a primary configuration file."
        yield Mistake("terraform-invalid-block", summary, detail, block.where, stage="init")


def unsuitable_local(name: str, where: Span) -> Mistake:
    """A local value of an override file that overrides none."""
    detail = (
        f'There is no local value named "{name}". An override file can only override a local value that was already '
        "defined in a primary configuration file."
    )
    summary = "Missing base local value definition to override"
    return Mistake("terraform-invalid-block", summary, detail, where, stage="init")


def _stretch(node: Node) -> tuple[int, int]:
    return node.start, node.end


def _twice(later: Declaration, place: str) -> tuple[str, str]:
    name = later.labels[-1]
    alias = getattr(later.fields.get("alias"), "value", None)
    match later.kind:
        case "provider" if alias:
            return "Duplicate provider configuration", (
                f'A provider configuration for "{name}" with alias "{alias}" was already given at {place}. Each '
                "configuration for the same provider must have a distinct alias."
            )
        case "provider":
            return "Duplicate provider configuration", (
                f'A default (non-aliased) provider configuration for "{name}" was already given at {place}. If '
                'multiple configurations are required, set the "alias" argument for alternative configurations.'
            )
        case "variable":
            return "Duplicate variable declaration", (
                f'A variable named "{name}" was already declared at {place}. Variable names must be unique within a '
                "module."
            )
        case "output":
            return "Duplicate output definition", (
                f'An output named "{name}" was already defined at {place}. Output names must be unique within a module.'
            )
        case _:
            return "Duplicate module call", (
                f'A module call named "{name}" was already defined at {place}. Module calls must have unique names '
                "within a module."
            )


def _place(where: Span, configuration: Configuration) -> str:
    source = configuration.sources.get(where.file)
    found = source.locate(where.path) if source else None
    file = where.file.rpartition("/")[2]
    if found is None:
        return file
    end = f"{found.end_line}," if found.end_line != found.line else ""
    return f"{file}:{found.line},{found.column}-{end}{found.end_column}"


__all__ = ["duplicate", "duplicate_local", "findings"]
