"""JSON text whose positions are looked for only when one is shown, and whose repeated keys are found."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, cast

from onetake.frontends.lines import Lines
from onetake.model.findings import Position
from onetake.model.values import Key

_SPACE = re.compile(r"[ \t\r\n]*")
_SCALAR = re.compile(r"[^\s,\]}]+")


class JsonProblem(Exception):
    """The text is not JSON; ``line`` and ``column`` from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


def parse(text: str, depth: int) -> Any:
    """The data that ``text`` holds.

    Raises:
        JsonProblem: it is not JSON, or nests deeper than ``depth``.
    """
    try:
        data = json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise JsonProblem(error.msg, error.lineno, error.colno) from error
    except RecursionError as error:
        raise JsonProblem("it is nested too deeply", 1, 1) from error
    except ValueError as error:
        raise JsonProblem(str(error), 1, 1) from error
    if too_deep(data, depth):
        raise JsonProblem(f"it is nested deeper than {depth} levels", 1, 1)
    return data


def too_deep(data: object, depth: int) -> bool:
    """Whether collections nest deeper than ``depth``; ``data`` is what ``json`` reads, in exactly its types."""
    level: list[object] = [data]
    for _ in range(depth):
        deeper: list[object] = []
        for item in level:
            if type(item) is dict:
                deeper += [inner for inner in item.values() if type(inner) is dict or type(inner) is list]
            elif type(item) is list:
                deeper += [inner for inner in item if type(inner) is dict or type(inner) is list]
        if not deeper:
            return False
        level = deeper
    return True


def _refuse(name: str) -> float:
    raise ValueError(f"{name} is not a JSON value")


class JsonSource:
    """A JSON file."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[int, dict[Key, tuple[int, int]]] = {}
        self.lines = Lines(text)
        """Where its offsets stand."""

    @property
    def text(self) -> str:
        """The whole file."""
        return self._text

    def locate(self, path: tuple[Key, ...]) -> Position | None:
        """Where the member at ``path`` stands, key and value; as far along the path as it is written out."""
        try:
            start, end = self.range(path)
        except (ValueError, IndexError):
            return None
        return self.lines.position(start, end)

    def range(self, path: tuple[Key, ...]) -> tuple[int, int]:
        """The offsets of the member at ``path``: from its key, or its value in a list, to the value's end."""
        place = _skip(self._text, 0)
        shown = (place, place)
        for key in path:
            found = self._members(place).get(key)
            if found is None:
                break
            shown = found
            place = found[1]
        return shown[0], _end(self._text, place)

    def value_range(self, path: tuple[Key, ...]) -> tuple[int, int] | None:
        """The offsets of the value at ``path`` alone; ``None`` when it is not written."""
        place = _skip(self._text, 0)
        for key in path:
            found = self._members(place).get(key)
            if found is None:
                return None
            place = found[1]
        return place, _end(self._text, place)

    def _members(self, place: int) -> dict[Key, tuple[int, int]]:
        """The members of the collection at ``place``, looked for once: a program may have many findings."""
        known = self._known.get(place)
        if known is None:
            known = self._known[place] = {}
            for key, begin, value in _members(self._text, place):
                known.setdefault(key, (begin, value))
        return known


def repeated_keys(text: str) -> list[tuple[tuple[Key, ...], str, int]]:
    """The keys that occur again in one object: the object's path, the key, the offset of the later one."""
    repeated = False

    def pairs(members: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeated
        found = dict(members)
        repeated = repeated or len(found) < len(members)
        return found

    json.loads(text, object_pairs_hook=pairs)
    return list(_repeats(text, _skip(text, 0), ())) if repeated else []


def _repeats(text: str, place: int, path: tuple[Key, ...]) -> Iterator[tuple[tuple[Key, ...], str, int]]:
    seen: set[Key] = set()
    for key, begin, value in _members(text, place):
        if isinstance(key, str) and key in seen:
            yield path, key, begin
        seen.add(key)
        if text[value] in "{[":
            yield from _repeats(text, value, (*path, key))


def _members(text: str, place: int) -> Iterator[tuple[Key, int, int]]:
    """Key, start of the member, start of its value, for each member of the collection at ``place``."""
    opening = text[place : place + 1]
    if opening not in ("{", "["):
        return
    place = _skip(text, place + 1)
    number = 0
    while text[place] not in "}]":
        begin = place
        key: Key = number
        if opening == "{":
            name, place = scanstring(text, place + 1, True)
            key = cast("str", name)
            place = _skip(text, _skip(text, place) + 1)
        yield key, begin, place
        place = _skip(text, _end(text, place))
        if text[place] == ",":
            place = _skip(text, place + 1)
        number += 1


def _end(text: str, place: int) -> int:
    """The offset behind the value that starts at ``place``."""
    depth = 0
    while True:
        sign = text[place]
        if sign == '"':
            place = scanstring(text, place + 1, True)[1]
        elif sign in "{[":
            depth += 1
            place += 1
        elif sign in "}]":
            depth -= 1
            place += 1
        elif sign in ",: \t\r\n":
            place += 1
            continue
        else:
            found = _SCALAR.match(text, place)
            place = found.end() if found else place + 1
        if depth == 0:
            return place


def _skip(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place
