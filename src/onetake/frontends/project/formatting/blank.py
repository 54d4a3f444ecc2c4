"""Blank lines between statements: how many Black and Ruff write where they leave no choice."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise

from onetake.frontends.project.formatting.lines import Source
from onetake.frontends.project.formatting.spacing import Sign

_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_Import = ast.Import | ast.ImportFrom


def signs(source: Source, tree: ast.Module) -> Iterator[Sign]:
    """Statements with another number of blank lines before them than both formatters write."""
    yield from _body(tree, tree.body, 0, source)


def _body(owner: ast.AST, body: list[ast.stmt], depth: int, source: Source) -> Iterator[Sign]:
    # What follows a docstring differs between versions of the formatters.
    docstring = isinstance(owner, ast.Module | _Definition) and body != [] and _is_text(body[0])
    for before, after in pairwise(body):
        yield from _between(before, after, 1 if depth else 2, source, docstring=docstring and before is body[0])
    for node in body:
        yield from _decorators(node, source)
        for inner in _bodies(node):
            yield from _body(node, inner, depth + 1, source)


def _bodies(node: ast.AST) -> Iterator[list[ast.stmt]]:
    """The blocks of a statement. A case of ``match`` is one level deeper, which makes no difference here."""
    for _, field in ast.iter_fields(node):
        if isinstance(field, list) and field and isinstance(field[0], ast.stmt):
            yield field
        for part in field if isinstance(field, list) else ():
            if isinstance(part, ast.ExceptHandler | ast.match_case):
                yield part.body


def _between(before: ast.stmt, after: ast.stmt, most: int, source: Source, *, docstring: bool) -> Iterator[Sign]:
    """Around definitions stand as many blank lines as may stand anywhere, after imports at least one."""
    blank, commented = _blank(before, after, source)
    place = (before.end_lineno or before.lineno) + blank + 1
    if blank > most:
        yield place, f"no more than {most} blank line{'s' if most > 1 else ''}"
    elif docstring:
        return
    elif isinstance(before, _Definition) or isinstance(after, _Definition):
        if 0 <= blank < most and not _is_stub(before) and not _is_stub(after):
            yield place, f"{most} blank line{'s' if most > 1 else ''} around a definition"
    elif not blank and not commented and isinstance(before, _Import) and not isinstance(after, _Import):
        yield place, "a blank line after imports"


def _blank(before: ast.stmt, after: ast.stmt, source: Source) -> tuple[int, bool]:
    """How many blank lines follow a statement, and whether comments come then; -1 where something else does."""
    start, end = _start(after), before.end_lineno or before.lineno
    rows = [row.strip() for row in source.rows[end : start - 1]]
    blank = next((at for at, row in enumerate(rows) if row), len(rows))
    if start <= end or not all(row.startswith("#") for row in rows[blank:]):
        return -1, True
    return blank, blank < len(rows)


def _decorators(node: ast.stmt, source: Source) -> Iterator[Sign]:
    """Nothing stands between a decorator and what it decorates."""
    if isinstance(node, _Definition) and node.decorator_list:
        places = [*(one.lineno for one in node.decorator_list), node.lineno]
        for one, following in zip(node.decorator_list, places[1:], strict=False):
            rows = source.rows[(one.end_lineno or one.lineno) : following - 1]
            if rows and not any(row.strip() for row in rows):
                yield following, "no blank line after a decorator"


def _start(node: ast.stmt) -> int:
    decorators = node.decorator_list if isinstance(node, _Definition) else []
    return min([node.lineno, *(one.lineno for one in decorators)])


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _is_stub(node: ast.stmt) -> bool:
    """Whether a definition has no body but dots: such may follow one another."""
    match node:
        case ast.FunctionDef(body=body) | ast.AsyncFunctionDef(body=body) | ast.ClassDef(body=body):
            last = body[-1]
            return isinstance(last, ast.Expr) and isinstance(last.value, ast.Constant) and last.value.value is ...
        case _:
            return False
