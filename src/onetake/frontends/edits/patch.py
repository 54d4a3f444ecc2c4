"""What the writers of edits share: a change of text, and the reasons to refuse one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onetake.model.records import record
from onetake.model.values import Key


class NotEditable(Exception):
    """An edit cannot be written into this text; the message says why, in one line."""


@record
class Patch:
    """The characters from ``start`` up to ``end`` become ``text``; everything else stays."""

    start: int
    end: int
    text: str

    def on(self, source: str) -> str:
        """``source`` with the change made."""
        return source[: self.start] + self.text + source[self.end :]


def newline(source: str) -> str:
    """The line ending that ``source`` uses."""
    end = source.find("\n")
    return "\r\n" if end > 0 and source[end - 1] == "\r" else "\n"


def indentation(source: str, default: str = "  ") -> str:
    """One step of indentation in ``source``: that of its first indented line."""
    found = re.search(r"^([ \t]+)\S", source, re.MULTILINE)
    return found[1] if found else default


def line_start(source: str, position: int) -> int:
    """Where the line that holds ``position`` begins."""
    return source.rfind("\n", 0, position) + 1


def line_end(source: str, position: int) -> int:
    """Where the line that holds ``position`` ends, before its line ending."""
    end = source.find("\n", position)
    if end < 0:
        return len(source)
    return end - 1 if end > position and source[end - 1] == "\r" else end


def margin(source: str, position: int) -> str:
    """The white space that the line holding ``position`` begins with."""
    found = re.compile(r"[ \t]*").match(source, line_start(source, position))
    return found[0] if found else ""


def indented(lines: Iterable[str], margin: str, end: str) -> str:
    """``lines`` joined; all but the first behind ``margin``."""
    first, *rest = lines
    return end.join([first, *(margin + line if line else line for line in rest)])


def nested(path: tuple[Key, ...], value: object) -> object:
    """``value`` inside the objects that ``path`` names, outermost first.

    Raises:
        NotEditable: the path goes through a list that does not exist.
    """
    for key in reversed(path):
        if isinstance(key, int):
            raise NotEditable("the list that the edit changes is not written here")
        value = {key: value}
    return value
