"""Sure signs that a Python file is not as Black or Ruff writes it, found in its text: no formatter is run.

What both do whatever their settings are, and what follows from the settings that a project has. Every kind of sign is
measured against the formatters themselves (``tests/frontends/project/test_formatting_bulk.py``).
"""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Iterator

from onetake.frontends.project.formatting import blank, brackets, lines, literals, spacing
from onetake.frontends.project.formatting.lines import Source
from onetake.frontends.project.formatting.spacing import Sign
from onetake.model.records import record

_OFF = re.compile(r"#.*\b(?:fmt:\s*off|yapf:\s*disable)")
_ON = re.compile(r"#.*\b(?:fmt:\s*on|yapf:\s*enable)")
_SKIP = re.compile(r"#.*\bfmt:\s*skip")
_AROUND = 3
"""How many rows beside one that formatters pass over are not judged either."""


@record
class Style:
    """The settings of a formatter that signs depend on. What is ``None`` is not known."""

    quote: str | None = '"'
    """Which quotes texts get; ``None`` also where they keep theirs."""
    unit: str | None = "    "
    """What each level is indented with."""
    width: int | None = 88
    """How long rows may be, in columns."""
    preview: bool = False
    """Whether styles that are still being tried are switched on, which break rows in other places."""


def signs(text: str, style: Style) -> list[Sign]:
    """What the formatter would change for sure: rows in order, one sign each.

    Empty for a file that does not parse, or whose rows do not all end alike.
    """
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if "\r" in text or "\f" in text or not text.strip():
        return []
    try:
        source, tree = lines.read(text), ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError, tokenize.TokenError):
        return []
    left = _left_alone(source)
    found: dict[int, str] = {}
    for row, what in _all(text, source, tree, style):
        if row not in left:
            found.setdefault(row, what)
    return sorted(found.items())


def _all(text: str, source: Source, tree: ast.Module, style: Style) -> Iterator[Sign]:
    yield from _ends(text, source)
    yield from _statements(source)
    yield from spacing.signs(source)
    yield from literals.numbers(source)
    if style.quote is not None:
        yield from literals.prefixes(source)
        yield from literals.quotes(source, style.quote)
    if style.unit is not None:
        yield from _indents(source, style.unit)
    if not style.preview:
        yield from blank.signs(source, tree)
        if style.unit is not None:
            yield from brackets.signs(source, style.unit, style.width)


def _ends(text: str, source: Source) -> Iterator[Sign]:
    """How rows and the file begin and end."""
    last = len(source.rows)
    if text[0] == "\n" and not text.lstrip().startswith("#"):
        yield 1, "no blank line at the beginning"
    if not text.endswith("\n"):
        yield last, "a newline at the end"
    elif text.endswith("\n\n") and text.rstrip() and text.rstrip()[-1] != "\\":
        yield text.rstrip().count("\n") + 2, "one newline at the end"
    for at, row in enumerate(source.rows, 1):
        if row != row.rstrip(" \t") and at not in source.texts:
            yield at, "no space at the end"


def _statements(source: Source) -> Iterator[Sign]:
    """One statement a row, and what comments begin with."""
    for line in source.lines:
        for at, part in enumerate(line.parts):
            if part == "semicolon":
                yield line.tokens[at].start[0], "one statement a row"
    for comment in source.comments:
        if re.match(r"#[A-Za-z0-9]", comment.string):
            yield comment.start[0], "a space after #"


def _indents(source: Source, unit: str) -> Iterator[Sign]:
    """The first row of each block."""
    depths = [""]
    for row, indent in source.indents:
        while not (indent.startswith(depths[-1]) and len(indent) > len(depths[-1])):
            depths.pop()
        depths.append(indent)
        if indent != unit * (len(depths) - 1):
            yield row, "the indentation"


def _left_alone(source: Source) -> set[int]:
    """The rows that a comment tells formatters to leave as they are, and their neighbours."""
    rows: set[int] = set()
    off = 0
    for comment in source.comments:
        row = comment.start[0]
        if _ON.search(comment.string) and off:
            rows.update(range(off - _AROUND, row + _AROUND + 1))
            off = 0
        elif _OFF.search(comment.string):
            off = off or row
        elif _SKIP.search(comment.string):
            own = next((line.rows for line in source.lines if row in line.rows), range(row, row + 1))
            rows.update(range(own.start - _AROUND, own.stop + _AROUND))
    return rows | set(range(off - _AROUND, len(source.rows) + 2)) if off else rows
