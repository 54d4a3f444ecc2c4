"""From paths to a report: find the programs, read them, judge their stacks, leave out what is suppressed."""

from __future__ import annotations

import fnmatch
import traceback
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from onetake.analysis.configuration import Misconfigured
from onetake.analysis.runner import Selection, judge
from onetake.frontends.files import Options, Unreadable
from onetake.frontends.programs import Kind, Program, Reader, find, read
from onetake.model.assembly import Assembly, Judged, Waiver
from onetake.model.findings import Crash, Finding
from onetake.model.language import Language
from onetake.model.places import Place
from onetake.model.records import field, record
from onetake.model.report import Problem, Report, Versions
from onetake.model.stacks import Stack
from onetake.patience import patient


@record
class Request:
    """What to check, and how."""

    paths: Sequence[Path]
    options: Options
    selection: Selection = field(default_factory=Selection)
    ignore_in: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Rules to leave out in the files that a pattern names."""
    exclude: Sequence[str] = ()
    plan: Path | None = None
    """The plan that was made of the one configuration under ``paths``; both are judged together."""
    readers: Mapping[Kind, Reader] | None = None
    """Replaces the readers, in tests."""
    exact: bool = False
    """Whether the AWS provider on this machine is asked, too."""
    failed: Sequence[Unreadable] = ()
    """Programs that were to be synthesized first, and were not."""


@record
class Examined:
    """A program with what was found in it, or why it could not be read."""

    program: Program
    stacks: Sequence[Judged] = ()
    problem: Problem | None = None
    crash: Crash | None = None


def check(request: Request) -> Report:
    """The report on everything under the paths of ``request``."""
    with patient():
        return _check(request)


def _check(request: Request) -> Report:
    assembly = Assembly(request.options.assumptions, versions(), _correction)
    found = find(request.paths, request.options, request.exclude)
    if request.plan is not None:
        from onetake.analysis.planned import put_together

        put_together(found, request)
    if any(program.kind in (Kind.CLOUDFORMATION, Kind.CDK) for program in found.programs):
        from onetake.analysis.cloudformation_engine import prepare

        prepare()  # the validator takes longest: it is built while the templates are read
    for error in (*request.failed, *found.unreadable):
        assembly.unread(error.span.file, "", _problem(error))
    examined: Iterable[Examined] = (examine(program, request) for program in found.programs)
    kinds = {program.kind for program in found.programs}
    if {Kind.SOURCE, Kind.CDKTF} <= kinds:
        from onetake.analysis.causes import told_once

        examined = told_once(list(examined))
    for one in examined:
        _add(one, assembly)
    if not found.programs and not found.unreadable and not request.failed:
        names = ", ".join(str(path) for path in request.paths)
        remedy = "give a folder with Terraform, CloudFormation, CDKTF or CDK output, or a file"
        assembly.unread(names, "", Problem(f"no infrastructure program under {names}", remedy))
    return assembly.report(found.notes)


def examine(program: Program, request: Request) -> Examined:
    """Read and judge one program; whatever goes wrong is told in the answer."""
    try:
        stacks = read(program, request.options, request.readers)
        return Examined(program, [_judged(stack, request) for stack in stacks])
    except Unreadable as error:
        return Examined(program, problem=_problem(error))
    except Misconfigured:
        raise
    except RecursionError:
        return Examined(program, problem=Problem("it is nested too deeply", "check its parts, or leave it out"))
    except Exception as error:  # a fault of ours in a reader must not hide the other programs
        name = f"reading {program.name} as {program.kind.value}"
        facts = {"traceback": "".join(traceback.format_exception(error))}
        return Examined(program, crash=Crash(name, f"{type(error).__name__}: {error}", facts))


def _judged(stack: Stack, request: Request) -> Judged:
    judgement = judge(stack, request.selection)
    if request.exact and stack.language is Language.TERRAFORM:
        from onetake.analysis.exact.asking import confirm

        confirmed = confirm(stack, judgement.findings)
        judgement.findings = [one for one in confirmed.findings if request.selection.admits(one.rule)]
        stack.notes = [*stack.notes, *confirmed.notes]
    kept, waived = _configured(judgement.findings, request.ignore_in)
    if any("onetake" in source.text for source in stack.sources.values()):
        from onetake.analysis.names import every
        from onetake.analysis.suppressions import suppress

        kept, more = suppress(stack, kept, every, request.selection.admits)
        waived += more
    return Judged(stack, kept, waived, judgement.crashes)


def _configured(
    findings: Sequence[Finding], ignore_in: Mapping[str, Sequence[str]]
) -> tuple[list[Finding], list[Waiver]]:
    """The findings that the configuration leaves, and those that it leaves out in some files."""
    if not ignore_in:
        return list(findings), []
    kept: list[Finding] = []
    waived: list[Waiver] = []
    for finding in findings:
        patterns = (
            pattern
            for pattern, rules in ignore_in.items()
            if finding.rule in rules and fnmatch.fnmatchcase(finding.where.file, pattern)
        )
        pattern = next(patterns, None)
        if pattern is None:
            kept.append(finding)
        else:
            waived.append(Waiver(finding, f"ignored in {pattern} by the configuration"))
    return kept, waived


def _add(examined: Examined, assembly: Assembly) -> None:
    program = examined.program
    if examined.problem:
        assembly.unread(program.name, program.kind.value, examined.problem)
    elif examined.crash:
        assembly.unread(program.name, program.kind.value, Problem("a fault of onetake", "report it, please"))
        assembly.failed(examined.crash)
    else:
        assembly.read(program.name, program.kind.value, examined.stacks)


def _problem(error: Unreadable) -> Problem:
    return Problem(error.message, error.remedy, Place(error.span.file, error.line, error.column))


def _correction(stack: Stack, finding: Finding) -> str:
    from onetake.analysis.fixes import corrected_lines

    return corrected_lines(stack, finding)


def versions() -> Versions:
    """What verdicts are made with: this onetake, and the newest day that its facts know of."""
    from onetake._version import __version__
    from onetake.knowledge.tables import newest

    return Versions(__version__, newest())
