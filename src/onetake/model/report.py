"""The report: everything that a check found, in the order in which a deployment would hit it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import cached_property

from onetake.model.assumptions import Assumptions
from onetake.model.findings import Crash, Finding, Note, Severity, Stage
from onetake.model.places import CodeLine, Place
from onetake.model.records import field, record
from onetake.model.verdict import Outcome, Verdict, judge

__all__ = [
    "CodeLine",
    "Located",
    "Outcome",
    "Place",
    "Problem",
    "ProgramReport",
    "Report",
    "StackReport",
    "Summary",
    "Suppressed",
    "Verdict",
    "Versions",
]

BLOCKED = 500
"""Blocked resources that are named; in a long chain of failures each would name all that follow."""

OK, FINDINGS, UNREAD, FAULT = 0, 1, 3, 70
"""Exit codes; 2 is wrong usage."""


@record
class Located:
    """A finding with its place resolved to lines; secrets are masked in all of its text."""

    finding: Finding
    place: Place
    related: tuple[Place, ...] = ()
    """Where the other resources that take part stand."""
    blocked: tuple[str, ...] = ()
    """The resources that are never created because this one fails first, in the order of the program; only the
    first :data:`BLOCKED` that are met."""
    correction: str = ""
    """The lines as they read after the finding's edits; empty where it has none that can be written."""
    program: str = ""
    """The path of the program it was found in."""

    @property
    def file(self) -> str:
        """The file, relative to the root."""
        return self.place.file

    @property
    def line(self) -> int:
        """From 1; 0 where the whole file is meant."""
        return self.place.line

    @property
    def column(self) -> int:
        """From 1; 0 where the whole file is meant."""
        return self.place.column

    @property
    def fixable(self) -> bool:
        """Whether ``--fix`` can be tried."""
        return bool(self.finding.edits)


@record
class Suppressed:
    """A finding that the program's author knows of and accepts."""

    located: Located
    reason: str
    """What they wrote; empty when they gave none."""
    file: str = ""
    """Where they wrote it."""
    line: int = 0


@record
class Problem:
    """Why a program could not be read, where, and the way out."""

    message: str
    remedy: str = ""
    place: Place = field(default_factory=lambda: Place(""))


@record
class StackReport:
    """A stack that was read."""

    name: str
    language: str
    """``terraform`` or ``cloudformation``."""
    tool: str
    """``terraform``, ``opentofu`` or ``cloudformation``."""
    constraint: str
    """The version constraint on the tool; empty when any is admitted."""
    resources: int
    """Instances that the stack would create; without data sources and settings."""
    verdict: Verdict
    construct_tool: str = ""
    """``cdktf``, ``cdktn`` or ``cdk`` when it was synthesized."""
    whole: bool = True
    """False when part of it was not read."""


@record
class ProgramReport:
    """A program that was found."""

    path: str
    kind: str
    """``terraform``, ``cloudformation``, ``cdktf``, ``cdk`` or ``plan``."""
    stacks: tuple[StackReport, ...] = ()
    notes: tuple[Note, ...] = ()
    """What of it was not read, and why."""
    problem: Problem | None = None
    """Why it could not be read at all."""


@record
class Versions:
    """What a verdict was made with."""

    onetake: str
    knowledge: datetime.date | None = None
    """The day of the newest facts; what came later is not known."""


@record
class Summary:
    """The numbers of a report."""

    critical: int = 0
    """Certain failures; so with the other three: risks are only counted as risks."""
    high: int = 0
    medium: int = 0
    low: int = 0
    risks: int = 0
    suppressed: int = 0
    programs: int = 0
    unread: int = 0
    """Programs that could not be read."""
    stacks: int = 0
    resources: int = 0


@record(slots=False)
class Report:
    """What :func:`onetake.check` answers."""

    programs: tuple[ProgramReport, ...]
    findings: tuple[Located, ...]
    """By stack, stage, severity and position."""
    assumptions: Assumptions
    versions: Versions
    suppressed: tuple[Suppressed, ...] = ()
    crashes: tuple[Crash, ...] = ()
    """Faults of ours: what the rules or readers that they name would have found is missing."""
    notes: tuple[Note, ...] = ()
    """What lies under the given paths and was not read as a program, and why."""

    @cached_property
    def verdict(self) -> Verdict:
        """Whether all of it would deploy, and if not, where it stops first."""
        whole = all(stack.whole for program in self.programs for stack in program.stacks)
        found = (located.finding for located in self.findings)
        return judge(found, self.summary.unread, len(self.programs), whole=whole)

    @cached_property
    def summary(self) -> Summary:
        """How many of what."""
        count = dict.fromkeys(Severity, 0)
        for located in self.findings:
            count[located.finding.severity] += not located.finding.conditional
        stacks = [stack for program in self.programs for stack in program.stacks]
        return Summary(
            **{severity.value: number for severity, number in count.items()},
            risks=sum(located.finding.conditional for located in self.findings),
            suppressed=len(self.suppressed),
            programs=len(self.programs),
            unread=sum(program.problem is not None for program in self.programs),
            stacks=len(stacks),
            resources=sum(stack.resources for stack in stacks),
        )

    @property
    def worst(self) -> Severity | None:
        """The severity of the worst certain finding; ``None`` when there is none."""
        return max((located.finding.severity for located in self.certain), default=None)

    @property
    def certain(self) -> Sequence[Located]:
        """The findings that are no risks."""
        return [located for located in self.findings if not located.finding.conditional]

    @property
    def risks(self) -> Sequence[Located]:
        """The findings that depend on an account, a date or a count that is not given."""
        return [located for located in self.findings if located.finding.conditional]

    def at(self, stage: Stage) -> Sequence[Located]:
        """The findings of one stage."""
        return [located for located in self.findings if located.finding.stage is stage]

    def exit_code(self, fail_on: Severity | None = Severity.HIGH) -> int:
        """What the process should end with.

        An answer that is not whole is told before what it says: 70 for a fault of ours, 3 when a program could
        not be read, 1 when a certain finding is at least as severe as ``fail_on`` (``None``: never), 0 otherwise.
        """
        if self.crashes:
            return FAULT
        if self.summary.unread:
            return UNREAD
        if fail_on is not None and self.worst is not None and self.worst >= fail_on:
            return FINDINGS
        return OK
