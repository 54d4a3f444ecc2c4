"""JUnit XML as Jenkins, GitLab and Azure read it: a suite for each stack, a case for each finding."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from onetake.model.records import record
from onetake.model.report import Located, Report, Suppressed
from onetake.reports.levels import explained
from onetake.reports.options import Options
from onetake.reports.text import visible


@record
class _Case:
    name: str
    scope: str
    outcome: str = ""
    """``failure``, ``error``, ``skipped``, or nothing for what passes."""
    kind: str = ""
    message: str = ""
    text: str = ""


def render(report: Report, options: Options) -> str:
    """Failures are what ends the process with 1; risks and suppressed findings are skipped, the rest passes."""
    suites = list(_suites(report, options))
    cases = [case for _, found in suites for case in found]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<testsuites{_counts('onetake', cases)}>"]
    for name, found in suites:
        lines += [f"  <testsuite{_counts(name, found)}>", *map(_case, found), "  </testsuite>"]
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _suites(report: Report, options: Options) -> Iterator[tuple[str, list[_Case]]]:
    for program in report.programs:
        name = visible(program.path)
        found = [_finding(one, options) for one in report.findings if one.program == program.path]
        found += [_waived(one) for one in report.suppressed if one.located.program == program.path]
        if program.problem:
            text = f"{program.problem.message}\n{program.problem.remedy}\n{program.problem.place}"
            found.append(_Case("is read", name, "error", "not-read", program.problem.message, text))
        yield name, found or [_Case("would deploy", name)]
    if report.crashes:
        yield (
            "onetake",
            [
                _Case(visible(crash.where), "onetake", "error", "fault", crash.detail, "a fault of onetake")
                for crash in report.crashes
            ],
        )


def _finding(located: Located, options: Options) -> _Case:
    finding = located.finding
    name = f"{finding.rule} {finding.resource}".strip()
    text = f"{explained(finding)}\n{located.place}"
    if finding.conditional:
        outcome, kind = "skipped", ""
    else:
        fails = options.fail_on is not None and finding.severity >= options.fail_on
        outcome, kind = ("failure", finding.severity.value) if fails else ("", "")
    return _Case(name, f"{located.program}.{finding.stage.value}", outcome, kind, finding.message, text)


def _waived(one: Suppressed) -> _Case:
    finding = one.located.finding
    name = f"{finding.rule} {finding.resource}".strip()
    because = f"suppressed because {one.reason}" if one.reason else "suppressed"
    return _Case(name, f"{one.located.program}.{finding.stage.value}", "skipped", "", because)


def _counts(name: str, cases: list[_Case]) -> str:
    number = {word: sum(case.outcome == word for case in cases) for word in ("failure", "error", "skipped")}
    values = {
        "name": name,
        "tests": len(cases),
        "failures": number["failure"],
        "errors": number["error"],
        "skipped": number["skipped"],
        "time": 0,
    }
    return "".join(f" {key}={_attribute(str(value))}" for key, value in values.items())


def _case(case: _Case) -> str:
    opening = f"    <testcase name={_attribute(case.name)} classname={_attribute(case.scope)} time={_attribute('0')}"
    if not case.outcome:
        return f"{opening}><system-out>{_text(case.text)}</system-out></testcase>" if case.text else f"{opening}/>"
    kind = f" type={_attribute(case.kind)}" if case.kind else ""
    message = f" message={_attribute(case.message)}"
    # What is skipped may only have a message.
    body = "" if case.outcome == "skipped" else _text(case.text)
    return f"{opening}><{case.outcome}{kind}{message}>{body}</{case.outcome}></testcase>"


def _attribute(text: str) -> str:
    return quoteattr(visible(text), {"'": "&apos;"})


def _text(text: str) -> str:
    return escape(visible(text, keep="\n"))
