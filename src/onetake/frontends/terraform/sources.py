"""Terraform's files, searched for positions only when one is shown."""

from __future__ import annotations

from typing import cast

from onetake.frontends.json_source import JsonSource
from onetake.frontends.lines import Lines
from onetake.frontends.terraform.syntax.nodes import Argument, Block, Body, Conditional, Literal, Node, Object, Tuple
from onetake.model.findings import Position
from onetake.model.values import Key, Span

OFFSET = "@"
"""The last key but two of a path that ends in the offsets of a stretch of the file."""


def offsets(path: tuple[Key, ...]) -> tuple[int, int] | None:
    """The stretch of text that ``path`` names directly, as those of syntax errors do."""
    if len(path) > 2 and path[-3] == OFFSET:
        return cast("tuple[int, int]", path[-2:])
    return None


class TerraformJson(JsonSource):
    """A ``.tf.json`` file, and the data in it where that is of use."""

    data: object = None

    def locate(self, path: tuple[Key, ...]) -> Position | None:
        """Where the member at ``path`` stands."""
        direct = offsets(path)
        if direct:
            return self.lines.position(*direct)
        return super().locate(path)


class NativeSource:
    """A ``.tf`` file and what it was parsed into."""

    def __init__(self, text: str, body: Body) -> None:
        self._text = text
        self._lines = Lines(text)
        self.body = body

    @property
    def text(self) -> str:
        """The whole file."""
        return self._text

    def locate(self, path: tuple[Key, ...]) -> Position | None:
        """The argument, value or block header at ``path``, as far along it as is written out."""
        start, end = offsets(path) or self._find(path)
        return self._lines.position(min(start, len(self._text)), min(end, len(self._text)))

    def brace(self, where: Span) -> Span:
        """The opening brace of the block at ``where``."""
        _, end = self._find(where.path)
        place = self._text.find("{", end)
        return Span(where.file, (*where.path, OFFSET, place, place + 1)) if place >= 0 else where

    def _find(self, path: tuple[Key, ...]) -> tuple[int, int]:
        place: Body | Node = self.body
        shown = (0, 0)
        rest = list(path)
        while rest:
            found = _in_body(place, rest) if isinstance(place, Body) else _in_value(place, rest)
            if found is None:
                return shown
            place, shown, rest = found
        return shown


_Found = tuple[Body | Node, tuple[int, int], list[Key]]


def _in_body(body: Body, path: list[Key]) -> _Found | None:
    name = path[0]
    argument = body.arguments.get(name) if isinstance(name, str) else None
    if argument is not None:
        return argument.value, (argument.start, argument.end), path[1:]
    if name == "dynamic" or any(block.type == name for block in body.blocks):
        return _in_blocks([block for block in body.blocks if block.type == name], path[1:])
    # Dynamic blocks are counted with the others of their type.
    made = [block for block in body.blocks if block.type == "dynamic" and block.labels == (name,)]
    return _in_blocks(made, []) if made else None


def _in_blocks(blocks: list[Block], path: list[Key]) -> _Found | None:
    if not blocks:
        return None
    named = _named(blocks, path)
    if not named and path and isinstance(path[0], int) and _named(blocks, path[1:]):
        # A labelled block inside another: a list of objects whose one key is the label.
        path = path[1:]
        named = _named(blocks, path)
    if named:
        rest = path[len(named[0].labels) :]
        # Providers of one name are told apart by their number, as they are in JSON.
        if rest and isinstance(rest[0], int) and rest[0] < len(named):
            return _inside(named[rest[0]], rest[1:])
        return _inside(named[0], rest)
    plain = [block for block in blocks if not block.labels]
    if not plain:
        return _inside(blocks[0], [])
    match path:
        case [int() as number, *rest] if number < len(plain):
            return _inside(plain[number], rest)
        case [str() as name, *_]:
            return _inside(next((block for block in plain if _holds(block.body, name)), plain[0]), path)
        case _:
            return _inside(plain[0], path)


def _named(blocks: list[Block], path: list[Key]) -> list[Block]:
    return [block for block in blocks if block.labels and tuple(path[: len(block.labels)]) == block.labels]


def _inside(block: Block, rest: list[Key]) -> _Found:
    return block.body, (block.start, block.labels_end), rest


def _holds(body: Body, name: str) -> bool:
    return name in body.arguments or any(block.type == name for block in body.blocks)


def _in_value(node: Node | Argument, path: list[Key]) -> _Found | None:
    key = path[0]
    match node:
        case Object(items):
            for name, inner in items:
                if isinstance(name, Literal) and name.value == key:
                    return inner, (name.start, inner.end), path[1:]
        case Tuple(items) if isinstance(key, int) and key < len(items):
            inner = items[key]
            return inner, (inner.start, inner.end), path[1:]
        case Conditional(_, yes, no):
            return _in_value(yes, path) or _in_value(no, path)
        case _:
            pass
    return None
