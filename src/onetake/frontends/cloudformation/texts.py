"""Texts put together from pieces, of which some are not known."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onetake.model.values import Gap, Known, Part, Reference, Span, Unknown, Value, parts

_DYNAMIC = re.compile(r"\{\{resolve:[^{}]*\}\}")


def plain_text(value: object) -> str:
    """A scalar as CloudFormation prints it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def scalar(text: str, where: Span) -> Value[object]:
    """A written text: known, but for the dynamic references in it."""
    return dynamic((text,), where) if "{{resolve:" in text else Known(text, where)


def dynamic(pieces: tuple[Part, ...], where: Span) -> Unknown:
    """A text with ``{{resolve:...}}`` in it, which CloudFormation replaces while it deploys."""
    mentioned = [piece for piece in pieces if isinstance(piece, Reference)]
    whole = "".join(piece if isinstance(piece, str) else f"${{{_name(piece)}}}" for piece in pieces)
    found: list[Part] = []
    place = 0
    for hole in _DYNAMIC.finditer(whole.replace("${", "$[").replace("}", "]") if mentioned else whole):
        found += [whole[place : hole.start()], Gap(hole[0])]
        place = hole.end()
    if not found or "${" in whole:
        found = [Gap(whole)]
        place = len(whole)
    found.append(whole[place:])
    why = "it is read from Systems Manager or Secrets Manager during the deployment"
    source = mentioned[0] if len(mentioned) == 1 else None
    return Unknown(why, where, tuple(piece for piece in found if piece != ""), taken_from=source)


def _name(piece: Reference | Gap) -> str:
    return piece.expression if isinstance(piece, Gap) else str(piece)


def join(values: Iterable[Value[object]], where: Span, limit: int) -> Value[object] | None:
    """The texts of ``values`` one behind the other; ``None`` when one is no text, or all are too long."""
    listed = list(values)
    if len(listed) == 1:
        return _alone(listed[0], where)
    found: list[Part] = []
    size = 0
    for value in listed:
        if not _is_text(value):
            return None
        for piece in parts(value):
            size += len(piece) if isinstance(piece, str) else 1
            if size > limit:
                return None
            if isinstance(piece, str) and found and isinstance(found[-1], str):
                # Only one piece of text at a time: equal texts have equal parts.
                found[-1] += piece
            elif piece != "":
                found.append(piece)
    if any(isinstance(piece, str) and "{{resolve:" in piece for piece in found):
        return dynamic(tuple(found), where)
    if any(not isinstance(piece, str) for piece in found):
        return Unknown("part of it is known after the deployment", where, tuple(found))
    return Known("".join(piece for piece in found if isinstance(piece, str)), where)


def _alone(value: Value[object], where: Span) -> Value[object] | None:
    if isinstance(value, Unknown):
        return Unknown(value.why, where, parts(value), taken_from=value.taken_from)
    if not isinstance(value, Known) or not _is_text(value):
        return None
    return Known(plain_text(value.value), where, value.origin)


def _is_text(value: Value[object]) -> bool:
    """Whether ``value`` is a scalar, or may turn out to be one."""
    return isinstance(value, Unknown) or (isinstance(value, Known) and isinstance(value.value, (str, int, float)))
