"""Small programs, and values made by hand."""

import json
from pathlib import Path
from typing import Any

from onetake.frontends import cloudformation, terraform
from onetake.frontends.files import Options
from onetake.model.assumptions import Assumptions
from onetake.model.language import Language
from onetake.model.stacks import Engine, Stack
from onetake.model.values import Known, Span, Value

HERE = Span("main.tf.json")


def empty() -> Stack:
    """A stack in which nothing is."""
    return Stack("empty", Language.TERRAFORM, HERE, Engine("terraform"), {}, Assumptions())


def value(data: Any) -> Value[object]:
    """JSON data as known values; what is a value already stays."""
    if isinstance(data, dict):
        return Known({key: value(inner) for key, inner in data.items()}, HERE)
    if isinstance(data, list):
        return Known(tuple(value(item) for item in data), HERE)
    return Known(data, HERE) if data is None or isinstance(data, (str, int, float, bool)) else data


def from_terraform(folder: Path, resource: dict[str, Any], data: dict[str, Any] | None = None, **more: Any) -> Stack:
    """The stack of a Terraform program in eu-west-1."""
    program = {"provider": {"aws": {"region": "eu-west-1"}}, "resource": resource, "data": data or {}, **more}
    (folder / "main.tf.json").write_text(json.dumps(program))
    return terraform.read(folder, Options(root=folder))[0]


def from_template(folder: Path, resources: dict[str, Any], **more: Any) -> Stack:
    """The stack of a template."""
    (folder / "template.json").write_text(json.dumps({"Resources": resources, **more}))
    return cloudformation.read(folder / "template.json", Options(root=folder))[0]
