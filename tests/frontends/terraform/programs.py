"""Small Terraform programs, written where the tests are read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from onetake.frontends import terraform
from onetake.frontends.files import Limits, Options
from onetake.model.assumptions import Assumptions
from onetake.model.stacks import Stack
from onetake.model.values import Value, plain


def write(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def read(folder: Path, files: Mapping[str, str] | str, **settings: Any) -> Stack:
    """The stack of some files, or of one ``main.tf``."""
    write(folder, {"main.tf": files} if isinstance(files, str) else files)
    assumptions = Assumptions(**settings.pop("assumptions", {}))
    limits = Limits(**settings.pop("limits", {}))
    (stack,) = terraform.read(folder, Options(root=folder, assumptions=assumptions, limits=limits, **settings))
    return stack


def outputs(stack: Stack) -> dict[str, object]:
    return {name: plain(value) for name, value in stack.outputs.items()}


def output(folder: Path, expression: str, rest: str = "") -> Value[object]:
    """The value of an expression, in a program that has ``rest`` around it."""
    return read(folder, f'output "o" {{\n  value = {expression}\n}}\n{rest}\n').outputs["o"]


def words(stack: Stack) -> list[str]:
    """What Terraform would print, in order."""
    return [finding.verbatim for finding in stack.findings]
