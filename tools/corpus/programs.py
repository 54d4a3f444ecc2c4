"""The programs of a corpus folder: which there are, where each comes from, what its content is."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

INDEX = "INDEX.tsv"
"""Columns ``kind``, ``path``, ``source`` (``owner/name@commit``) and ``licence``; one row for each program."""

_TERRAFORM = (".tf", ".tf.json", ".tfvars", ".tfvars.json")
_TEMPLATE = (".yaml", ".yml", ".json", ".template")
_LOOKS_LIKE_TEMPLATE = re.compile(rb"Resources[\"']?\s*:[\s\S]*(AWS|Alexa|Custom)::")


@dataclass(frozen=True, slots=True)
class Program:
    """One program: a template file, or a folder of Terraform files."""

    path: str
    """Relative to the corpus, with forward slashes; the first part is its kind."""
    corpus: Path
    source: str = ""
    licence: str = ""

    @property
    def where(self) -> Path:
        """The file or folder."""
        return self.corpus / self.path

    @property
    def kind(self) -> str:
        """``cfn``, ``cdk``, ``tf``, ...: the first folder below the corpus."""
        return self.path.split("/", 1)[0]

    @property
    def root(self) -> Path:
        """The folder of the repository it was taken from: nothing outside it belongs to the program."""
        parts = self.path.split("/")
        return self.corpus / "/".join(parts[:2]) if len(parts) > 2 else self.folder

    @property
    def folder(self) -> Path:
        """The folder it lies in, or is."""
        return self.where if self.where.is_dir() else self.where.parent

    def digest(self) -> str:
        """The SHA-256 of its own files; modules and nested templates elsewhere do not count."""
        if self.where.is_file():
            return hashlib.sha256(self.where.read_bytes()).hexdigest()
        total = hashlib.sha256()
        for file in sorted(self.where.iterdir()):
            if file.is_file() and file.name.endswith(_TERRAFORM):
                total.update(f"{file.name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
        return total.hexdigest()


def programs(corpus: Path) -> list[Program]:
    """The programs of ``corpus``, by path: those its index names, or, without one, all that look like programs."""
    index = corpus / INDEX
    found = _indexed(index) if index.is_file() else _discovered(corpus)
    return sorted(found, key=lambda program: program.path)


def _indexed(index: Path) -> Iterator[Program]:
    with index.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            yield Program(row["path"], index.parent, row["source"], row["licence"])


def _discovered(corpus: Path) -> Iterator[Program]:
    folders: set[Path] = set()
    for file in sorted(corpus.rglob("*")):
        if not file.is_file() or any(part.startswith(".") for part in file.relative_to(corpus).parts):
            continue
        if file.name.endswith((".tf", ".tf.json")):
            folders.add(file.parent)
        elif file.name.endswith(_TEMPLATE) and _LOOKS_LIKE_TEMPLATE.search(file.read_bytes()):
            yield Program(file.relative_to(corpus).as_posix(), corpus)
    for folder in folders:
        yield Program(folder.relative_to(corpus).as_posix(), corpus)
