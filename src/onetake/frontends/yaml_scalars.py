"""What a plain scalar means in YAML 1.1, as CloudFormation reads it."""

from __future__ import annotations

import re

_FLAGS = {
    spelling: flag
    for words, flag in ((("yes", "true", "on"), True), (("no", "false", "off"), False))
    for word in words
    for spelling in (word, word.capitalize(), word.upper())
}
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
# Numbers with a leading zero (account ids) and with a point (versions) stay text: what a reader of the
# template sees is what AWS's own documentation shows, and whoever needs the number converts it.
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9_]*)")
_FIRST = frozenset("yYtToOnNfF~0123456789+-")


def scalar(text: str) -> str | int | bool | None:
    """The value that ``text`` stands for when it is written without quotes."""
    if not text:
        return None
    if text[0] not in _FIRST:
        return text
    if text in _FLAGS:
        return _FLAGS[text]
    if text in _NOTHING:
        return None
    if len(text) < 64 and _INTEGER.fullmatch(text):
        return int(text.replace("_", ""))
    return text
