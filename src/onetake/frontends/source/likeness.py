"""Whether a name can only be another one misspelt."""

from __future__ import annotations

import difflib

_LIKE = 0.85
"""From which likeness on a name can only be misspelt."""
_LONG = 5


def same(one: str, other: str) -> bool:
    """Whether two names differ in nothing but how words are joined, or in a letter of a long one."""
    if one.replace("_", "").lower() == other.replace("_", "").lower():
        return True
    return difflib.SequenceMatcher(None, one, other).ratio() >= _LIKE and min(len(one), len(other)) > _LONG
