"""Edits of Terraform's native syntax: arguments and the members of maps and lists; blocks are never invented."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TypeAlias

from onetake.frontends.edits.patch import (
    NotEditable,
    Patch,
    indentation,
    line_end,
    line_start,
    margin,
    nested,
    newline,
)
from onetake.frontends.terraform.syntax.bodies import parse_file
from onetake.frontends.terraform.syntax.nodes import (
    Argument,
    Block,
    Body,
    Literal,
    Node,
    Object,
    Template,
    Tuple,
    Variable,
)
from onetake.model.findings import Action
from onetake.model.values import Key

_Place: TypeAlias = Body | Block | Argument | Node
_REFERENCE = re.compile(r'\$\{([^${}"]+)\}')
_IDENTIFIER = re.compile(r"[A-Za-z_][\w-]*")
_BARE = frozenset({"depends_on", "ignore_changes", "provider", "replace_triggered_by"})
"""Arguments that take names where JSON takes texts."""
_NOT_HERE = "what the edit changes is not written here"


def edit(source: str, path: tuple[Key, ...], action: Action, value: object) -> str:
    """``source`` with one edit made.

    Raises:
        NotEditable: the text has no place for it, or it would have to invent a block.
    """
    if _BARE.intersection(path):
        value = _bare(value)
    body, problems = parse_file(source)
    if problems:
        raise NotEditable("the file has syntax errors")
    above, place, rest = _descend(body, path)
    if action is Action.REMOVE:
        if rest:
            raise NotEditable(_NOT_HERE)
        return _remove(source, above, place).on(source)
    node = place.value if isinstance(place, Argument) else place
    if not rest:
        return _change(source, node, action, value).on(source)
    return _insert(source, node, rest, [value] if action is Action.APPEND else value).on(source)


def _descend(body: Body, path: tuple[Key, ...]) -> tuple[_Place, _Place, tuple[Key, ...]]:
    """What stands at ``path``, what it stands in, and what is left of the path where the text ends before it."""
    above: _Place = body
    place: _Place = body
    index = 0
    while index < len(path):
        found, taken = _step(place, path[index:])
        if found is None:
            return above, place, path[index:]
        above, place = place, found
        index += taken
    return above, place, ()


def _step(place: _Place, path: tuple[Key, ...]) -> tuple[_Place | None, int]:
    """The next place along ``path``, and how many keys lead to it."""
    if isinstance(place, Argument):
        return _step(place.value, path)
    if isinstance(place, Block):
        return _step(place.body, path)
    key = path[0]
    if isinstance(place, Body):
        if key in place.arguments:
            return place.arguments[str(key)], 1
        return _block(place, path)
    if isinstance(place, Object):
        return next((value for name, value in place.items if _name(name) == key), None), 1
    if isinstance(place, Tuple) and isinstance(key, int) and key < len(place.items):
        return place.items[key], 1
    return None, 0


def _block(body: Body, path: tuple[Key, ...]) -> tuple[Block | None, int]:
    """The block that ``path`` begins with: its type, its labels, or its number among those of its type."""
    labelled = [block for block in body.of_type(str(path[0])) if path[1 : 1 + len(block.labels)] == block.labels]
    if not labelled:
        return None, 0
    taken = 1 + len(labelled[0].labels)
    following = path[taken] if taken < len(path) else None
    if isinstance(following, int):
        return (labelled[following], taken + 1) if following < len(labelled) else (None, 0)
    return (labelled[0], taken) if len(labelled) == 1 else (None, 0)


def _name(key: Node) -> str | None:
    if isinstance(key, Variable):
        return key.name
    return key.value if isinstance(key, Literal) and isinstance(key.value, str) else None


def _change(source: str, node: _Place, action: Action, value: object) -> Patch:
    if isinstance(node, (Body, Block, Argument)):
        raise NotEditable("a block cannot be written as a value")
    if action is Action.SET:
        return Patch(node.start, node.end, expression(value))
    if isinstance(node, Tuple):
        return _into_list(source, node, expression(value))
    if isinstance(node, (Literal, Template)):
        return Patch(node.start, node.end, f"[{source[node.start : node.end]}, {expression(value)}]")
    raise NotEditable("the list is made by an expression")


def _insert(source: str, node: _Place, rest: tuple[Key, ...], value: object) -> Patch:
    name = rest[0]
    if isinstance(node, Tuple) and name == len(node.items):
        return _into_list(source, node, expression(nested(rest[1:], value)))
    if not isinstance(name, str):
        raise NotEditable(_NOT_HERE)
    if isinstance(node, Object) and not node.block:
        written = f"{_key(name)} = {expression(nested(rest[1:], value))}"
        return _into_braces(source, (node.start, node.end), [value for _, value in node.items], written, ", ")
    if not isinstance(node, Block):
        raise NotEditable(_NOT_HERE)
    if rest[1:] or isinstance(value, dict) or (isinstance(value, list) and any(isinstance(v, dict) for v in value)):
        raise NotEditable("it would add a block, and only the provider's schema tells a block from a map")
    inside: list[Argument | Block] = [*node.body.arguments.values(), *node.body.blocks]
    return _into_braces(source, (node.header_end - 1, node.end), inside, f"{name} = {expression(value)}")


def _into_braces(
    source: str, braces: tuple[int, int], inside: Sequence[Argument | Block | Node], written: str, comma: str = ""
) -> Patch:
    """``written`` as the last entry between two braces; ``comma`` is what may part entries on one line."""
    start, end = braces
    here = newline(source)
    if not inside:
        inner = margin(source, start) + indentation(source)
        return Patch(start + 1, end - 1, f"{here}{inner}{written}{here}{margin(source, start)}")
    last = max(inside, key=lambda entry: entry.end)
    if "\n" not in source[last.end : end]:
        if not comma:
            raise NotEditable("the block is written on one line")
        return Patch(last.end, last.end, comma + written)
    place = line_end(source, last.end)
    return Patch(place, place, here + margin(source, min(inside, key=lambda entry: entry.start).start) + written)


def _into_list(source: str, node: Tuple, written: str) -> Patch:
    if not node.items:
        return Patch(node.start + 1, node.end - 1, written)
    last = node.items[-1]
    behind = re.compile(r"\s*,").match(source, last.end)
    if "\n" not in source[last.end : node.end]:
        place = behind.end() if behind else last.end
        return Patch(place, place, " " + written if behind else ", " + written)
    text = newline(source) + margin(source, last.start) + written
    if behind:
        place = line_end(source, behind.end())
        return Patch(place, place, text + ",")
    return Patch(last.end, last.end, "," + text)


def _remove(source: str, above: _Place, place: _Place) -> Patch:
    if isinstance(above, Argument):
        above = above.value
    if isinstance(above, Tuple):
        index = next(number for number, item in enumerate(above.items) if item is place)
        if index + 1 < len(above.items):
            return Patch(above.items[index].start, above.items[index + 1].start, "")
        start = above.items[index - 1].end if index else above.start + 1
        return Patch(start, above.items[index].end, "")
    start, end = _extent(above, place)
    begin, stop = line_start(source, start), line_end(source, end)
    if source[begin:start].strip() or source[end:stop].lstrip(" \t,").split("#")[0].split("//")[0].strip():
        raise NotEditable("what the edit removes shares its line with something else")
    return Patch(begin, min(stop + len(newline(source)), len(source)), "")


def _extent(above: _Place, place: _Place) -> tuple[int, int]:
    if isinstance(above, Object):
        key = next((key for key, value in above.items if value is place), None)
        if key is not None and not isinstance(place, Body):
            return key.start, place.end
    if isinstance(place, (Argument, Block)):
        return place.start, place.end
    raise NotEditable(_NOT_HERE)


def _key(name: str) -> str:
    return name if _IDENTIFIER.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def _bare(value: object) -> object:
    """``value`` with its texts as references."""
    if isinstance(value, list):
        return [_bare(item) for item in value]
    return f"${{{value}}}" if isinstance(value, str) and not value.startswith("${") else value


def expression(value: object) -> str:
    """``value`` as an expression; a text that is nothing but one interpolation becomes what it holds."""
    match value:
        case str():
            alone = _REFERENCE.fullmatch(value)
            return alone[1].strip() if alone else json.dumps(value, ensure_ascii=False)
        case dict():
            members = ", ".join(f"{_key(str(name))} = {expression(inner)}" for name, inner in value.items())
            return f"{{ {members} }}" if members else "{}"
        case list():
            return f"[{', '.join(expression(item) for item in value)}]"
        case _:
            return json.dumps(value)
