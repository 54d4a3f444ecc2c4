"""Syntax trees of Go files, by tree-sitter: whole or broken, every name has its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from onetake.model.findings import Position
from onetake.model.records import record

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

_IGNORED = re.compile(rb"^//\s*(?:go:build|\+build)\b.*$", re.MULTILINE)
_KEPT = 256
"""How many trees are held: the files of a package are read for each other."""


class NoParser(Exception):
    """tree-sitter is not installed."""


@record
class Import:
    """One import of a file."""

    path: str
    alias: str
    """As it is written; empty for none."""
    node: Node


@record
class GoFile:
    """One file."""

    root: Node
    package: str
    imports: tuple[Import, ...]
    whole: bool
    """Whether all of it could be parsed."""
    constrained: bool
    """Whether it is only built under some condition."""


@lru_cache(maxsize=_KEPT)
def parsed(content: bytes) -> GoFile:
    """The tree of a file.

    Raises:
        NoParser: there is no tree-sitter.
    """
    root = _parser().parse(content).root_node
    package = ""
    imports: list[Import] = []
    for node in root.named_children:
        if node.type == "package_clause" and node.named_children:
            package = text(node.named_children[0])
        elif node.type == "import_declaration":
            imports += _imports(node)
    clause = content.find(b"\npackage ") if not content.startswith(b"package ") else 0
    constrained = bool(_IGNORED.search(content[: max(clause, 0) + 1]))
    return GoFile(root, package, tuple(imports), not root.has_error, constrained)


def _imports(declaration: Node) -> Iterator[Import]:
    for node in within(declaration):
        if node.type == "import_spec":
            path, name = node.child_by_field_name("path"), node.child_by_field_name("name")
            if path is not None:
                yield Import(text(path).strip('"`'), text(name) if name is not None else "", node)


@cache
def _parser() -> Parser:
    try:
        import tree_sitter_go
        from tree_sitter import Language, Parser
    except ImportError as error:
        raise NoParser from error
    return Parser(Language(tree_sitter_go.language()))


def text(node: Node) -> str:
    """What is written there."""
    return (node.text or b"").decode("utf-8", errors="replace")


def within(node: Node) -> Iterator[Node]:
    """The named nodes inside, and the node itself."""
    yield node
    for child in node.named_children:
        yield from within(child)


def position(node: Node) -> Position:
    """Where a node stands; columns count characters."""
    (line, column), (end_line, end_column) = node.start_point, node.end_point
    return Position(line + 1, _characters(node, column, 0) + 1, end_line + 1, _characters(node, end_column, 1) + 1)


def _characters(node: Node, column: int, end: int) -> int:
    """A column in characters, from one in bytes."""
    root = node
    while root.parent is not None:
        root = root.parent
    offset = (node.end_byte if end else node.start_byte) - root.start_byte
    line = (root.text or b"")[max(0, offset - column) : offset]
    return len(line.decode("utf-8", errors="replace"))
