"""The text of a template as plain data, with its source for positions."""

from __future__ import annotations

from typing import Any

from onetake.frontends.cloudformation.problems import Fault, Problems
from onetake.frontends.files import Limits
from onetake.frontends.json_source import JsonProblem, JsonSource, parse, repeated_keys
from onetake.frontends.yaml_source import YamlProblem, YamlSource
from onetake.model.findings import Position, Severity
from onetake.model.records import record
from onetake.model.stacks import SourceFile
from onetake.model.values import Key


@record
class Broken:
    """A text that could not be parsed: every place in it is the one where parsing stopped."""

    text: str
    line: int
    column: int

    def locate(self, path: tuple[Key, ...]) -> Position | None:  # noqa: ARG002 - the protocol's name
        """Where parsing stopped."""
        return Position(self.line, self.column, self.line, self.column + 1)


def load(text: str, problems: Problems, limits: Limits) -> tuple[Any, SourceFile]:
    """The data that ``text`` holds, ``None`` when it cannot be parsed; what is wrong goes to ``problems``."""
    if not text.lstrip().startswith("{"):
        return _yaml(text, problems, limits)
    try:
        data = parse(text, limits.depth)
    except JsonProblem as problem:
        # CloudFormation takes what begins like JSON for JSON, although YAML may begin so too.
        return _broken(text, "JSON", problem, problems)
    source = JsonSource(text)
    for path, key, offset in repeated_keys(text):
        _repeated((*path, key), source.lines.position(offset, offset).line, problems)
    return data, source


def _yaml(text: str, problems: Problems, limits: Limits) -> tuple[Any, SourceFile]:
    try:
        source = YamlSource(text, limits)
    except YamlProblem as problem:
        return _broken(text, "YAML", problem, problems)
    for path, key, place in source.repeated:
        _repeated((*path, key), place.line, problems)
    return source.data, source


def _repeated(path: tuple[Key, ...], line: int, problems: Problems) -> None:
    problems.report(
        Fault(
            "cloudformation-duplicate-key",
            path,
            f'"{path[-1]}" is written again on line {line}',
            cause="An object holds each key once; what was written first is lost.",
            fix="Keep one of the two, or give the other a name of its own.",
            # CloudFormation takes the last one and deploys: published templates that work have such keys.
            severity=Severity.MEDIUM,
            resource=str(path[1]) if len(path) > 1 and path[0] == "Resources" else "",
        )
    )


def _broken(
    text: str, language: str, problem: JsonProblem | YamlProblem, problems: Problems
) -> tuple[None, SourceFile]:
    place = f"(line {problem.line}, column {problem.column})"
    problems.report(
        Fault(
            "cloudformation-syntax",
            (),
            f"the template is no {language}: {problem.message} {place}",
            verbatim=f"Template format error: {language} not well-formed. {place}",
            fix="Correct the text at this place.",
        )
    )
    problems.whole = False
    return None, Broken(text, problem.line, problem.column)
