"""Variables that nothing reads, taken away where their values stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onetake.frontends.source.golang.changes import Change, instead
from onetake.frontends.source.golang.syntax import text

if TYPE_CHECKING:
    from tree_sitter import Node


def without(name: Node) -> tuple[Change, ...]:
    """The change after which a variable is not declared; none where that takes a person."""
    names = name.parent
    statement = names.parent if names is not None else None
    if names is None or statement is None or names.type != "expression_list":
        return ()
    if statement.type == "range_clause":
        return _of_range(name, names)
    right = statement.child_by_field_name("right")
    if statement.type != "short_var_declaration" or names.named_child_count != 1 or right is None:
        return ()
    if (
        right.named_child_count != 1
        or statement.parent is None
        or statement.parent.type not in ("block", "statement_list")
    ):
        return ()
    if _makes(right.named_children[0]):
        return (Change(statement.start_byte, right.start_byte, ""),)
    return (Change(statement.start_byte, right.start_byte, "_ = "),)


def _makes(value: Node) -> bool:
    """Whether a value can stand alone: the call of a constructor."""
    function = value.child_by_field_name("function") if value.type == "call_expression" else None
    name = function.child_by_field_name("field") if function is not None else None
    return text(name or function).startswith("New") if function is not None else False


def _of_range(name: Node, names: Node) -> tuple[Change, ...]:
    """Of a loop's two names one; the other has to be read."""
    if names.named_child_count != 2:
        return ()
    first, second = names.named_children
    if name == first:
        return (instead(name, "_"),) if text(second) != "_" else ()
    return (Change(first.end_byte, second.end_byte, ""),) if text(first) != "_" else ()
