"""Changes of a Go file that mend a fault, as stretches of its bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onetake.frontends.source.golang.standard import JSII
from onetake.model.records import record

if TYPE_CHECKING:
    from tree_sitter import Node


@record
class Needed:
    """A package that a change takes something from."""

    path: str
    name: str
    """What it calls itself."""


RUNTIME = Needed(JSII, "jsii")


@record
class Change:
    """The bytes from ``start`` up to ``end`` become ``text``."""

    start: int
    end: int
    text: str
    package: Needed | None = None
    """Whose name goes before ``text``, with a dot; it is imported where it is not."""


def instead(node: Node, text: str, package: Needed | None = None) -> Change:
    """``text`` in the place of a node."""
    return Change(node.start_byte, node.end_byte, text, package)


def before(node: Node, text: str, package: Needed | None = None) -> Change:
    """``text`` where a node begins."""
    return Change(node.start_byte, node.start_byte, text, package)


def behind(node: Node, text: str) -> Change:
    """``text`` where a node ends."""
    return Change(node.end_byte, node.end_byte, text)


def called(node: Node, function: str, package: Needed) -> tuple[Change, ...]:
    """A function's call around a node."""
    return before(node, f"{function}(", package), behind(node, ")")
