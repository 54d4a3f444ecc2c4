"""Bodies of blocks as data, and their two spellings: native syntax and JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Body:
    """What stands in a block: arguments as JSON data, and blocks in their order."""

    arguments: dict[str, Any] = field(default_factory=dict)
    blocks: list[tuple[str, Body]] = field(default_factory=list)
    dynamic: set[str] = field(default_factory=set)
    """The blocks that are written as ``dynamic`` ones with one element."""


def native(body: Body, depth: int = 1) -> str:
    """The body in native syntax."""
    indent = "  " * depth
    lines = [f"{indent}{name} = {_expression(value)}" for name, value in body.arguments.items()]
    for name, inner in body.blocks:
        if name in body.dynamic:
            lines += [f'{indent}dynamic "{name}" {{', f'{indent}  for_each = ["x"]', f"{indent}  content {{"]
            lines += [native(inner, depth + 2), f"{indent}  }}", f"{indent}}}"]
        else:
            lines += [f"{indent}{name} {{", native(inner, depth + 1), f"{indent}}}"]
    return "\n".join(line for line in lines if line)


def _expression(value: Any) -> str:
    match value:
        case dict():
            return "{ " + ", ".join(f"{json.dumps(key)} = {_expression(item)}" for key, item in value.items()) + " }"
        case list():
            return "[" + ", ".join(map(_expression, value)) + "]"
        case _:
            return json.dumps(value)


def as_json(body: Body) -> dict[str, Any]:
    """The body as JSON data."""
    data: dict[str, Any] = dict(body.arguments)
    for name, inner in body.blocks:
        if name in body.dynamic:
            data.setdefault("dynamic", {}).setdefault(name, []).append({"for_each": ["x"], "content": as_json(inner)})
        else:
            found = data.setdefault(name, [])
            if isinstance(found, list):
                found.append(as_json(inner))
    return data


def program(kind: str, type_: str, body: Body, *, json_syntax: bool) -> str:
    """A file with one block; ``kind`` is ``resource`` or ``data``."""
    if json_syntax:
        return json.dumps({kind: {type_: {"x": as_json(body)}}}, indent=1)
    return f'{kind} "{type_}" "x" {{\n{native(body)}\n}}\n'
