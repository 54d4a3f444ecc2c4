"""From a record to what an operation answers: the members of its output shape, filled from what was stored."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from typing import Any

from onetake.emulator.moto_extension.generic.hints import plain
from onetake.model.records import field, record

DEPTH = 3
"""How deep structures that nobody gave are made up."""
_SETTLED = (
    "ACTIVE", "AVAILABLE", "ENABLED", "READY", "SUCCEEDED", "COMPLETED", "COMPLETE", "CREATE_COMPLETE", "DEPLOYED",
    "IN_SYNC", "INSYNC", "ASSOCIATED", "CREATE_SUCCESSFUL", "UPDATE_COMPLETE", "VERIFIED", "RUNNING", "Active",
    "Available", "active", "available", "Enabled", "enabled", "Success", "Successful", "complete", "Deployed",
    "running", "Running", "ACTIVATED", "Completed",
)  # fmt: skip
"""States in which nobody waits any more, as services spell them."""
_MOMENT = re.compile(r"creat|modif|updat|time|at$|date")
_LATER = re.compile(r"delet|expir|end|disabl|last(?!modif|updat)")


@record(frozen=False)
class Record:
    """One thing that a caller made."""

    noun: str
    values: dict[str, Any]
    """What the caller gave, and what the hint adds, by plain name."""
    id: str
    arn: str
    made: datetime.datetime
    region: str = ""
    account: str = ""
    tags: dict[str, str] = field(default_factory=dict)


def output(shape: Any, one: Record, depth: int = 0) -> dict[str, Any]:
    """The members of a structure as far as they are known; required ones always.

    Raises:
        LookupError: a required member cannot be filled.
    """
    found: dict[str, Any] = {}
    for name, member in shape.members.items():
        value = _member(name, member, one, depth)
        if value is None and name in shape.required_members:
            value = _required(name, member, one, depth)
        if value is not None:
            found[name] = completed(member, value, one)
    return found


def completed(shape: Any, value: Any, one: Record) -> Any:
    """A stored value with the required members that its giver did not have to give: clients rely on them.

    Raises:
        LookupError: one of them cannot be filled.
    """
    if shape.type_name == "structure" and isinstance(value, Mapping):
        whole = {name: completed(shape.members[name], inner, one) for name, inner in value.items()}
        for name in shape.required_members:
            if name not in whole:
                known = _member(name, shape.members[name], one, DEPTH)
                whole[name] = _required(name, shape.members[name], one, DEPTH) if known is None else known
        return whole
    if shape.type_name == "list":
        return [completed(shape.member, item, one) for item in value]
    return value


def _member(name: str, shape: Any, one: Record, depth: int) -> Any:
    given = _given(name, one)
    if given is not None:
        value = projected(shape, given)
        if value is not None:
            return value
    value = _derived(name, shape, one)
    if value is not None:
        return value
    if shape.type_name == "structure" and given is None and depth < DEPTH and (depth == 0 or _same(name, one.noun)):
        return output(shape, one, depth + 1) or None
    return None


def _given(name: str, one: Record) -> Any:
    """A stored value under this name, or under it with or without the noun: ``name`` is ``analyzerName``."""
    key, noun = plain(name), plain(one.noun)
    for candidate in (key, key.removeprefix(noun), noun + key):
        if candidate and candidate in one.values:
            return one.values[candidate]
    return None


def _same(name: str, noun: str) -> bool:
    key, kind = plain(name), plain(noun)
    return bool(key) and (key in kind or kind in key)


def _derived(name: str, shape: Any, one: Record) -> Any:
    key, noun, kind = plain(name), plain(one.noun), shape.type_name
    if kind == "timestamp":
        return one.made if _MOMENT.search(key) and not _LATER.search(key) else None
    if key in {"tags", "tagset", "taglist", "tagsmap"}:
        return tagged(shape, one.tags)
    if kind != "string":
        return None
    if key in {"ownerid", "accountid", "awsaccountid", "owneraccountid", "resourceownerid", "creatoraccountid"}:
        return one.account
    if key.endswith("arn") and (key in {"arn", "resourcearn"} or key[:-3] in noun or noun in key):
        return one.arn
    if key in {"id", noun + "id"} or (key.endswith("id") and len(key) > 2 and noun.endswith(key[:-2])):
        return one.id
    if "status" in key or "state" in key:
        return _settled(shape.enum) if shape.enum else None
    if key in {"etag", "updatetoken", "locktoken", "revisionid"}:
        return one.id
    return None


def _settled(enum: Any) -> str | None:
    return next((state for state in _SETTLED if state in enum), None)


def _required(name: str, shape: Any, one: Record, depth: int) -> Any:
    kind = shape.type_name
    if kind == "structure":
        return output(shape, one, depth + 1) if depth <= DEPTH else {}
    if kind == "string":
        return (_settled(shape.enum) or shape.enum[0]) if shape.enum else one.id
    if kind in {"integer", "long"}:
        return int(shape.metadata.get("min", 0))
    if kind in {"float", "double"}:
        return float(shape.metadata.get("min", 0))
    if kind == "timestamp":
        return one.made
    if kind not in _EMPTY:
        raise LookupError(name)
    return _EMPTY[kind]()


_EMPTY: dict[str, Callable[[], Any]] = {
    "map": dict,
    "list": list,
    "boolean": bool,
    "blob": bytes,
}


def tagged(shape: Any, tags: Mapping[str, str]) -> Any:
    """Tags in the form that ``shape`` has for them."""
    if shape.type_name == "map":
        return dict(tags)
    if shape.type_name != "list" or shape.member.type_name != "structure":
        return None
    names = {plain(name): name for name in shape.member.members}
    key = names.get("key") or names.get("tagkey")
    value = names.get("value") or names.get("tagvalue")
    if not key or not value:
        return None
    return [{key: name, value: text} for name, text in tags.items()]


def projected(shape: Any, value: Any) -> Any:
    """A stored value as far as it fits ``shape``; ``None`` where it does not."""
    match shape.type_name:
        case "structure":
            if not isinstance(value, Mapping):
                return None
            given = {plain(name): one for name, one in value.items()}
            fitting = {
                name: projected(member, given[plain(name)])
                for name, member in shape.members.items()
                if plain(name) in given
            }
            return {name: one for name, one in fitting.items() if one is not None}
        case "list":
            return _items(shape, value)
        case "map":
            return dict(value) if isinstance(value, Mapping) else None
        case "boolean":
            return value if isinstance(value, bool) else None
        case "integer" | "long":
            return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
        case "float" | "double":
            return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
        case "string" | "character":
            return value if isinstance(value, str) else None
        case "timestamp":
            return value if isinstance(value, datetime.datetime | int | float | str) else None
        case _:
            return value


def _items(shape: Any, value: Any) -> Any:
    if isinstance(value, Mapping) and len(value) >= 1:
        # ``{"Quantity": 1, "Items": [...]}`` of one service is a plain list of another.
        value = next((one for one in value.values() if isinstance(one, list)), None)
    if not isinstance(value, list | tuple):
        return None
    return [one for one in (projected(shape.member, item) for item in value) if one is not None]
