"""A reader for composite literals in Go: maps of schemas, as Terraform's backends declare them.

It knows strings, comments and brackets, nothing else of the language; what it returns is text to look at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SKIPPED = re.compile(r"//[^\n]*|/\*.*?\*/|`[^`]*`|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\])+'", re.DOTALL)
_PAIRS = {"{": "}", "(": ")", "[": "]"}


def blanked(text: str) -> str:
    """``text`` with comments and strings replaced by spaces, so that every bracket left is one of the language."""
    return _SKIPPED.sub(lambda found: " " * len(found[0]), text)


def uncommented(text: str) -> str:
    """``text`` without its comments, in the same places."""
    return _SKIPPED.sub(lambda found: " " * len(found[0]) if found[0][0] == "/" else found[0], text)


def closing(bare: str, start: int) -> int:
    """The place of the bracket that closes the one at ``start`` of a blanked text.

    Raises:
        ValueError: it is never closed.
    """
    depth = 0
    for place in range(start, len(bare)):
        if bare[place] in _PAIRS:
            depth += 1
        elif bare[place] in _PAIRS.values():
            depth -= 1
            if not depth:
                return place
    raise ValueError(f"a bracket is not closed: {bare[start : start + 80]!r}")


def entries(text: str) -> Iterator[tuple[str, str]]:
    """The keys and values of a composite literal as they are written, given what stands between its braces."""
    bare = blanked(text)
    for start, end in _items(bare):
        depth = 0
        for place in range(start, end):
            sign = bare[place]
            depth += (sign in _PAIRS) - (sign in _PAIRS.values())
            if sign == ":" and not depth:
                yield text[start:place].strip(), text[place + 1 : end].strip()
                break


def _items(bare: str) -> Iterator[tuple[int, int]]:
    depth = start = 0
    for place, sign in enumerate(bare):
        depth += (sign in _PAIRS) - (sign in _PAIRS.values())
        if sign == "," and not depth:
            yield start, place
            start = place + 1
    if bare[start:].strip():
        yield start, len(bare)


def body(text: str) -> str | None:
    """What stands between the braces of the first composite literal in ``text``; ``None`` when there is none.

    The brackets of a type (``map[string]*schema.Schema``) are passed over.
    """
    bare = blanked(text)
    place = bare.find("{")
    return None if place < 0 else text[place + 1 : closing(bare, place)]


def declared(source: str, name: str) -> str | None:
    """What the function or variable ``name`` of a file is: its text from the first brace on."""
    bare = blanked(source)
    found = re.search(
        rf"^(?:func\s+(?:\([^)]*\)\s*)?{re.escape(name)}\s*\(|var\s+{re.escape(name)}\b)", bare, re.MULTILINE
    )
    if found is None:
        return None
    place = bare.find("{", found.end())
    return None if place < 0 else source[found.start() : closing(bare, place) + 1]
