"""Annotations of GitHub workflows: shown at the line in a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from onetake.model.places import Place
from onetake.model.report import Located, Report
from onetake.reports.levels import explained, level
from onetake.reports.options import Options
from onetake.reports.text import visible


def render(report: Report, _options: Options) -> str:
    """One workflow command a line, then the verdict."""
    return "\n".join([*_commands(report), f"onetake: {report.verdict}"]) + "\n"


def _commands(report: Report) -> Iterator[str]:
    for program in report.programs:
        if program.problem:
            place = program.problem.place if program.problem.place.file else Place(program.path)
            text = f"{program.problem.message}\n{program.problem.remedy}".strip()
            yield _command("error", place, "onetake: not read", text)
    for located in report.findings:
        yield _finding(located)
    for crash in report.crashes:
        yield _command("error", Place(""), "onetake: fault of ours", f"{crash.where}: {crash.detail}")


def _finding(located: Located) -> str:
    finding = located.finding
    risk = " risk" if finding.conditional else ""
    name = level(finding).replace("note", "notice")
    title = f"{finding.rule} ({finding.severity.value}{risk}, {finding.stage.value})"
    return _command(name, located.place, title, explained(finding))


def _command(name: str, place: Place, title: str, text: str) -> str:
    properties = {"file": place.file}
    if place.line:
        properties["line"] = str(place.line)
        properties["endLine"] = str(max(place.line, place.end_line))
        # GitHub takes columns only of a stretch on one line.
        if place.end_line == place.line:
            properties |= {"col": str(place.column), "endColumn": str(place.end_column)}
    properties["title"] = title
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items() if value)
    return f"::{name} {told}::{_data(text)}"


def _data(text: str) -> str:
    return visible(text, keep="\n").replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return visible(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
