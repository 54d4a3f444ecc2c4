"""``jsonencode`` and ``jsondecode``."""

from __future__ import annotations

import json
import re

from onetake.frontends.terraform.functions.values import Failure, TerraformSet, bounded, number_text

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029", "\x7f": "\x7f"}
_HALF = re.compile("[\ud800-\udfff]")
_ESCAPED = re.compile("[<>&\u2028\u2029]")


def jsonencode(value: object) -> str:
    """``jsonencode``: sorted keys, no spaces, and HTML's signs escaped."""
    pieces: list[str] = []
    _write(value, pieces)
    bounded(sum(map(len, pieces)))
    return "".join(pieces)


def _write(value: object, pieces: list[str]) -> None:
    match value:
        case None:
            pieces.append("null")
        case bool():
            pieces.append("true" if value else "false")
        case int() | float():
            pieces.append(number_text(value))
        case str():
            pieces.append(text_of(value))
        case dict():
            opening = "{"
            for key in sorted(value):
                pieces += (opening, text_of(key), ":")
                _write(value[key], pieces)
                opening = ","
            pieces.append("}" if value else "{}")
        case list() | tuple() | TerraformSet():
            opening = "["
            for item in value:
                pieces.append(opening)
                _write(item, pieces)
                opening = ","
            pieces.append("]" if len(value) else "[]")
        case _:
            raise TypeError(type(value).__name__)


def text_of(text: str) -> str:
    """A text as JSON writes it."""
    written = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: _ESCAPES[found[0]], written)


def jsondecode(text: str) -> object:
    """``jsondecode``."""
    try:
        return _normal(json.loads(text, parse_constant=_constant, parse_float=_float, parse_int=int))
    except ValueError as error:
        # Go finds other words for what is wrong, except about nothing at all.
        raise Failure("EOF" if not text.strip(" \t\r\n") else str(error), exact=not text.strip(" \t\r\n")) from None


def _normal(value: object) -> object:
    match value:
        case str():
            # Half of a surrogate pair is no character.
            return value if value.isascii() else _HALF.sub("\ufffd", value)
        case dict():
            return {str(_normal(key)): _normal(inner) for key, inner in value.items()}
        case list():
            return [_normal(item) for item in value]
        case _:
            return value


def _float(text: str) -> int | float:
    from onetake.frontends.terraform.functions.types import parse_number

    return parse_number(text)


def _constant(text: str) -> object:
    raise ValueError(text)
