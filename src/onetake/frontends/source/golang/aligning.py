"""The columns that gofmt keeps in literals and before comments, where a change makes their text longer or shorter.

``gofmt`` lines up the values of consecutive lines of one pair each (``Name:   ...``), and the comments at the ends of
consecutive lines. Only what was lined up before is kept so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from onetake.frontends.source.golang.changes import Change
from onetake.frontends.source.golang.syntax import within
from onetake.model.records import record

if TYPE_CHECKING:
    from tree_sitter import Node


@record
class _Cell:
    """What stands in a column of one line, and the spaces behind it."""

    line: int
    start: int
    end: int
    following: int
    """Where the next column begins."""


def padding(root: Node, content: bytes, changes: Sequence[Change]) -> Iterator[Change]:
    """The changes of spaces that keep what was lined up, after ``changes``."""
    lines = {content.count(b"\n", 0, one.start) for one in changes if b"\n" not in content[one.start : one.end]}
    keys = [*_realigned(content, changes, list(_literals(root, lines)))]
    yield from keys
    yield from _realigned(content, [*changes, *keys], [*_comments(root, content, lines)])


def _realigned(content: bytes, changes: Iterable[Change], sections: Iterable[list[_Cell]]) -> Iterator[Change]:
    made = list(changes)
    for cells in sections:
        before = [_width(content[cell.start : cell.end]) for cell in cells]
        if [cell.following - cell.end for cell in cells] != _gaps(before):
            continue  # it was not as gofmt writes it
        after = [width + _grown(content, made, cell) for width, cell in zip(before, cells, strict=True)]
        for cell, gap, was in zip(cells, _gaps(after), _gaps(before), strict=True):
            if gap != was:
                yield Change(cell.end, cell.following, " " * gap)


def _gaps(widths: list[int]) -> list[int]:
    return [max(widths) + 1 - width for width in widths]


def _grown(content: bytes, changes: Iterable[Change], cell: _Cell) -> int:
    """By how many characters a cell gets longer."""
    inside = (one for one in changes if cell.start <= one.start and one.end <= cell.end)
    return sum(_width(one.text.encode()) - _width(content[one.start : one.end]) for one in inside)


def _width(text: bytes) -> int:
    return len(text.decode("utf-8", errors="replace"))


def _literals(root: Node, lines: set[int]) -> Iterator[list[_Cell]]:
    """The columns of keys that a change touches."""
    for body in within(root):
        if body.type != "literal_value" or not any(body.start_point[0] < at < body.end_point[0] for at in lines):
            continue
        for section in _sections(_pairs(body)):
            if any(cell.line in lines for cell in section):
                yield section


def _pairs(body: Node) -> Iterator[_Cell]:
    """The pairs of a literal that stand alone on one line each."""
    held = [one for one in body.named_children if one.type != "comment"]
    rows = [row for one in held for row in range(one.start_point[0], one.end_point[0] + 1)]
    for one in held:
        key, value = one.child_by_field_name("key"), one.child_by_field_name("value")
        line = one.start_point[0]
        alone = line == one.end_point[0] and rows.count(line) == 1 and line != body.start_point[0]
        colon = next((child for child in one.children if child.type == ":"), None)
        if key is not None and value is not None and colon is not None and alone:
            yield _Cell(line, key.start_byte, colon.end_byte, value.start_byte)


def _comments(root: Node, content: bytes, lines: set[int]) -> Iterator[list[_Cell]]:
    """The columns of code before comments that a change touches."""
    cells = []
    for node in within(root) if lines else ():
        if node.type == "comment":
            start = content.rfind(b"\n", 0, node.start_byte) + 1
            code = content[start : node.start_byte].rstrip(b" \t")
            if code.strip():
                indented = start + len(code) - len(code.lstrip(b"\t"))
                cells.append(_Cell(node.start_point[0], indented, start + len(code), node.start_byte))
    for section in _sections(sorted(cells, key=lambda cell: cell.start)):
        if any(cell.line in lines for cell in section):
            yield section


def _sections(cells: Iterable[_Cell]) -> Iterator[list[_Cell]]:
    """Runs of consecutive lines."""
    section: list[_Cell] = []
    for cell in cells:
        if section and cell.line != section[-1].line + 1:
            yield section
            section = []
        section.append(cell)
    if section:
        yield section
