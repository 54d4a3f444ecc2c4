"""Where Terraform points at when it refuses an expression: often only at how it begins."""

from __future__ import annotations

from onetake.frontends.terraform.references import CALL, Use, uses
from onetake.frontends.terraform.sources import OFFSET
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
    children,
)
from onetake.model.values import Span


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


def named(node: Node, use: Use) -> tuple[int, int] | None:
    """Where ``node`` names ``use``: the traversal, or the name of the function."""
    pending = [node]
    while pending:
        one = pending.pop()
        match one:
            case Call(name) if use[:2] == (CALL, name):
                return one.start, one.start + len(name)
            case Variable() | Attribute() | Index() if use in uses((one,)) and _is(one, use):
                return one.start, one.end
            case _:
                pending += reversed(children(one))
    return None


def _is(node: Node, use: Use) -> bool:
    """Whether it is ``node`` itself that names ``use``, and not something inside."""
    count = 0
    while isinstance(node, (Attribute, Index)):
        node, count = node.subject, count + 1
    if not isinstance(node, Variable):
        return False
    return (node.name == use[0] and count == len(use) - 1) or (node.name == "resource" and count == len(use))


def _traversed(node: Attribute | Index) -> tuple[int, int]:
    base: Node = node
    while isinstance(base, (Attribute, Index)):
        base = base.subject
    return (node.start, node.end) if isinstance(base, Variable) else opening(base)


def exactly(where: Span, at: tuple[int, int]) -> Span:
    """A stretch of the file of ``where``; JSON texts are shown whole, since offsets count inside of them."""
    if where.file.endswith(".json") or at == (0, 0):
        return where
    return Span(where.file, (*where.path, OFFSET, *at))
