"""Edits of JSON text: the value changes, every other character stays."""

from __future__ import annotations

import json
import re

from onetake.frontends.edits.patch import NotEditable, Patch, indentation, indented, margin, nested, newline
from onetake.model.findings import Action
from onetake.model.records import field, record
from onetake.model.values import Key

_SPACE = re.compile(r"[ \t\r\n\ufeff]*")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_SCALAR = re.compile(r"[^\s,\]}]+")


@record(frozen=False)
class Node:
    """A value and the stretch of text that it takes."""

    start: int
    end: int = 0
    members: list[Member] = field(default_factory=list)
    bracket: str = ""
    """``{`` or ``[``; empty for a scalar."""


@record(frozen=False)
class Member:
    """An entry of an object or list; in a list it begins where its value begins."""

    key: Key
    start: int
    value: Node


def edit(source: str, path: tuple[Key, ...], action: Action, value: object) -> str:
    """``source`` with one edit made.

    Raises:
        NotEditable: the text has no place for it.
    """
    try:
        root = _value(source, _skip(source, 0))
    except (IndexError, ValueError) as error:
        raise NotEditable("the file is no plain JSON") from error
    return _patch(source, root, path, action, value).on(source)


def _patch(source: str, root: Node, path: tuple[Key, ...], action: Action, value: object) -> Patch:
    parent, member, rest = _descend(root, path)
    if action is Action.REMOVE:
        if rest or parent is None or member is None:
            raise NotEditable("what the edit removes is not written here")
        return _remove(parent, member)
    node = member.value if member else root
    if not rest:
        return _append(source, node, value) if action is Action.APPEND else _replace(source, node, value)
    addition = nested(rest[1:], [value] if action is Action.APPEND else value)
    if node.bracket == "[" and rest[0] == len(node.members):
        return _insert(source, node, None, addition)
    if node.bracket != "{" or not isinstance(rest[0], str):
        raise NotEditable("what the edit changes is not written here")
    return _insert(source, node, rest[0], addition)


def _descend(root: Node, path: tuple[Key, ...]) -> tuple[Node | None, Member | None, tuple[Key, ...]]:
    """The entry at ``path`` and what holds it; what is left of the path where the text ends before it."""
    parent, member, node = None, None, root
    for depth, key in enumerate(path):
        if node.bracket == "{" and key == 0:
            continue  # a block that may occur several times, written as an object
        if node.bracket == "[" and isinstance(key, str) and len(node.members) == 1:
            node = node.members[0].value  # and the other way round: a list of one block
        found = next((entry for entry in reversed(node.members) if entry.key == key), None)
        if found is None:
            # Insert where the walk stands, even when that is inside a list of one.
            return parent, Member(key, node.start, node), path[depth:]
        parent, member, node = node, found, found.value
    return parent, member, ()


def _remove(parent: Node, member: Member) -> Patch:
    index = parent.members.index(member)
    if len(parent.members) == 1:
        return Patch(parent.start + 1, parent.end - 1, "")
    if index + 1 < len(parent.members):
        return Patch(member.start, parent.members[index + 1].start, "")
    return Patch(parent.members[index - 1].value.end, member.value.end, "")


def _replace(source: str, node: Node, value: object) -> Patch:
    multiline = "\n" in source[node.start : node.end] or (not node.bracket and "\n" in source)
    return Patch(node.start, node.end, _render(source, value, margin(source, node.start), multiline))


def _append(source: str, node: Node, value: object) -> Patch:
    if node.bracket == "[":
        return _insert(source, node, None, value)
    if any(isinstance(entry.key, str) and (entry.key == "Ref" or "Fn::" in entry.key) for entry in node.members):
        raise NotEditable("the list is made by a function")
    return _replace(source, node, [json.loads(source[node.start : node.end]), value])


def _insert(source: str, node: Node, key: str | None, value: object) -> Patch:
    """``value`` as the last entry of ``node``, laid out like the entry before it."""
    last = node.members[-1] if node.members else None
    label = "" if key is None else json.dumps(key, ensure_ascii=False) + _colon(source, last)
    outer = margin(source, node.start)
    if last is None:
        if "\n" not in source:
            return Patch(node.start + 1, node.end - 1, label + _render(source, value, "", False))
        inner = outer + indentation(source)
        text = inner + label + _render(source, value, inner, True)
        return Patch(node.start + 1, node.end - 1, newline(source) + text + newline(source) + outer)
    # The entries stand on lines of their own if this one begins its line.
    own_line = "\n" in source[_previous_end(node) : last.start]
    if own_line:
        inner = margin(source, last.start)
        return Patch(
            last.value.end, last.value.end, f",{newline(source)}{inner}{label}{_render(source, value, inner, True)}"
        )
    comma = "," if _tight(source) else ", "
    return Patch(last.value.end, last.value.end, comma + label + _render(source, value, outer, False))


def _previous_end(node: Node) -> int:
    return node.members[-2].value.end if len(node.members) > 1 else node.start + 1


def _colon(source: str, sibling: Member | None) -> str:
    if sibling is None:
        return ":" if re.search(r'":\S', source) and '": ' not in source else ": "
    key = _STRING.match(source, sibling.start)
    between = source[key.end() : sibling.value.start] if key else ": "
    return between if "\n" not in between else ": "


def _render(source: str, value: object, outer: str, multiline: bool) -> str:
    if not multiline:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":") if _tight(source) else None)
    text = json.dumps(value, ensure_ascii=False, indent=indentation(source))
    return indented(text.split("\n"), outer, newline(source))


def _tight(source: str) -> bool:
    """Whether the text is minified."""
    return "\n" not in source and ", " not in source and '": ' not in source


def _skip(source: str, position: int) -> int:
    found = _SPACE.match(source, position)
    return found.end() if found else position


def _value(source: str, start: int) -> Node:
    opening = source[start]
    if opening not in "{[":
        found = (_STRING if opening == '"' else _SCALAR).match(source, start)
        if found is None:
            raise ValueError(start)
        return Node(start, found.end())
    node = Node(start, bracket=opening)
    position = _skip(source, start + 1)
    while source[position] not in "}]":
        position = _member(source, position, node)
        if source[position] == ",":
            position = _skip(source, position + 1)
        elif source[position] not in "}]":
            raise ValueError(position)
    node.end = position + 1
    return node


def _member(source: str, start: int, node: Node) -> int:
    """Read the entry at ``start`` into ``node``; where the text goes on behind it."""
    key: Key = len(node.members)
    position = start
    if node.bracket == "{":
        name = _STRING.match(source, start)
        if name is None:
            raise ValueError(start)
        key = json.loads(name[0], strict=False)
        colon = _skip(source, name.end())
        if source[colon] != ":":
            raise ValueError(colon)
        position = _skip(source, colon + 1)
    value = _value(source, position)
    node.members.append(Member(key, start, value))
    return _skip(source, value.end)
