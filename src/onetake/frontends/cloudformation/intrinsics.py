"""What an intrinsic function looks like in a template, and what the data around it refers to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from onetake.model.records import record
from onetake.model.values import Key

NO_VALUE = "AWS::NoValue"
PSEUDO = frozenset(
    {
        "AWS::AccountId",
        "AWS::NotificationARNs",
        NO_VALUE,
        "AWS::Partition",
        "AWS::Region",
        "AWS::StackId",
        "AWS::StackName",
        "AWS::URLSuffix",
    }
)
_HOLE = re.compile(r"\$\{([^}]*)\}")


def call(data: object) -> tuple[str, Any] | None:
    """Name and argument, when ``data`` is a call of an intrinsic function."""
    if isinstance(data, dict) and len(data) == 1:
        name, argument = next(iter(data.items()))
        if name == "Ref" or name.startswith("Fn::"):
            return name, argument
    return None


def expression(data: object) -> str:
    """``data`` on one line: the same text for the same expression."""
    written = call(data)
    if written:
        name, argument = written
        if name == "Ref" and isinstance(argument, str):
            return argument
        if name == "Fn::GetAtt" and isinstance(argument, list):
            return ".".join(map(str, argument))
        return f"{name.removeprefix('Fn::')}({expression(argument)})"
    return data if isinstance(data, str) else json.dumps(data, default=str)


def holes(text: str) -> Iterator[str]:
    """The names inside the ``${}`` of a text for ``Fn::Sub``, literal ones left out."""
    for hole in _HOLE.finditer(text):
        name = hole[1].strip()
        if not name.startswith("!"):
            yield name


def pieces(text: str) -> Iterator[tuple[bool, str]]:
    """The text of an ``Fn::Sub`` in order: ``(True, name)`` for each hole, ``(False, text)`` between them."""
    place = 0
    for hole in _HOLE.finditer(text):
        if hole.start() > place:
            yield False, text[place : hole.start()]
        name = hole[1].strip()
        yield (False, f"${{{name[1:]}}}") if name.startswith("!") else (True, name)
        place = hole.end()
    if place < len(text):
        yield False, text[place:]


@record
class Link:
    """A name that an expression mentions: a resource, a parameter, a pseudo parameter."""

    target: str
    attribute: str
    """What it takes of the target; ``Ref`` for the thing itself."""
    path: tuple[Key, ...]
    """Where, below the data that was searched."""


def links(data: object, path: tuple[Key, ...] = ()) -> Iterator[Link]:
    """Every ``Ref``, ``Fn::GetAtt`` and hole of an ``Fn::Sub`` in ``data``."""
    pending: list[tuple[object, tuple[Key, ...]]] = [(data, path)]
    while pending:
        item, place = pending.pop()
        inside: list[tuple[Key, object]] = []
        if isinstance(item, list):
            inside = list(enumerate(item))
        elif isinstance(item, dict):
            written = call(item)
            if written:
                yield from _own_links(*written, place)
            inside = list(item.items())
        pending += [(inner, (*place, key)) for key, inner in reversed(inside) if isinstance(inner, (dict, list))]


def _own_links(name: str, argument: Any, path: tuple[Key, ...]) -> Iterator[Link]:
    if name == "Ref" and isinstance(argument, str):
        yield Link(argument, "Ref", path)
    elif name == "Fn::GetAtt":
        target, attribute = attribute_of(argument)
        if target:
            yield Link(target, attribute, path)
    elif name == "Fn::Sub":
        own = argument[1] if isinstance(argument, list) and len(argument) > 1 and isinstance(argument[1], dict) else {}
        text = argument[0] if isinstance(argument, list) and argument else argument
        for hole in holes(text) if isinstance(text, str) else ():
            if hole not in own:
                target, dot, attribute = hole.partition(".")
                yield Link(target, attribute if dot else "Ref", path)


def attribute_of(argument: object) -> tuple[str, str]:
    """Resource and attribute that an ``Fn::GetAtt`` names; two empty texts when they are not written out."""
    if isinstance(argument, str):
        target, _, attribute = argument.partition(".")
        return target, attribute
    if isinstance(argument, list) and len(argument) >= 2 and isinstance(argument[0], str):
        rest = argument[1:]
        if all(isinstance(one, str) for one in rest):
            return argument[0], ".".join(rest)
        return argument[0], expression(rest[0])
    return "", ""
