"""Features of the language that are newer than any version that a program admits, or that its engine does not have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from onetake.frontends.terraform.declarations import Configuration, Declaration, Mistake
from onetake.frontends.terraform.engines import objects
from onetake.frontends.terraform.references import CALL
from onetake.frontends.terraform.requirements import required_versions
from onetake.knowledge.tables import table
from onetake.knowledge.versions import bounded, surely_older, version
from onetake.model.values import Span

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module

RULE = "terraform-feature-unsupported"
OPENTOFU_ONLY = frozenset({"base64gunzip", "cidrcontains", "urldecode"})
_ENGINES = {"terraform": "Terraform", "opentofu": "OpenTofu"}


def mistakes(modules: Sequence[Module], tool: str) -> Iterator[Mistake]:
    """The features of a program that what deploys it cannot have."""
    configurations = list({module.configuration.folder: module.configuration for module in modules}.values())
    constraint = ", ".join(text for one in configurations for text, _, _ in required_versions(one))
    if tool == "terraform":
        for configuration in configurations:
            yield from _foreign(configuration)
    # A constraint without an upper bound admits every feature there is.
    if not bounded(constraint):
        return
    known = table("terraform_features").values
    for configuration in configurations:
        for name, where, resource in _used(configuration):
            fact = known.get(name)
            first = version(fact[tool]) if fact and fact[tool] else None
            if fact and first and surely_older(constraint, first):
                detail = (
                    f'required_version "{constraint}" admits no {_ENGINES[tool]} that has {fact["what"]}, which came '
                    f"with {fact[tool]}."
                )
                yield Mistake(RULE, "Unsupported feature", detail, where, resource, stage="init", exact=False)


def _foreign(configuration: Configuration) -> Iterator[Mistake]:
    """Functions that OpenTofu alone has."""
    for name, where, resource in _used(configuration):
        function = name.removeprefix("function ")
        if name != function and function in OPENTOFU_ONLY:
            detail = f'There is no function named "{function}".'
            yield Mistake(
                "terraform-unknown-function",
                "Call to unknown function",
                detail,
                where,
                resource,
                condition="Is it Terraform, not OpenTofu, that deploys this?",
            )


def _used(configuration: Configuration) -> Iterator[tuple[str, Span, str]]:
    """Everything of the language that came later than its first version, by its name in the table."""
    declared = (
        *configuration.resources.values(),
        *configuration.variables.values(),
        *configuration.outputs.values(),
        *configuration.calls.values(),
        *configuration.providers.values(),
        *configuration.others,
    )
    for block in declared:
        resource = block.name if block.kind in ("resource", "data") else ""
        for name, where in _in_block(block):
            yield name, where, resource
    for name, (node, where) in configuration.locals.items():
        from onetake.frontends.terraform.references import uses

        del name
        yield from ((f"function {_space(use[1])}", where, "") for use in sorted(uses((node,))) if use[0] == CALL)
    for block in configuration.settings:
        yield from (
            (f"block {name}", block.where / name, "") for name in ("cloud", "encryption") if name in block.fields
        )


def _in_block(block: Declaration) -> Iterator[tuple[str, Span]]:  # noqa: C901 - one case for each kind of feature
    yield f"block {block.kind}", block.where
    if block.kind == "resource":
        yield f"resource {block.labels[0]}", block.where
    for name, node in block.fields.items():
        yield f"argument {block.kind}.{name}", block.where / name
        if block.kind == "variable" and name == "type":
            from onetake.frontends.terraform.references import uses

            if (CALL, "optional") in uses((node,)):
                yield "type optional", block.where / name
        elif name in ("precondition", "postcondition"):
            yield f"block {name}", block.where / name
        elif name == "lifecycle":
            for fields, where in objects(node, block.where / name):
                yield from ((f"block {one}", where / one) for one in fields)
                yield from ((f"argument lifecycle.{one}", where / one) for one in fields)
        elif name == "validation" and _of_others(block):
            yield "validation of others", block.where / name
    for name, used in block.uses.items():
        if name != "type":
            yield from ((f"function {_space(use[1])}", block.where / name) for use in sorted(used) if use[0] == CALL)


def _of_others(block: Declaration) -> bool:
    used = block.uses.get("validation", frozenset())
    return any(use[0] != CALL and use[:2] != ("var", block.name) for use in used)


def _space(function: str) -> str:
    return "provider::" if function.startswith("provider::") else function
