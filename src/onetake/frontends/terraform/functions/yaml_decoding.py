"""``yamldecode``, on PyYAML's events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from onetake.frontends.terraform.functions.types import parse_number, to_string
from onetake.frontends.terraform.functions.values import (
    LIMIT,
    Failure,
    Undetermined,
)

_WORDS: dict[str, object] = {
    **dict.fromkeys(("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"), True),
    **dict.fromkeys(("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_STAMP = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt](\d\d?):(\d\d?):(\d\d?)(?:\.\d+)?(Z|[+-]\d\d:\d\d))"
    r"|(?: (\d\d?):(\d\d?):(\d\d?)(?:\.\d+)?))?",
    re.ASCII,
)
_TAGS = "tag:yaml.org,2002:"


def yamldecode(text: str) -> object:
    """``yamldecode``: one document."""
    import yaml

    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    reader = _Reader(yaml.parse(text, Loader=loader))
    try:
        return reader.document()
    except yaml.YAMLError as error:
        raise Failure(f"{error}".partition("\n")[0], exact=False) from None


class _Reader:
    """Builds values from events, in their order."""

    def __init__(self, events: Iterator[Any]) -> None:
        self.events = events
        self.anchors: dict[str, tuple[object, int]] = {}
        self.size = 0

    def document(self) -> object:
        next(self.events)
        if type(next(self.events)).__name__ != "DocumentStartEvent":
            raise Failure("on line 1, column 1: missing start of document")
        value = self.value(next(self.events))
        next(self.events)
        if type(next(self.events)).__name__ != "StreamEndEvent":
            raise Failure("only a single document is allowed", exact=False)
        return value

    def value(self, event: Any) -> object:
        before = self.size
        self.size += 1
        if self.size > LIMIT:
            raise Failure(f"more than {LIMIT} values", exact=False)
        match type(event).__name__:
            case "AliasEvent":
                if event.anchor not in self.anchors:
                    raise Failure("reference to an anchor that is not complete", exact=False)
                value, size = self.anchors[event.anchor]
                self.size += size
                return value
            case "ScalarEvent":
                value = _scalar(event)
            case "SequenceStartEvent":
                _tagged(event, "seq")
                value = self.sequence()
            case _:
                _tagged(event, "map")
                value = self.mapping()
        if event.anchor:
            self.anchors[event.anchor] = (value, self.size - before)
        return value

    def sequence(self) -> list[object]:
        items: list[object] = []
        while type(event := next(self.events)).__name__ != "SequenceEndEvent":
            items.append(self.value(event))
        return items

    def mapping(self) -> dict[str, object]:
        fields: dict[str, object] = {}
        while type(event := next(self.events)).__name__ != "MappingEndEvent":
            if type(event).__name__ != "ScalarEvent":
                raise Failure("only strings are allowed as mapping keys", exact=False)
            if (event.tag in {None, ""} and event.value == "<<") or event.tag == _TAGS + "merge":
                _merge(fields, self.value(next(self.events)))
                continue
            key = _resolved(event)
            if key is None:
                raise Failure("mapping key cannot be null", exact=False)
            name = to_string(key)
            fields[name] = self.value(next(self.events))
        return fields


def _merge(fields: dict[str, object], merged: object) -> None:
    if isinstance(merged, list) and all(isinstance(item, dict) for item in merged):
        raise Undetermined("merging a sequence of mappings, which older versions refuse")
    if not isinstance(merged, dict):
        raise Failure("cannot merge into mapping", exact=False)
    fields.update(merged)


def _tagged(event: Any, kind: str) -> None:
    if event.tag not in {None, "", _TAGS + kind}:
        raise Failure(f"can't interpret as {event.tag}", exact=False)


def _scalar(event: Any) -> object:
    if not event.tag and not event.implicit[0]:
        return event.value
    return _resolved(event)


def _resolved(event: Any) -> object:
    text, tag = str(event.value), str(event.tag or "").removeprefix(_TAGS)
    if tag not in {"", "str", "bool", "int", "float", "null", "timestamp", "binary"}:
        raise Failure(f"unsupported tag {event.tag}", exact=False)
    if tag in {"str", "binary"} or (not tag and event.style in {"'", '"'}):
        return text
    if tag:
        raise Undetermined("a value with an explicit YAML tag")
    if text in _WORDS:
        return _WORDS[text]
    if text.lower() in {".nan", ".inf", "+.inf", "-.inf"}:
        raise Undetermined("a number that is not finite")
    if found := _STAMP.fullmatch(text):
        return _moment(found)
    if _INTEGER.fullmatch(text) or _FLOAT.fullmatch(text):
        return _number(text)
    return text


def _number(text: str) -> int | float:
    if text.startswith(("0x", "0o")):
        return int(text, 0)
    return parse_number(text)


def _moment(found: re.Match[str]) -> str:
    from onetake.frontends.terraform.functions.time import rfc3339

    year, month, day = (int(part) for part in found.groups()[:3])
    clock = found.groups()[3:6] if found[4] else found.groups()[7:10]
    hour, minute, second = (int(part or 0) for part in clock)
    zone = found[7] or "Z"
    try:
        moment = datetime.fromisoformat(
            f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}{zone.replace('Z', '+00:00')}"
        )
    except ValueError:
        return found[0]
    return rfc3339(moment)
