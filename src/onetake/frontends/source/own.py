"""Calls of the program's own classes and functions, in this file or imported from another one of the program."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from onetake.frontends.files import Options, Unreadable, read_text
from onetake.frontends.source import words
from onetake.frontends.source.faults import MISSING_ARGUMENT, UNKNOWN_ARGUMENT, Fault
from onetake.frontends.source.scopes import Scopes
from onetake.knowledge.api.editions import PACKS
from onetake.model.records import record

Definition = ast.FunctionDef | ast.AsyncFunctionDef


@record
class _Callable:
    name: str
    """As Python names it in its complaints."""
    shown: str
    arguments: ast.arguments
    bound: int
    """How many positional parameters are given by Python itself: ``self``."""


def faults(tree: ast.Module, nodes: Iterable[ast.AST], scopes: Scopes, path: Path, options: Options) -> Iterator[Fault]:
    """Arguments that are unknown, missing or too many in calls of what the program itself defines."""
    known = {name: found for name, found in _defined(tree) if scopes.once(name)}
    known |= {name: found for name, found in _imported(tree, path, options) if scopes.once(name)}
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in known:
            yield from _judged(node, known[node.func.id])


def _defined(tree: ast.Module) -> Iterator[tuple[str, _Callable]]:
    """The functions of a module, and its classes that say themselves how they are made."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.decorator_list:
            yield node.name, _Callable(f"{node.name}()", node.name, node.args, 0)
        if isinstance(node, ast.ClassDef) and not node.decorator_list and not node.keywords:
            made = [one for one in node.body if isinstance(one, Definition) and one.name in ("__init__", "__new__")]
            if len(made) == 1 and made[0].name == "__init__" and not made[0].decorator_list:
                yield node.name, _Callable(f"{node.name}.__init__()", node.name, made[0].args, 1)


def _imported(tree: ast.Module, path: Path, options: Options) -> Iterator[tuple[str, _Callable]]:
    for node in tree.body:
        library = isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in PACKS
        if isinstance(node, ast.ImportFrom) and node.module and not node.level and not library:
            wanted = {alias.name: alias.asname or alias.name for alias in node.names}
            of_module = module(node.module, path, options)
            for name, found in _defined(of_module) if of_module else ():
                if name in wanted:
                    yield wanted[name], found


def module(name: str, path: Path, options: Options) -> ast.Module | None:
    """The tree of the one file of the program that Python imports as ``name``; ``None`` when that is not sure."""
    file = module_file(name, path, options)
    return tree_of(file, options) if file else None


def module_file(name: str, path: Path, options: Options) -> Path | None:
    """The one file of the program that Python imports as ``name`` in the file at ``path``."""
    root = options.root.resolve()
    folders = [one for one in path.resolve().parents if one.is_relative_to(root)]
    below = Path(*name.split(".")).with_suffix(".py")
    files = [folder / below for folder in folders if (folder / below).is_file()]
    return files[0] if len(files) == 1 else None


def tree_of(file: Path, options: Options) -> ast.Module | None:
    """The syntax tree of a file; ``None`` when it has none."""
    try:
        return ast.parse(read_text(file, options))
    except (Unreadable, SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _judged(call: ast.Call, one: _Callable) -> Iterator[Fault]:
    if any(isinstance(given, ast.Starred) for given in call.args) or any(given.arg is None for given in call.keywords):
        return
    positional = [*one.arguments.posonlyargs, *one.arguments.args][one.bound :]
    names = [given.arg for given in positional]
    only = [given.arg for given in one.arguments.kwonlyargs]
    for keyword in call.keywords if one.arguments.kwarg is None else ():
        name = keyword.arg or ""
        if name not in (*names, *only):
            fix = words.use(words.nearest(name, (*names, *only)))
            message = f"{one.shown} takes no argument {name}"
            yield Fault(UNKNOWN_ARGUMENT, keyword, name, message, words.unexpected(one.name, name), fix)
            return
    if len(call.args) > len(names) and one.arguments.vararg is None:
        message = f"{one.shown} takes {len(names)} arguments by position, and is given {len(call.args)}"
        yield Fault(UNKNOWN_ARGUMENT, call, one.shown, message, "", "")
        return
    yield from _missing(call, one, names)


def _missing(call: ast.Call, one: _Callable, names: list[str]) -> Iterator[Fault]:
    given = {*names[: len(call.args)], *(keyword.arg for keyword in call.keywords)}
    needed = names[: len(names) - len(one.arguments.defaults)]
    lacking = [name for name in needed if name not in given]
    positional = bool(lacking)
    if not positional:
        pairs = zip(one.arguments.kwonlyargs, one.arguments.kw_defaults, strict=True)
        lacking = [name.arg for name, default in pairs if default is None and name.arg not in given]
    if lacking:
        verbatim = words.missing(one.name, lacking, positional=positional)
        yield Fault(MISSING_ARGUMENT, call, one.shown, f"{one.shown} needs {', '.join(lacking)}", verbatim, "")
