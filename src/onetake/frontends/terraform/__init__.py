"""Terraform and OpenTofu configurations: native syntax, JSON, modules."""

from __future__ import annotations

from pathlib import Path

from onetake.frontends.files import Options
from onetake.model.stacks import Stack


def read(path: Path, options: Options) -> list[Stack]:
    """The stack of a root module: a folder, or one file that is read alone.

    Raises:
        Unreadable: nothing of it can be read.
    """
    from onetake.frontends.terraform.reader import read_stack

    return [read_stack(path, options)]
