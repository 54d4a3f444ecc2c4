"""The chapters of the failure analysis around the failures themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onetake.model.findings import Finding, Severity, Stage
from onetake.model.report import Located, Report, StackReport
from onetake.model.verdict import Outcome, Verdict, stops
from onetake.reports import score as scoring
from onetake.reports.document import Block, Bullets, Code, Heading, Inline, Paragraph, Strong, Table, Words
from onetake.reports.options import Options
from onetake.reports.text import count, waiting

MOST = 20
"""Names listed before the rest is only counted."""


def names(report: Report) -> Words:
    """The programs, for the title."""
    paths = [program.path for program in report.programs]
    return listed(paths, 3) if paths else ("no program",)


def listed(values: Sequence[str], most: int = MOST) -> tuple[Inline, ...]:
    """``values`` as code, with commas."""
    words: list[Inline] = []
    for value in values[:most]:
        words += [", ", Code(value)]
    rest = len(values) - most
    return (*words[1:], f" and {rest} more") if rest > 0 else tuple(words[1:])


def verdict(judged: Verdict) -> Inline:
    """The verdict as it is put into sentences."""
    return Strong(str(judged))


def overview(report: Report) -> Iterator[Block]:
    """The table of categories."""
    yield Heading(2, ("Overview",))
    if not report.findings:
        yield Paragraph(("Nothing was found.",))
        return
    groups: dict[str, list[Finding]] = {}
    for located in report.findings:
        groups.setdefault(_category(located.finding), []).append(located.finding)
    rows = [_row(name, found) for name, found in sorted(groups.items(), key=lambda item: (_worst(item[1]), item[0]))]
    yield Table(("Category", "Findings", "Risks among them", "Worst severity", "Stages", "Status"), rows)


def _category(finding: Finding) -> str:
    """The service whose rule it is."""
    from onetake.rules import registry

    entry = registry.entries().get(finding.rule)
    return entry.module.partition(".")[0].rstrip("_") if entry else finding.rule.partition("-")[0]


def _worst(found: Sequence[Finding]) -> tuple[bool, int]:
    certain = [one for one in found if not one.conditional]
    return (not certain, min(one.severity.rank for one in certain or found))


def _row(name: str, found: Sequence[Finding]) -> Sequence[Words]:
    stages = sorted({one.stage for one in found}, key=lambda stage: stage.rank)
    worst = max(one.severity for one in found)
    blocking = any(blocks(one) for one in found)
    status = "stops the deployment" if blocking else "risk" if all(one.conditional for one in found) else "to mend"
    risks = sum(one.conditional for one in found)
    where = ", ".join(stage.value for stage in stages)
    return ((name,), (str(len(found)),), (str(risks),), (worst.value,), (where,), (status,))


def blocks(finding: Finding) -> bool:
    """Whether the deployment surely does not get past it."""
    return stops(finding) and finding.stage.rank <= Stage.STABILIZE.rank and not finding.conditional


def prediction(report: Report) -> Iterator[Block]:
    """How the deployment of each stack would end."""
    yield Heading(2, ("Deployment prediction",))
    rows = [
        (
            (Code(stack.name),),
            (Code(program.path),),
            (_engine(stack),),
            (f"{stack.resources:,}",),
            (str(stack.verdict),),
        )
        for program in report.programs
        for stack in program.stacks
    ]
    if rows:
        yield Table(("Stack", "Program", "Engine", "Resources", "Verdict"), rows)
    stopping = [located for located in report.findings if blocks(located.finding)]
    if len(stopping) > 1:
        text = "In the order in which a deployment would meet them; most show only once those before are mended:"
        yield Paragraph((text,))
        yield Bullets([_stop(located) for located in stopping[:MOST]], ordered=True)
    assumed = report.assumptions
    region = assumed.region if assumed.region_given else f"{assumed.region} where none is named"
    facts = f"region {region}, account {assumed.account} ({assumed.profile.name}), date {assumed.as_of.isoformat()}"
    yield Paragraph((facts, "; ", _versions(report), "."), "Assumed")


def _engine(stack: StackReport) -> str:
    engine = f"{stack.tool} {stack.constraint}".strip()
    return f"{stack.construct_tool}, {engine}" if stack.construct_tool else engine


def _stop(located: Located) -> Words:
    finding = located.finding
    where: tuple[Inline, ...] = (": ", Code(finding.resource)) if finding.resource else ()
    return (finding.stage.value, *where, ": ", finding.message)


def _versions(report: Report) -> str:
    knowledge = report.versions.knowledge
    return f"onetake {report.versions.onetake}" + (f", knowledge of {knowledge.isoformat()}" if knowledge else "")


def impact(located: Located, report: Report) -> Iterator[Inline]:
    """What the fault does to the deployment."""
    finding = located.finding
    if finding.conditional:
        yield "If it comes true: "
    yield _consequence(finding, _tool(located, report))
    if located.blocked:
        yield f" Never created because of it ({waiting(located.blocked)}): "
        yield from listed(located.blocked)
        yield "."


def _tool(located: Located, report: Report) -> str:
    stacks = [stack for program in report.programs if program.path == located.program for stack in program.stacks]
    return next((stack.tool for stack in stacks if stack.name == located.finding.stack), "")


def _consequence(finding: Finding, tool: str) -> str:
    stage = finding.stage
    if not stops(finding):
        return {
            Severity.CRITICAL: "The deployment can finish, but what it makes must not be used.",
            Severity.HIGH: "The deployment can finish, but what it makes is broken or unsafe.",
            Severity.MEDIUM: "The deployment works, but is wasteful or fragile.",
        }.get(finding.severity, "A matter of style.")
    if stage.rank < Stage.CREATE.rank:
        return f"The {stage.value} stage stops; nothing is created."
    if stage in (Stage.CREATE, Stage.STABILIZE):
        if tool == "cloudformation":
            return "CloudFormation stops and rolls back what it has created."
        return "The deployment stops half-way; what was created before stays, and is paid for, until it is destroyed."
    return f"The stack comes up, and the {stage.value} stage fails later."


def unread(report: Report) -> Iterator[Block]:
    """What nothing can be said about."""
    items: list[Words] = []
    for program in report.programs:
        if program.problem:
            problem = program.problem
            place = str(problem.place) if problem.place.file else program.path
            items.append((Code(place), f": {problem.message}. {problem.remedy}"))
        items += [(Code(note.where.file), f": {note.message}") for note in program.notes if note.missing]
    items += [(Code(note.where.file), f": {note.message}") for note in report.notes if note.missing]
    yield Heading(2, ("What was not read",))
    yield Bullets(items) if items else Paragraph(("Everything that was found was read.",))


def suppressed(report: Report) -> Iterator[Block]:
    """What the program's authors know of and accept."""
    if not report.suppressed:
        return
    yield Heading(2, ("Suppressed findings",))
    rows = [
        (
            (Code(one.located.finding.rule),),
            (Code(str(one.located.place)),),
            (one.located.finding.message,),
            (one.reason or "no reason given",),
        )
        for one in report.suppressed
    ]
    yield Table(("Rule", "Place", "Finding", "Reason"), rows)


def faults(report: Report) -> Iterator[Block]:
    """Where we failed ourselves."""
    if not report.crashes:
        return
    yield Heading(2, ("Faults of onetake",))
    yield Paragraph(("What these would have found is missing from this report.",))
    yield Bullets([(Code(crash.where), f": {crash.detail}") for crash in report.crashes])


def lessons(report: Report) -> Iterator[Block]:
    """What to take along, one for each rule."""
    if not report.findings:
        return
    first: dict[str, Finding] = {}
    for located in report.findings:
        first.setdefault(located.finding.rule, located.finding)
    yield Heading(2, ("Lessons",))
    yield Bullets([(Code(rule), ": ", f"{one.cause} {one.fix}".strip() or one.message) for rule, one in first.items()])


def score(report: Report) -> Iterator[Block]:
    """The points, and what they were taken for."""
    yield Heading(2, ("Score",))
    points = scoring.score(report)
    if points is None:
        yield Paragraph(("No score: not everything could be read and judged.",))
        return
    yield Paragraph((Strong(f"{points:.1f} of 10"), ". ", scoring.FORMULA))
    rows = [
        ((Code(one.rule),), (one.severity.value + (" (risk)" if one.risk else ""),), (f"-{one.points:g}",))
        for one in scoring.deductions(report)
    ]
    if rows:
        yield Table(("Rule", "Severity", "Points"), rows)


def status(report: Report, options: Options) -> Iterator[Block]:
    """The last word."""
    yield Heading(2, ("Final status",))
    judged = report.verdict
    yield Paragraph((verdict(judged), f". The process ends with {report.exit_code(options.fail_on)}."))
    todo = [
        f"mend {count(judged.failures, 'certain failure')}" if judged.failures else "",
        f"answer {count(judged.risks, 'question')}" if judged.risks else "",
        f"make {count(judged.unread, 'program')} readable" if judged.unread else "",
    ]
    steps = ", ".join(step for step in todo if step)
    if steps:
        yield Paragraph((f"Before it is deployed: {steps}.",))
    elif judged.outcome is Outcome.DEPLOYS and report.programs:
        yield Paragraph(("Nothing known stands in the way of the deployment.",))
