"""The failure analysis as one HTML page: nothing is loaded from elsewhere, light or dark as the reader's system is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from onetake.model.places import CodeLine, Place
from onetake.model.report import Report
from onetake.model.verdict import Outcome
from onetake.reports import analysis
from onetake.reports import score as scoring
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
from onetake.reports.text import count, visible

STYLE = Path(__file__).with_name("page.css")
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""What the page may do: nothing but look like something."""


def render(report: Report, options: Options) -> str:
    """The analysis as one page."""
    first, *rest = analysis.blocks(report, options)
    title = " ".join(program.path for program in report.programs) or "nothing"
    lines = [
        "<!doctype html>",
        '<html lang="en">',
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        f"<title>onetake: {_text(title)}</title>",
        f"<style>\n{STYLE.read_text(encoding='utf-8').strip()}\n</style>",
        "<main>",
        *_block(first),
        *_banner(report),
        *(text for block in rest for text in _block(block)),
        "</main>",
    ]
    return "\n".join(lines) + "\n"


def _banner(report: Report) -> Iterator[str]:
    """The verdict and the numbers, before anything is read."""
    good = report.verdict.outcome is Outcome.DEPLOYS and not report.summary.unread and bool(report.programs)
    points = scoring.score(report)
    yield f'<div class="banner {"good" if good else "bad"}"><strong>{_text(report.verdict.headline)}</strong>'
    numbers = [(name, getattr(report.summary, name)) for name in ("critical", "high", "medium", "low")]
    for name, number in [*numbers, ("risk", report.summary.risks)]:
        if number:
            told = count(number, "risk") if name == "risk" else f"{number} {name}"
            yield f'<span class="tag {name}">{told}</span>'
    if points is not None:
        yield f'<span class="score">{points:.1f}<small>/10</small></span>'
    yield "</div>"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, words, tag):
            mark = f' class="{tag}"' if tag else ""
            yield f"<h{level}{mark}>{_inline(words)}</h{level}>"
        case Paragraph(words, label):
            yield f"<p>{_label(label)}{_inline(words)}</p>"
        case Fence(text, _, label):
            yield from _labelled(label)
            yield f"<pre>{_text(text, keep=chr(10))}</pre>"
        case Frame(place, label):
            yield from _labelled(label)
            yield f'<pre class="frame">{"".join(_frame(place))}</pre>'
        case Table(head, rows):
            yield from _table(head, rows)
        case Bullets(items, ordered):
            name = "ol" if ordered else "ul"
            yield f"<{name}>" + "".join(f"<li>{_inline(item)}</li>" for item in items) + f"</{name}>"
        case Card(severity, risk, blocks):
            yield f'<section class="card {"risk" if risk else severity.value}">'
            for inner in blocks:
                yield from _block(inner)
            yield "</section>"


def _table(head: Sequence[str], rows: Sequence[Sequence[Words]]) -> Iterator[str]:
    # Two columns are facts about one thing and need no head.
    facts = len(head) == 2
    opening = '<table class="facts">' if facts else "<table>"
    yield f'<div class="wide">{opening}'
    if not facts:
        yield "<thead><tr>" + "".join(f"<th>{escape(cell)}</th>" for cell in head) + "</tr></thead>"
    for row in rows:
        first, *rest = (_inline(cell) for cell in row)
        lead = f'<th scope="row">{first}</th>' if facts else f"<td>{first}</td>"
        yield f"<tr>{lead}" + "".join(f"<td>{cell}</td>" for cell in rest) + "</tr>"
    yield "</table></div>"


def _label(label: str) -> str:
    return f"<b>{escape(label)}:</b> " if label else ""


def _labelled(label: str) -> Iterator[str]:
    if label:
        yield f'<p class="label"><b>{escape(label)}</b></p>'


def _inline(words: Words) -> str:
    return "".join(map(_word, words))


def _word(word: Inline) -> str:
    match word:
        case Code(text):
            return f"<code>{_text(text)}</code>"
        case Strong(text):
            return f"<strong>{_text(text)}</strong>"
        case Link(address):
            shown = _text(address)
            return f'<a href="{shown}" rel="noreferrer">{shown}</a>' if word.safe else shown
        case str():
            return _text(word.replace("\n", " "))


def _text(text: str, keep: str = "") -> str:
    return escape(visible(text, keep=keep))


def _frame(place: Place) -> Iterator[str]:
    width = max(len(str(line.number)) for line in place.frame)
    previous = place.frame[0].number - 1
    for line in place.frame:
        if line.number > previous + 1:
            yield "<i>⋮</i>\n"
        previous = line.number
        shown = _line(line, place)
        yield f"<i>{line.number:>{width}}</i> {f'<mark>{shown}</mark>' if line.marked else shown}\n"


def _line(line: CodeLine, place: Place) -> str:
    """A line with the offending stretch of it underlined, where that is only a part."""
    lead, rest = ("…" if line.first > 1 else ""), ("…" if line.cut else "")
    text = line.text
    start, end = place.column - line.first, place.end_column - line.first
    if not line.marked or place.end_line != place.line or not 0 <= start < end:
        return lead + _text(text, keep="\t") + rest
    before, fault, after = text[:start], text[start:end], text[end:]
    return f"{lead}{_text(before, keep=chr(9))}<u>{_text(fault, keep=chr(9))}</u>{_text(after, keep=chr(9))}{rest}"
