"""A file's syntax tree; where it is broken, of what is whole in it."""

from __future__ import annotations

import ast
import re
import sys

from onetake.frontends.source.faults import SYNTAX_ERROR, Fault
from onetake.model.records import record

_MENDINGS = 5
"""How many broken statements a file may have before it is given up."""
_BEGINS = re.compile(r"[^\s#)\]}]")
"""The first character of a line with which a statement of the module begins."""
_NEWER = re.compile(r"\b[rRbB]?[fFtT][rRbB]?[\"']|^\s*type\s+\w|^\s*except\b|^\s*(?:def|class)\s+\w+\[")
"""Lines that a later Python may take, which this one does not."""
_TEMPLATE = ("{%", "{{cookiecutter", "{{ cookiecutter", "<%", "%name.")
"""Marks of files from which programs are made."""


@record
class Parsed:
    """What could be made of a text."""

    tree: ast.Module | None
    """Without statements that cannot be parsed; ``None`` where nothing is whole, or where it is no program yet."""
    whole: bool
    fault: Fault | None = None
    """The first error, where it surely is one."""


def parsed(text: str) -> Parsed:
    """The tree of a file, as far as there is one."""
    if any(mark in text for mark in _TEMPLATE):
        return Parsed(None, whole=False)
    lines = text.splitlines(keepends=True)
    fault: Fault | None = None
    for turn in range(_MENDINGS):
        try:
            return Parsed(ast.parse("".join(lines)), not turn, fault)
        except SyntaxError as error:
            fault = _fault(error, lines) if not turn else fault
            if not _without(lines, (error.lineno or 1) - 1):
                break
        except (ValueError, RecursionError, MemoryError):
            break
    return Parsed(None, whole=False, fault=fault)


def _fault(error: SyntaxError, lines: list[str]) -> Fault | None:
    line = error.lineno or 1
    text = lines[line - 1] if line <= len(lines) else ""
    if _NEWER.search(text):
        return None
    start, end = max(0, (error.offset or 1) - 1), len(text.rstrip())
    node = ast.Name("", ast.Load(), lineno=line, col_offset=start, end_lineno=line, end_col_offset=max(start, end))
    version = ".".join(map(str, sys.version_info[:2]))
    verbatim = f"{type(error).__name__}: {error.msg}"
    return Fault(SYNTAX_ERROR, node, "syntax", f"is not valid Python: {error.msg} (Python {version})", verbatim, "")


def _without(lines: list[str], at: int) -> bool:
    """Blank the statement of the module in which a line is; ``False`` when nothing would change."""
    at = min(at, len(lines) - 1)
    start = next((place for place in range(at, -1, -1) if _BEGINS.match(lines[place])), 0)
    end = next((place for place in range(at + 1, len(lines)) if _BEGINS.match(lines[place])), len(lines))
    changed = any(line.strip() for line in lines[start:end])
    lines[start:end] = ["\n"] * (end - start)
    return changed
