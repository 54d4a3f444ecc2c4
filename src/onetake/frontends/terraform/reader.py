"""From a path to a stack."""

from __future__ import annotations

from pathlib import Path

from onetake.frontends.files import Options, Unreadable, confined, shown
from onetake.frontends.terraform.assembly import stack
from onetake.frontends.terraform.loading import is_source, read_files, read_folder
from onetake.frontends.terraform.program import Program
from onetake.frontends.terraform.variables import read_inputs
from onetake.model.stacks import Stack
from onetake.model.values import Span

CDKTN = (0, 22)
"""The first version that cdktn, the continuation of CDKTF, wrote into what it synthesizes."""


def read_stack(path: Path, options: Options) -> Stack:
    """The stack of a root module in a folder, or in one file that is read alone.

    Raises:
        Unreadable: nothing of it can be read.
    """
    real = confined(path, options)
    if real.is_dir():
        configuration, folder, name = read_folder(path, options), path, shown(path, options)
        if name in (".", ""):
            name = real.name
    else:
        folder = path.parent
        configuration, name = read_files([path], shown(folder, options), options), shown(path, options)
        if real not in options.overlay:
            configuration.partial = any(is_source(other.name) and other.name != path.name for other in folder.iterdir())
    if not configuration.sources and configuration.mistakes:
        first = configuration.mistakes[0]
        raise Unreadable(first.where, first.summary, first.detail)
    if not configuration.sources:
        raise Unreadable(Span(shown(path, options)), f"{name} holds no Terraform files", "give a folder that does")
    program = Program(configuration, folder, options)
    read_inputs(program, folder, options)
    metadata = configuration.synthesized_by or {}
    title = metadata.get("stackName")
    return stack(program, str(title) if title else name, _tool(metadata.get("version")))


def _tool(version: object) -> str:
    if not isinstance(version, str):
        return ""
    numbers = [int(part) for part in version.split("-")[0].split(".")[:2] if part.isdigit()]
    return "cdktn" if tuple(numbers) >= CDKTN else "cdktf"
