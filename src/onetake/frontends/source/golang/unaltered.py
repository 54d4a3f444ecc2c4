"""The literal that a variable holds, where nothing can have changed it on the way to the one place that reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onetake.frontends.source.golang.syntax import text, within

if TYPE_CHECKING:
    from tree_sitter import Node

_FUNCTIONS = frozenset({"function_declaration", "method_declaration"})
_LITERALS = frozenset({"composite_literal", "unary_expression"})


def written(node: Node) -> Node:
    """The literal behind a name, which a function declares and reads once each; any other node as it is.

    ``&name`` is behind it what ``&`` before the literal would be.
    """
    name = node
    if node.type == "unary_expression" and text(node).startswith("&"):
        name = node.child_by_field_name("operand") or node
    if name.type != "identifier":
        return node
    function = _function(name)
    same = [one for one in within(function) if one.type == "identifier" and one.text == name.text] if function else []
    if len(same) != 2 or same[1].start_byte != name.start_byte:
        return node
    return _declared(same[0]) or node


def _function(node: Node) -> Node | None:
    """The declaration around a place."""
    around: Node | None = node
    while around is not None and around.type not in _FUNCTIONS:
        around = around.parent
    return around


def _declared(name: Node) -> Node | None:
    """The literal that a name is declared with: ``name := map[string]interface{}{...}``."""
    left = name.parent
    declaration = left.parent if left is not None else None
    if left is None or declaration is None or declaration.type != "short_var_declaration":
        return None
    right = declaration.child_by_field_name("right")
    if right is None or declaration.child_by_field_name("left") != left:
        return None
    values = right.named_children
    if len(left.named_children) != 1 or len(values) != 1 or values[0].type not in _LITERALS:
        return None
    return values[0]
