"""Putting a report together: findings get lines, an order, and what they block; secrets are masked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from onetake.model.assumptions import Assumptions
from onetake.model.findings import Crash, Finding, Note, Severity, Stage
from onetake.model.places import MASK, Listing, Place
from onetake.model.records import record, replace
from onetake.model.report import BLOCKED, Located, Problem, ProgramReport, Report, StackReport, Suppressed, Versions
from onetake.model.resources import Mode
from onetake.model.stacks import Stack
from onetake.model.values import Span
from onetake.model.verdict import judge

Correct = Callable[[Stack, Finding], str]
"""The lines of a stack's source as they read after a finding's edits; empty when they cannot be written."""


@record
class Waiver:
    """A finding that a comment in the program, or the configuration, suppresses."""

    finding: Finding
    reason: str
    file: str = ""
    line: int = 0


@record(frozen=False)
class Judged:
    """A stack with what was found in it."""

    stack: Stack
    findings: Sequence[Finding]
    waived: Sequence[Waiver] = ()
    crashes: Sequence[Crash] = ()


class Assembly:
    """A report in the making; programs appear in it in the order in which they are added."""

    def __init__(self, assumptions: Assumptions, versions: Versions, correct: Correct | None = None) -> None:
        self._assumptions = assumptions
        self._versions = versions
        self._correct = correct
        self._programs: list[ProgramReport] = []
        self._findings: list[Located] = []
        self._suppressed: list[Suppressed] = []
        self._crashes: list[Crash] = []

    def read(self, path: str, kind: str, stacks: Iterable[Judged], notes: Iterable[Note] = ()) -> None:
        """Add a program that was read."""
        judged = list(stacks)
        told = dict.fromkeys([*notes, *(note for one in judged for note in one.stack.notes)])
        reports = tuple(_stack_report(one) for one in judged)
        self._programs.append(ProgramReport(path, kind, reports, tuple(told)))
        for one in judged:
            places = _Places(one, path, self._correct)
            self._findings += sorted(map(places.located, one.findings), key=order)
            waived = [Suppressed(places.located(w.finding), w.reason, w.file, w.line) for w in one.waived]
            self._suppressed += sorted(waived, key=lambda suppressed: order(suppressed.located))
            self._crashes += one.crashes

    def unread(self, path: str, kind: str, problem: Problem, notes: Iterable[Note] = ()) -> None:
        """Add a program that could not be read."""
        self._programs.append(ProgramReport(path, kind, (), tuple(notes), problem))

    def failed(self, crash: Crash) -> None:
        """Add a fault of ours outside any stack."""
        self._crashes.append(crash)

    def report(self, notes: Iterable[Note] = ()) -> Report:
        """The report; ``notes`` tell what lies beside the programs and was not read."""
        return Report(
            tuple(self._programs),
            tuple(self._findings),
            self._assumptions,
            self._versions,
            tuple(self._suppressed),
            tuple(self._crashes),
            tuple(notes),
        )


def order(located: Located) -> tuple[int, int, bool, str, int, int, str, str, str]:
    """Where a finding stands among those of its stack: as a deployment hits them, the worst first."""
    finding = located.finding
    place = located.place
    steps = (finding.stage.rank, finding.severity.rank, finding.conditional)
    return (*steps, place.file, place.line, place.column, finding.rule, finding.resource, finding.message)


def _stack_report(judged: Judged) -> StackReport:
    stack = judged.stack
    return StackReport(
        name=stack.name,
        language=stack.language.value,
        tool=stack.engine.tool,
        constraint=stack.engine.constraint,
        resources=sum(resource.mode is Mode.MANAGED for resource in stack.resources.values()),
        verdict=judge(judged.findings, whole=stack.whole),
        construct_tool=stack.construct_tool,
        whole=stack.whole,
    )


class _Places:
    """The files of one stack, opened only where a finding points."""

    def __init__(self, judged: Judged, program: str, correct: Correct | None) -> None:
        self._stack = judged.stack
        self._program = program
        self._correct = correct
        self._listings: dict[str, Listing] = {}
        self._waiting: Mapping[str, Sequence[str]] | None = None
        self._secrets: dict[Span, tuple[str, ...]] = {}
        # All secrets are hidden before any line is shown: they may stand beside another finding.
        for finding in (*judged.findings, *(waiver.finding for waiver in judged.waived)):
            position = self._stack.position(finding.where) if finding.sensitive else None
            if position is not None:
                self._secrets[finding.where] = self._listing(finding.where.file).hide(position)

    def located(self, finding: Finding) -> Located:
        """``finding`` with everything a report tells of it."""
        correction = self._correct(self._stack, finding) if self._correct and finding.edits else ""
        secrets = (*(self._secrets.get(finding.where, ()) if finding.sensitive else ()), *self._stack.secrets)
        return Located(
            finding=_scrubbed(finding, secrets),
            place=self._place(finding.where),
            related=tuple(self._place(span) for span in finding.related_spans),
            blocked=self._blocked(finding),
            correction=_scrub(correction, secrets),
            program=self._program,
        )

    def _listing(self, file: str) -> Listing:
        found = self._listings.get(file)
        if found is None:
            found = self._listings[file] = Listing(self._stack.sources[file].text)
        return found

    def _place(self, span: Span) -> Place:
        position = self._stack.position(span)
        return Place(span.file) if position is None else self._listing(span.file).place(span.file, position)

    def _blocked(self, finding: Finding) -> tuple[str, ...]:
        stops = finding.severity is Severity.CRITICAL and finding.stage in (Stage.CREATE, Stage.STABILIZE)
        resource = self._stack.at(finding.resource) if stops and not finding.conditional else None
        if resource is None:
            return ()
        if self._waiting is None:
            self._waiting = _waiting(self._stack)
        reached = {resource.declaration}
        pending = [resource.declaration]
        while pending and len(reached) <= BLOCKED:
            new = [name for name in self._waiting.get(pending.pop(), ()) if name not in reached]
            reached.update(new)
            pending += new
        reached.discard(resource.declaration)
        declared = self._stack.by_declaration
        found = (one for name in reached for one in declared.get(name, ()) if one.mode is Mode.MANAGED)
        return tuple(sorted((one.address for one in found), key=self._order.__getitem__)[:BLOCKED])

    @cached_property
    def _order(self) -> Mapping[str, int]:
        return {address: number for number, address in enumerate(self._stack.resources)}


def _waiting(stack: Stack) -> Mapping[str, Sequence[str]]:
    """For each declaration, those that directly wait for it."""
    found: dict[str, list[str]] = {}
    for name, waits in stack.graph.edges.items():
        for other in waits:
            found.setdefault(other, []).append(name)
    return found


def _scrubbed(finding: Finding, secrets: Sequence[str]) -> Finding:
    if not secrets:
        return finding
    return replace(
        finding,
        message=_scrub(finding.message, secrets),
        verbatim=_scrub(finding.verbatim, secrets),
        cause=_scrub(finding.cause, secrets),
        fix=_scrub(finding.fix, secrets),
        condition=_scrub(finding.condition, secrets),
    )


def _scrub(text: str, secrets: Sequence[str]) -> str:
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, MASK)
    return text
