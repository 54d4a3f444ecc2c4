"""Reading a program's files: only inside its root, only as large as the limits allow, never executed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from onetake.model.assumptions import Assumptions
from onetake.model.records import field, record
from onetake.model.values import Span


class Unreadable(Exception):
    """A program, or a file of one, that cannot be read; exit code 3.

    Attributes:
        span: the place.
        message: what is wrong, in one line.
        remedy: the way out.
        line: the line, from 1; 0 where there is none.
        column: the column, from 1; 0 where there is none.
    """

    def __init__(self, span: Span, message: str, remedy: str, *, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.span = span
        self.message = message
        self.remedy = remedy
        self.line = line
        self.column = column


@record
class Limits:
    """How much a program may ask of us. Real programs stay far below; what exceeds one is a finding."""

    file_bytes: int = 16 * 1024 * 1024
    files: int = 20_000
    depth: int = 200
    """Nesting of collections in a file, and of expressions."""
    nodes: int = 5_000_000
    """Values in a file after aliases are expanded."""
    resources: int = 100_000
    """Instances in a stack, after ``count`` and ``for_each``."""
    text: int = 16 * 1024 * 1024
    """Characters of a single evaluated text, elements of a single list."""
    seconds: float = 60.0
    """Time for one program."""


@record
class Options:
    """How programs are read."""

    root: Path
    """Nothing outside this folder is read."""
    assumptions: Assumptions = field(default_factory=Assumptions)
    parameters: dict[str, str] = field(default_factory=dict)
    """Template parameters (``--parameter``) and Terraform variables (``--var``), as written."""
    parameter_files: tuple[Path, ...] = ()
    variables: Mapping[str, object] = field(default_factory=dict)
    """Values of Terraform variables as data, which win over all others: those that a plan was made with."""
    module_dirs: tuple[Path, ...] = ()
    """Folders that hold modules of registries and repositories; they may lie outside the root."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Where variables are looked for as ``TF_VAR_name``; empty where the environment is to have no say."""
    limits: Limits = field(default_factory=Limits)
    exclude: tuple[str, ...] = ()
    """Patterns of paths, relative to the root, that are not looked at where a reader goes through a folder."""
    project: bool = False
    """Whether what surrounds a program is judged, too: its tests, its tools, its documents."""
    overlay: Mapping[Path, bytes] = field(default_factory=dict)
    """Contents that stand in for the file at an absolute path: standard input, a fix that is being tried."""
    stand_ins: Mapping[Path, Path] = field(default_factory=dict)
    """Folders that are read in the place of the one at an absolute path, and told by its name: what a program was
    just synthesized to, where the last synthesis lies or would lie."""


def confined(path: Path, options: Options) -> Path:
    """``path`` without links, if that lies inside the root.

    Raises:
        Unreadable: it lies outside.
    """
    real = Path(os.path.realpath(path))
    roots = (options.root, *options.module_dirs, *options.stand_ins.values())
    if not any(real.is_relative_to(os.path.realpath(root)) for root in roots):
        raise Unreadable(
            Span(shown(path, options)),
            f"{shown(path, options)} leads outside the folder that is checked",
            "run onetake on a folder that holds both, or give --root",
        )
    return real


def shown(path: Path, options: Options) -> str:
    """``path`` as reports show it: relative to the root, with forward slashes."""
    absolute = path if path.is_absolute() else Path.cwd() / path
    for place, stand_in in options.stand_ins.items():
        if absolute.is_relative_to(stand_in):
            absolute = path = place / absolute.relative_to(stand_in)
    for base in (options.root.absolute(), Path(os.path.realpath(options.root))):
        if absolute.is_relative_to(base):
            return absolute.relative_to(base).as_posix()
    return path.as_posix()


def read_bytes(path: Path, options: Options) -> bytes:
    """The content of a regular file inside the root.

    Raises:
        Unreadable: it is outside, missing, too large, or no regular file.
    """
    span = Span(shown(path, options))
    real = confined(path, options)
    try:
        if options.overlay and real in options.overlay:
            return _bounded(options.overlay[real], span, options)
        # Opening a pipe or a device would hang: look before opening, and open without blocking.
        if not real.is_file():
            raise Unreadable(span, f"{span.file} is not a file", "give the path of a file or folder that exists")
        with open(os.open(real, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb") as file:
            content = file.read(options.limits.file_bytes + 1)
    except OSError as error:
        raise Unreadable(span, f"{span.file} cannot be read: {error.strerror}", "check its permissions") from error
    return _bounded(content, span, options)


def _bounded(content: bytes, span: Span, options: Options) -> bytes:
    if len(content) > options.limits.file_bytes:
        size = options.limits.file_bytes // (1024 * 1024)
        raise Unreadable(span, f"{span.file} is larger than {size} MiB", "check its parts, or leave it out")
    return content


def read_text(path: Path, options: Options) -> str:
    """The content of a text file in UTF-8, with or without a byte-order mark.

    Raises:
        Unreadable: as :func:`read_bytes`, or it is not UTF-8.
    """
    return decoded(read_bytes(path, options), path, options)


def decoded(content: bytes, path: Path, options: Options) -> str:
    """The text of a file whose ``content`` was read.

    Raises:
        Unreadable: it is not UTF-8.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        file = shown(path, options)
        raise Unreadable(
            Span(file), f"{file} is not UTF-8 text", "save it as UTF-8", line=line, column=column
        ) from error
