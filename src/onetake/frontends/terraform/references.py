"""What an expression names: the traversals in it, as they are written."""

from __future__ import annotations

from collections.abc import Iterable

from onetake.frontends.terraform.syntax.nodes import (
    Attribute,
    Call,
    Conditional,
    Dynamic,
    For,
    Index,
    Literal,
    Node,
    Variable,
    children,
)

EACH = "*"
"""A step through an index or a splat, whichever element it takes."""

CALL = "()"
"""The first step of what is no traversal but a call: the name of the function follows."""

IN_BRANCH = "?"
"""The last step of a call that stands in a branch of a conditional, which may not be taken."""

Use = tuple[str, ...]


def uses(nodes: Iterable[Node]) -> set[Use]:
    """The traversals in ``nodes``: ``("aws_vpc", "main", "*", "id")``; without the variables they bind themselves."""
    found: set[Use] = set()
    pending: list[tuple[Node, frozenset[str]]] = [(node, _NONE) for node in nodes if type(node) is not Literal]
    branched = False
    while pending:
        node, bound = pending.pop()
        if type(node) in _STEPS:  # by far the commonest
            _traversal(node, bound, found, pending)
            continue
        match node:
            case Literal():
                continue
            case For(key, item, collection, key_result, result, condition):
                pending.append((collection, bound))
                inner = bound | {key, item}
                pending += ((part, inner) for part in (key_result, result, condition) if part is not None)
            case Dynamic(_, collection, iterator, content):
                pending += ((collection, bound), (content, bound | {iterator}))
            case Conditional(condition, yes, no):
                pending += ((condition, bound), (yes, bound | {_BRANCH}), (no, bound | {_BRANCH}))
            case _:
                if isinstance(node, Call):
                    if _TRIED not in bound:
                        branched |= _BRANCH in bound
                        found.add((CALL, node.name, IN_BRANCH) if _BRANCH in bound else (CALL, node.name))
                    if node.name in ("try", "can"):
                        bound |= {_TRIED}
                pending += ((child, bound) for child in children(node) if type(child) is not Literal)
    return found - {(*use, IN_BRANCH) for use in found if use[0] == CALL} if branched else found


_STEPS = frozenset({Variable, Attribute, Index})
_NONE: frozenset[str] = frozenset()
_BRANCH = "?:"
"""Among the names that are bound: whether the functions called here have to be there depends on a condition."""
_TRIED = "try()"
"""Among the names that are bound: the functions called here need not be there."""


def _traversal(node: Node, bound: frozenset[str], found: set[Use], pending: list[tuple[Node, frozenset[str]]]) -> None:
    steps: list[str] = []
    while True:
        if isinstance(node, Attribute):
            steps.append(node.name)
            node = node.subject
        elif isinstance(node, Index):
            steps.append(EACH)
            if type(node.key) is not Literal:
                pending.append((node.key, bound))
            node = node.subject
        elif isinstance(node, Variable):
            if node.name not in bound:
                found.add(_without_alias((node.name, *reversed(steps))))
            return
        else:
            pending.append((node, bound))
            return


def _without_alias(use: Use) -> Use:
    """``resource.aws_vpc.main`` is another way to write ``aws_vpc.main``."""
    return use[1:] if use[0] == "resource" and len(use) > 1 else use


def target(use: Use) -> Use:
    """The declaration that a traversal names: ``("aws_vpc", "main")``, ``("data", "aws_region", "here")``."""
    match use:
        case ("data" | "ephemeral", *_):
            return use[:3]
        case _:
            return use[:2]
