"""Nested stacks whose templates are local files: each is read as a stack of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from onetake.frontends.cloudformation.texts import plain_text
from onetake.model.records import record
from onetake.model.resources import Resource
from onetake.model.values import Known, Value

KIND = "AWS::CloudFormation::Stack"
DEPTH = 5


@record
class Passed:
    """The parameters that a parent stack hands to a nested one."""

    known: Mapping[str, str]
    unknown: frozenset[str]
    """Those with a value that only the deployment knows: their defaults do not count."""


def local_template(resource: Resource, body: Mapping[str, Any], folder: Path) -> Path | None:
    """The file that a nested stack is made from, if it is one on this machine."""
    metadata = body.get("Metadata")
    asset = metadata.get("aws:asset:path") if isinstance(metadata, dict) else None
    if isinstance(asset, str) and asset.endswith((".json", ".yaml", ".yml", ".template")):
        return folder / asset
    url = resource.argument("TemplateURL")
    if isinstance(url, Known) and isinstance(url.value, str) and "://" not in url.value:
        return folder / url.value
    return None


def passed(resource: Resource) -> Passed:
    """What ``Parameters`` of a nested stack holds."""
    value = resource.argument("Parameters")
    known: dict[str, str] = {}
    unknown: set[str] = set()
    for name, inner in _members(value):
        text = _text(inner)
        if text is None:
            unknown.add(name)
        else:
            known[name] = text
    return Passed(known, frozenset(unknown))


def hands_down(resource: Resource) -> bool:
    """Whether the nested stack is given something that only the deployment knows: a resource of its parent's."""
    return bool(passed(resource).unknown)


def _members(value: Value[object]) -> Iterator[tuple[str, Value[object]]]:
    if isinstance(value, Known) and isinstance(value.value, Mapping):
        yield from value.value.items()


def _text(value: Value[object]) -> str | None:
    match value:
        case Known(str() | int() | float() as scalar):
            return plain_text(scalar)
        case Known(tuple() as items):
            texts = [_text(item) for item in items]
            return None if None in texts else ",".join(text for text in texts if text is not None)
        case _:
            return None
