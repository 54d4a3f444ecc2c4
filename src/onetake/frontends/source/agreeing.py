"""Faults on which all editions agree that a program may run with."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from onetake.frontends.source.calls import Calls
from onetake.frontends.source.faults import Fault
from onetake.frontends.source.nodes import nodes
from onetake.frontends.source.pins import Pins
from onetake.frontends.source.resolving import resolver
from onetake.frontends.source.scopes import Scopes
from onetake.knowledge.api.editions import Edition, editions
from onetake.model.records import record


@record
class Agreed:
    """A fault, and the editions that were asked, oldest first."""

    fault: Fault
    editions: tuple[Edition, ...]


def agreed(judged: Sequence[ast.AST], scopes: Scopes, roots: Sequence[str], pins: Pins) -> Iterator[Agreed]:
    """The faults in a file, in the order of its text."""
    by_root = {root: pins.judges(editions(root)) for root in roots}
    newest = tuple(some[-1] for some in by_root.values() if some) + _below(by_root, pins)
    found: list[Agreed] = []
    for some in by_root.values():
        if some:
            found += _of_library(judged, scopes, some, newest)
    yield from sorted(found, key=lambda one: (one.fault.node.lineno, one.fault.node.col_offset))


def _below(by_root: dict[str, tuple[Edition, ...]], pins: Pins) -> tuple[Edition, ...]:
    """What the libraries build on, where the file itself imports none of it."""
    found: list[Edition] = []
    for root in ("constructs", "cdktf", "cdktn"):
        if root not in by_root:
            found += pins.judges(editions(root))[-1:]
    return tuple(found)


def _of_library(
    judged: Sequence[ast.AST], scopes: Scopes, some: tuple[Edition, ...], newest: tuple[Edition, ...]
) -> Iterator[Agreed]:
    last: dict[tuple[str, int, int, str], Fault] | None = None
    for edition in some:
        calls = Calls(scopes, resolver(edition, newest))
        here = {fault.key: fault for node in judged for fault in calls.faults(node)}
        last = here if last is None else {key: fault for key, fault in here.items() if key in last}
        if not last:
            return
    yield from (Agreed(fault, some) for fault in (last or {}).values())


_GUARDS = (ast.Try, ast.With, ast.AsyncWith)
_JUDGED = (ast.Call, ast.Attribute, ast.FormattedValue)


def sure(tree: ast.Module) -> Iterator[ast.AST]:
    """The nodes to judge that are meant to run: not what is tried, or expected to raise."""
    every = nodes(tree)
    if not any(isinstance(node, _GUARDS) for node in every):
        yield from (node for node in every if isinstance(node, _JUDGED))
        return
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Try) or (isinstance(node, ast.With | ast.AsyncWith) and _expects(node)):
            pending += getattr(node, "finalbody", ())
            continue
        if isinstance(node, _JUDGED):
            yield node
        pending += ast.iter_child_nodes(node)


def _expects(node: ast.With | ast.AsyncWith) -> bool:
    return any(
        "raises" in ast.unparse(item.context_expr) or "suppress" in ast.unparse(item.context_expr)
        for item in node.items
    )
