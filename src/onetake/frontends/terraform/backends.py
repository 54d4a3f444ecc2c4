"""Backends that Terraform does not have, and arguments that they do not take.

``terraform validate`` and ``terraform init -backend=false`` pass over all of this; ``terraform init`` stops. What is
missing is not judged: it may be given with ``-backend-config``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onetake.frontends.terraform.declarations import Declaration, Mistake
from onetake.frontends.terraform.engines import backends, engine
from onetake.frontends.terraform.evaluation import settle
from onetake.frontends.terraform.modules import Module
from onetake.frontends.terraform.places import exactly
from onetake.frontends.terraform.schemas.bodies import Place, judge_body
from onetake.frontends.terraform.schemas.demands import NO_DEMANDS
from onetake.frontends.terraform.schemas.problems import ARGUMENT_TYPE, Problem
from onetake.frontends.terraform.schemas.values import Values
from onetake.frontends.terraform.suggestions import meant
from onetake.frontends.terraform.syntax.nodes import Object
from onetake.knowledge.terraform.backends import CLOUD, Minor, gone, kinds, minors, schema
from onetake.knowledge.terraform.schema import BlockSchema
from onetake.knowledge.versions import Term, constraint, satisfiable
from onetake.model.findings import Stage
from onetake.model.values import Span

UNKNOWN = "terraform-unknown-backend"
_ENGINES = {"terraform": "Terraform", "opentofu": "OpenTofu"}


def mistakes(root: Module) -> Iterator[Mistake]:
    """What no admitted version of the program's engine takes, and what the newest of them does not."""
    settings = root.configuration.settings
    found = [one for block in settings for one in backends(block) if not _labelled_twice(one[1])]
    if not found:
        return
    asked = engine(root.configuration)
    versions = admitted(asked.tool, asked.constraint)
    judge = Judge(root, asked.tool, versions)
    for kind, block in found if versions else ():
        yield from judge.backend(kind, block) if kind else judge.arguments(CLOUD, block)


def _shown(problem: Problem, block: Declaration) -> Span:
    """Where Terraform points at: the value, where that is what is wrong."""
    node = block.fields.get(str(problem.where.path[-1]))
    if problem.rule != ARGUMENT_TYPE or node is None or problem.where.path[:-1] != block.where.path:
        return problem.where
    return exactly(problem.where, (node.start, node.end))


def _labelled_twice(block: Declaration) -> bool:
    """Whether a second label stands where arguments are looked for; that has been told."""
    return any(isinstance(node, Object) and node.block for node in block.fields.values())


def admitted(tool: str, text: str) -> Sequence[Minor]:
    """The known minor versions of ``tool`` that a constraint admits, newest first; none when it cannot be read."""
    terms = constraint(text)
    if terms is None:
        return ()
    known = minors(tool)
    inside = [
        (one, two)
        for one, two in known
        if satisfiable((*terms, Term(">=", (one, two, 0), 3), Term("<", (one, two + 1, 0), 3)))
    ]
    # Whatever is newer than all that are known is taken to be like the newest of them.
    newer = satisfiable((*terms, Term(">=", (known[0][0], known[0][1] + 1, 0), 3)))
    return inside or ([known[0]] if newer else [])


class Judge:
    """Judges the backends of one program by the versions of its engine that it admits, newest first."""

    def __init__(self, root: Module, tool: str, versions: Sequence[Minor]) -> None:
        self._root = root
        self._tool = tool
        self._other = "opentofu" if tool == "terraform" else "terraform"
        self._versions = versions

    def backend(self, kind: str, block: Declaration) -> Iterator[Mistake]:
        """Is there such a backend, and does it take what is written in it?"""
        newest = self._versions[0]
        if schema(kind, self._tool, newest) is not None:
            yield from self.arguments(kind, block)
            return
        detail = gone(kind).replace("Terraform", _ENGINES[self._tool]) or f'There is no backend type named "{kind}".'
        mistake = Mistake(UNKNOWN, "Unsupported backend type", detail, block.where, stage=Stage.INIT.value)
        mistake.said = f'the state is to be kept in a backend "{kind}", which {self._named(newest)} does not have'
        near = meant(kind, sorted(kinds(self._tool, newest), key=lambda one: one[:1] != kind[:1]))
        mistake.fix = f"Write {near}." if near else "Choose a backend from the documentation of the engine."
        lacking = [schema(kind, self._tool, minor) is None for minor in self._versions]
        mistake.condition = self._condition(lacking, foreign=kind in kinds(self._other, minors(self._other)[0]))
        yield mistake

    def arguments(self, kind: str, block: Declaration) -> Iterator[Mistake]:
        """Does the newest version take what is written in a backend that it has?"""
        found, *older = (self._problems(block, schema(kind, self._tool, minor)) for minor in self._versions)
        if not found:
            return
        other = self._problems(block, schema(kind, self._other, minors(self._other)[0]))
        places = [None if problems is None else {problem.where for problem in problems} for problems in older]
        place = "the cloud block" if kind == CLOUD else f'the backend "{kind}"'
        for problem in found:
            lacking = [True, *(one is None or problem.where in one for one in places)]
            foreign = other is not None and problem.where not in {one.where for one in other}
            yield Mistake(
                problem.rule,
                problem.summary,
                problem.detail,
                _shown(problem, block),
                stage=Stage.INIT.value,
                condition=self._condition(lacking, foreign=foreign),
                said=f"{place} {problem.message}",
                fix=problem.fix,
            )

    def _problems(self, block: Declaration, body: BlockSchema | None) -> list[Problem] | None:
        if body is None:
            return None
        json = block.where.file.endswith(".json")
        found = list(judge_body(block.fields, body, Place(block.where, json)))
        values = Values(lambda _: None, json, Stage.INIT, Stage.INIT, NO_DEMANDS)
        told = {problem.where for problem in found}
        for name, node in block.fields.items():
            if block.where / name not in told:
                value = settle(node, self._root.scope, block.where / name)
                found += values.judge(name, value, body, block.where)
        return found

    def _condition(self, lacking: Sequence[bool], *, foreign: bool) -> str:
        """The question that is left, if some versions would not stop (``lacking``: which do), or the other engine."""
        if not all(lacking):
            since = self._named(self._versions[lacking.index(False) - 1])
            return f"Is it {since} or later that deploys this? The program admits older ones, which take it."
        if foreign:
            return f"Is it {_ENGINES[self._tool]}, not {_ENGINES[self._other]}, that deploys this?"
        return ""

    def _named(self, minor: Minor) -> str:
        return f"{_ENGINES[self._tool]} {minor[0]}.{minor[1]}"
