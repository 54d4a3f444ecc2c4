"""Parameter values from files, in the forms that AWS's command line takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from onetake.frontends.files import Options, Unreadable, read_text, shown
from onetake.model.values import Span


def parameters(options: Options) -> dict[str, str]:
    """The values of all parameter files, later ones first, and over them those given one by one.

    Raises:
        Unreadable: a file cannot be read, or has none of the forms.
    """
    found: dict[str, str] = {}
    for path in options.parameter_files:
        if path.suffix == ".json" and not path.name.endswith(".tfvars.json"):
            found |= _of(path, options)
    return found | options.parameters


def _of(path: Path, options: Options) -> dict[str, str]:
    file = shown(path, options)
    try:
        data = json.loads(read_text(path, options))
        return _pairs(data)
    except (ValueError, RecursionError, TypeError, KeyError) as error:
        raise Unreadable(
            Span(file),
            f"{file} holds no parameters: {error}",
            'write [{"ParameterKey": "...", "ParameterValue": "..."}] or {"Parameters": {"...": "..."}}',
        ) from error


def _pairs(data: Any) -> dict[str, str]:
    if isinstance(data, dict):
        inner = data.get("Parameters", data)
        return {str(name): _text(value) for name, value in inner.items() if not isinstance(value, dict)}
    if not isinstance(data, list):
        raise TypeError("it is neither a list nor an object")
    found: dict[str, str] = {}
    for item in data:
        if isinstance(item, str):
            name, _, value = item.partition("=")
            found[name] = value
        elif "ParameterValue" in item:
            found[str(item["ParameterKey"])] = _text(item["ParameterValue"])
    return found


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(_text(item) for item in value)
    return value if isinstance(value, str) else json.dumps(value)
