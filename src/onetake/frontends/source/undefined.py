"""Names that are read and that nothing defines: Python stops when it gets there."""

from __future__ import annotations

import ast
import builtins
import symtable
from collections import deque
from collections.abc import Iterator

from onetake.frontends.source.faults import UNDEFINED_NAME, Fault
from onetake.frontends.source.nodes import nodes

_GIVEN = frozenset(
    {*dir(builtins), "__file__", "__name__", "__doc__", "__path__", "__spec__", "__package__", "__class__"}
)
"""What every module and function has without defining it."""


def undefined(tree: ast.Module, text: str) -> Iterator[Fault]:
    """Each undefined name where it is read first; nothing in files that may define names in ways that are not seen."""
    if _hides(tree):
        return
    table = symtable.symtable(text, "<program>", "exec")
    module = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    module |= _declared_global(table)
    unknown = sorted(_asked(table) - module - _GIVEN)
    places = _places(tree) if unknown else {}
    for name in unknown:
        node = places.get(name)
        if node is not None:
            verbatim = f"NameError: name '{name}' is not defined"
            yield Fault(UNDEFINED_NAME, node, name, f"nothing defines {name}", verbatim, "")


def _hides(tree: ast.Module) -> bool:
    """Whether names may come from elsewhere: ``import *``, ``exec``, ``globals()``."""
    for node in nodes(tree):
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
            return True
        if isinstance(node, ast.Name) and node.id in ("exec", "globals", "locals", "vars", "eval"):
            return True
    return False


def _asked(table: symtable.SymbolTable) -> set[str]:
    """The names that are looked up in the module, from it and from everything inside."""
    found = {
        symbol.get_name()
        for symbol in table.get_symbols()
        if symbol.is_referenced() and (table.get_type() == "module" or symbol.is_global())
    }
    for inner in table.get_children():
        found |= _asked(inner)
    return found


def _declared_global(table: symtable.SymbolTable) -> set[str]:
    """What functions declare to be the module's and assign."""
    found = {one.get_name() for one in table.get_symbols() if one.is_declared_global() and one.is_assigned()}
    for inner in table.get_children():
        found |= _declared_global(inner)
    return found


def _places(tree: ast.Module) -> dict[str, ast.Name]:
    """Where each name is read first, outside of what is tried and of annotations, which may never be looked up."""
    found: dict[str, ast.Name] = {}
    pending: deque[ast.AST] = deque([tree])
    while pending:
        node = pending.popleft()
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            found.setdefault(node.id, node)
        if isinstance(node, ast.Try):
            continue
        skipped = _annotations(node)
        pending += [child for child in ast.iter_child_nodes(node) if child not in skipped]
    return found


def _annotations(node: ast.AST) -> list[ast.AST]:
    match node:
        case ast.arg(annotation=ast.expr() as annotation) | ast.AnnAssign(annotation=annotation):
            return [annotation]
        case ast.FunctionDef(returns=ast.expr() as returns) | ast.AsyncFunctionDef(returns=ast.expr() as returns):
            return [returns]
        case _:
            return []
