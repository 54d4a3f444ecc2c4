"""Small plans, written where the tests are read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from onetake.frontends import plan
from onetake.frontends.files import Options
from onetake.frontends.plan.addresses import placed
from onetake.model.stacks import Stack

UNKNOWN = object()
"""Stands for a value that is known after the deployment."""


def change(address: str, actions: str, before: Any = None, after: Any = None, **more: Any) -> dict[str, Any]:
    """A resource's change; ``actions`` are joined with commas."""
    name = placed(address)[1].split(".")
    known = {key: value for key, value in (after or {}).items() if value is not UNKNOWN}
    unknown: dict[str, Any] = {key: True for key, value in (after or {}).items() if value is UNKNOWN}
    told: dict[str, Any] = {
        "actions": actions.split(","),
        "before": before,
        "after": None if after is None else known,
        "after_unknown": unknown,
        **{key: more.pop(key) for key in ("after_sensitive", "before_sensitive", "replace_paths") if key in more},
    }
    mode = "data" if name[0] == "data" else "managed"
    return {"address": address, "mode": mode, "type": name[-2], "name": name[-1], "change": told, **more}


def block(address: str, expressions: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """A block of the configuration; texts are references, other values literals."""
    written = {
        name: {"references": value.split()} if isinstance(value, str) else {"constant_value": value}
        for name, value in (expressions or {}).items()
    }
    return {"address": address, "expressions": written, **more}


def document(changes: list[dict[str, Any]], blocks: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    """A plan of these changes; without ``blocks`` it holds no configuration."""
    found: dict[str, Any] = {"format_version": "1.2", "terraform_version": "1.11.4", "resource_changes": changes}
    if blocks is not None:
        found["configuration"] = {"root_module": {"resources": blocks}}
    return {**found, **more}


def read(folder: Path, data: dict[str, Any] | str) -> Stack:
    """The stack of a plan."""
    path = folder / "plan.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data))
    (stack,) = plan.read(path, Options(root=folder))
    return stack
