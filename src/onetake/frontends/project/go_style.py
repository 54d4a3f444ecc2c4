"""How Go files are written: ``gofmt`` indents with tabs alone, and everybody's Go is formatted with it.

Whether a file is formatted in every respect only gofmt itself can say, which is not run here; spaces before the first
word of a line are sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onetake.frontends.project.remarks import NOT_FORMATTED, Project, Remark

_TOKENS = re.compile(
    r"//[^\n]*|/\*.*?\*/|`[^`]*`|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])+'",
    re.DOTALL,
)
"""Comments and texts, whose lines may begin with anything."""
_SPACES = re.compile(r"^\t* +[^\s]", re.MULTILINE)


def remarks(project: Project) -> Iterator[Remark]:
    """Files that use a construct library in which lines are indented with spaces."""
    for file in project.go:
        code = _TOKENS.sub(lambda token: f"x{chr(10) * token[0].count(chr(10))}x", file.text)
        lines = [code.count("\n", 0, found.start()) + 1 for found in _SPACES.finditer(code)]
        if lines:
            are = f"and {len(lines) - 1} more are" if len(lines) > 1 else "is"
            message = f"line {lines[0]} {are} indented with spaces, where gofmt writes tabs"
            yield Remark(NOT_FORMATTED, file, lines[0], message, f"run gofmt -w {file.name}")
