"""What the names of a Python file stand for, as far as that is sure: modules, and classes of known libraries.

A name is trusted when nothing else in the file binds it. What is assigned once in a file, in a function or to ``self``,
is what was assigned wherever it is read; nothing more is guessed.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from onetake.frontends.source.nodes import nodes
from onetake.model.records import record


@record
class Named:
    """A module or something in it: the path by which Python reaches it."""

    module: str
    """The module that was imported (``aws_cdk.aws_s3``), or the whole path where that is not known yet."""
    names: tuple[str, ...] = ()
    """Attributes behind it."""

    def __truediv__(self, name: str) -> Named:
        return Named(self.module, (*self.names, name))


class Scopes:
    """The names of one file."""

    def __init__(self, tree: ast.Module, roots: frozenset[str], names: Counter[str]) -> None:
        """``names`` tells how often each name is bound, as :func:`bindings` counts them."""
        self._tree = tree
        self._roots = roots
        self._bound = names
        self._fields: Counter[str] = Counter()
        self._imports: dict[str, Named] = {}
        self._values: dict[str, ast.expr] = {}
        self._field_values: dict[str, ast.expr] = {}
        for node in nodes(tree):
            self._read(node)

    def _read(self, node: ast.AST) -> None:
        match node:
            case ast.ImportFrom(module=str() as module, level=0) if self._known(module):
                for alias in node.names:
                    self._imports[alias.asname or alias.name] = Named(module, (alias.name,))
            case ast.Import():
                for alias in node.names:
                    if self._known(alias.name):
                        here = alias.name if alias.asname else alias.name.partition(".")[0]
                        self._imports[alias.asname or here] = Named(here)
            case ast.Assign(targets=[target]) | ast.AnnAssign(target=target) if node.value is not None:
                self._assigned(target, node.value)
            case ast.Attribute(ctx=ast.Store() | ast.Del()):
                self._fields[node.attr] += 1

    def _known(self, module: str) -> bool:
        return module.partition(".")[0] in self._roots

    def _assigned(self, target: ast.expr, value: ast.expr) -> None:
        match target:
            case ast.Name():
                self._values[target.id] = value
            case ast.Attribute(value=ast.Name(id="self")):
                self._field_values[target.attr] = value

    def once(self, name: str) -> bool:
        """Whether one place of the file binds a name."""
        return self._bound[name] == 1

    def imports(self, name: str) -> bool:
        """Whether the file imports something of that name from a library."""
        return any(name in (*one.names, known) for known, one in self._imports.items())

    def named(self, node: ast.expr) -> Named | None:
        """The path that an expression of names and dots stands for; ``None`` for what is of this file, or not sure."""
        match node:
            case ast.Name():
                return self._imports.get(node.id) if self.once(node.id) else None
            case ast.Attribute():
                around = self.named(node.value)
                return around / node.attr if around else None
            case _:
                return None

    def value(self, node: ast.expr) -> ast.expr:
        """What an expression was assigned, where that is sure; or itself."""
        match node:
            case ast.Name() if self.once(node.id) and node.id in self._values:
                return self._values[node.id]
            case ast.Attribute(value=ast.Name(id="self")) if self._fields[node.attr] == 1:
                return self._field_values.get(node.attr, node)
            case _:
                return node

    def written(self, node: ast.expr) -> ast.expr:
        """The dict or list that a name stands for, where nothing can have changed it; or the expression itself.

        It is bound once, and all that is done with it is to give it to calls of the libraries.
        """
        if not isinstance(node, ast.Name):
            return node
        held = self.value(node)
        if not isinstance(held, ast.Dict | ast.List) or self._loads[node.id] != self._handed[node.id]:
            return node
        return held

    @cached_property
    def _loads(self) -> Counter[str]:
        """How often each name is read."""
        found = (node for node in nodes(self._tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load))
        return Counter(node.id for node in found)

    @cached_property
    def _handed(self) -> Counter[str]:
        """How often each name is an argument of a call of the libraries."""
        calls = (node for node in nodes(self._tree) if isinstance(node, ast.Call) and self.named(node.func))
        given = (one for call in calls for one in (*call.args, *(keyword.value for keyword in call.keywords)))
        return Counter(one.id for one in given if isinstance(one, ast.Name))


def bindings(tree: ast.Module) -> Counter[str]:
    """How many places of a file bind, delete or declare each name."""
    return Counter(name for node in nodes(tree) if type(node) in _BINDING for name in _bound(node))


_BINDING = frozenset(
    {
        ast.Import, ast.ImportFrom, ast.Name, ast.arg, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef,
        ast.ExceptHandler, ast.MatchAs, ast.MatchStar, ast.MatchMapping, ast.Global, ast.Nonlocal,
    }
)  # fmt: skip


def _bound(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import() | ast.ImportFrom():
            yield from (alias.asname or alias.name.partition(".")[0] for alias in node.names)
        case ast.Name(ctx=ast.Store() | ast.Del()):
            yield node.id
        case ast.arg():
            yield node.arg
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name
        case ast.ExceptHandler() | ast.MatchAs() | ast.MatchStar() if node.name:
            yield node.name
        case ast.MatchMapping() if node.rest:
            yield node.rest
        case ast.Global() | ast.Nonlocal():
            yield from node.names
