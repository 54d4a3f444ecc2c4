"""The failure analysis: what is wrong with a program, in order of severity, and what each fault would cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onetake.model.findings import Severity
from onetake.model.report import Located, Report
from onetake.model.verdict import Outcome
from onetake.reports import chapters
from onetake.reports.corrections import corrected
from onetake.reports.document import Block, Bullets, Card, Code, Fence, Frame, Heading, Inline, Link, Paragraph, Table
from onetake.reports.options import Options
from onetake.reports.text import count


def blocks(report: Report, options: Options) -> Iterator[Block]:
    """The whole page."""
    yield Heading(1, ("Failure analysis: ", *chapters.names(report)))
    yield from _summary(report)
    yield from chapters.overview(report)
    yield from chapters.prediction(report)
    yield from _failures(report)
    yield from chapters.unread(report)
    yield from chapters.suppressed(report)
    yield from chapters.faults(report)
    yield from chapters.lessons(report)
    yield from chapters.score(report)
    yield from chapters.status(report, options)


def _summary(report: Report) -> Iterator[Block]:
    numbers = report.summary
    yield Heading(2, ("Executive summary",))
    read = f"{count(numbers.programs, 'program')} with {count(numbers.stacks, 'stack')} and "
    yield Paragraph((f"{read}{count(numbers.resources, 'resource')} checked: ", chapters.verdict(report.verdict), "."))
    first = next((one for one in report.certain if one.finding.stage is report.verdict.stage), None)
    if report.verdict.outcome is Outcome.STOPS and first:
        told: tuple[Inline, ...] = (f"The first to stop it, at {first.finding.stage.value}: ", first.finding.message)
        yield Paragraph((*told, "."))
    if report.risks:
        text = "depends" if len(report.risks) == 1 else "depend"
        yield Paragraph((f"{count(len(report.risks), 'risk')} {text} on something that is not given.",))


def _failures(report: Report) -> Iterator[Block]:
    number = 0
    groups: list[tuple[str, str, Sequence[Located]]] = [
        (
            severity.value.capitalize(),
            severity.value,
            [one for one in report.certain if one.finding.severity is severity],
        )
        for severity in Severity
    ]
    for title, tag, found in [*groups, ("Risks", "risk", report.risks)]:
        if not found:
            continue
        yield Heading(2, (f"{title} ({len(found)})",), tag)
        for located in found:
            number += 1
            yield Card(located.finding.severity, located.finding.conditional, list(_failure(number, located, report)))


def _failure(number: int, located: Located, report: Report) -> Iterator[Block]:
    finding = located.finding
    yield Heading(3, (f"{number}. ", finding.message))
    yield Table(("Fact", "Value"), list(_facts(located)))
    if finding.condition:
        yield Paragraph((finding.condition,), "It fails, or not, by the answer to")
    if finding.verbatim:
        yield Fence(finding.verbatim, "text", f"What {finding.stage.value} prints")
    if finding.cause:
        yield Paragraph((finding.cause,), "Root cause")
    if located.place.frame:
        yield Frame(located.place, "Failing code")
    yield from corrected(located)
    if finding.fix:
        yield Paragraph((finding.fix,), "Fix")
    yield Paragraph(tuple(chapters.impact(located, report)), "Impact")
    if finding.evidence:
        yield Bullets([(Link(address),) for address in finding.evidence])


def _facts(located: Located) -> Iterator[tuple[Sequence[Inline], Sequence[Inline]]]:
    finding = located.finding
    yield ("Severity",), (finding.severity.value + (" (risk)" if finding.conditional else ""),)
    yield ("Stage",), (finding.stage.value,)
    yield ("Rule",), (Code(finding.rule),)
    if finding.resource:
        yield ("Resource",), (Code(finding.resource),)
    if finding.construct:
        yield ("Construct",), (Code(finding.construct),)
    if finding.related:
        yield ("With",), chapters.listed(finding.related)
    yield ("Place",), (Code(str(located.place)),)
    yield ("Rests on",), (finding.confidence.value,)
