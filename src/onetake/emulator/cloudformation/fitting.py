"""From the properties of a CloudFormation type to the parameters of an operation of the service's API.

The two mostly differ in the case of letters and in how lists, tags and documents are written; botocore's model of the
operation says which form it takes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from onetake.emulator.moto_extension.generic.hints import plain
from onetake.emulator.moto_extension.generic.shaping import tagged

_TAGS = frozenset({"tags", "tagslist", "taglist", "tagset", "userpooltags", "backupvaulttags", "backupplantags"})


def parameters(shape: Any, properties: Mapping[str, Any], renamed: Mapping[str, str]) -> dict[str, Any]:
    """What of ``properties`` the structure ``shape`` has a member for.

    Args:
        shape: botocore's shape of an operation's input.
        properties: resolved properties.
        renamed: members by the properties that have another name there, at any depth.
    """
    names = {plain(name): name for name in shape.members}
    found: dict[str, Any] = {}
    for name, value in properties.items():
        key = plain(renamed.get(name, name))
        member = names.get(key)
        if member is None and key in _TAGS:
            member = next((names[one] for one in _TAGS if one in names), None)
        if member is not None:
            found[member] = fitted(shape.members[member], value, renamed, tags=plain(member) in _TAGS)
    return found


def fitted(shape: Any, value: Any, renamed: Mapping[str, str] = MappingProxyType({}), *, tags: bool = False) -> Any:
    """``value`` in the form that ``shape`` has for it."""
    if tags:
        return tagged(shape, tag_pairs(value)) or value
    match shape.type_name:
        case "structure" if isinstance(value, Mapping):
            return parameters(shape, value, renamed)
        case "structure" if isinstance(value, list) and {"Quantity", "Items"} <= set(shape.members):
            # CloudFront counts its lists.
            items = shape.members["Items"].member
            return {"Quantity": len(value), "Items": [fitted(items, one, renamed) for one in value]}
        case "list":
            return [fitted(shape.member, one, renamed) for one in (value if isinstance(value, list) else [value])]
        case "map" if isinstance(value, Mapping):
            return {str(name): fitted(shape.value, one, renamed) for name, one in value.items()}
        case _:
            return _scalar(shape, value)


def _scalar(shape: Any, value: Any) -> Any:
    match shape.type_name:
        case "boolean":
            return str(value).lower() == "true"
        case "integer" | "long":
            return int(value) if _number(value) else value
        case "float" | "double":
            return float(value) if _number(value) else value
        case "string":
            return _text(value)
        case "blob":
            return _text(value).encode()
        case _:
            return value


def tag_pairs(value: Any) -> dict[str, str]:
    """Tags by key, from either form."""
    if isinstance(value, Mapping):
        return {str(key): _text(one) for key, one in value.items()}
    listed = value if isinstance(value, list) else []
    return {str(one["Key"]): _text(one.get("Value", "")) for one in listed if isinstance(one, Mapping) and "Key" in one}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value)


def _number(value: Any) -> bool:
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return True
