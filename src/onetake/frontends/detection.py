"""Finding the programs under a folder: what each folder and file is, told by names and a short look inside."""

from __future__ import annotations

import fnmatch
import json
import os
import re
from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path

from onetake.frontends.files import Options, Unreadable, read_bytes, shown
from onetake.frontends.plan.recognition import is_plan, is_state
from onetake.model.findings import Note
from onetake.model.records import field, record
from onetake.model.values import Span


class Kind(Enum):
    """What a program is written in, or synthesized to."""

    CDKTF = "cdktf"
    """A ``cdktf.out`` folder, or a stack's ``cdk.tf.json`` alone."""
    CDK = "cdk"
    """A ``cdk.out`` assembly."""
    TERRAFORM = "terraform"
    """A root module: a folder, or one file that is read alone."""
    CLOUDFORMATION = "cloudformation"
    """A template."""
    PLAN = "plan"
    """What ``terraform show -json`` prints of a plan file."""
    SOURCE = "source"
    """A source file that is judged by its text, without running it."""
    PROJECT = "project"
    """A folder with what surrounds a program: tests, tools, documents."""


@record
class Program:
    """Something that can be judged on its own."""

    kind: Kind
    path: Path
    """The folder or file to read."""
    name: str
    """How reports call it: its path relative to the root."""
    plan: Path | None = None
    """The plan that was made of this configuration, if it is judged with one."""


@record(frozen=False)
class Found:
    """What lies under the given paths."""

    programs: list[Program] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    """What was not read, and why."""
    unreadable: list[Unreadable] = field(default_factory=list)
    """Paths that were asked for and are no program, or lie outside the root."""


@record
class Folder:
    """A visited folder and the names of the plain files in it, sorted."""

    path: Path
    files: tuple[str, ...]


TERRAFORM_ENDINGS = (".tf", ".tofu", ".tf.json", ".tofu.json")
TEMPLATE_ENDINGS = (".yaml", ".yml", ".json", ".template")
STACK_FILE = "cdk.tf.json"
_SKIPPED = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})
_DEPTH = 64


def classify(folder: Folder, options: Options) -> list[Program]:
    """The programs that lie directly in ``folder``."""
    assembly = assembly_kind(folder, options)
    if assembly:
        return [program(assembly, folder.path, options)]
    found = []
    terraform = [name for name in folder.files if name.endswith(TERRAFORM_ENDINGS)]
    if terraform == [STACK_FILE]:
        found.append(program(Kind.CDKTF, folder.path / STACK_FILE, options))
    elif terraform:
        found.append(program(Kind.TERRAFORM, folder.path, options))
    others = (folder.path / name for name in folder.files if name.endswith(TEMPLATE_ENDINGS) and name not in terraform)
    for path in others:
        kind = document_kind(path, options)
        if kind:
            found.append(program(kind, path, options))
    return found


def program(kind: Kind, path: Path, options: Options) -> Program:
    """A program under the name that reports give it."""
    return Program(kind, path, shown(path, options))


def assembly_kind(folder: Folder, options: Options) -> Kind | None:
    """Whether ``folder`` is what CDKTF or the CDK wrote, told by its manifest."""
    if "manifest.json" not in folder.files:
        return None
    try:
        manifest = json.loads(read_bytes(folder.path / "manifest.json", options))
    except (Unreadable, ValueError, RecursionError):
        return None
    if not isinstance(manifest, dict) or "version" not in manifest:
        return None
    if isinstance(manifest.get("stacks"), dict):
        return Kind.CDKTF
    return Kind.CDK if isinstance(manifest.get("artifacts"), dict) else None


def document_kind(path: Path, options: Options) -> Kind | None:
    """Whether a YAML or JSON file is a CloudFormation template or a plan; one that cannot be read is neither."""
    try:
        content = read_bytes(path, options)
    except Unreadable:
        return None
    if path.suffix == ".json" and is_plan(content) and not is_state(content):
        return Kind.PLAN
    # Most YAML and JSON under a folder is something else: rule it out before a parser is imported.
    if b"Resources" not in content:
        return None
    from onetake.frontends.cloudformation import is_filled_in_first, looks_like_template

    text = content.decode("utf-8-sig", errors="replace")
    found = looks_like_template(text) and not is_filled_in_first(text, options.limits)
    return Kind.CLOUDFORMATION if found else None


def walk(
    top: Path, options: Options, exclude: Sequence[str], notes: list[Note], visit: Callable[[Folder], bool]
) -> None:
    """Call ``visit`` with the folders from ``top`` down, in the order of their names.

    A folder for which it answers ``False`` is not entered; nor are links and hidden folders.
    """
    pending = [(top, 0)]
    seen = 0
    while pending:
        path, depth = pending.pop()
        try:
            entries = sorted(os.scandir(path), key=lambda entry: entry.name)
        except OSError as error:
            notes.append(Note(Span(shown(path, options)), f"not read: {error.strerror}"))
            continue
        seen += len(entries)
        if seen > options.limits.files or depth > _DEPTH:
            notes.append(Note(Span(shown(path, options)), "not read: too many files or folders; name a smaller folder"))
            return
        kept = [entry for entry in entries if not excluded(Path(entry.path), exclude, options)]
        if visit(Folder(path, tuple(entry.name for entry in kept if entry.is_file()))):
            pending += [(Path(entry.path), depth + 1) for entry in reversed(kept) if _entered(entry, notes, options)]


def _entered(entry: os.DirEntry[str], notes: list[Note], options: Options) -> bool:
    if entry.name.startswith(".") or entry.name in _SKIPPED or not entry.is_dir():
        return False
    if options.stand_ins and Path(entry.path).absolute() in options.stand_ins:
        return False
    if entry.is_symlink():
        notes.append(Note(Span(shown(Path(entry.path), options)), "not read: it is a link to a folder"))
        return False
    return True


def excluded(path: Path, patterns: Sequence[str], options: Options) -> bool:
    """Whether one of the ``patterns`` names ``path``, or a folder that it lies in."""
    if not patterns:
        return False
    name = shown(path, options)
    return any(
        fnmatch.fnmatchcase(name, pattern.rstrip("/")) or fnmatch.fnmatchcase(name, f"{pattern.rstrip('/')}/*")
        for pattern in patterns
    )


_SOURCE = re.compile(r'"?\bsource"?\s*[=:]\s*"(\.{1,2}(?:/[^"$]*)?)"')


def local_modules(folder: Path, options: Options) -> set[Path]:
    """The folders that the Terraform files in ``folder`` use as modules."""
    found = set()
    for path in sorted(folder.iterdir()):
        if path.name.endswith(TERRAFORM_ENDINGS):
            try:
                text = read_bytes(path, options).decode("utf-8", errors="replace")
            except Unreadable:
                continue
            found |= {Path(os.path.realpath(folder / source)) for source in _SOURCE.findall(text)}
    return found - {Path(os.path.realpath(folder))}


def roots(folders: Sequence[Path], calls: Callable[[Path], set[Path]]) -> dict[Path, Path]:
    """Which of the Terraform ``folders`` are used as modules, each with a root that uses it.

    What no other folder calls is a root. Of folders that only call each other, the first is one.
    """
    real = {Path(os.path.realpath(folder)): folder for folder in folders}
    called = {folder: calls(folder) & real.keys() for folder in real}
    used: dict[Path, Path] = {}

    def reach(root: Path) -> None:
        pending = [*called[root]]
        while pending:
            folder = pending.pop()
            if folder != root and folder not in used:
                used[folder] = root
                pending += called[folder]

    everyone = set().union(*called.values()) if called else set()
    chosen = [folder for folder in real if folder not in everyone]
    for root in chosen:
        reach(root)
    for folder in real:
        if folder not in used and folder not in chosen:
            chosen.append(folder)
            reach(folder)
    return {real[folder]: real[root] for folder, root in used.items() if folder not in chosen}
