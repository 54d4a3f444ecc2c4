"""Questions about text of which only some pieces are known.

Every answer is a :class:`~onetake.model.language.Truth`: certain, certainly not, or unknown.
"""

import re
from collections.abc import Iterable

from onetake.model.language import Truth
from onetake.model.values import Absent, Gap, Known, Part, Unknown, Value, parts


def prefix(value: Value[object]) -> str:
    """The known text that ``value`` surely begins with; empty when nothing is known."""
    pieces = parts(value)
    return pieces[0] if pieces and isinstance(pieces[0], str) else ""


def suffix(value: Value[object]) -> str:
    """The known text that ``value`` surely ends with; empty when nothing is known."""
    pieces = parts(value)
    return pieces[-1] if pieces and isinstance(pieces[-1], str) else ""


def starts_with(value: Value[object], text: str) -> Truth:
    """Does ``value`` begin with ``text``?"""
    match value:
        case Known(str() as whole):
            return Truth.of(whole.startswith(text))
        case Unknown():
            head = prefix(value)
            if head.startswith(text):
                return Truth.YES
            return Truth.UNKNOWN if text.startswith(head) else Truth.NO
        case _:
            return Truth.UNKNOWN


def ends_with(value: Value[object], text: str) -> Truth:
    """Does ``value`` end with ``text``?"""
    match value:
        case Known(str() as whole):
            return Truth.of(whole.endswith(text))
        case Unknown():
            tail = suffix(value)
            if tail.endswith(text):
                return Truth.YES
            return Truth.UNKNOWN if text.endswith(tail) else Truth.NO
        case _:
            return Truth.UNKNOWN


def minimum_length(value: Value[object]) -> int:
    """The number of characters that ``value`` surely has; gaps count as empty."""
    return sum(len(piece) for piece in parts(value) if isinstance(piece, str))


def same(one: Value[object], other: Value[object]) -> Truth:
    """Do two values hold the same text? Pieces that come from the same expression are equal."""
    match one, other:
        case (Absent(), _) | (_, Absent()):
            return Truth.UNKNOWN
        case Known(left), Known(right):
            return Truth.of(left == right)
        case _:
            left, right = parts(one), parts(other)
            if left and left == right:
                return Truth.YES
            return Truth.UNKNOWN if overlap(left, right) else Truth.NO


def may_match(value: Value[object], wildcard: str) -> Truth:
    """Does ``value`` match ``wildcard`` as IAM spells it: ``*`` for any text, ``?`` for one character?"""
    match value:
        case Known(str() as whole):
            return Truth.of(glob(wildcard).fullmatch(whole) is not None)
        case Unknown():
            if wildcard == "*":
                return Truth.YES
            return Truth.UNKNOWN if overlap(parts(value), _wildcard_parts(wildcard)) else Truth.NO
        case _:
            return Truth.UNKNOWN


def glob(wildcard: str) -> re.Pattern[str]:
    """The regular expression of an IAM wildcard."""
    return re.compile("".join({"*": ".*", "?": "."}.get(sign, re.escape(sign)) for sign in wildcard), re.DOTALL)


def contains(values: Iterable[Value[object]], text: str) -> Truth:
    """Is ``text`` among ``values``?"""
    answer = Truth.NO
    for value in values:
        match value:
            case Known(found) if found == text:
                return Truth.YES
            case Unknown() if overlap(parts(value), (text,)):
                answer = Truth.UNKNOWN
            case _:
                continue
    return answer


def _wildcard_parts(wildcard: str) -> tuple[Part, ...]:
    pieces = [piece for piece in re.split(r"([*?])", wildcard) if piece]
    return tuple(Gap(piece) if piece in "*?" else piece for piece in pieces)


def overlap(left: tuple[Part, ...], right: tuple[Part, ...]) -> bool:
    """Could two part-known texts be the same? False only when their known ends contradict each other."""
    left_head, right_head = _head(left), _head(right)
    if not (left_head.startswith(right_head) or right_head.startswith(left_head)):
        return False
    left_tail, right_tail = _head(left[::-1]), _head(right[::-1])
    if not (left_tail.endswith(right_tail) or right_tail.endswith(left_tail)):
        return False
    return _fits(left, right) and _fits(right, left)


def _fits(whole: tuple[Part, ...], pattern: tuple[Part, ...]) -> bool:
    """False only when ``whole`` is all known and ``pattern``'s known pieces do not occur in it in order."""
    if not all(isinstance(piece, str) for piece in whole):
        return True
    text = "".join(piece for piece in whole if isinstance(piece, str))
    expression = "".join(re.escape(piece) if isinstance(piece, str) else ".*" for piece in pattern)
    return re.fullmatch(expression, text, re.DOTALL) is not None


def _head(pieces: tuple[Part, ...]) -> str:
    return pieces[0] if pieces and isinstance(pieces[0], str) else ""
