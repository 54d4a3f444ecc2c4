"""What is remarked of a project, and the files of it that are looked at."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from onetake.frontends.files import Options, Unreadable, read_text, shown
from onetake.model.findings import Confidence, Finding, Position, Severity, Stage
from onetake.model.records import record
from onetake.model.values import Key, Span

ACCOUNT_WRITTEN = "project-account-written-out"
ASSERTS_NOTHING = "project-test-asserts-nothing"
DEPLOYS_UNCHECKED = "project-deploys-after-failed-check"
LATE_IMPORT = "project-import-after-code"
NO_DOCUMENTS = "project-without-documents"
NOT_FORMATTED = "project-go-not-formatted"
NO_TESTS = "project-without-tests"
PYTHON_NOT_FORMATTED = "project-python-not-formatted"
REGION_WRITTEN = "project-region-written-out"
SUFFIX_IGNORED = "project-name-without-suffix"
TOOL_UNDECLARED = "project-tool-not-declared"
TRAILING_LINES = "project-trailing-blank-lines"
UNTESTED_MODULE = "project-module-untested"
UNUSED_IMPORT = "project-unused-import"

_STAGES = {
    ASSERTS_NOTHING: Stage.UNIT_TEST,
    NO_TESTS: Stage.UNIT_TEST,
    UNTESTED_MODULE: Stage.UNIT_TEST,
    SUFFIX_IGNORED: Stage.CREATE,
    ACCOUNT_WRITTEN: Stage.CREATE,
    REGION_WRITTEN: Stage.CREATE,
}
_MEDIUM = frozenset({ACCOUNT_WRITTEN, DEPLOYS_UNCHECKED, REGION_WRITTEN, SUFFIX_IGNORED})
"""Remarks about what may break something; all others are about style."""


@record
class Remark:
    """One thing about a project that those who asked for it want to know."""

    rule: str
    file: File
    line: int
    message: str
    fix: str
    condition: str = ""

    @property
    def path(self) -> tuple[Key, ...]:
        """Under which the place is known."""
        return self.rule, self.line, self.message

    def finding(self) -> Finding:
        """The remark as reports tell it."""
        return Finding(
            rule=self.rule,
            severity=Severity.MEDIUM if self.rule in _MEDIUM else Severity.LOW,
            stage=_STAGES.get(self.rule, Stage.LINT),
            confidence=Confidence.DOCUMENTED,
            where=Span(self.file.name, self.path),
            resource="",
            message=self.message,
            fix=self.fix,
            condition=self.condition,
        )


class File:
    """A file of the project, read when something of it is asked for."""

    def __init__(self, path: Path, options: Options) -> None:
        self.path = path
        self.name = shown(path, options)
        self._options = options

    @cached_property
    def text(self) -> str:
        """All of it; empty where it is no text, or cannot be read."""
        try:
            return read_text(self.path, self._options)
        except Unreadable:
            return ""

    @cached_property
    def lines(self) -> list[str]:
        """Without their ends."""
        return self.text.split("\n")

    @cached_property
    def toml(self) -> dict[str, object]:
        """What a TOML file holds; nothing where it cannot be read."""
        import tomllib

        try:
            return tomllib.loads(self.text)
        except (tomllib.TOMLDecodeError, RecursionError):
            return {}

    @cached_property
    def tree(self) -> ast.Module | None:
        """The syntax tree of a Python file; ``None`` where it has none."""
        try:
            return ast.parse(self.text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


class Remarked:
    """A file in which something was remarked: finds the places of the remarks."""

    def __init__(self, file: File, remarks: Iterable[Remark]) -> None:
        self.text = file.text
        lines = file.lines
        self._places = {
            one.path: Position(one.line, 1, one.line, len(lines[one.line - 1]) + 1 if one.line <= len(lines) else 1)
            for one in remarks
        }

    def locate(self, path: tuple[Key, ...]) -> Position | None:
        """The line that is meant."""
        return self._places.get(path)


@record(slots=False)
class Project:
    """The files of a project, by kind; each kind is looked for once."""

    folder: Path
    options: Options
    files: tuple[File, ...]

    @cached_property
    def surroundings(self) -> list[Path]:
        """The folder of the project, and those above it inside the root, without links."""
        root, folder = self.options.root.resolve(), self.folder.resolve()
        return [one for one in (folder, *folder.parents) if one.is_relative_to(root)]

    @cached_property
    def _beside(self) -> dict[Path, File]:
        return {}

    def beside(self, path: Path) -> File:
        """A file that is not one of ``files``, as those above the folder; read once however often it is asked for."""
        return self._beside.setdefault(path, File(path, self.options))

    @cached_property
    def python(self) -> list[File]:
        """The Python files that import a construct library."""
        from onetake.frontends.source import imports_constructs

        return [one for one in self.files if one.name.endswith(".py") and imports_constructs(one.text)]

    @cached_property
    def go(self) -> list[File]:
        """The Go files that import a construct library."""
        from onetake.frontends.source import is_program

        return [one for one in self.files if one.name.endswith(".go") and is_program(one.path, self.options)]
