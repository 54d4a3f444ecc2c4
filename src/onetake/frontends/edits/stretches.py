"""Edits of Python and Go sources: a stretch of the text gives way to another, and nothing else changes."""

from __future__ import annotations

from onetake.frontends.edits.patch import NotEditable, Patch
from onetake.model.findings import Action
from onetake.model.values import Key


def edit(source: str, path: tuple[Key, ...], action: Action, value: object) -> str:
    """``source`` with what stands at ``path`` replaced: line, column, end line, end column.

    Lines count from 1 and end with a line feed; columns are bytes from 0, as :mod:`ast` counts them.
    ``value`` is the old text and the new one.

    Raises:
        NotEditable: something else stands there.
    """
    old, new = value if isinstance(value, list) and len(value) == 2 else ("", "")
    places = [key for key in path if isinstance(key, int)]
    if action is not Action.SET or len(places) != 4:
        raise NotEditable("only a stretch of the text can be replaced in a program")
    lines = [f"{line}\n" for line in source.split("\n")]  # not at form feeds and the like
    start, end = _offset(lines, *places[:2]), _offset(lines, *places[2:])
    if source[start:end] != old:
        raise NotEditable("the text has changed since it was judged")
    return Patch(start, end, new).on(source)


def _offset(lines: list[str], line: int, column: int) -> int:
    """Where a place is, in characters; columns count bytes."""
    before = sum(map(len, lines[: line - 1]))
    text = lines[line - 1] if line <= len(lines) else ""
    return before + len(text.encode("utf-8")[:column].decode("utf-8", errors="ignore"))
