"""How Python files are written, as far as linters agree: imports that nothing uses or that stand after code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from onetake.frontends.project.remarks import (
    LATE_IMPORT,
    TRAILING_LINES,
    UNUSED_IMPORT,
    File,
    Project,
    Remark,
)

_WAIVED = re.compile(r"#.*\b(?:noqa|pylint:\s*disable|type:\s*ignore|isort|fmt:)")
_WAIVED_FILE = re.compile(r"#\s*(?:ruff|flake8):\s*noqa|^#\s*pylint:\s*(?:disable|skip)", re.MULTILINE)
_TYPE_TEXT = re.compile(r"[\w.\[\], |]+")
"""What a text may be that names a type or an export."""


def remarks(project: Project) -> Iterator[Remark]:
    """What linters with their default settings say of the files that import a construct library."""
    for file in project.python:
        if file.tree is None or _WAIVED_FILE.search(file.text):
            continue
        yield from _end(file)
        yield from _late(file, file.tree)
        if file.path.name not in ("__init__.py", "conftest.py"):
            yield from _unused(file, file.tree)


def _end(file: File) -> Iterator[Remark]:
    whole = file.text.rstrip()
    blank = file.text[len(whole) :].count("\n") - 1
    if whole and blank > 0:
        line = whole.count("\n") + 2
        message = f"ends with {blank} blank line{'s' if blank > 1 else ''} (pylint C0305)"
        yield Remark(TRAILING_LINES, file, line, message, "end the file with one newline")


def _late(file: File, tree: ast.Module) -> Iterator[Remark]:
    """The first import of a module that stands after a statement that runs."""
    code: ast.stmt | None = None
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            if code is not None and not _WAIVED.search(file.lines[node.lineno - 1]):
                fix = "put imports first"
                if "sys.path" in ast.unparse(code):
                    fix = 'make the package importable by configuration: [tool.pytest.ini_options] pythonpath = ["."]'
                message = f"an import stands after code (line {code.lineno}; pylint C0413)"
                yield Remark(LATE_IMPORT, file, node.lineno, message, fix)
                return
        elif code is None and _runs(node):
            code = node


def _runs(node: ast.stmt) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()) | ast.If() | ast.Try() | ast.With():
            return False
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr="importorskip"))):
            return False
        case ast.Assign(targets=[ast.Name(id=name)]) if name.startswith("__"):
            return False
        case _:
            return True


def _unused(file: File, tree: ast.Module) -> Iterator[Remark]:
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    used |= {
        word
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _TYPE_TEXT.fullmatch(node.value)
        for word in re.findall(r"\w+", node.value)
    }
    lost: list[tuple[int, str]] = []
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom) and not _kept(node, file):
            for alias in node.names:
                name = alias.asname or alias.name
                submodule = isinstance(node, ast.Import) and "." in alias.name and not alias.asname
                if not submodule and name != "*" and alias.asname != alias.name and name not in used:
                    lost.append((alias.lineno, name))
    if lost:
        names = ", ".join(name for _, name in lost)
        message = f"imports {names} and does not use {'it' if len(lost) == 1 else 'them'} (F401)"
        yield Remark(UNUSED_IMPORT, file, lost[0][0], message, "take the imports away, or run: ruff check --fix")


def _kept(node: ast.Import | ast.ImportFrom, file: File) -> bool:
    lines = file.lines[node.lineno - 1 : node.end_lineno or node.lineno]
    future = isinstance(node, ast.ImportFrom) and node.module == "__future__"
    return future or any(_WAIVED.search(line) for line in lines)
