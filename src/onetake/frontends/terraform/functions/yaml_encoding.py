"""``yamlencode``: the style of libyaml, with keys sorted and every text in double quotes or as a literal block."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onetake.frontends.terraform.functions.values import TerraformSet, Undetermined, bounded, number_text

_WIDTH = 80
_LONGEST_KEY = 128
_ESCAPES = dict(zip('\0\a\b\t\n\v\f\r\x1b"\\\x85\xa0\u2028\u2029', '0abtnvfre"\\N_LP', strict=True))
_SPECIAL = re.compile("[^\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]")
_BREAK = re.compile("[\n\x85\u2028\u2029]")


def yamlencode(value: object) -> str:
    """``yamlencode``."""
    pieces = list(_lines(value, 0))
    bounded(sum(map(len, pieces)) + len(pieces))
    # A plain scalar on its own needs to be told apart from what might follow.
    end = "\n...\n" if value is None or isinstance(value, bool | int | float) else "\n"
    return "\n".join(pieces) + end


def _lines(value: object, indent: int, column: int = 0) -> Iterator[str]:
    """The lines of a value inside ``indent``; the first, which starts at ``column``, is not indented."""
    match value:
        case dict() if value:
            yield from _mapping(value, indent)
        case list() | tuple() | TerraformSet() if len(value):
            margin = ""
            for item in value:
                inner = _lines(item, indent + 2, indent + 2)
                yield f"{margin}- {next(inner)}"
                yield from inner
                margin = " " * indent
        case str():
            # A text that is a whole document is indented as if it were inside one.
            yield from _text(value, max(indent, 2), column)
        case _:
            yield _scalar(value)


def _mapping(mapping: dict[str, object], indent: int) -> Iterator[str]:
    margin = ""
    for key in sorted(mapping):
        value = mapping[key]
        simple = "\n" not in key and len(key) <= _LONGEST_KEY
        head = f"{_quoted(key)}:"
        if not simple:
            lines = list(_text(key, indent + 2, indent + 2))
            yield f"{margin}? {lines[0]}"
            yield from lines[1:]
            margin, head = " " * indent, ":"
        if isinstance(value, dict | list | tuple | TerraformSet) and len(value):
            yield from _nested(f"{margin}{head}", value, indent, simple=simple)
        else:
            inner = _lines(value, indent + 2, indent + len(head) + 1)
            yield f"{margin}{head} {next(inner)}"
            yield from inner
        margin = " " * indent


def _nested(head: str, value: object, indent: int, *, simple: bool) -> Iterator[str]:
    depth = indent if simple and not isinstance(value, dict) else indent + 2
    inner = _lines(value, depth)
    if simple:
        yield head
        yield " " * depth + next(inner)
    else:
        yield f"{head} {next(inner)}"
    yield from inner


def _text(text: str, indent: int, column: int) -> Iterator[str]:
    if "\n" in text and re.search("[\x85\u2028\u2029]", text):
        raise Undetermined("line ends of several kinds")
    if "\n" in text and not _SPECIAL.search(text) and not re.search(" [\n\x85\u2028\u2029]", text):
        yield from _literal(text, indent)
    else:
        yield from _folded(text, indent, column)


def _literal(text: str, indent: int) -> Iterator[str]:
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    hint = "2" if text[0] == " " or _BREAK.match(text) else ""
    chomp = "-" if not ends else "+" if ends > 1 or not body else ""
    yield f"|{hint}{chomp}"
    if body:
        yield from (" " * indent + line if line else "" for line in body.split("\n"))
    yield from [""] * (ends - bool(body))


def _folded(text: str, indent: int, column: int) -> Iterator[str]:
    """A text in double quotes, broken at spaces behind the width."""
    line, column = '"', column + 1
    blank = False
    for place, sign in enumerate(text):
        if sign == " " and not blank and column > _WIDTH and 0 < place < len(text) - 1:
            yield line
            line = " " * indent + ("\\" if text[place + 1] == " " else "")
            column = len(line)
            blank = True
            continue
        written = _escaped(sign)
        line, column = line + written, column + len(written)
        blank = sign == " "
    yield line + '"'


def _quoted(text: str) -> str:
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(sign: str) -> str:
    if sign in _ESCAPES:
        return "\\" + _ESCAPES[sign]
    if not _SPECIAL.match(sign):
        return sign
    code = ord(sign)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


def _scalar(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return number_text(value)
        case dict():
            return "{}"
        case _:
            return "[]"
