"""Texts and numbers that Black and Ruff write in another way: quotes, prefixes, the case of digits."""

from __future__ import annotations

import re
import tokenize
from collections.abc import Iterator
from tokenize import TokenInfo

from onetake.frontends.project.formatting.lines import Line, Source
from onetake.frontends.project.formatting.spacing import Sign

_TEXT = re.compile(r"(?P<prefix>[a-zA-Z]*)(?P<quote>'''|\"\"\"|'|\")(?P<body>.*)(?P=quote)", re.DOTALL)
_HEXADECIMAL = re.compile(r"0[xX][0-9a-fA-F_]+")


def quotes(source: Source, wanted: str) -> Iterator[Sign]:
    """Texts in other quotes than ``wanted``, which hold neither a quote nor a backslash, so that nothing is in the way.

    Formatters keep quotes where others would need more escapes, and look at the neighbours of a text that is written in
    several pieces: those are left alone.
    """
    other = "single" if wanted == '"' else "double"
    for line in source.lines:
        for at, token in enumerate(line.tokens):
            if token.type == tokenize.STRING and not _in_pieces(line, at):
                found = _TEXT.fullmatch(token.string)
                if found and _is_other(found, wanted):
                    yield token.start[0], f"a text in {other} quotes"


def _in_pieces(line: Line, at: int) -> bool:
    return any(
        one.type == tokenize.STRING for one in (*line.tokens[max(0, at - 1) : at], *line.tokens[at + 1 : at + 2])
    )


def _is_other(found: re.Match[str], wanted: str) -> bool:
    quote = found["quote"]
    if any(one in found["body"] for one in "'\"\\"):
        return False
    # Three quotes are double ones in every style: PEP 257 says so of docstrings.
    return quote == "'''" or (len(quote) == 1 and quote != wanted)


def prefixes(source: Source) -> Iterator[Sign]:
    """Prefixes of texts in upper case, but for ``R``, and the ``u`` of Python 2."""
    for line in source.lines:
        for token in line.tokens:
            if token.type == tokenize.STRING and re.match(r"[a-zA-Z]*[uUBF]", token.string.split("'")[0].split('"')[0]):
                yield token.start[0], "the prefix of a text"


def numbers(source: Source) -> Iterator[Sign]:
    """Numbers whose letters are in the wrong case: ``0xabc``, ``1E5``, ``1J``."""
    for line in source.lines:
        for token in line.tokens:
            if token.type == tokenize.NUMBER and token.string != _written(token):
                yield token.start[0], "the letters of a number"


def _written(token: TokenInfo) -> str:
    text = token.string
    return f"0x{text[2:].upper()}" if _HEXADECIMAL.fullmatch(text) else text.lower()
