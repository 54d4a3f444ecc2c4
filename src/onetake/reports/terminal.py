"""The report for people: by stack and stage, in the order in which a deployment would hit what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from onetake.model.findings import Finding, Note
from onetake.model.report import Located, ProgramReport, Report, StackReport, Suppressed
from onetake.model.verdict import Outcome
from onetake.reports.frames import digits, frame
from onetake.reports.options import Options
from onetake.reports.paint import Paint
from onetake.reports.text import clip, count, some, visible, waiting, wrap

FEW = 5
"""Notes shown before the rest is only counted."""
WIDEST = 120
"""Prose wider than this is hard to read, however wide the terminal is."""


def render(report: Report, options: Options) -> str:
    """The report as text for a terminal."""
    writer = _Writer(report, options)
    lines = writer.quiet() if options.quiet else writer.full()
    return "\n".join([*lines, *writer.verdict()]) + "\n"


def kind(finding: Finding) -> str:
    """``critical``, or ``critical risk`` for what depends on something not given."""
    return finding.severity.value + (" risk" if finding.conditional else "")


_TEXT_ALONE = frozenset({"source", "project"})
"""Kinds of programs of whose resources nothing is known."""


class _Writer:
    def __init__(self, report: Report, options: Options) -> None:
        self._report = report
        self._options = options
        self._paint = Paint(options.color)
        self._width = max(40, options.width)

    def quiet(self) -> Iterator[str]:
        """One line for each finding, and for each program that could not be read."""
        paint = self._paint
        for program in self._report.programs:
            if program.problem:
                place = program.problem.place if program.problem.place.file else program.path
                yield f"{visible(str(place))}: {paint('not read', 'bold', 'red')}: {visible(program.problem.message)}"
        for located in self._report.findings:
            yield f"{visible(str(located.place))}: {self._title(located.finding)}"
        yield from self._crashes()

    def full(self) -> Iterator[str]:
        """Everything, by program."""
        for program in self._report.programs:
            yield from self._program(program)
        yield from self._suppressed()
        yield from self._notes(self._report.notes)
        yield from self._crashes()
        if self._options.verbose:
            yield from self._assumptions()

    def _program(self, program: ProgramReport) -> Iterator[str]:
        if program.problem:
            yield from self._unread(program)
        mine = [located for located in self._report.findings if located.program == program.path]
        for stack in program.stacks:
            found = [located for located in mine if located.finding.stack == stack.name]
            mine = [located for located in mine if located.finding.stack != stack.name]
            if found or self._options.verbose:
                yield self._heading(program, stack)
                yield ""
                yield from self._stages(found, stack)
        yield from self._stages(mine, None)
        yield from self._notes(program.notes)

    def _heading(self, program: ProgramReport, stack: StackReport) -> str:
        """``payments  cdktf.out (cdktf, terraform >= 1.5, 42 resources)``."""
        engine = f"{stack.tool} {stack.constraint}".strip()
        facts = [stack.construct_tool, engine, count(stack.resources, "resource")]
        facts += [] if stack.whole else ["not read whole"]
        told = ", ".join(fact for fact in facts if fact)
        name = "" if stack.name == program.path else visible(stack.name) + "  "
        return f"{self._paint(name, 'bold')}{self._paint(visible(program.path), 'bold')} {visible(f'({told})')}"

    def _stages(self, findings: Iterable[Located], stack: StackReport | None) -> Iterator[str]:
        for stage, found in groupby(findings, key=lambda located: located.finding.stage):
            rule = "─" * max(0, min(self._width, WIDEST) - len(stage.value) - 4)
            yield self._paint(f"── {stage.value} {rule}", "dim")
            yield ""
            for located in found:
                yield from self._finding(located, stack)
                yield ""

    def _title(self, finding: Finding) -> str:
        label = self._paint.severity(finding.severity, f"{kind(finding)}[{visible(finding.rule)}]")
        return f"{label}: {self._paint(visible(finding.message), 'bold')}"

    def _finding(self, located: Located, stack: StackReport | None) -> Iterator[str]:
        yield self._title(located.finding)
        gutter = " " * digits(located.place)
        arrow = self._paint("-->", "blue")
        yield f"{gutter}{arrow} {visible(str(located.place))}"
        if located.place.frame:
            yield from frame(located.place, self._paint, self._width)
        if self._options.verbose:
            for place in located.related:
                yield f"{gutter}{self._paint(':::', 'blue')} {visible(str(place))}"
        for label, text in self._facts(located, stack):
            yield from self._fact(gutter, label, text)

    def _facts(self, located: Located, stack: StackReport | None) -> Iterator[tuple[str, str]]:
        """What is told of a finding below its code, in the order in which it is told."""
        finding = located.finding
        yield "resource", visible(finding.resource)
        if finding.related:
            yield "with", some(finding.related)
        if finding.construct:
            yield "construct", visible(finding.construct)
        yield f"{finding.stage.value} says", finding.verbatim
        yield "cause", finding.cause
        yield "if", finding.condition
        yield "fix", finding.fix + _applied(located, stack)
        if located.blocked:
            yield "blocks", f"{waiting(located.blocked)}: {some(located.blocked)}"
        if self._options.verbose:
            yield "rests on", finding.confidence.value
            yield "evidence", "\n".join(finding.evidence)

    def _fact(self, gutter: str, label: str, text: str) -> Iterator[str]:
        if not text:
            return
        lead = f"{gutter} = {label}: "
        first, *rest = wrap(text, min(self._width, WIDEST), lead, " " * len(lead))
        yield f"{gutter} {self._paint('=', 'blue')} {self._paint(label + ':', 'bold')} {first[len(lead) :]}".rstrip()
        yield from rest

    def _unread(self, program: ProgramReport) -> Iterator[str]:
        problem = program.problem
        if problem is None:
            return
        yield f"{self._paint('not read', 'bold', 'red')}: {self._paint(visible(problem.message), 'bold')}"
        gutter = " " * digits(problem.place)
        place = str(problem.place) if problem.place.file else program.path
        yield f"{gutter}{self._paint('-->', 'blue')} {visible(place)}"
        if problem.place.frame:
            yield from frame(problem.place, self._paint, self._width)
        yield from self._fact(gutter, "do", problem.remedy)
        yield ""

    def _notes(self, all_notes: tuple[Note, ...]) -> Iterator[str]:
        """What was not read; how the rest was read is only told when asked for."""
        notes = [note for note in all_notes if note.missing or self._options.verbose]
        shown = notes if self._options.verbose else notes[:FEW]
        for note in shown:
            label = "not read" if note.missing else "note"
            told = f"{note.where.file}: {note.message}" if note.where.file else note.message
            yield from wrap(visible(told), min(self._width, WIDEST), f"{label}: ", "  ")
        if len(notes) > len(shown):
            yield f"not read: {len(notes) - len(shown)} more, shown with --verbose"
        if notes:
            yield ""

    def _suppressed(self) -> Iterator[str]:
        suppressed = self._report.suppressed
        if suppressed and not self._options.verbose:
            yield f"{count(len(suppressed), 'finding')} suppressed in the program, shown with --verbose"
            yield ""
        elif suppressed:
            yield from map(self._waived, suppressed)
            yield ""

    def _waived(self, one: Suppressed) -> str:
        finding = one.located.finding
        because = f" because {one.reason}" if one.reason else ""
        return visible(f"suppressed[{finding.rule}]: {one.located.place}: {finding.message}{because}")

    def _crashes(self) -> Iterator[str]:
        for crash in self._report.crashes:
            yield f"{self._paint('fault of onetake', 'bold', 'red')}[{visible(crash.where)}]: {visible(crash.detail)}"
            if self._options.verbose and "traceback" in crash.facts:
                yield from ("  " + visible(line) for line in crash.facts["traceback"].splitlines())
            yield "  what it would have found is missing from this report; please report it"
        if self._report.crashes:
            yield ""

    def _assumptions(self) -> Iterator[str]:
        assumed, versions = self._report.assumptions, self._report.versions
        region = assumed.region if assumed.region_given else f"{assumed.region} where none is named"
        knowledge = f", knowledge of {versions.knowledge}" if versions.knowledge else ""
        yield visible(f"assumed: region {region}, account {assumed.account} ({assumed.profile.name}), {assumed.as_of}")
        yield visible(f"onetake {versions.onetake}{knowledge}")
        yield ""

    def verdict(self) -> Iterator[str]:
        """The last line, or one for each stack where there are several."""
        report = self._report
        stacks = [stack for program in report.programs for stack in program.stacks]
        if len(stacks) > 1 and not self._options.quiet:
            width = min(max(len(visible(stack.name)) for stack in stacks), 40)
            for stack in stacks:
                yield f"{clip(visible(stack.name), 40):<{width}}  {stack.verdict}"
        if not report.programs:
            yield "no program found"
            return
        deploys = report.verdict.outcome is Outcome.DEPLOYS and not report.summary.unread
        styles = ("bold", "green") if deploys else ("bold", "red")
        programs = any(program.kind not in _TEXT_ALONE for program in report.programs)
        told = (
            f" ({count(report.summary.resources, 'resource')})" if stacks and programs and not report.findings else ""
        )
        yield self._paint(str(report.verdict), *styles) + told


def _applied(located: Located, stack: StackReport | None) -> str:
    if not located.fixable:
        return ""
    if stack and stack.construct_tool:
        return f" (in the {stack.construct_tool} program, which writes this file)"
    return " (--fix can do it)"
