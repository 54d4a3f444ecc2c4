"""What somebody who misspelt a name may have meant."""

from __future__ import annotations

from collections.abc import Iterable


def meant(name: str, known: Iterable[str]) -> str:
    """The first of ``known`` that takes less than three changes to become ``name``; empty if there is none."""
    return next((other for other in known if _distance(name, other) < 3), "")


def nearest(name: str, known: Iterable[str], alike: float = 0.6) -> str:
    """The one of ``known`` that is most alike, if any is as much as that; Terraform does not look as far."""
    import difflib

    close = difflib.get_close_matches(name, list(known), n=1, cutoff=alike)
    return close[0] if close else ""


def _distance(one: str, other: str) -> int:
    """Levenshtein's distance; 3 stands for all that is farther."""
    if abs(len(one) - len(other)) > 2:
        return 3
    row = list(range(len(other) + 1))
    for place, sign in enumerate(one, 1):
        previous, row[0] = row[0], place
        for column, against in enumerate(other, 1):
            previous, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, previous + (sign != against))
    return row[-1]
