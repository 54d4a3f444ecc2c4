"""Programs judged by their text alone: Python and Go that import cdktf, cdktn or the AWS CDK. Nothing is executed.

A file becomes a program of its own only where something is wrong with it; all else is said by what it synthesizes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from onetake.frontends.detection import Folder, Kind, Program, program, walk
from onetake.frontends.files import Options, Unreadable, decoded, read_bytes, shown
from onetake.frontends.source.remembering import Remembered
from onetake.model.findings import Finding, Note, Position
from onetake.model.language import Language
from onetake.model.records import record
from onetake.model.stacks import Engine, Stack
from onetake.model.values import Key, Span

_IMPORT = re.compile(rb"^(?:from|import)[ \t]+(?:cdktf|cdktn|aws_cdk|constructs)", re.MULTILINE)
_GO_IMPORT = re.compile(
    rb'"[^"\n]*(?:aws-cdk-go|constructs-go|jsii-runtime-go|terraform-cdk-go|cdk-terrain-go|cdkt[fn]-provider)[^"\n]*"'
)
ENDINGS = (".py", ".go")
"""Of the files that are judged."""


def imports_constructs(text: str) -> bool:
    """Whether a Python file takes something from a construct library."""
    return bool(_IMPORT.search(text.encode("utf-8", errors="replace")))


@record
class SourceFile:
    """The text of a file; paths in it end with the line of the name that is meant."""

    text: str
    positions: dict[tuple[Key, ...], Position]

    def locate(self, path: tuple[Key, ...]) -> Position | None:
        """Where the name at ``path`` stands."""
        return self.positions.get(path)


def faulty(folders: Iterable[Folder], options: Options) -> list[Program]:
    """The files directly in ``folders`` that take something from these libraries that they do not have."""
    paths = (folder.path / name for folder in folders for name in folder.files if name.endswith(ENDINGS))
    return [program(Kind.SOURCE, path, options) for path in paths if has_faults(path, options)]


def has_faults(path: Path, options: Options) -> bool:
    """Whether something is wrong with the file at ``path``; ``False`` for one that cannot be read."""
    try:
        judged = _judged(path, options)
    except Unreadable:
        return False
    if judged[1]:
        _waiting[path] = options, judged
    return bool(judged[1])


_waiting: dict[Path, tuple[Options, tuple[SourceFile, list[Finding]]]] = {}
"""What was found in files that are going to be read, so that no file is judged twice."""


def right(paths: Iterable[Path], folders: Iterable[Folder], options: Options) -> list[Program]:
    """The given folders under which there are programs by their source alone, with nothing wrong in them."""
    files = [folder.path / name for folder in folders for name in folder.files if name.endswith(_judged_endings())]
    programs = [file for file in files if is_program(file, options)]
    given = [path for path in paths if any(file.is_relative_to(path) for file in programs)]
    return [program(Kind.SOURCE, path, options) for path in given]


def is_program(path: Path, options: Options) -> bool:
    """Whether a file takes something from a construct library, so that it can be judged by its text."""
    pattern = _GO_IMPORT if path.suffix == ".go" else _IMPORT
    try:
        return bool(pattern.search(read_bytes(path, options)))
    except Unreadable:
        return False


def _judged_endings() -> tuple[str, ...]:
    """Of the files that can be judged with what is installed."""
    return ENDINGS if _has_parser() else (".py",)


def read(path: Path, options: Options) -> list[Stack]:
    """A file, as a stack of which only what is wrong with the text is known; or a folder in which nothing is.

    Raises:
        Unreadable: it is outside the root, missing, too large, or not UTF-8.
    """
    asked, judged = _waiting.pop(path, (None, None))
    if path.is_dir():
        return [_stack(shown(path, options), options, {}, [], _told(path, options))]
    file, findings = judged if judged and asked is options else _judged(path, options)
    name = shown(path, options)
    notes = [] if findings else [_by_text("the file was", path, options)]
    return [_stack(name, options, {name: file}, findings, notes)]


def _by_text(subject: str, path: Path, options: Options) -> Note:
    return Note(Span(shown(path, options)), f"what is synthesized: {subject} judged by text alone")


def _told(path: Path, options: Options) -> list[Note]:
    """What is said of a folder of sources in which nothing is wrong: how many files were judged."""
    files: list[Path] = []

    def visit(folder: Folder) -> bool:
        files.extend(folder.path / name for name in folder.files if name.endswith(_judged_endings()))
        return True

    walk(path, options, options.exclude, [], visit)
    count = sum(is_program(file, options) for file in files)
    subject = "one source file was" if count == 1 else f"{count} source files were"
    return [_by_text(subject, path, options)]


def _stack(
    name: str, options: Options, sources: Mapping[str, SourceFile], findings: list[Finding], notes: list[Note]
) -> Stack:
    return Stack(
        name=name,
        language=Language.TERRAFORM,
        where=Span(name),
        engine=Engine("terraform"),
        resources={},
        assumptions=options.assumptions,
        sources=sources,
        findings=findings,
        notes=notes,
        whole=False,
    )


def _judged(path: Path, options: Options) -> tuple[SourceFile, list[Finding]]:
    content = read_bytes(path, options)
    if path.suffix == ".go":
        return _go(path, content, options)
    if not _IMPORT.search(content):
        return SourceFile("", {}), []
    text = decoded(content, path, options)
    from onetake.frontends.source import at_need, own
    from onetake.frontends.source.agreeing import agreed, sure
    from onetake.frontends.source.imports import position, uses
    from onetake.frontends.source.judging import ROOTS, faults, of_call, of_text, of_tree, place
    from onetake.frontends.source.parsing import parsed
    from onetake.frontends.source.pins import pins
    from onetake.frontends.source.scopes import Scopes, bindings
    from onetake.frontends.source.undefined import undefined

    read = parsed(text)
    tree, file = read.tree, shown(path, options)
    of_file = [read.fault] if read.fault else []
    positions: dict[tuple[Key, ...], Position] = {place(fault): position(fault.node) for fault in of_file}
    found = [of_text(file, fault) for fault in of_file]
    if tree is None:
        return SourceFile(text, positions), found
    names = bindings(tree)
    every = [(use.module.partition(".")[0], use) for use in uses(tree, ROOTS, names)]
    hidden = {root for root in {root for root, _ in every} if _shadowed(root, path.parent, options)}
    here = [use for root, use in every if root not in hidden]
    asked = pins(path.parent, options)
    from onetake.frontends.source.mending import Text

    roots = tuple(dict.fromkeys(use.module.partition(".")[0] for use in here))
    scopes = Scopes(tree, frozenset(roots), names)
    whole = Text(file, text, tree, scopes)
    found += faults(whole, here, asked)
    positions |= {(use.module, use.name or "*", use.position.line): use.position for use in here}
    if roots:
        nodes = [*sure(tree)]
        for one in agreed(nodes, scopes, roots, asked):
            found.append(of_call(one, whole, asked))
            positions[place(one.fault)] = position(one.fault.node)
        of_file = [
            *own.faults(tree, nodes, scopes, path, options),
            *(undefined(tree, text) if read.whole else ()),
            *at_need.faults(whole, nodes, path, options, asked),
        ]
        found += [of_tree(whole, fault) for fault in of_file]
        positions |= {place(fault): position(fault.node) for fault in of_file}
    return SourceFile(text, positions), found


def _go(path: Path, content: bytes, options: Options) -> tuple[SourceFile, list[Finding]]:
    if not _GO_IMPORT.search(content):
        return SourceFile("", {}), []
    text = decoded(content, path, options)
    from onetake.frontends.source.golang.judging import finding, judged, place
    from onetake.frontends.source.golang.syntax import NoParser, position

    file = shown(path, options)
    try:
        go = judged(path, content, options)
    except NoParser as error:
        remedy = "pip install tree-sitter tree-sitter-go"
        raise Unreadable(Span(file), f"{file} is Go, which is read with tree-sitter", remedy) from error
    positions: dict[tuple[Key, ...], Position] = {place(fault): position(fault.node) for fault in go.faults}
    return SourceFile(text, positions), [finding(fault, go.module, go.source) for fault in go.faults]


def unread(folders: Iterable[Folder], options: Options) -> list[Note]:
    """A note for Go programs that cannot be read, because what reads them is not installed."""
    for folder in folders:
        for name in folder.files:
            if name.endswith(".go") and is_program(folder.path / name, options):
                return [] if _has_parser() else [_without_parser(folder.path / name, options)]
    return []


def _has_parser() -> bool:
    from importlib.util import find_spec

    return find_spec("tree_sitter") is not None and find_spec("tree_sitter_go") is not None


def _without_parser(path: Path, options: Options) -> Note:
    text = "Go is not read without tree-sitter: pip install tree-sitter tree-sitter-go"
    return Note(Span(shown(path, options)), text)


_own_modules: Remembered[tuple[str, Path], bool] = Remembered()


def _shadowed(root: str, folder: Path, options: Options) -> bool:
    """Whether the program has a module of its own called ``root`` in ``folder`` or above it, up to the root folder."""

    def find() -> bool:
        top, here = os.path.realpath(options.root), os.path.realpath(folder)
        while here == top or here.startswith(f"{top.rstrip(os.sep)}{os.sep}"):
            if os.path.exists(f"{here}/{root}") or os.path.exists(f"{here}/{root}.py"):  # noqa: PTH110 - for all files
                return True
            here = os.path.dirname(here) if here != top else ""  # noqa: PTH120
        return False

    return _own_modules.get((root, folder), options, find)
