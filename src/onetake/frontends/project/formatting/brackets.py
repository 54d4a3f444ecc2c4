"""How what stands in brackets is laid out where it takes several rows, which Black and Ruff do in one way alone."""

from __future__ import annotations

import tokenize
from collections.abc import Iterator
from itertools import pairwise

from onetake.frontends.project.formatting.lines import Line, Source
from onetake.frontends.project.formatting.spacing import Sign, gap
from onetake.model.records import record

_UNSURE_STARTS = frozenset({"with", "async", "del", "match", "case", "type"})
"""Statements whose brackets depend on the version of Python, or on what words mean."""
_OPERATORS = frozenset({"and", "or", "in", "is", "if", "for"})
"""Words that begin a row rather than end one."""


_BINARY = frozenset({"+", "-", "*", "/", "//", "%", "@", "&", "|", "^", "<<", ">>", "<", ">", "<=", ">=", "==", "!="})


@record
class Pair:
    """A pair of brackets, by the positions of its tokens in the line."""

    start: int
    end: int
    inner: list[int]
    """The tokens that stand directly in it."""


def signs(source: Source, unit: str, width: int | None) -> Iterator[Sign]:
    """Rows that are broken or indented as neither formatter does it.

    Args:
        source: the file.
        unit: what each level is indented with.
        width: how long rows may be, in columns; ``None`` where that is not known.
    """
    for line in source.lines:
        if not line.plain:
            continue
        found = list(pairs(line))
        if len(line.rows) > 1:
            for pair in found:
                if line.tokens[pair.start].start[0] != line.tokens[pair.end].start[0]:
                    yield from _broken(line, pair, source, unit)
            yield from _ends(line, source)
        if width is not None:
            yield from _fits(line, source, width)
            yield from _long(line, found, source, width)
        yield from _needless(line, found)


def pairs(line: Line) -> Iterator[Pair]:
    """The brackets of a line, inner ones first."""
    stack: list[tuple[int, list[int]]] = []
    for at, part in enumerate(line.parts):
        if part == "close":
            start, inner = stack.pop()
            yield Pair(start, at, inner)
        if stack:
            stack[-1][1].append(at)
        if part == "open":
            stack.append((at, []))


def _broken(line: Line, pair: Pair, source: Source, unit: str) -> Iterator[Sign]:
    """What is broken over rows begins and ends on rows of its own, one level deeper."""
    tokens = line.tokens
    opened, closed = tokens[pair.start].start[0], tokens[pair.end].start[0]
    if tokens[pair.start + 1].start[0] == opened:
        yield opened, "what follows a bracket begins on a row of its own"
        return
    if tokens[pair.end - 1].start[0] == closed:
        yield closed, "a bracket closes on a row of its own"
        return
    outer = _indentation(source.rows[opened - 1])
    for at in (*pair.inner, pair.end):
        row, column = tokens[at].start
        if tokens[at - 1].start[0] != row:
            wanted = outer if at == pair.end else outer + unit
            if source.rows[row - 1][:column] != wanted:
                yield row, "the indentation inside brackets"
    yield from _elements(line, pair)


def _elements(line: Line, pair: Pair) -> Iterator[Sign]:
    """Of elements that are not all on one row, each has its own, and the last one a comma."""
    tokens, parts = line.tokens, line.parts
    inner = pair.inner
    words = {tokens[at].string for at in inner}
    if words & {"for", "lambda"} or tokens[0].string in _UNSURE_STARTS:
        return
    commas = [at for at in inner if parts[at] == "comma"]
    ending = [at for at in commas if tokens[at + 1].start[0] != tokens[at].start[0]]
    if not [at for at in ending if at + 1 != pair.end]:
        return
    for at in commas:
        if at not in ending:
            yield tokens[at].start[0], "each element on a row of its own"
    subscript = tokens[pair.start].string == "[" and parts[pair.start - 1 : pair.start] in (
        ["word"],
        ["close"],
        ["atom"],
    )
    starred = any(parts[at] == "unary" and tokens[at].string in ("*", "**", "/") for at in inner)
    if parts[pair.end - 1] != "comma" and not subscript and not starred:
        yield tokens[pair.end - 1].start[0], "a comma after the last element"


def _ends(line: Line, source: Source) -> Iterator[Sign]:
    """An operator stands at the beginning of a row, a comma at the end, and no row is blank."""
    commented = {one.start[0] for one in line.comments}
    for at, (before, after) in enumerate(pairwise(line.tokens)):
        row = before.start[0]
        if row == after.start[0] or commented & {*range(row, after.start[0])}:
            continue
        if not source.rows[row].strip():
            yield row + 1, "no blank line inside brackets"
        if line.parts[at] in ("binary", "power", "hug", "dot", "unary") or before.string in _OPERATORS:
            yield row, f"no row ends with {before.string}"
        if line.parts[at + 1] == "comma":
            yield after.start[0], "no row begins with a comma"


def _fits(line: Line, source: Source, width: int) -> Iterator[Sign]:
    """A statement over several rows that has room on one."""
    tokens = line.tokens
    if len(line.rows) == 1 or line.comments or tokens[0].string in _UNSURE_STARTS:
        return
    for at, (before, after) in enumerate(pairwise(tokens)):
        if line.parts[at] == "comma" and line.parts[at + 1] == "close":
            return
        if before.type == after.type == tokenize.STRING:
            return
    if not all(one.string.isascii() for one in tokens):
        return
    spaces = sum(1 for at in range(len(tokens) - 1) if gap(line, at) != "")
    if (
        len(_indentation(source.rows[tokens[0].start[0] - 1]).expandtabs(4))
        + spaces
        + sum(len(one.string) for one in tokens)
        <= width
    ):
        yield tokens[0].start[0], "a statement that fits on one row"


def _long(line: Line, found: list[Pair], source: Source, width: int) -> Iterator[Sign]:
    """A statement on one row that is too long for it, and has a list that is broken then."""
    tokens = line.tokens
    row = source.rows[tokens[0].start[0] - 1]
    if len(line.rows) > 1 or line.comments or len(row.rstrip()) <= width or not row.isascii():
        return
    words = [one.string for one in tokens]
    names = words[0] == "from" and words[-1] not in ("*", ")") and "," in words
    outer = [pair for pair in found if not any(pair.start in other.inner for other in found if other is not pair)]
    listed = len(outer) == 1 and any(line.parts[at] == "comma" for at in outer[0].inner)
    if names or (listed and ";" not in words and _is_list(line, outer[0])):
        yield tokens[0].start[0], "a statement that is too long for one row"


def _is_list(line: Line, pair: Pair) -> bool:
    """Whether a pair holds the parameters of a function, or the arguments of a call that is all or most of a line."""
    words = [one.string for one in line.tokens]
    if words[0] == "def":
        return pair.start == 2
    before = line.parts[: pair.start]
    called = pair.end == len(words) - 1 and before[-1:] == ["word"] and "for" not in words
    assigned = words[: pair.start].count("=") <= 1 and set(before) <= {"word", "dot", "binary"}
    return called and (assigned or words[0] == "return") and {*words[: pair.start]}.isdisjoint(_BINARY)


def _needless(line: Line, found: list[Pair]) -> Iterator[Sign]:
    """The empty brackets of a class."""
    if line.tokens[0].string == "class" and any(pair.end == pair.start + 1 == 3 for pair in found):
        yield line.tokens[0].start[0], "empty brackets of a class"


def _indentation(row: str) -> str:
    return row[: len(row) - len(row.lstrip(" \t"))]
