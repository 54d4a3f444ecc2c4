"""Offsets in a text as lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from onetake.model.findings import Position


class Lines:
    """The lines of one text, looked for when the first position is asked for, and once: there may be thousands."""

    def __init__(self, text: str) -> None:
        self._text = text

    def position(self, start: int, end: int) -> Position:
        """Lines and columns of a stretch of the text."""
        return Position(*self._place(start), *self._place(end))

    @cached_property
    def _ends(self) -> list[int]:
        return [found.start() for found in re.finditer("\n", self._text)]

    def _place(self, offset: int) -> tuple[int, int]:
        before = bisect_left(self._ends, offset)
        return before + 1, offset - (self._ends[before - 1] if before else -1)
