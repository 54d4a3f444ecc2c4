"""The patterns of ``fileset``, for whoever implements :class:`~onetake.frontends.terraform.functions.Files`."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

from onetake.frontends.terraform.functions.values import Failure, Undetermined

_DEPTH = 50


def matcher(pattern: str) -> Callable[[str], bool]:
    """A test of paths, which are relative and have forward slashes.

    ``*`` and ``?`` stay inside a folder's name, ``**`` between slashes stands for any folders, ``[...]`` for one of
    several characters (``[^...]`` for others), ``{...,...}`` for one of several texts.

    Raises:
        Failure: Terraform refuses the pattern.
    """
    pattern = posixpath.normpath(pattern) if pattern else ""
    if pattern.startswith("../"):
        raise Undetermined("a pattern that leaves its folder")
    expression, position = _expression(pattern, 0, 0)
    if position < len(pattern):
        raise _refused(pattern)
    try:
        compiled = re.compile(expression, re.DOTALL)
    except re.error:
        raise _refused(pattern) from None
    return lambda path: compiled.fullmatch(path) is not None


def _refused(pattern: str) -> Failure:
    return Failure(f"failed to glob pattern {pattern}: syntax error in pattern", exact=False)


def _expression(pattern: str, position: int, depth: int) -> tuple[str, int]:
    pieces: list[str] = []
    while position < len(pattern):
        sign = pattern[position]
        if depth and sign in ",}":
            break
        if sign == "{":
            piece, position = _alternatives(pattern, position, depth)
        elif sign == "[":
            piece, position = _class(pattern, position)
        elif sign == "*":
            piece, position = _stars(pattern, position)
        elif sign == "\\":
            if position + 1 == len(pattern):
                raise _refused(pattern)
            piece, position = re.escape(pattern[position + 1]), position + 2
        else:
            piece, position = ("[^/]" if sign == "?" else re.escape(sign)), position + 1
        pieces.append(piece)
    return "".join(pieces), position


def _stars(pattern: str, position: int) -> tuple[str, int]:
    end = position
    while pattern.startswith("*", end):
        end += 1
    alone = (position == 0 or pattern[position - 1] == "/") and pattern[end : end + 1] in {"", "/"}
    if end - position < 2 or not alone:
        return "[^/]*", end
    if end == len(pattern):
        return ".*", end
    return "(?:[^/]+/)*", end + 1


def _alternatives(pattern: str, position: int, depth: int) -> tuple[str, int]:
    if depth > _DEPTH:
        raise _refused(pattern)
    branches: list[str] = []
    while pattern[position] in "{,":
        branch, position = _expression(pattern, position + 1, depth + 1)
        branches.append(branch)
        if position >= len(pattern):
            raise _refused(pattern)
    return f"(?:{'|'.join(branches)})", position + 1


def _class(pattern: str, position: int) -> tuple[str, int]:
    found = re.compile(r"\[(\^?)((?:\\.|[^\]\\])+)\]", re.DOTALL).match(pattern, position)
    if found is None:
        raise _refused(pattern)
    inside = re.sub(r"[\[&~|^]", r"\\\g<0>", found[2])
    return f"(?!/)[{'^' if found[1] else ''}{inside}]", found.end()
