"""JSON text of which only pieces are known, read into values.

A gap inside a string makes that string partly known; a gap that stands where a value should be is an unknown
value. Text that cannot be read even so is unknown as a whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from types import MappingProxyType

from onetake.model.values import Known, Part, Span, Unknown, Value

_OPEN, _CLOSE, _BARE = "\ue000", "\ue001", "\ue002"
_MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_DEPTH = 100


class Malformed(Exception):
    """The text is not JSON; the message says where it stops."""


def parse(text: str, where: Span) -> Value[object]:
    """The value that ``text`` spells.

    Raises:
        Malformed: it is not JSON.
    """
    return _value(_decode(text), (), where, 0)


def parse_parts(pieces: tuple[Part, ...], where: Span) -> Value[object]:
    """The value that ``pieces`` spell.

    Raises:
        Malformed: it is not JSON, or its gaps hold more than strings and values.
    """
    gaps = [piece for piece in pieces if not isinstance(piece, str)]
    return _value(_decode(_marked(pieces)), tuple(gaps), where, 0)


def _decode(text: str) -> object:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise Malformed(str(error)) from error


def _marked(pieces: Iterable[Part]) -> str:
    """The text with a mark for every gap: within a string as it is, elsewhere as a string of its own."""
    found: list[str] = []
    inside = False
    count = 0
    for piece in pieces:
        if isinstance(piece, str):
            text = piece.replace(_OPEN, "").replace(_BARE, "")
            inside = _inside(text, inside=inside)
            found.append(text)
        else:
            mark = f"{_OPEN}{count}{_CLOSE}"
            found.append(mark if inside else f'"{_BARE}{mark}"')
            count += 1
    return "".join(found)


def _inside(text: str, *, inside: bool) -> bool:
    """Whether a string is open after ``text``."""
    quotes = len(re.findall(r'"', re.sub(r"\\.", "", text, flags=re.DOTALL)))
    return inside ^ bool(quotes % 2)


def _value(found: object, gaps: tuple[Part, ...], where: Span, depth: int) -> Value[object]:
    if depth > _DEPTH:
        return Unknown("it is nested too deeply", where)
    if isinstance(found, dict):
        members = {
            _MARK.sub("", str(key)): _value(inner, gaps, where / str(key), depth + 1) for key, inner in found.items()
        }
        if any(_MARK.search(key) for key in found):
            return Unknown("a key is not known", where)
        return Known(MappingProxyType(members), where)
    if isinstance(found, list):
        items = tuple(_value(inner, gaps, where / index, depth + 1) for index, inner in enumerate(found))
        return Known(items, where)
    if isinstance(found, str):
        return _string(found, gaps, where)
    return Known(found, where)


def _string(found: str, gaps: tuple[Part, ...], where: Span) -> Value[object]:
    if _OPEN not in found:
        return Known(found, where)
    if found.startswith(_BARE):
        return Unknown("it is put in during the deployment", where)
    pieces: list[Part] = []
    end = 0
    for mark in _MARK.finditer(found):
        if mark.start() > end:
            pieces.append(found[end : mark.start()])
        pieces.append(gaps[int(mark[1])])
        end = mark.end()
    if end < len(found):
        pieces.append(found[end:])
    return Unknown("parts of it are known only during the deployment", where, tuple(pieces))
