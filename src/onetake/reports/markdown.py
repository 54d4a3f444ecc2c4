"""The failure analysis as Markdown (CommonMark with tables), whatever names and values hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onetake.model.places import Place
from onetake.model.report import Report
from onetake.reports import analysis
from onetake.reports.document import (
    Block,
    Bullets,
    Card,
    Code,
    Fence,
    Frame,
    Heading,
    Inline,
    Link,
    Paragraph,
    Strong,
    Table,
    Words,
)
from onetake.reports.options import Options
from onetake.reports.text import code, visible

_SIGNS = re.compile(r"([\\`*_\[\]<>|~&#$])")
_STARTS = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")


def render(report: Report, options: Options) -> str:
    """The analysis as one page."""
    return "\n\n".join(text for block in analysis.blocks(report, options) for text in _block(block)) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, words):
            yield f"{'#' * level} {inline(words)}"
        case Paragraph(words, label):
            yield f"**{label}:** {inline(words)}" if label else _guarded(inline(words))
        case Fence(text, language, label):
            yield from _labelled(label)
            yield fence(visible(text, keep="\n"), language)
        case Frame(place, label):
            yield from _labelled(label)
            yield fence("\n".join(_frame(place)), "text")
        case Table(head, rows):
            lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
            yield "\n".join([*lines, *("| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows)])
        case Bullets(items, ordered):
            marks = [f"{number}." if ordered else "-" for number in range(1, len(items) + 1)]
            yield "\n".join(f"{mark} {_guarded(inline(item))}" for mark, item in zip(marks, items, strict=True))
        case Card(_, _, blocks):
            for inner in blocks:
                yield from _block(inner)


def _labelled(label: str) -> Iterator[str]:
    if label:
        yield f"**{label}:**"


def inline(words: Words) -> str:
    """``words`` on one line."""
    return "".join(map(_word, words)).strip()


def _word(word: Inline) -> str:
    match word:
        case Code(text):
            return _span(visible(text))
        case Strong(text):
            return f"**{_plain(text)}**"
        case Link(address):
            shown = visible(address)
            return f"<{shown}>" if word.safe and not re.search(r"[\s<>\\|`]", shown) else _plain(address)
        case str():
            return _plain(word)


def _plain(text: str) -> str:
    """``text`` in which no sign means anything."""
    return _SIGNS.sub(r"\\\1", visible(text.replace("\n", " ")))


def _guarded(text: str) -> str:
    """``text`` that does not begin a list or a heading."""
    return _STARTS.sub(lambda found: found[0] + "\\" if found[2][0].isdigit() else f"{found[1]}\\{found[2]}", text)


def _span(text: str) -> str:
    """A code span, fenced with more backticks than ``text`` has in a row."""
    if not text.strip():
        return "(empty)"
    ticks = "`" * (max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
    pad = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def _cell(words: Words) -> str:
    """A table's cell: a bar would end it, even inside code."""
    return re.sub(r"(?<!\\)\|", r"\\|", inline(words)) or " "


def fence(text: str, language: str) -> str:
    """A code block, fenced with more backticks than ``text`` has in a row."""
    ticks = "`" * max(3, max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
    return f"{ticks}{language}\n{text}\n{ticks}"


def _frame(place: Place) -> Iterator[str]:
    width = max(len(str(line.number)) for line in place.frame)
    previous = place.frame[0].number - 1
    for line in place.frame:
        if line.number > previous + 1:
            yield "..."
        previous = line.number
        lead, rest = ("…" if line.first > 1 else ""), ("…" if line.cut else "")
        yield f"{'>' if line.marked else ' '} {line.number:>{width}} | {lead}{code(line.text)}{rest}".rstrip()
