"""From the parameters of a call to the properties that a template would have."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from onetake.emulator.live.table import HOLE, Act
from onetake.emulator.moto_extension.calls import Call
from onetake.emulator.moto_extension.generic.hints import plain

_TAGS = frozenset({"tags", "tagset", "tagspecifications", "taglist", "tagging"})
_COUNTED = frozenset({"Quantity", "Items"})


def properties(call: Call, act: Act) -> dict[str, Any]:
    """What the call gives to the thing that it makes."""
    shape, given = call.operation.input_shape, dict(call.parameters)
    for name in act.inside.split(".") if act.inside else ():
        shape, given = shape.members[name], given.get(name) or {}
    given.pop(act.spread, None)
    found: dict[str, Any] = shaped(shape, given, act.renamed)
    return found | spread(call, act)


def spread(call: Call, act: Act) -> dict[str, Any]:
    """The properties that lie in a parameter of their own."""
    given = call.parameters.get(act.spread) if act.spread else None
    inner = given if isinstance(given, Mapping) else {}
    return {act.renamed.get(str(name), str(name)): parsed(value) for name, value in inner.items()}


def applies(call: Call, act: Act) -> bool:
    """Whether the call does this at all."""
    for path, wanted in act.when.items():
        given = _given(path.split("."), call, act)
        if given is None or (wanted and str(given).lower() != wanted.lower()):
            return False
    return True


def shaped(shape: Any, value: Any, renamed: Mapping[str, str]) -> Any:
    """``value`` of botocore's ``shape`` as CloudFormation writes it: names begin with a capital, lists are lists."""
    match shape.type_name:
        case "structure" if isinstance(value, Mapping):
            if set(shape.members) >= _COUNTED:
                return shaped(shape.members["Items"], value.get("Items") or [], renamed)
            return {
                renamed.get(name, _capital(name)): shaped(shape.members[name], one, renamed)
                for name, one in value.items()
                if name in shape.members and plain(name) not in _TAGS and one is not None
            }
        case "list" if isinstance(value, list):
            return [shaped(shape.member, one, renamed) for one in value]
        case "map" if isinstance(value, Mapping):
            return {str(name): shaped(shape.value, one, renamed) for name, one in value.items()}
        case "string":
            return parsed(value)
        case "boolean":
            return str(value).lower() == "true"
        case "integer" | "long" | "float" | "double":
            return value
        case _:
            return str(value)


def filled(text: Any, call: Call, answer: Mapping[str, Any], act: Act) -> Any:
    """A text of the table, or texts in lists and objects, with its holes filled; ``None`` for a hole for nothing."""
    if isinstance(text, list):
        return [filled(one, call, answer, act) for one in text]
    if isinstance(text, Mapping):
        return {name: filled(one, call, answer, act) for name, one in text.items()}
    whole = HOLE.fullmatch(text)
    if whole:
        return _hole(whole[1], call, answer, act)
    return HOLE.sub(lambda hole: str(_hole(hole[1], call, answer, act) or ""), text)


def _hole(name: str, call: Call, answer: Mapping[str, Any], act: Act) -> Any:
    kind, _, rest = name.partition(".")
    match kind:
        case "p":
            return _given(rest.split("."), call, act)
        case "r":
            found: Any = answer
            for key in rest.split("."):
                found = _member(found, key)
            return found
        case "account":
            return call.account
        case _:
            return call.region


def _given(path: list[str], call: Call, act: Act) -> Any:
    shape, found = call.operation.input_shape, call.parameters
    for key in path:
        if not isinstance(found, Mapping) or key not in found:
            return None
        members = getattr(shape, "members", None)
        shape, found = (members[key] if members is not None else shape.value), found[key]
    return shaped(shape, found, act.renamed)


def _member(data: Any, key: str) -> Any:
    if isinstance(data, list):
        return data[int(key)] if int(key) < len(data) else None
    return data.get(key) if isinstance(data, Mapping) else None


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def parsed(value: Any) -> Any:
    """A document that a call gives as text, as the object that it is; any other text as it is."""
    text = value if isinstance(value, str) else str(value)
    if text.lstrip()[:1] != "{":
        return text
    try:
        found = json.loads(text)
    except ValueError:
        return text
    return found if isinstance(found, dict) else text
