"""What Python prints about calls, word for word (3.10 and later), and what may have been meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence


def unexpected(called: str, name: str) -> str:
    """An argument that ``called`` (``Vpc.__init__()``) does not take."""
    return f"TypeError: {called} got an unexpected keyword argument '{name}'"


def missing(called: str, names: Sequence[str], *, positional: bool) -> str:
    """Arguments of one kind that it needs."""
    quoted = [f"'{name}'" for name in names]
    some = " and ".join(quoted) if len(quoted) < 3 else f"{', '.join(quoted[:-1])}, and {quoted[-1]}"
    kind, plural = "positional" if positional else "keyword-only", "s" if len(names) > 1 else ""
    return f"TypeError: {called} missing {len(names)} required {kind} argument{plural}: {some}"


def too_many(called: str, most: int, given: int) -> str:
    """More arguments by position than there are; ``self`` counts for Python, and is not in these numbers."""
    return f"TypeError: {called} takes {most + 1} positional argument{'s' if most else ''} but {given + 1} were given"


def use(name: str) -> str:
    """The advice to take ``name``; none when there is none."""
    return f"use {name}" if name else ""


def nearest(name: str, known: Iterable[str]) -> str:
    """The one of ``known`` that may be meant; empty if none is near."""
    return next(iter(difflib.get_close_matches(name, list(known), 1, 0.75)), "")
