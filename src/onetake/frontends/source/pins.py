"""Which versions of a library a Python program asks for: requirements files, ``pyproject.toml`` and ``Pipfile``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from onetake.frontends.files import Options, Unreadable, read_text
from onetake.frontends.source.remembering import Remembered
from onetake.knowledge.api.editions import Edition
from onetake.knowledge.versions import constraint, fulfilled, version
from onetake.model.records import record

_REQUIREMENT = re.compile(r"^\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*([^;#]*)")
_MENTIONED = re.compile(r"\b(?:cdktf|cdktn|aws-cdk|constructs)[a-z0-9._-]*", re.IGNORECASE)
_NOT_PARSED = ("setup.py", "setup.cfg", "environment.yml", "environment.yaml", "uv.lock", "poetry.lock")
"""Files that may say which version there is, in forms that are not read: what they mention is not judged."""
_UNKNOWN = "not read"
_FIRST_CDK = ("aws-cdk-core", "aws-cdk-aws-")
"""Distributions of the first CDK, which had the same root module."""
_WILDCARD = re.compile(r"^==\s*(\d+(?:\.\d+)*)\.\*$")
_CARET = re.compile(r"^\^\s*(\d+)(?:\.(\d+))?(?:\.\d+)*$")
_FIRST_NUMBER = re.compile(r"\d+")
_EXACT = re.compile(r"^(?:===?\s*)?v?(\d+(?:\.\d+)+)$")


@record
class Pins:
    """What a program says of the versions that it wants, by the distribution's name."""

    wanted: Mapping[str, str]
    """Constraints as they are written; empty for any version."""

    def admitted(self, editions: tuple[Edition, ...]) -> tuple[Edition, ...]:
        """The editions that the program may run with; all of them when it does not say."""
        if any(name.startswith(_FIRST_CDK) for name in self.wanted):
            editions = tuple(one for one in editions if one.distribution != "aws-cdk-lib")
        return tuple(one for one in editions if self.admits(one))

    def judges(self, editions: tuple[Edition, ...]) -> tuple[Edition, ...]:
        """By which editions the program is judged: those it may run with, or else the newest of the same major version.

        Releases of one major version mostly add; what is said by another than the one that runs is no more than a risk.
        """
        found = self.admitted(editions)
        if found or not editions:
            return found
        major = _FIRST_NUMBER.search(self.wanted.get(editions[0].distribution, ""))
        alike = [one for one in editions if major and one.version.split(".")[0] == major[0]]
        return tuple(alike[-1:])

    def admits(self, edition: Edition) -> bool:
        """Whether the program may run with an edition."""
        return _admits(self.wanted.get(edition.distribution, ""), edition.version)

    def newer_admitted(self, edition: Edition) -> bool:
        """Whether a later release than ``edition`` may be installed, of which nothing is known here."""
        terms = constraint(terraform_spelling(self.wanted.get(edition.distribution, "")))
        found = version(edition.version)
        if terms is None or found is None:
            return True
        later = ".".join((*edition.version.split(".")[:-1], str(int(edition.version.rpartition(".")[2]) + 1)))
        soon = version(later)
        return soon is None or fulfilled(terms, soon)


@lru_cache(maxsize=256)
def _admits(text: str, told: str) -> bool:
    """Whether a version fulfils a constraint of Python's."""
    terms, found = constraint(terraform_spelling(text)), version(told)
    return terms is not None and found is not None and fulfilled(terms, found)


def terraform_spelling(text: str) -> str:
    """A constraint of Python's as Terraform writes it: ``~=`` as ``~>``, ``==`` as ``=``, ``^1.2`` as a range."""
    parts = [_term(part.strip()) for part in text.split(",") if part.strip() and part.strip() != "*"]
    return ", ".join(parts)


def _term(part: str) -> str:
    wildcard = _WILDCARD.match(part)
    if wildcard:
        return f"~> {wildcard[1]}.0"
    caret = _CARET.match(part)
    if caret:
        major, minor = int(caret[1]), int(caret[2] or 0)
        return f">= {major}.{minor}, < {major + 1}.0" if major else f"~> 0.{minor}.0"
    exact = _EXACT.match(part)
    if exact:
        return f"= {exact[1]}"
    return part.replace("~=", "~>", 1) if part.startswith("~=") else part


_remembered: Remembered[Path, Pins] = Remembered()


def pins(folder: Path, options: Options) -> Pins:
    """What the nearest files at or above ``folder`` say, up to the root."""
    return _remembered.get(folder, options, lambda: _pins(folder, options))


def _pins(folder: Path, options: Options) -> Pins:
    found: dict[str, str] = {}
    root = options.root.resolve()
    here = folder.resolve()
    while here.is_relative_to(root):
        for name, text in _told(here, options):
            found.setdefault(name, text)
        if here == root:
            break
        here = here.parent
    return Pins(found)


def _told(folder: Path, options: Options) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.glob("requirements*.txt")):
        for line in _text(path, options).splitlines():
            yield from requirement(line)
    for file in _NOT_PARSED:
        for found in _MENTIONED.findall(_text(folder / file, options)):
            yield canonical(found), _UNKNOWN
    for name, read in (("pyproject.toml", _project), ("Pipfile", _pipfile)):
        data = _toml(folder / name, options)
        yield from read(data)


def requirement(line: str) -> Iterator[tuple[str, str]]:
    """The distribution and the constraint of one line; nothing of options, comments and addresses."""
    found = _REQUIREMENT.match(line)
    if found and "@" not in found[2] and "://" not in line:
        yield canonical(found[1]), found[2].split(" --")[0].strip().strip("()")


def canonical(name: str) -> str:
    """A distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _project(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    listed = _table(data, "project").get("dependencies", ())
    for line in listed if isinstance(listed, list) else ():
        if isinstance(line, str):
            yield from requirement(line)
    yield from _named(_table(data, "tool", "poetry", "dependencies"))


def _pipfile(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield from _named(_table(data, "packages"))


def _named(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, told in table.items():
        text = told.get("version", "") if isinstance(told, dict) else told
        if isinstance(text, str):
            yield canonical(name), text


def _table(data: Mapping[str, Any], *keys: str) -> Mapping[str, Any]:
    for key in keys:
        inner = data.get(key)
        data = inner if isinstance(inner, dict) else {}
    return data


def _toml(path: Path, options: Options) -> Mapping[str, Any]:
    text = _text(path, options)
    if not text:
        return {}
    import tomllib

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def _text(path: Path, options: Options) -> str:
    if not path.is_file():
        return ""
    try:
        return read_text(path, options)
    except Unreadable:
        return ""
