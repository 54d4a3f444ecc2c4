"""Code frames: the offending lines with their numbers, and a mark under what is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from onetake.model.places import CodeLine, Place
from onetake.reports.paint import Paint
from onetake.reports.text import cells, clip, code


def frame(place: Place, paint: Paint, width: int) -> Iterator[str]:
    """The lines of ``place``'s code frame, for a terminal of ``width`` columns."""
    gutter = digits(place)
    bar = paint(f"{' ' * gutter} |", "blue")
    yield bar
    previous = 0
    for line in place.frame:
        if previous and line.number > previous + 1:
            yield paint(f"{'.' * min(3, gutter + 2)}", "blue")
        previous = line.number
        # One line is underlined; of several each has a mark in the margin.
        margin = ">" if line.marked and place.end_line > place.line else "|"
        text, shift = _window(line, place, max(20, width - gutter - 3))
        yield f"{paint(f'{line.number:>{gutter}} {margin}', 'blue')} {text}".rstrip()
        if line.marked and place.end_line == place.line:
            yield f"{bar} {' ' * shift}{paint(_underline(line, place, cells(text) - shift), 'red')}"
    yield bar


def digits(place: Place) -> int:
    """How wide the line numbers of ``place`` are."""
    return max((len(str(line.number)) for line in place.frame), default=1)


def _window(line: CodeLine, place: Place, room: int) -> tuple[str, int]:
    """The stretch of ``line`` that fits and shows the fault, and the column in it where the fault begins."""
    start = place.column - line.first if line.number == place.line else 0
    start = start if 0 <= start <= len(line.text) else 0
    skipped = 0
    if cells(code(line.text[:start])) > room * 3 // 4:
        skipped = max(0, start - room // 3)
    lead = "…" if skipped or line.first > 1 else ""
    text = lead + code(line.text[skipped:]) + ("…" if line.cut else "")
    return clip(text, room), cells(lead + code(line.text[skipped:start]))


def _underline(line: CodeLine, place: Place, room: int) -> str:
    start, end = place.column - line.first, place.end_column - line.first
    if not 0 <= start < end:
        return "^"
    return "^" * max(1, min(cells(code(line.text[start:end])), room))
