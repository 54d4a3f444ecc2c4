"""A picture as SVG that a browser, an editor and a repository's page can show, in light and in dark."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from onetake.platforms.diagrams.graph import Card, Picture
from onetake.platforms.diagrams.layout import WIDTH, Box, Layout, layout
from onetake.platforms.synthesized import Resource

_COLORS = {
    "Entry": "#8b5cf6",
    "Network": "#0d9488",
    "Compute": "#ea580c",
    "Data": "#2563eb",
    "Security": "#dc2626",
    "Operations": "#64748b",
}
_STYLE = """
  svg { font-family: system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; background: #ffffff }
  .page { fill: #ffffff } .frame { fill: #f8fafc; stroke: #cbd5e1 } .card { fill: #ffffff; stroke: #cbd5e1 }
  .title { font-size: 20px; font-weight: 600 } .name { font-size: 13px; font-weight: 600 } .of { font-size: 11px }
  .heading { font-size: 12px; font-weight: 600; letter-spacing: .04em } text { fill: #0f172a }
  .of, .heading, .region { fill: #64748b } .region { font-size: 11px } .line { fill: none; stroke: #94a3b8 }
  @media (prefers-color-scheme: dark) {
    svg { background: #0f172a } .page { fill: #0f172a } .frame { fill: #111c33; stroke: #334155 }
    .card { fill: #1e293b; stroke: #334155 } text { fill: #f1f5f9 } .of, .heading, .region { fill: #94a3b8 }
    .line { stroke: #64748b }
  }"""
_ROOM = 34  # characters that fit on a line of a card


def draw(shown: Picture) -> str:
    """The picture as a standalone SVG document."""
    placed = layout(shown)
    return "\n".join((*_document(shown, placed), "</svg>", ""))


def _document(shown: Picture, placed: Layout) -> Iterator[str]:
    total = sum(len(card.resources) for card in shown.cards)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {placed.height:g}" '
        f'width="{WIDTH}" height="{placed.height:g}" role="img" aria-labelledby="title description">'
    )
    yield f'<title id="title">{escape(shown.title)}</title>'
    yield f'<desc id="description">{total} resources in {len(shown.cards)} groups, and what works with what</desc>'
    yield f"<style>{_STYLE}\n</style>"
    yield f'<rect class="page" width="{WIDTH}" height="{placed.height:g}"/>'
    yield f'<text class="title" x="20" y="38">{escape(shown.title)}</text>'
    for frame in placed.frames:
        yield f'<rect class="frame" {_rectangle(frame)} rx="10"/>'
        yield f'<text class="region" x="{frame.left + 18:g}" y="{frame.top + 18:g}">{escape(frame.heading)}</text>'
    for start, end in shown.lines:
        yield f'<path class="line" d="{_way(placed.places[start], placed.places[end])}"/>'
    for heading in placed.headings:
        yield f'<text class="heading" x="{heading.left:g}" y="{heading.top + 17:g}">{escape(heading.heading)}</text>'
    for card, place in zip(shown.cards, placed.places, strict=True):
        yield from _card(card, place)


def _card(card: Card, place: Box) -> Iterator[str]:
    addresses = "\n".join(one.address for one in card.resources)
    yield f"<g><title>{escape(addresses)}</title>"
    yield f'<rect class="card" {_rectangle(place)} rx="6"/>'
    mark = Box(place.left, place.top, 4, place.height, "")
    yield f'<rect {_rectangle(mark)} fill="{_COLORS[card.column]}"/>'
    left, base = place.left + 14, place.top + 20
    yield f'<text class="name" x="{left:g}" y="{base:g}">{escape(card.title)}</text>'
    for number, line in enumerate(_told(card)):
        yield f'<text class="of" x="{left:g}" y="{base + 17 + 14 * number:g}">{escape(line)}</text>'
    yield "</g>"


def _told(card: Card) -> list[str]:
    """The names of what is on a card, as far as two lines have room."""
    names = list(dict.fromkeys(_name(one) for one in card.resources))
    lines = [""]
    for number, name in enumerate(names):
        last = number == len(names) - 1
        room = _ROOM - (0 if last else len(f", +{len(names) - number - 1}") + 1)
        joined = f"{lines[-1]}, {name}" if lines[-1] else name
        if len(joined) <= (room if len(lines) == 2 else _ROOM):
            lines[-1] = joined
        elif len(lines) == 1:
            lines[-1] += ","
            lines.append(name[:room])
        else:
            lines[-1] += f", +{len(names) - number}"
            break
    return lines


def _name(one: Resource) -> str:
    """The name in its module, or the module's for what has none of its own."""
    module = one.module.replace("-", "_")
    own = one.name.removeprefix(module).removeprefix("_")
    return (own or module).replace("_", " ")


def _way(start: Box, end: Box) -> str:
    """A curve between two cards; around the outside where they stand in one column."""
    left, right = (start, end) if start.left < end.left else (end, start)
    first, last = left.top + left.height / 2, right.top + right.height / 2
    edge = left.left + left.width
    if left.left == right.left:
        return f"M{edge:g} {first:g} C{edge + 14:g} {first:g} {edge + 14:g} {last:g} {edge:g} {last:g}"
    middle = (edge + right.left) / 2
    return f"M{edge:g} {first:g} C{middle:g} {first:g} {middle:g} {last:g} {right.left:g} {last:g}"


def _rectangle(box: Box) -> str:
    return f'x="{box.left:g}" y="{box.top:g}" width="{box.width:g}" height="{box.height:g}"'
