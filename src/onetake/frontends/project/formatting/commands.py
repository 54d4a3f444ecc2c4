"""Calls of a formatter in scripts: which one, with which settings, of which files."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator, Sequence

from onetake.model.records import record

_PARTS = re.compile(r"&&|\|\||;|\|")
_LEAD = re.compile(r"^\s*(?:[@-]+\s*)*(?:(?:run|script|command|cmd|commands(?:_pre|_post)?|[\w\"'-]+\s*)\s*[:=]\s*)?")
"""What stands before a command in a line of a Makefile, a YAML or TOML list, a setting of tox."""
_RUNNERS = frozenset({"uv", "poetry", "pipenv", "pdm", "hatch", "rye", "pipx"})
_QUIET = frozenset(
    {"--check", "--diff", "-q", "--quiet", "-v", "--verbose", "--fast", "--safe", "--color", "--no-color"}
    | {"--no-cache", "-n", "--workers"}
)
_WIDTH = ("-l", "--line-length")
_SETTINGS = frozenset(
    {"-S", "--skip-string-normalization", "-C", "--skip-magic-trailing-comma", "--preview", "--unstable"}
)
_VALUED = frozenset({"-t", "--target-version", "--config", "--required-version"})


@record
class Call:
    """A call that formats files, or checks that they are formatted."""

    formatter: str
    """``black`` or ``ruff``."""
    paths: tuple[str, ...]
    """As they are given; empty for everything below the working folder."""
    width: int | None = None
    """The length of rows where it is given."""
    own: bool = False
    """Whether other settings are given than those of the configuration."""


def calls(text: str) -> Iterator[Call]:
    """The calls in the lines of a script; none of those whose files cannot be told."""
    for line in text.split("\n"):
        code = re.sub(r"(?:^|\s)#.*", "", line)
        parts = _PARTS.split(_LEAD.sub("", code, count=1))
        if any(part.split()[:1] in (["cd"], ["pushd"]) for part in parts):
            continue
        for part in parts:
            found = call(_words(part))
            if found:
                yield found


def sessions(text: str) -> Iterator[Call]:
    """The calls in a ``noxfile.py``: ``session.run("black", "--check", ".")``."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "run":
            words = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            found = call(words) if len(words) == len(node.args) else None
            if found:
                yield found


def _words(part: str) -> list[str]:
    try:
        return shlex.split(part.strip().strip("\"'[],"))
    except ValueError:
        return []


def call(words: Sequence[str]) -> Call | None:
    """What ``words`` call, if that is a formatter."""
    rest = [*words]
    while rest and re.fullmatch(r"\w+=\S*", rest[0]):
        rest.pop(0)
    if rest[1:2] == ["run"] and rest[0] in _RUNNERS:
        rest = rest[2:]
        while rest and rest[0].startswith("-"):
            rest.pop(0)
    elif rest[:1] == ["uvx"]:
        rest.pop(0)
    if rest[1:2] == ["-m"] and re.fullmatch(r"(?:.*/)?python[\d.]*|\$[({]\w+[)}]", rest[0], re.IGNORECASE):
        rest = rest[2:]
    tool = rest[0].rsplit("/", 1)[-1].split("@")[0] if rest else ""
    if tool == "ruff" and rest[1:2] == ["format"]:
        return options("ruff", rest[2:])
    # Without a path Black does nothing.
    found = options("black", rest[1:]) if tool == "black" else None
    return found if found and found.paths else None


def options(formatter: str, words: Sequence[str]) -> Call | None:
    """A call with its arguments; ``None`` where one of them is not known here, or stands for something else."""
    rest = [*words]
    paths: list[str] = []
    width, own = None, False
    while rest:
        word = rest.pop(0)
        name, has_value, value = word.partition("=")
        if name in (*_WIDTH, *_VALUED):
            given = value if has_value else (rest.pop(0) if rest else "")
            own = own or name in ("--config", "--required-version")
            width = int(given) if name in _WIDTH and given.isdigit() else width
        elif word in _SETTINGS:
            own = True
        elif (word.startswith("-") and word not in _QUIET) or re.search(r"[$`*{}<>]", word):
            return None
        elif not word.startswith("-"):
            paths.append(word)
    return Call(formatter, tuple(paths), width, own)
