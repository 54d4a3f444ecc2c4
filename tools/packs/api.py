"""Enumerations of AWS's own API for arguments of which the provider takes any text, from botocore's description."""

from __future__ import annotations

import gzip
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onetake.knowledge.terraform.schema import ProviderSchema
from onetake.providers.mining import canaries
from onetake.providers.mining.schemas import Draft

_MODEL = re.compile(r"botocore/data/(?P<name>[^/]+)/(?P<version>\d{4}-\d\d-\d\d)/service-2\.json\.gz")
_LABEL = re.compile(r"\{(\w+)\+?\}")
_IN_LISTS = ("member", "entry")
_DEEPEST = 20


@dataclass(frozen=True)
class Text:
    """A text in a request."""

    shape: str
    """Its name in the model."""
    parameter: str
    """The way to it, by the names in the request."""
    members: tuple[str, ...]
    """Its enumeration; empty when it has none."""


class Models:
    """The services that a wheel of botocore describes."""

    def __init__(self, wheel: Path) -> None:
        self._read: dict[str, list[dict[str, Any]]] = {}
        with zipfile.ZipFile(wheel) as archive:
            for name in sorted(archive.namelist(), reverse=True):  # the newest versions of an API first
                if _MODEL.fullmatch(name):
                    model = json.loads(gzip.decompress(archive.read(name)))
                    kept = {"operations": model["operations"], "shapes": model["shapes"]}
                    self._read.setdefault(model["metadata"]["serviceId"], []).append(kept)

    def of(self, service: str, operation: str) -> dict[str, Any] | None:
        """The newest model of ``service``, as the SDKs call it, that has ``operation``."""
        return next((one for one in self._read.get(service, ()) if operation in one["operations"]), None)

    def enumerations(self) -> Iterator[frozenset[str]]:
        """Those of the newest model of each service."""
        for newest, *_ in self._read.values():
            yield from (frozenset(shape["enum"]) for shape in newest["shapes"].values() if shape.get("enum"))

    def text(self, service: str, operation: str, place: str) -> Text | None:
        """What is known of the text that a request has at ``place``: ``Device.1.Type``, or ``/2`` in its path."""
        model = self.of(service, operation)
        top = model["operations"][operation].get("input", {}).get("shape") if model else None
        if model is None or top is None:
            return None
        shapes = model["shapes"]
        steps = _of_path(model["operations"][operation], int(place[1:])) if place[0] == "/" else place.split(".")
        payload = shapes[top].get("members", {}).get(shapes[top].get("payload"), {}).get("shape")
        for start in (top, payload):
            found = _walk(shapes, start, steps, 0) if start else None
            if found is not None:
                return Text(found, _plain(steps), tuple(sorted(set(shapes[found].get("enum", ())))))
        return None


def _of_path(operation: Mapping[str, Any], number: int) -> list[str]:
    """The parameter that stands as part ``number`` of the path of a request."""
    parts = operation["http"]["requestUri"].partition("?")[0].split("/")
    label = _LABEL.fullmatch(parts[number]) if number < len(parts) else None
    return [label[1]] if label else ["/"]


def _walk(shapes: Mapping[str, Any], name: str, steps: list[str], depth: int) -> str | None:
    """The name of the text at the end of ``steps`` below a shape."""
    shape = shapes[name]
    if not steps or depth > _DEEPEST:
        return name if shape["type"] == "string" and not steps else None
    first, *rest = steps
    match shape["type"]:
        case "structure":
            inner = _member(shape, first.lower())
            return _walk(shapes, inner, rest, depth + 1) if inner else None
        case "list":
            inner = shape["member"]["shape"]
            if first.isdigit() or first in (*_IN_LISTS, shape["member"].get("locationName")):
                found = _walk(shapes, name if rest else inner, rest, depth + 1)
                if found is not None:
                    return found
            return _walk(shapes, inner, steps, depth + 1)
        case "map":
            if first in _IN_LISTS or first.isdigit():
                return None  # the query protocol numbers its pairs, and does not tell the key
            return _walk(shapes, shape["value"]["shape"], rest, depth + 1)
    return name if shape["type"] == "string" and first.isdigit() and not rest else None


def _member(shape: Mapping[str, Any], name: str) -> str | None:
    """The shape of the member that is called ``name`` in requests."""
    for member, one in shape["members"].items():
        if any(name == text.lower() for text in (member, one.get("locationName"), one.get("queryName")) if text):
            found: str = one["shape"]
            return found
    return None


def draft(
    models: Models,
    schemas: ProviderSchema,
    answers: Iterable[Mapping[str, Any]],
    sources: list[dict[str, Any]],
) -> Draft:
    """The pack of what the API takes where the provider takes anything."""
    frames: dict[str, Any] = {}
    counted: Counter[str] = Counter()
    for one in answers:
        counted["types_asked"] += 1
        counted["arguments_open"] += len(one["open"])
        counted["arguments_traced"] += len(one["sent"])
        found: dict[str, Any] = {}
        for place, (made, parameter) in sorted(one["sent"].items()):
            service, _, operation = made.rpartition(".")
            text = models.text(service, operation, parameter)
            counted["arguments_resolved"] += text is not None
            if text is None or not text.members:
                continue
            key = f"enum/{service}/{text.shape}"
            frames[key] = list(text.members)
            found[place] = [service, operation, text.parameter, key]
        if found:
            frames[one["name"]] = found
            counted["types"] += 1
            counted["arguments"] += len(found)
    counted["enumerations"] = sum(key.startswith("enum/") for key in frames)
    meta = {
        "fact": "enumerations of the API for arguments of which the provider takes any text",
        "provider": f"hashicorp/{schemas.configuration.name}",
        "version": schemas.version,
        "api": sources[0]["version"],
        "confidence": "model",
        "sources": sources,
        "counts": dict(counted),
    }
    return meta, frames


def _plain(steps: Iterable[str]) -> str:
    """A place without numbers, and without keys that were made up."""
    return ".".join(step for step in steps if not step.isdigit() and not canaries.CANARY.fullmatch(step))
