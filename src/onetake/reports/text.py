"""Text of unknown origin made safe to show: programs may hold terminal codes, reversed text and broken characters."""

from __future__ import annotations

import re
import textwrap
import unicodedata

from onetake.model.report import BLOCKED

_SUSPECT = re.compile(r"[^\x20-\x7e]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn"})
"""Categories that a terminal obeys or hides instead of showing."""
_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str, keep: str = "") -> str:
    """``text`` on one line, with everything that is not shown as itself spelled out; ``keep`` stays as it is."""
    return _SUSPECT.sub(lambda sign: sign[0] if sign[0] in keep else _spelled(sign[0]), text)


def _spelled(sign: str) -> str:
    if unicodedata.category(sign) not in _HIDDEN:
        return sign
    code = ord(sign)
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def encodable(text: str) -> str:
    """``text`` without the halves of characters that UTF-8 cannot hold."""
    return _SURROGATES.sub("\ufffd", text)


def code(text: str) -> str:
    """A line of code as it is shown: tabs as four blanks."""
    return visible(text.replace("\t", "    "))


def cells(text: str) -> int:
    """How many columns of a terminal ``text`` takes."""
    if text.isascii():
        return len(text)
    return sum(map(_cells, text))


def _cells(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def clip(text: str, width: int) -> str:
    """As much of ``text`` as ``width`` columns hold, with an ellipsis when something is left out."""
    if cells(text) <= width:
        return text
    taken, used = [], 1
    for sign in text:
        used += _cells(sign)
        if used > width:
            break
        taken.append(sign)
    return "".join(taken) + "…"


def wrap(text: str, width: int, first: str = "", then: str = "") -> list[str]:
    """``text`` in lines of about ``width`` columns; long words (ARNs, addresses) stay whole."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lead = then if lines else first
        wrapped = textwrap.wrap(
            visible(paragraph, keep="\t").replace("\t", "  "),
            width=max(width, 40),
            initial_indent=lead,
            subsequent_indent=then,
            break_long_words=False,
            break_on_hyphens=False,
        )
        lines += wrapped or [lead.rstrip()]
    return lines


def count(number: int, one: str, many: str = "") -> str:
    """``1 resource``, ``2 resources``, ``10,000 resources``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def some(names: tuple[str, ...] | list[str], most: int = 4) -> str:
    """The first few of ``names``, and how many more there are."""
    shown = ", ".join(visible(name) for name in names[:most])
    rest = len(names) - most
    return f"{shown} and {rest} more" if rest > 0 else shown


def waiting(blocked: tuple[str, ...]) -> str:
    """How many resources are blocked."""
    return count(len(blocked), "resource") + (" or more" if len(blocked) >= BLOCKED else "")
