"""``regex``, ``regexall`` and ``replace``: Go's regular expressions (RE2) by means of Python's."""

from __future__ import annotations

from onetake.frontends.terraform.functions.values import Undetermined, bounded


def replace(text: str, part: str, replacement: str) -> str:
    """``replace``: a part between slashes is a regular expression."""
    if len(part) > 1 and part.startswith("/") and part.endswith("/"):
        return _replace_pattern(text, part[1:-1], replacement)
    if len(part) > 0:
        bounded(len(text) + text.count(part) * len(replacement))
        return text.replace(part, replacement)
    bounded(len(text) + (len(text) + 1) * len(replacement))
    return text.replace(part, replacement)


def _replace_pattern(text: str, pattern: str, replacement: str) -> str:
    raise Undetermined(f"regular expression {pattern} on {text}: {replacement}")
