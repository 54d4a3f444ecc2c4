"""How values stand in the texts of providers, which are written in Go."""

from __future__ import annotations

from collections.abc import Callable, Iterable

_SHORT = {
    "\a": "\\a",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\v": "\\v",
    "\\": "\\\\",
    '"': '\\"',
}


def quoted(text: str) -> str:
    """``text`` as Go's ``%q`` writes it."""
    return '"' + "".join(map(_quoted, text)) + '"'


def _quoted(character: str) -> str:
    short = _SHORT.get(character)
    if short:
        return short
    if character.isprintable():
        return character
    number = ord(character)
    if number < 0x80:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x1_0000 else f"\\U{number:08x}"


def number_text(value: object) -> str:
    """A number, or a truth value, as Go's ``%v`` writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def listed(members: Iterable[str]) -> str:
    """Texts as Go's ``%q`` writes a list of them."""
    return f"[{' '.join(map(quoted, members))}]"


def listed_plainly(members: Iterable[str]) -> str:
    """Texts as Go's ``%v`` writes a list of them."""
    return f"[{' '.join(members)}]"


MEMBER_MARKS: dict[str, Callable[[Iterable[str]], str]] = {"{members}": listed, "{plain}": listed_plainly}
"""The marks that stand in templates for the members of an enumeration."""
