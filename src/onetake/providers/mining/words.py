"""Regular expressions that providers tell in words: "must contain only lowercase letters, numbers, and hyphens".

What is made of words is a guess; it is only used where it agrees with what the provider said of every probe.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_ONLY = re.compile(
    r"(?:contain|contains|include|consists? of|be|[Oo]nly|[Vv]alid characters are|[Cc]haracters:)"
    r"(?: only| of|:)? (?P<list>(?:only )?(?:lowercase|uppercase|upper|alphanumeric|alphabetic|letters|numbers|digits"
    r"|a-z|A-Z|ASCII)[^.;]*?)"
    r"(?= (?:are )?allowed|\)?$|\)?[.;\n]|, got\b|\)\n)",
    re.MULTILINE,
)
_SIGNS: dict[str, str] = {
    "lowercase alphanumeric": "0-9a-z", "alphanumeric": "0-9A-Za-z", "alphabetic": "A-Za-z", "lowercase letters": "a-z",
    "uppercase letters": "A-Z", "uppercase and lowercase letters": "A-Za-z", "upper and lowercase letters": "A-Za-z",
    "lowercase and uppercase letters": "A-Za-z", "letters": "A-Za-z", "numbers": "0-9", "digits": "0-9", "a-z": "a-z",
    "A-Z": "A-Z", "0-9": "0-9", "hyphens": "-", "hyphen": "-", "dashes": "-", "dash": "-", "underscores": "_",
    "underscore": "_", "periods": ".", "period": ".", "dots": ".", "dot": ".", "forward slashes": "/", "slashes": "/",
    "slash": "/", "forward slash": "/", "spaces": " ", "space": " ", "colons": ":", "colon": ":", "at signs": "@",
    "at sign": "@", "hash signs": "#", "commas": ",", "plus signs": "+", "equals signs": "=",
    "a-z (lowercase letters)": "a-z", "- (hyphen)": "-", "hyphen (-)": "-", "underscore (_)": "_",
    "hyphens (-)": "-", "underscores (_)": "_", "periods (.)": ".", "_": "_", "-": "-", ".": ".", "/": "/",
}  # fmt: skip
_SPLIT = re.compile(r",\s*(?:and |or )?|\s+(?:and|or)\s+(?!lowercase letters|uppercase letters)")
_WRITTEN = re.compile(r"(?P<pattern>\^\S*\$|\^\S+?)(?=,? got\b|[)\"']*(?:[\s,)]|$))")
_BEGINS = (
    (re.compile(r"uppercase characters cannot be used|must be lowercase"), r"^[^A-Z]*$"),
    (
        re.compile(r"(?:must|should) (?:begin|start) with (?:a|an) (?:lowercase|lower case) (?:letter|alphabet)"),
        "^[a-z]",
    ),
    (re.compile(r"(?:must|should) (?:begin|start) with (?:an?) (?:alphabetic character|letter)"), "^[A-Za-z]"),
    (re.compile(r"(?:must|should) (?:begin|start) with a letter or (?:a )?number"), "^[0-9A-Za-z]"),
    (re.compile(r"must end with a letter or (?:a )?number"), "[0-9A-Za-z]$"),
)
_PREFIX = re.compile(r"must (?:begin|start) with ['\"]?(?P<prefix>[a-z]+[-:/]+)['\"]?\)?(?:$|\n)", re.MULTILINE)


def expressions(text: str) -> Iterator[str]:
    """What the words may mean, the likeliest first."""
    for found in _WRITTEN.finditer(text):
        yield found["pattern"]
    for found in _ONLY.finditer(text):
        signs = _class(found["list"])
        if signs:
            for form in ("^[{}]+$", "^[{}]*$", "^[A-Za-z][{}]*$", "^[a-z][{}]*$", "^[0-9A-Za-z][{}]*$"):
                yield form.format(signs)
    for pattern, meaning in _BEGINS:
        if pattern.search(text):
            yield meaning
    if (prefix := _PREFIX.search(text)) is not None:
        yield "^" + re.escape(prefix["prefix"]).replace("\\-", "-")


def _class(words: str) -> str | None:
    """The signs that a list of words allows; ``None`` when one of them is not known."""
    words = re.sub(r"\bcharacters?\b|\bthe symbols?\b|\bonly\b", "", words)
    found: list[str] = []
    for piece in _SPLIT.split(words):
        name = " ".join(piece.replace("'", "").split())
        if not name:
            continue
        signs = _SIGNS.get(name) or _SIGNS.get(name.lower())
        if signs is None:
            return None
        found.append(signs)
    unique = [one for one in dict.fromkeys(found) if one != "-"]
    return "".join(unique) + ("-" if "-" in found else "") if found else None
