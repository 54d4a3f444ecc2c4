"""Edits that mend a fault of a Python file where there is one way that is surely meant."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from onetake.frontends.source.faults import (
    INVALID_TEMPLATE,
    NO_ORDER,
    UNKNOWN_ARGUMENT,
    UNKNOWN_ATTRIBUTE,
    UNTYPED_KEY,
    Fault,
)
from onetake.frontends.source.imports import Use
from onetake.frontends.source.likeness import same
from onetake.frontends.source.nodes import nodes
from onetake.frontends.source.scopes import Scopes
from onetake.model.findings import Action, Edit
from onetake.model.records import record
from onetake.model.values import Span

_BLOCKS = (ast.Module, ast.FunctionDef)


@record
class Text:
    """A file to be mended."""

    file: str
    text: str
    tree: ast.Module
    scopes: Scopes

    def replace(self, place: tuple[int, int, int, int], old: str, new: str) -> Edit:
        """The edit that puts ``new`` in the place of ``old``."""
        return Edit(Span(self.file, place), Action.SET, [old, new])

    def source(self, node: ast.AST) -> str:
        """The text of a node."""
        return ast.get_source_segment(self.text, node) or ""


def of_fault(fault: Fault, text: Text) -> tuple[Edit, ...]:
    """The edits for what is wrong with a call or an attribute; none where it is not sure what was meant."""
    node = fault.node
    if fault.rule == NO_ORDER and isinstance(node, ast.Call):
        return tuple(_ordered(node, text))
    if fault.rule == INVALID_TEMPLATE and isinstance(node, ast.Constant):
        return tuple(_doubled(node, text))
    if not fault.near or not same(fault.name, fault.near):
        return ()
    if fault.rule == UNKNOWN_ARGUMENT and isinstance(node, ast.keyword):
        place = (node.lineno, node.col_offset, node.lineno, node.col_offset + len(fault.name))
        # The key of a dict stands for a keyword, too, and begins with its quotes.
        named = text.source(node).startswith(fault.name)
        return (text.replace(place, fault.name, fault.near),) if named else ()
    if fault.rule == UNTYPED_KEY and isinstance(node, ast.Constant) and text.source(node)[1:-1] == fault.name:
        place = (node.lineno, node.col_offset + 1, node.lineno, node.col_offset + 1 + len(fault.name.encode()))
        return (text.replace(place, fault.name, fault.near),)
    if fault.rule == UNKNOWN_ATTRIBUTE and isinstance(node, ast.Attribute):
        return (_attribute(node, fault.near, text),)
    return ()


def _doubled(node: ast.Constant, text: Text) -> Iterator[Edit]:
    """The edits that double the marks of what can only be meant as letters."""
    from onetake.frontends.source.interpolation import letters

    source = text.source(node)
    for at in letters(source):
        line, column = node.lineno + source.count("\n", 0, at), len(source[source.rfind("\n", 0, at) + 1 : at].encode())
        column += node.col_offset if line == node.lineno else 0
        yield text.replace((line, column, line, column + 1), "$", "$$")


def of_name(use: Use, near: str, text: Text) -> tuple[Edit, ...]:
    """The edits that take ``near`` of the same module in the place of what is not there."""
    if near != f"{use.name}A" and not same(use.name, near):
        return ()
    if use.attribute:
        found = [node for node in nodes(text.tree) if _reads(node, use, text)]
        return tuple(_attribute(node, near, text) for node in found if isinstance(node, ast.Attribute))
    return tuple(_imported(use, near, text))


def of_module(use: Use, near: str, text: Text) -> tuple[Edit, ...]:
    """The edit that imports ``near`` where a module is misspelt."""
    for node in text.tree.body:
        if isinstance(node, ast.ImportFrom) and node.lineno == use.position.line and node.module == use.module:
            line = text.text.splitlines()[node.lineno - 1]
            column = line.find(use.module, node.col_offset)
            if same(use.module, near) and column >= 0 and line.isascii():
                place = (node.lineno, column, node.lineno, column + len(use.module))
                return (text.replace(place, use.module, near),)
    return ()


def _reads(node: ast.AST, use: Use, text: Text) -> bool:
    named = text.scopes.named(node) if isinstance(node, ast.Attribute) else None
    return named is not None and ".".join((named.module, *named.names)) == f"{use.module}.{use.name}"


def _attribute(node: ast.Attribute, near: str, text: Text) -> Edit:
    line, end = node.end_lineno or node.lineno, node.end_col_offset or 0
    return text.replace((line, end - len(node.attr.encode()), line, end), node.attr, near)


def _imported(use: Use, near: str, text: Text) -> Iterator[Edit]:
    """The import and, where it goes by its own name, everything that reads it."""
    if not text.scopes.once(use.name):
        return
    for statement in text.tree.body:
        if not isinstance(statement, ast.ImportFrom) or statement.module != use.module:
            continue
        for alias in statement.names:
            if alias.name == use.name:
                place = (alias.lineno, alias.col_offset, alias.lineno, alias.col_offset + len(use.name))
                yield text.replace(place, use.name, near)
                if not alias.asname:
                    for node in nodes(text.tree):
                        if isinstance(node, ast.Name) and node.id == use.name:
                            here = (node.lineno, node.col_offset, node.lineno, node.col_offset + len(use.name))
                            yield text.replace(here, use.name, near)


def _ordered(call: ast.Call, text: Text) -> Iterator[Edit]:
    """``depends_on`` of the constructor in the place of ``node.add_dependency``, where all it names is there before."""
    node = call.func
    if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Attribute) or call.keywords:
        return
    first = node.value.value
    made, here = text.scopes.value(first), _block(text.tree, call)
    there = _block(text.tree, made) if isinstance(made, ast.Call) else None
    if here is None or there is None or not isinstance(made, ast.Call) or there[0] is not here[0]:
        return
    body, statement = here
    lines = text.text.splitlines(keepends=True)
    line = lines[statement.lineno - 1]
    alone = statement.lineno == statement.end_lineno and line.strip() == text.source(statement) and len(body) > 1
    again = sum(_adds(one, text.source(first)) for one in nodes(text.tree)) > 1
    taken = any(one.arg in ("depends_on", None) for one in made.keywords)
    if again or taken or not alone or not call.args or not all(_before(one, made, body, text) for one in call.args):
        return
    names = ", ".join(text.source(argument) for argument in call.args)
    yield _with_keyword(made, f"depends_on=[{names}]", text, lines)
    yield text.replace((statement.lineno, 0, statement.lineno, len(line.encode())), line, "")


def _before(argument: ast.expr, made: ast.Call, body: list[ast.stmt], text: Text) -> bool:
    """Whether a value surely is there when a call is made: it was assigned before it, among the same statements."""
    given = text.scopes.value(argument)
    block = _block(text.tree, given) if isinstance(given, ast.Call) else None
    return block is not None and block[0] is body and block[1].lineno < made.lineno


def _with_keyword(call: ast.Call, keyword: str, text: Text, lines: list[str]) -> Edit:
    """The edit that adds an argument to a call, on a line of its own where the others have theirs."""
    given = [*call.args, *(one.value for one in call.keywords)]
    last = max(given, key=lambda node: (node.end_lineno or 0, node.end_col_offset or 0))
    line, column = last.end_lineno or 0, last.end_col_offset or 0
    behind = lines[line - 1].encode()[column:].decode()
    own_line = line < (call.end_lineno or line) and behind.strip() == ","
    if own_line:
        first = lines[line - 1]
        holder = next((one for one in call.keywords if one.value is last), None)
        start = lines[(holder.lineno if holder else last.lineno) - 1]
        margin = start[: len(start) - len(start.lstrip())]
        end = first[len(first.rstrip("\r\n")) :]
        return text.replace((line, column, line, column + 1), ",", f",{end}{margin}{keyword},")
    return text.replace((line, column, line, column), "", f", {keyword}")


def _adds(node: ast.AST, first: str) -> bool:
    """Whether a call adds a dependency to the same element."""
    return isinstance(node, ast.Call) and ast.unparse(node.func) == f"{first}.node.add_dependency"


def _block(tree: ast.Module, wanted: ast.AST) -> tuple[list[ast.stmt], ast.stmt] | None:
    """The statements among which an expression is the whole of one, or what one assigns; and that one."""
    for node in nodes(tree):
        body: list[ast.stmt] = getattr(node, "body", []) if isinstance(node, _BLOCKS) else []
        for statement in body:
            if isinstance(statement, ast.Expr | ast.Assign | ast.AnnAssign) and statement.value is wanted:
                return body, statement
    return None
