"""Space between two tokens of one row: where Black and Ruff write the same whatever their settings are."""

from __future__ import annotations

import tokenize
from collections.abc import Iterator
from itertools import pairwise
from tokenize import TokenInfo

from onetake.frontends.project.formatting.lines import Line, Part, Source

Sign = tuple[int, str]
"""A row, and what a formatter would change in it."""


def signs(source: Source) -> Iterator[Sign]:
    """Rows in which a space is missing or too many."""
    for line in source.lines:
        for at, (before, after) in enumerate(pairwise(line.tokens)):
            if before.end[0] != after.start[0]:
                continue
            wanted = gap(line, at)
            row = source.rows[after.start[0] - 1]
            if wanted is not None and row[before.end[1] : after.start[1]] != wanted:
                yield after.start[0], f"{'a space' if wanted else 'no space'} before {_short(after)}"
        yield from _before_comments(line, source)


def _before_comments(line: Line, source: Source) -> Iterator[Sign]:
    """What follows code on its row is two spaces away from it."""
    ends = {one.end[0]: one.end[1] for one in line.tokens}
    for comment in line.comments:
        row, column = comment.start
        if row in ends and source.rows[row - 1][ends[row] : column] != "  ":
            yield row, "two spaces before a comment"


def _short(token: TokenInfo) -> str:
    return token.string if len(token.string) <= 12 and token.type != tokenize.STRING else "a text or name"


def gap(line: Line, at: int) -> str | None:
    """What stands between the token ``at`` and the next where both are on a row; ``None`` where that depends."""
    left, right = line.parts[at], line.parts[at + 1]
    if "unsure" in (left, right):
        return None
    if left == "open" or right in ("close", "comma", "semicolon"):
        return ""
    if left in ("comma", "semicolon"):
        # ``for one in first,:`` is written in several ways.
        return None if right == "colon" else " "
    if "slice" in (left, right):
        return None
    if right == "colon":
        return ""
    if left == "colon":
        return " "
    if "power" in (left, right):
        return None
    return _operands(line, at, left, right)


def _operands(line: Line, at: int, left: Part, right: Part) -> str | None:
    """Between words, operators and brackets."""
    before, after = line.tokens[at], line.tokens[at + 1]
    if "binary" in (left, right):
        return " "
    if "hug" in (left, right) or left == "unary":
        return ""
    if right == "dot":
        return " " if left == "keyword" else None if before.type == tokenize.NUMBER else ""
    if left == "dot":
        return " " if right == "keyword" else ""
    if "keyword" in (left, right) or right == "unary":
        return " "
    if right == "open":
        soft = at == 0 and before.string in ("match", "case", "type", "print", "exec")
        return None if soft or left == "atom" or after.string == "{" else ""
    return " "
