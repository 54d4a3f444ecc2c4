"""Functions on text.

Characters are counted as Unicode code points, where Terraform counts grapheme clusters: the answers differ only
for combined signs (an accent written on its own, a flag); those are left undetermined.
"""

from __future__ import annotations

import unicodedata

from onetake.frontends.terraform.functions.values import Failure, Template, Undetermined, bounded, whole

_SPACE = "".join(
    map(
        chr, (9, 10, 11, 12, 13, 32, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)
    )
)


def lower(text: str) -> str:
    """``lower``."""
    return text.lower() if text.isascii() else "".join(map(_lowered, text))


def upper(text: str) -> str:
    """``upper``."""
    return text.upper() if text.isascii() else "".join(map(_raised, text))


def _lowered(sign: str) -> str:
    # One character stays one character in Go: what Python spells out in several is kept.
    changed = sign.lower()
    return changed if len(changed) == 1 else "i" if sign == "\u0130" else sign


def _raised(sign: str) -> str:
    changed = sign.upper()
    return changed if len(changed) == 1 else sign.title() if len(sign.title()) == 1 else sign


def title(text: str) -> str:
    """``title``: the first letter of each word."""
    result: list[str] = []
    before = " "
    for sign in text:
        result.append(sign if _inside_a_word(before) else _title_case(sign))
        before = sign
    return "".join(result)


def _title_case(sign: str) -> str:
    changed = sign.title()
    return changed if len(changed) == 1 else sign


def _inside_a_word(sign: str) -> bool:
    if sign.isascii():
        return sign.isalnum() or sign == "_"
    return sign.isalpha() or sign.isdecimal() or sign not in _SPACE


def join(separator: str, *lists: list[str | None]) -> str:
    """``join``."""
    if not lists:
        raise Failure("at least one list is required")
    items: list[str] = []
    for position, texts in enumerate(lists):
        for index, text in enumerate(texts):
            if text is None:
                where = f"element {index} of list {position + 1}" if len(lists) > 1 else f"element {index}"
                raise Failure(f"{where} is null; cannot concatenate null values", "lists")
            items.append(text)
    bounded(sum(map(len, items)) + len(separator) * len(items))
    return separator.join(items)


def split(separator: str, text: str) -> list[str]:
    """``split``."""
    return text.split(separator) if separator else list(text)


def chomp(text: str) -> str:
    """``chomp``: without line ends at the end."""
    return text.rstrip("\r\n")


def indent(spaces: float, text: str) -> str:
    """``indent``: every line but the first."""
    width = whole(spaces)
    if width < 0:
        raise Undetermined("indent by less than nothing")
    bounded(len(text) + width * text.count("\n"))
    return text.replace("\n", "\n" + " " * width)


def trim(text: str, cutset: str) -> str:
    """``trim``."""
    return text.strip(cutset) if cutset else text


def trimprefix(text: str, prefix: str) -> str:
    """``trimprefix``."""
    return text.removeprefix(prefix)


def trimsuffix(text: str, suffix: str) -> str:
    """``trimsuffix``."""
    return text.removesuffix(suffix)


def trimspace(text: str) -> str:
    """``trimspace``."""
    return text.strip(_SPACE)


def startswith(text: str, prefix: str) -> bool:
    """``startswith``."""
    return text.startswith(prefix)


def endswith(text: str, suffix: str) -> bool:
    """``endswith``."""
    return text.endswith(suffix)


def strcontains(text: str, part: str) -> bool:
    """``strcontains``."""
    return part in text


def strrev(text: str) -> str:
    """``strrev``."""
    return "".join(reversed(clusters(text)))


def substr(text: str, offset: float, length: float) -> str:
    """``substr``: a negative offset counts from the end, a length of -1 means the rest."""
    start, count = whole(offset), whole(length)
    signs = clusters(text)
    if start < 0:
        start = max(start + len(signs), 0)
        # Terraform gives the rest then.
        count = count or -1
    return "".join(signs[start:] if count < 0 else signs[start : start + count])


def clusters(text: str) -> list[str]:
    """The characters of a text as its reader sees them.

    Raises:
        Undetermined: the text has combined characters.
    """
    if not text.isascii() and (any(map(_combines, text)) or "\r\n" in text):
        raise Undetermined("characters that combine with others are not counted here")
    if "\r\n" in text:
        # The one cluster of ASCII characters.
        return [sign for line in _lines(text) for sign in line]
    return list(text)


def _lines(text: str) -> list[list[str]]:
    pieces = text.split("\r\n")
    return [[*piece, "\r\n"] for piece in pieces[:-1]] + [list(pieces[-1])]


def _combines(sign: str) -> bool:
    category = unicodedata.category(sign)
    flag_or_tone = "\U0001f1e6" <= sign <= "\U0001f1ff" or "\U0001f3fb" <= sign <= "\U0001f3ff"
    return category in {"Mn", "Mc", "Me", "Cf"} or flag_or_tone or "\u1100" <= sign <= "\u11ff"


def templatestring(template: Template, source: str, variables: object) -> object:
    """``templatestring``."""
    if not isinstance(variables, dict):
        raise Failure("invalid vars value: must be a map", "vars")
    return template(source, variables, "<templatestring argument>")
