"""A copy of the program to rehearse, in a scratch folder: what is the user's is read and never written."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from onetake.frontends import detection
from onetake.frontends.files import Options
from onetake.model.records import record

OVERRIDE = "zzzz_onetake_override.tf.json"
"""Terraform reads override files in the order of their names; the last one wins."""
_LEFT = frozenset({".git", ".hg", ".svn", ".terraform", ".terraform.lock.hcl", "__pycache__", ".terragrunt-cache"})
_LINKED = frozenset({"node_modules", ".venv", "venv"})
"""Large folders that a program may pack into an archive, but never writes to."""
_STATES = re.compile(r"\.tfstate(\.|$)|\.tfstate\.lock\.info$|^errored\.tfstate")
_ABOVE = re.compile(r'"(?:\$\{path\.(?:module|root|cwd)\}/)?((?:\.\./)+[^"$%]*)')


@record
class Workspace:
    """Where the engine works."""

    folder: Path
    """The root module's copy."""
    modules: tuple[Path, ...]
    """The copies of the modules that it uses, and of those that ``terraform init`` had installed beside it."""

    def override(self, content: Mapping[str, Any], folder: Path | None = None) -> None:
        """Lay ``content`` over the configuration in ``folder``, by default the root module."""
        self.add(OVERRIDE, content, folder)

    def add(self, name: str, content: Mapping[str, Any], folder: Path | None = None) -> None:
        """Add a file of Terraform's JSON."""
        ((folder or self.folder) / name).write_text(json.dumps(content, indent=1), encoding="utf-8")


def prepare(program: Path, root: Path, scratch: Path) -> Workspace:
    """Copy the root module ``program``, and what it refers to inside ``root``, to ``scratch``.

    Copies keep their places relative to each other. State, version control and installed providers stay behind;
    modules that ``terraform init`` had installed come along, so that no network is needed.
    """
    program, root = Path(os.path.realpath(program)), Path(os.path.realpath(root))
    if not program.is_relative_to(root):
        root = program
    options = Options(root)
    copy = _Copy(root, scratch)
    copy.tree(program)
    modules: list[Path] = []
    pending, seen = [program], {program}
    while pending:
        folder = pending.pop()
        for path in _named_above(folder):
            if path.is_relative_to(root) and path.exists():
                copy.tree(path)
        called = (path for path in detection.local_modules(folder, options) if path.is_relative_to(root))
        for path in sorted(called):
            if path not in seen and path.is_dir():
                seen.add(path)
                copy.tree(path)
                modules.append(copy.place(path))
                pending.append(path)
    installed = program / ".terraform" / "modules"
    if (installed / "modules.json").is_file():
        copy.tree(installed)
        modules += _installed(copy.place(installed), copy.place(program))
    return Workspace(copy.place(program), tuple(modules))


def _named_above(folder: Path) -> Iterator[Path]:
    """What the files of a module name by a path that leads out of its folder: code to pack, policies, modules."""
    for file in sorted(folder.iterdir()):
        if file.name.endswith(detection.TERRAFORM_ENDINGS) and file.is_file():
            for text in _ABOVE.findall(file.read_text(encoding="utf-8", errors="replace")):
                yield Path(os.path.realpath(folder / text))


def _installed(modules: Path, program: Path) -> Iterator[Path]:
    try:
        manifest = json.loads((modules / "modules.json").read_bytes())
        folders = {str(one["Dir"]) for one in manifest["Modules"]}
    except (OSError, ValueError, KeyError, TypeError):
        return
    for text in sorted(folders):
        folder = program / text
        if folder.is_dir() and folder.is_relative_to(modules):
            yield folder


class _Copy:
    """Copies below ``root`` to the same places below ``scratch``; links that lead outside the root are left out."""

    def __init__(self, root: Path, scratch: Path) -> None:
        self._root = root
        self._scratch = scratch

    def place(self, path: Path) -> Path:
        """Where the copy of ``path`` lies."""
        return self._scratch / path.relative_to(self._root)

    def tree(self, path: Path) -> None:
        """Copy a file or folder that is not copied yet."""
        target = self.place(path)
        if path.is_dir():
            self._folder(path, target, frozenset())
        elif path.is_file() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)

    def _folder(self, folder: Path, target: Path, above: frozenset[str]) -> None:
        here = os.path.realpath(folder)
        if here in above or Path(here) == self._scratch:
            return
        target.mkdir(parents=True, exist_ok=True)
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            if entry.name in _LEFT or _STATES.search(entry.name):
                continue
            path, copied = Path(entry.path), target / entry.name
            if entry.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(self._root):
                continue
            if path.is_dir():
                if entry.name in _LINKED:
                    if not copied.exists():
                        copied.symlink_to(path, target_is_directory=True)
                    continue
                self._folder(path, copied, above | {here})
            elif path.is_file() and not copied.exists():
                shutil.copy(path, copied)
