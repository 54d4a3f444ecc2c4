"""What a Python file takes from construct libraries while it is imported, and what of that does not exist.

Only what surely runs is judged: imports of the module's own level, outside ``try`` and ``if``; attributes of a module
whose name is bound once in the whole file.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator

from onetake.frontends.source.nodes import nodes
from onetake.model.findings import Position
from onetake.model.records import record


@record
class Use:
    """A name that is taken from a module, or a module that is imported."""

    module: str
    name: str
    """Empty where only the module is meant."""
    position: Position
    attribute: bool = False
    """Whether it is taken as ``module.name`` rather than imported."""


def uses(tree: ast.Module, roots: frozenset[str], names: Counter[str]) -> Iterator[Use]:
    """What the file takes from libraries whose root module is one of ``roots``, in the order of the text.

    ``names`` tells how often each name is bound.
    """
    modules: dict[str, str] = {}
    for statement in tree.body:
        if isinstance(statement, ast.ImportFrom) and not statement.level and _of(statement.module, roots):
            module = statement.module or ""
            yield Use(module, "", position(statement))
            for alias in statement.names:
                if alias.name != "*":
                    yield Use(module, alias.name, position(alias))
                    modules[alias.asname or alias.name] = f"{module}.{alias.name}"
        elif isinstance(statement, ast.Import):
            for alias in statement.names:
                if _of(alias.name, roots):
                    yield Use(alias.name, "", position(alias))
                    if alias.asname or "." not in alias.name:
                        modules[alias.asname or alias.name] = alias.name
    if modules:
        yield from _attributes(tree, modules, names)


def _of(module: str | None, roots: frozenset[str]) -> bool:
    return module is not None and module.partition(".")[0] in roots


def _attributes(tree: ast.Module, modules: dict[str, str], names: Counter[str]) -> Iterator[Use]:
    """``alias.Name`` for every alias that nothing else in the file binds."""
    found: list[tuple[str, ast.Attribute]] = []
    tried: set[ast.AST] = set()
    for node in nodes(tree):
        if isinstance(node, ast.Try):
            tried.update(ast.walk(node))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and isinstance(node.ctx, ast.Load):
            found.append((node.value.id, node))
    for name, node in found:
        if name in modules and names[name] == 1 and node not in tried:
            yield Use(modules[name], node.attr, position(node), attribute=True)


def position(node: ast.stmt | ast.alias | ast.expr | ast.keyword) -> Position:
    """Where a piece of the text stands."""
    end_line, end_column = node.end_lineno or node.lineno, node.end_col_offset
    return Position(node.lineno, node.col_offset + 1, end_line, (end_column or node.col_offset) + 1)
