"""Clones of public repositories whose tagged sources are looked at: pinned commits (``tags.json``), and where they are.

A clone lies in the folder of pack inputs (``tools.packs.inputs.work``) under the name of its repository.
"""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from tools.packs.inputs import MissingInput, work

PINNED = Path(__file__).resolve().parent / "tags.json"


class Release:
    """One pinned tag of a repository."""

    def __init__(self, repository: Path, tag: str) -> None:
        self.repository = repository
        self.tag = tag

    def read(self, path: str) -> str:
        """A file's text; empty when there is none."""
        return _git(self.repository, "show", f"{self.tag}:{path}", check=False)

    def folder(self, path: str) -> str:
        """All Go sources of a folder but its tests, one after the other."""
        listed = _git(self.repository, "ls-tree", "--name-only", self.tag, f"{path}/").split()
        return "\n".join(self.read(name) for name in listed if name.endswith(".go") and not name.endswith("_test.go"))


@cache
def pinned() -> dict[str, Any]:
    """Each repository by name: ``licence``, ``date`` of the newest tag, ``tags`` with their commits, oldest first."""
    found: dict[str, Any] = json.loads(PINNED.read_text(encoding="utf-8"))
    return found


def releases(name: str) -> dict[str, Release]:
    """The pinned releases of the repository ``name`` by minor version (``1.11``), oldest first.

    Raises:
        MissingInput: there is no clone of it here, or a tag is at another commit.
    """
    folder = next((path for path in (work() / name, work() / f"{name}.git") if path.is_dir()), None)
    if folder is None:
        raise MissingInput(f"there is no clone of {pinned()[name]['url']} at {work() / name}")
    found = {}
    for tag, commit in pinned()[name]["tags"].items():
        if _git(folder, "rev-parse", f"{tag}^{{commit}}", check=False).strip() != commit:
            raise MissingInput(f"{tag} of {folder} is not at {commit}")
        found[tag.removeprefix("v").rpartition(".")[0]] = Release(folder, tag)
    return found


def source(name: str) -> str:
    """How a table names the repository as its source."""
    tags = list(pinned()[name]["tags"])
    return f"{pinned()[name]['url']}, {tags[0]} to {tags[-1]} ({pinned()[name]['licence']}; facts only)"


def _git(folder: Path, *arguments: str, check: bool = True) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, check=check, capture_output=True, text=True).stdout
