"""Places as reports show them: line, column, and the lines of code around them, with secrets masked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onetake.model.findings import Position
from onetake.model.records import record

CONTEXT = 1
"""Lines shown before and after the offending ones."""
LONGEST = 8
"""Offending lines shown before the middle of them is left out."""
WIDEST = 240
"""Characters of a line that are kept: synthesized programs may be one line of megabytes."""
MASK = "********"
"""What stands for a secret."""


@record
class CodeLine:
    """A line of a program, or the stretch of a long one that matters."""

    number: int
    """From 1. Where numbers jump, lines were left out."""
    text: str
    """Without line ending, as it stands in the file; not safe to print."""
    marked: bool
    """One of the lines that the finding is about."""
    first: int = 1
    """The column of the first character of ``text``."""
    cut: bool = False
    """The line goes on behind ``text``."""


@record
class Place:
    """A stretch of a file; all numbers are 0 where the whole file is meant."""

    file: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    """Behind the last character."""
    frame: tuple[CodeLine, ...] = ()

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Listing:
    """The lines of one file, and which of them hold secrets."""

    def __init__(self, text: str) -> None:
        self._lines = [line.removesuffix("\r") for line in text.split("\n")]
        self._secret: set[int] = set()
        self._masked: dict[int, str] = {}

    def hide(self, position: Position) -> tuple[str, ...]:
        """Mask the lines at ``position`` wherever they are shown; answers the literals that they hold."""
        numbers = range(position.line, min(position.end_line, len(self._lines)) + 1)
        self._secret.update(numbers)
        text = "\n".join(self._lines[number - 1] for number in numbers)
        return tuple(dict.fromkeys(literals(text)))

    def place(self, file: str, position: Position) -> Place:
        """``position`` with its lines."""
        frame = tuple(self._frame(position))
        return Place(file, position.line, position.column, position.end_line, position.end_column, frame)

    def _frame(self, position: Position) -> Iterator[CodeLine]:
        last = min(position.end_line, len(self._lines))
        for number in _shown(position.line, last):
            if not 1 <= number <= len(self._lines):
                continue
            marked = position.line <= number <= last
            text = self._lines[number - 1]
            masked = self._mask(number)
            # The middle of the window is the column, unless masking moved it.
            column = position.column if number == position.line and masked == text else 1
            first = max(1, column - WIDEST // 4) if column > WIDEST // 2 else 1
            stretch = masked[first - 1 : first - 1 + WIDEST]
            yield CodeLine(number, stretch, marked, first, len(masked) > first - 1 + WIDEST)

    def _mask(self, number: int) -> str:
        found = self._masked.get(number)
        if found is None:
            text = self._lines[number - 1]
            found = self._masked[number] = mask(text) if number in self._secret else mask_named(text)
        return found


def _shown(first: int, last: int) -> list[int]:
    """The numbers of the lines to show for the offending lines ``first`` to ``last``."""
    around = range(first - CONTEXT, last + CONTEXT + 1)
    if last - first < LONGEST:
        return list(around)
    return [*range(first - CONTEXT, first + LONGEST - 2), last, *range(last + 1, last + CONTEXT + 1)]


# Lines are hostile and may be megabytes long: every expression here is linear.
_QUOTED = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"?|'(?:[^'\n]|\'\')*'?")
_PAIR = re.compile(r"(\s*(?:-\s+)?(?:\"[^\"]*\"|'[^']*'|[\w.$-]+)\s*(?::(?=\s|$)|:(?=[\"'\[{])|=)\s*)(.*?)(,?)")
_OPENS = re.compile(r"[\[{(|>]|<<")
_TELLING = r"pass(?:word|wd|phrase)|secret_?(?:access_?)?key|private_?key|(?:auth|access|api)_?token|api_?key"
_NAMED = re.compile(rf"(?i)((?:{_TELLING})[\"']?\s*[:=]\s*)(\"(?:[^\"\\]|\\.)*\"?|'[^']*'?)")
_UNQUOTED = re.compile(rf"(?i)((?:{_TELLING}):\s+)(?!(?:true|false|null|\d+)\b)([^\s\"'!{{$\[|>&*~].*)")
_AFTER_KEY = re.compile(r"\s*[:=]")


def mask(line: str) -> str:
    """``line`` without what could be a value: only names, brackets and punctuation stay."""
    line = line.rstrip()
    pair = _PAIR.fullmatch(line)
    if pair and pair[2] and not _OPENS.match(pair[2]):
        return f'{pair[1]}"{MASK}"{pair[3]}'
    if _QUOTED.search(line):
        return _QUOTED.sub(lambda text: text[0] if _AFTER_KEY.match(line, text.end()) else f'"{MASK}"', line)
    if pair or not re.search(r"\w", line):
        return line
    return re.sub(r"\S.*", MASK, line)


def mask_named(line: str) -> str:
    """``line`` without the literal values of names that say they are secret; references stay."""
    line = _UNQUOTED.sub(rf'\1"{MASK}"', line)
    return _NAMED.sub(lambda pair: pair[0] if _harmless(pair[2]) else f'{pair[1]}"{MASK}"', line)


def _harmless(literal: str) -> bool:
    inner = literal.strip("\"'")
    return not inner or "${" in inner or "{{resolve:" in inner or inner.startswith("arn:")


def literals(text: str) -> Iterator[str]:
    """The values written in ``text`` that are long enough to be secrets."""
    for line in map(str.rstrip, text.split("\n")):
        pair = _PAIR.fullmatch(line)
        if pair and pair[2] and not _OPENS.match(pair[2]):
            yield from _long(pair[2].strip("\"'"))
            continue
        found = [
            quoted[0].strip("\"'") for quoted in _QUOTED.finditer(line) if not _AFTER_KEY.match(line, quoted.end())
        ]
        for value in found if found or pair else [line.strip()]:
            yield from _long(value)


def _long(value: str) -> Iterator[str]:
    if len(value) >= 6:
        yield value
