"""``jsonencode`` of values of which some are unknown."""

from __future__ import annotations

import json
from collections.abc import Mapping

from onetake.frontends.terraform.evaluation import Failure, join
from onetake.frontends.terraform.values import NODES, as_text, lower
from onetake.model.values import Absent, Gap, Known, Part, Span, Unknown, Value


def encoded(value: Value[object], where: Span) -> Value[object]:
    """JSON; with its unknown pieces left open, and the value it is made of kept beside it."""
    try:
        plain = lower(value)
    except LookupError as error:
        pieces: list[Part] = []
        _write(value, pieces, [NODES])
        return Unknown(str(error), where, tuple(merged(pieces)), document=value)
    from onetake.frontends.terraform.functions.json_text import jsonencode

    return Known(jsonencode(plain), where)


def _escaped(text: str) -> str:
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def merged(pieces: list[Part]) -> list[Part]:
    """``pieces`` with neighbouring texts made one."""
    merged: list[Part] = []
    for place in range(0, len(pieces), 100):
        join(merged, pieces[place : place + 100])
    return merged


def _write(  # noqa: C901 - one case for each kind of value
    value: Value[object], pieces: list[Part], left: list[int]
) -> None:
    left[0] -= 1
    if left[0] < 0:
        raise Failure("the value is too large")
    match value:
        case Known(Mapping() as fields):
            pieces.append("{")
            for number, name in enumerate(sorted(fields)):
                pieces.append(("," if number else "") + json.dumps(name, ensure_ascii=False) + ":")
                _write(fields[name], pieces, left)
            pieces.append("}")
        case Known(tuple() as items):
            pieces.append("[")
            for number, item in enumerate(items):
                if number:
                    pieces.append(",")
                _write(item, pieces, left)
            pieces.append("]")
        case Known(float() as number):
            pieces.append(as_text(number))
        case Known(scalar):
            pieces.append(_escaped(json.dumps(scalar, ensure_ascii=False)))
        case Absent():
            pieces.append("null")
        case Unknown(_, _, inner) if inner and not all(isinstance(piece, Gap) for piece in inner):
            pieces.append('"')
            pieces.extend(_inner(piece) for piece in inner)
            pieces.append('"')
        case Unknown(why, _, inner):
            pieces.extend(inner or (Gap(why),))


def _inner(piece: Part) -> Part:
    return _escaped(json.dumps(piece, ensure_ascii=False)[1:-1]) if isinstance(piece, str) else piece
