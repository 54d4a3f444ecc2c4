"""What Terraform itself refuses in a program, in its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from onetake.frontends.terraform.declarations import Configuration, Declaration, Mistake
from onetake.model.findings import Confidence, Finding, Severity, Stage
from onetake.model.stacks import Stack

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module
    from onetake.frontends.terraform.program import Program

_STAGES = {
    "terraform-syntax": Stage.INIT,
    "terraform-unreadable-file": Stage.INIT,
    "terraform-duplicate-resource": Stage.INIT,
    "terraform-duplicate-declaration": Stage.INIT,
}


def findings(program: Program, modules: Sequence[Module], stack: Stack) -> list[Finding]:
    """Everything wrong with the language of ``program``."""
    mistakes = [mistake for one in program.configurations.values() for mistake in one.mistakes]
    mistakes += program.mistakes
    del modules
    return [_finding(mistake, stack) for mistake in mistakes]


def _finding(mistake: Mistake, stack: Stack) -> Finding:
    return Finding(
        rule=mistake.rule,
        severity=Severity.CRITICAL,
        stage=_STAGES.get(mistake.rule, Stage.VALIDATE),
        confidence=Confidence.DOCUMENTED,
        where=mistake.where,
        resource=mistake.resource,
        message=f"{mistake.summary}: {_first(mistake.detail)}",
        verbatim=f"Error: {mistake.summary}\n\n{mistake.detail}",
        stack=stack.name,
    )


def _first(text: str) -> str:
    return text.split("\n", maxsplit=1)[0]


def duplicate(earlier: Declaration, later: Declaration, configuration: Configuration) -> Mistake:
    """Two blocks of one name."""
    place = _place(earlier, configuration)
    name = later.labels[-1]
    if later.kind in ("resource", "data"):
        summary = f'Duplicate {later.kind} "{later.labels[0]}" configuration'
        detail = (
            f'A {later.labels[0]} {"data source" if later.kind == "data" else "resource"} named "{name}" was already '
            f"declared at {place}. {'Data source' if later.kind == 'data' else 'Resource'} names must be unique per "
            "type in each module."
        )
        return Mistake("terraform-duplicate-resource", summary, detail, later.where, later.name)
    return Mistake("terraform-duplicate-declaration", *_twice(later, place), later.where)


def _twice(later: Declaration, place: str) -> tuple[str, str]:
    name = later.labels[-1]
    match later.kind:
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


def _place(block: Declaration, configuration: Configuration) -> str:
    source = configuration.sources.get(block.where.file)
    found = source.locate(block.where.path) if source else None
    file = block.where.file.rpartition("/")[2]
    return f"{file}:{found.line},{found.column}-{found.end_column}" if found else file


__all__ = ["Iterable", "Iterator", "duplicate", "findings"]
