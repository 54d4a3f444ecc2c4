"""What can be rehearsed at a path: a Terraform program, stacks of a CDK for Terraform, a template, a ``cdk.out``."""

from __future__ import annotations

import os
from pathlib import Path

from onetake.api import Arguments, StrPath, load
from onetake.frontends.files import Unreadable
from onetake.model.records import record
from onetake.model.stacks import Stack
from onetake.model.values import Span

SYNTHESIZED = "cdk.tf.json"
_ENDINGS = (".tf", ".tf.json", ".tofu", ".tofu.json")
_EITHER = "give the folder of a Terraform program, a CloudFormation template or a cdk.out"


def modules(path: Path) -> tuple[Path, ...]:
    """The root modules at ``path``: its own folder, or each stack of a ``cdktf.out`` or ``cdktn.out``, by name.

    Raises:
        Unreadable: there is none.
    """
    if not path.exists():
        raise Unreadable(Span(str(path)), f"{path} does not exist", _EITHER)
    folder = path if path.is_dir() else path.parent
    if any(file.name.endswith(_ENDINGS) for file in folder.iterdir()):
        return (folder,)
    stacks = tuple(sorted(one.parent for one in folder.glob(f"stacks/*/{SYNTHESIZED}")))
    if not stacks:
        raise Unreadable(Span(str(path)), f"{path} is no program that can be rehearsed", _EITHER)
    return stacks


def template(path: StrPath, root: StrPath | None = None) -> Path | None:
    """The template of CloudFormation or the cloud assembly at ``path``; ``None`` when there is something else.

    Raises:
        Unreadable: there are several.
    """
    folder = Path(path) if Path(path).is_dir() else Path(path).parent
    if not folder.is_dir() or any(file.name.endswith(_ENDINGS) for file in folder.iterdir()):
        return None
    from onetake.emulator.cloudformation.units import program_at

    return program_at(Path(path), Arguments((Path(path),), root=Path(root) if root else None))


def module(path: Path) -> Path:
    """The one root module at ``path``.

    Raises:
        Unreadable: there is none, or there are several.
    """
    found = modules(path)
    if len(found) > 1:
        names = ", ".join(str(one) for one in found)
        raise Unreadable(Span(str(path)), f"{path} holds several stacks", f"give one of them: {names}")
    return found[0]


@record
class Program:
    """A program that is rehearsed."""

    path: str
    """As it was given."""
    folder: Path
    """Of its root module."""
    root: Path | None
    """The folder outside of which nothing is read."""
    stack: Stack
    """As onetake reads it."""


def read(path: StrPath, region: str, root: StrPath | None) -> Program:
    """The one program at ``path``.

    Raises:
        Unreadable: there is none, there are several, or it cannot be read.
    """
    folder, top = module(Path(path)), Path(root) if root else None
    return Program(str(path), folder, top, _stack(folder, region, top))


def _stack(folder: Path, region: str, root: Path | None) -> Stack:
    found = load(folder, region=region, root=root)
    home = os.path.realpath(folder)
    for one in found:
        if one.where.file and os.path.realpath(one.where.file).startswith(home):
            return one
    if not found:
        raise Unreadable(Span(str(folder)), f"{folder} holds no program that can be rehearsed", "give its folder")
    return found[0]
