"""The settings that a formatter has for a file, and whether it leaves the file alone."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from onetake.frontends.project.formatting import Style
from onetake.frontends.project.formatting.claims import CONFIGURATIONS, Claim
from onetake.frontends.project.remarks import File, Project

_LEFT = frozenset(
    {".eggs", ".git", ".hg", ".mypy_cache", ".nox", ".tox", ".venv", "__pypackages__", "_build", "buck-out", "build"}
) | {"cdk.out", "cdktf.out", "dist", "node_modules", "site-packages", "venv"}
"""Folders that both pass over where nothing else is said, and those that frameworks write."""
_GENERATED = re.compile(r"#.*(?:@generated|[Gg]enerated by|DO NOT EDIT)")
_UNKNOWN = Style(quote=None, unit=None, width=None, preview=True)
_QUOTES = {"double": '"', "single": "'"}

Table = dict[str, object]


def style(file: File, claim: Claim, project: Project) -> Style | None:
    """How the formatter of ``claim`` writes ``file``; ``None`` if it does not, or if that cannot be told."""
    root = project.options.root.resolve()
    path = file.path.resolve()
    folders = [one for one in path.parents if one.is_relative_to(root)]
    names = path.relative_to(root).parts if path.is_relative_to(root) else path.parts
    if (
        _LEFT & {*names[:-1]}
        or any(_GENERATED.match(row) for row in file.lines[:10])
        or _ignored(path, folders, project)
    ):
        return None
    tables = [found for folder in folders if (found := _table(folder, claim.call.formatter, project)) is not None]
    black = claim.call.formatter == "black"
    # Settings may lie above what is read, unless that is a whole repository.
    chosen: Style | None = Style() if (root / ".git").exists() else _UNKNOWN
    if tables:
        chosen = _black(path, *tables[0]) if black else _ruff(path, *tables[0])
    if chosen is None:
        return None
    # Ruff takes the nearest settings, Black those of the folder that it was called for.
    if claim.call.own or (black and len(tables) > 1):
        return _UNKNOWN
    return Style(chosen.quote, chosen.unit, claim.call.width or chosen.width, chosen.preview)


def _table(folder: Path, formatter: str, project: Project) -> tuple[Path, Table] | None:
    """The folder, and the settings that it has for the formatter."""
    for name in CONFIGURATIONS if formatter == "ruff" else CONFIGURATIONS[-1:]:
        if (folder / name).is_file():
            data = project.beside(folder / name).toml
            found = _below(_below(data, "tool"), formatter) if name == "pyproject.toml" else data
            if found or name != "pyproject.toml":
                return folder, found
    return None


def _below(table: Table, key: str) -> Table:
    found = table.get(key)
    return found if isinstance(found, dict) else {}


def _black(path: Path, folder: Path, table: Table) -> Style | None:
    name = path.relative_to(folder)
    places = [f"/{one.as_posix()}/" for one in name.parents if one.parts] + [f"/{name.as_posix()}"]
    for key in ("exclude", "extend-exclude", "force-exclude"):
        pattern = table.get(key)
        if isinstance(pattern, str) and any(_finds(pattern, one) for one in places):
            return None
    include = table.get("include")
    if table.get("pyi") or (isinstance(include, str) and not _finds(include, places[-1])):
        return None
    preview = any(table.get(key) for key in ("preview", "unstable", "enable-unstable-feature"))
    quote = None if table.get("skip-string-normalization") else '"'
    return Style(quote, "    ", _number(table, "line-length", 88), preview)


def _finds(pattern: str, place: str) -> bool:
    """Whether a pattern of Black names a place; one that cannot be read may."""
    try:
        return re.search(re.compile(pattern, re.VERBOSE if "\n" in pattern else 0), place) is not None
    except re.error:
        return True


def _ruff(path: Path, folder: Path, table: Table) -> Style | None:
    name = path.relative_to(folder)
    own = _below(table, "format")
    left = [*_texts(table, "exclude"), *_texts(table, "extend-exclude"), *_texts(own, "exclude")]
    include = _texts(table, "include")
    if "extend" in table or _named(name, left) or (include and not _named(name, include)):
        return None
    unit, width = " " * (_number(table, "indent-width", 4) or 4), _number(table, "line-length", 88)
    if own.get("indent-style") == "tab":
        unit, width = "\t", None
    quote = _QUOTES.get(str(own.get("quote-style", "double")))
    return Style(quote, unit, width, bool(own.get("preview", table.get("preview", False))))


def _number(table: Table, key: str, default: int) -> int | None:
    found = table.get(key, default)
    return found if isinstance(found, int) else None


def _texts(table: Table, key: str) -> list[str]:
    found = table.get(key)
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def _named(name: Path, patterns: Iterable[str]) -> bool:
    """Whether a pattern names the file, a folder that it lies in, or a part of its path: rather once too often."""
    places = [*name.parts, name.as_posix(), *(one.as_posix() for one in name.parents if one.parts)]
    for pattern in patterns:
        bare = pattern.strip("/").removeprefix("./").removeprefix("**/").removesuffix("/**").removesuffix("/*")
        if any(fnmatch.fnmatchcase(place, one) for place in places for one in (bare, f"*/{bare}")):
            return True
    return False


def _ignored(path: Path, folders: Sequence[Path], project: Project) -> bool:
    """Whether a ``.gitignore`` names the file: both formatters heed it."""
    for folder in folders:
        if (folder / ".gitignore").is_file():
            rows = [row.strip() for row in project.beside(folder / ".gitignore").lines]
            if _named(path.relative_to(folder), [row for row in rows if row and row[0] not in "#!"]):
                return True
    return False
