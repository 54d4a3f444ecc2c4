"""The modules of the program that a file imports, directly or through others, and whether they are all known."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from onetake.frontends.files import Options
from onetake.frontends.source.own import module_file, tree_of
from onetake.frontends.source.scopes import Scopes, bindings
from onetake.knowledge.api.editions import PACKS
from onetake.model.records import record

_MOST = 60
"""Modules that are read for one file; of a larger program nothing is said that needs all of them."""
_HARMLESS = frozenset({"pytest", "typing_extensions", "dotenv", "yaml"})
"""Distributions that make no constructs."""


class OwnModule:
    """One module of the program."""

    def __init__(self, path: Path, tree: ast.Module) -> None:
        self.path = path
        self.tree = tree

    @cached_property
    def scopes(self) -> Scopes:
        """What its names stand for in construct libraries."""
        return Scopes(self.tree, frozenset(PACKS), bindings(self.tree))

    @cached_property
    def classes(self) -> dict[str, ast.ClassDef]:
        """The classes that it defines, by name."""
        return {node.name: node for node in self.tree.body if isinstance(node, ast.ClassDef)}


@record
class Closure:
    """A file and what it imports of the program."""

    modules: dict[Path, OwnModule]
    """The file itself first."""
    whole: bool
    """Whether nothing is imported that could make constructs and is not among them."""

    def nodes(self) -> Iterator[tuple[OwnModule, ast.AST]]:
        """Every node of every module."""
        for module in self.modules.values():
            yield from ((module, node) for node in ast.walk(module.tree))


def closure(path: Path, tree: ast.Module, options: Options) -> Closure:
    """What the file at ``path``, whose tree is ``tree``, imports of the program."""
    found = {path.resolve(): OwnModule(path.resolve(), tree)}
    whole = True
    pending = [path.resolve()]
    while pending:
        here = pending.pop()
        for name, optional in _imported(found[here].tree, here):
            file = module_file(name, here, options) if isinstance(name, str) else name
            if file is None or not file.is_file():
                whole = whole and (optional or _harmless(name))
                continue
            file = file.resolve()
            if file not in found:
                inside = tree_of(file, options) if len(found) < _MOST else None
                if inside is None:
                    whole = False
                    continue
                found[file] = OwnModule(file, inside)
                pending.append(file)
    return Closure(found, whole)


def _harmless(name: str | Path) -> bool:
    root = name.partition(".")[0] if isinstance(name, str) else ""
    return root in PACKS or root in sys.stdlib_module_names or root in _HARMLESS


def _imported(tree: ast.Module, path: Path) -> Iterator[tuple[str | Path, bool]]:
    """What a module imports: names, or files where the import is relative; whether it need not exist."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, False) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module, False
            # ``from lib import vpc`` names a module as often as something in one.
            yield from ((f"{node.module}.{alias.name}", True) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            folder = path.parents[node.level - 1] if node.level <= len(path.parents) else path.parent
            below = Path(*(node.module or "").split(".")) if node.module else Path()
            if node.module:
                yield (folder / below).with_suffix(".py"), (folder / below).is_dir()
            yield from (((folder / below / alias.name).with_suffix(".py"), bool(node.module)) for alias in node.names)
