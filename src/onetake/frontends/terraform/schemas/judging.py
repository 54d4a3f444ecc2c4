"""Judging a program by the AWS provider's schemas: each declaration once, its values for every instance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from onetake.frontends.terraform.declarations import Configuration, Declaration, Mistake
from onetake.frontends.terraform.engines import engine, public, sources
from onetake.frontends.terraform.providing import named
from onetake.frontends.terraform.schemas import problems, spelling
from onetake.frontends.terraform.schemas.declared import PREFIX, Judge
from onetake.frontends.terraform.schemas.problems import Problem
from onetake.frontends.terraform.schemas.subjects import Subject, instances
from onetake.frontends.terraform.schemas.uses import suspects
from onetake.frontends.terraform.schemas.versions import SOURCE, Admitted, admitted
from onetake.model.findings import Severity, Stage
from onetake.model.language import Truth

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module
    from onetake.frontends.terraform.program import Program
    from onetake.frontends.terraform.syntax.nodes import Node
    from onetake.knowledge.terraform.schema import ProviderSchema

_KINDS = frozenset({"resource", "data", "ephemeral"})


def mistakes(program: Program, modules: Sequence[Module]) -> Iterator[Mistake]:
    """What no admitted version of the AWS provider accepts, and what the newest does not."""
    if not any(_concerns(one) for one in program.configurations.values()):
        return
    versions = admitted(program)
    if not versions.schemas:
        return
    judge = Judge(program, engine(program.root.configuration), installed=versions.asked)
    seen: set[str] = set()
    for module in modules:
        # Modules of one folder hold the same blocks and names; only their values differ.
        first = module.configuration.folder not in seen
        seen.add(module.configuration.folder)
        for block in _judged(module):
            yield from _of_block(Subject(block, module, first), judge, versions)
        if first:
            for holder, misuse in suspects(module, versions.schemas[0]):
                for problem, sure in _agreed(versions, misuse.problems):
                    yield _mistake(problem, holder, module, "" if sure else _question(versions))


def _of_block(subject: Subject, judge: Judge, versions: Admitted) -> Iterator[Mistake]:
    block, module = subject.block, subject.module
    for problem, sure in _agreed(versions, partial(judge.problems, subject)):
        if problem.stage is Stage.PLAN and problem.rule in problems.OF_VALUES and _rests_on_inputs(subject):
            continue
        yield _mistake(problem, block, module, "" if sure else _question(versions))
    for problem in spelling.misspelt(subject):
        yield _mistake(problem, block, module, spelling.QUESTION)


def _rests_on_inputs(subject: Subject) -> bool:
    """Whether others may give other values: whoever uses the module, or what decides whether there is an instance."""
    if subject.module.program.library:
        return True
    one = next(iter(instances(subject.block, subject.module)), None)
    return one is not None and one.exists is Truth.UNKNOWN


def _concerns(configuration: Configuration) -> bool:
    return "aws" in configuration.providers or any(_is_aws(block) for block in _blocks(configuration))


def _blocks(configuration: Configuration) -> Iterator[Declaration]:
    yield from configuration.resources.values()
    yield from configuration.others


def _is_aws(block: Declaration) -> bool:
    return block.kind in _KINDS and block.labels[0].startswith(PREFIX)


def _judged(module: Module) -> Iterator[Declaration]:
    """The blocks of a module that the AWS provider judges."""
    configuration = module.configuration
    origins = sources(configuration)
    default = public(origins.get("aws", SOURCE)) == SOURCE
    for block in _blocks(configuration):
        if _is_aws(block):
            chosen = block.fields.get("provider")
            if default if chosen is None else _by_aws(chosen, origins):
                yield block
    if default:
        yield from (block for name, block in configuration.providers.items() if name.partition(".")[0] == "aws")


def _by_aws(chosen: Node, origins: Mapping[str, str]) -> bool:
    """Whether a ``provider`` argument chooses one of the AWS provider."""
    local = named(chosen).partition(".")[0] or "aws"
    return public(origins.get(local, f"hashicorp/{local}")) == SOURCE


def _agreed(versions: Admitted, ask: Callable[[ProviderSchema], Iterator[Problem]]) -> Iterator[tuple[Problem, bool]]:
    """The problems under the newest version that is admitted, and whether all others that are have them, too."""
    newest, *older = versions.schemas
    found = list(ask(newest))
    if not found:
        return
    others = [{problem.key for problem in ask(schema)} for schema in older]
    for problem in found:
        if not (versions.beyond and problem.rule in problems.OF_NAMES):
            yield problem, all(problem.key in keys for keys in others)


def _question(versions: Admitted) -> str:
    major = versions.schemas[0].version.partition(".")[0]
    return f"Is version {major} of the AWS provider installed? The program admits older ones, which take it."


def _mistake(problem: Problem, block: Declaration | None, module: Module, condition: str) -> Mistake:
    address = ""
    if block is not None and block.kind == "provider":
        alias = getattr(block.fields.get("alias"), "value", None)
        address = f"{module.prefix}provider.{block.labels[0]}" + (f".{alias}" if alias else "")
    elif block is not None and block.kind in ("resource", "data"):
        one = next(iter(instances(block, module)), None)
        address = problem.address or (one.address if one else module.declared(block.name))
        if one is not None and one.exists is Truth.UNKNOWN and problem.stage is not Stage.VALIDATE:
            condition = condition or f"Is {address} created? It depends on a condition that is not known."
    condition = condition or problem.question
    return Mistake(
        problem.rule,
        problem.summary,
        problem.detail,
        problem.where,
        address,
        problem.stage.value,
        condition=condition,
        severity="" if problem.severity is Severity.CRITICAL else problem.severity.value,
        said=f"{address or _called(block, module)} {problem.message}",
        fix=problem.fix,
        sensitive=problem.sensitive,
    )


def _called(block: Declaration | None, module: Module) -> str:
    """What people call a block that is no resource."""
    if block is None:
        return f"a local value of {module.path or 'the root module'}"
    return f"{module.prefix}{block.kind}.{block.name}"
