"""Where Terraform points at when it refuses an expression: often only at how it begins."""

from __future__ import annotations

from onetake.frontends.terraform.syntax.nodes import (
    Attribute,
    Binary,
    Call,
    Conditional,
    For,
    Index,
    Literal,
    Node,
    Object,
    Template,
    Tuple,
    Variable,
)


def opening(node: Node) -> tuple[int, int]:
    """The stretch with which ``node`` begins: the first part of a text, the bracket of a list, the name of a call."""
    match node:
        case Literal(str() as text) if node.end - node.start > len(text):
            return node.start + 1, max(node.end - 1, node.start + 1)
        case Template((first, *_)):
            return first.start, first.end
        case Tuple() | Object() | For():
            return node.start, node.start + 1
        case Call(name):
            return node.start, node.start + len(name)
        case Conditional(first) | Binary(_, first):
            return opening(first)
        case Attribute() | Index():
            return _traversed(node)
        case _:
            return node.start, node.end


def _traversed(node: Attribute | Index) -> tuple[int, int]:
    base: Node = node
    while isinstance(base, (Attribute, Index)):
        base = base.subject
    return (node.start, node.end) if isinstance(base, Variable) else opening(base)
