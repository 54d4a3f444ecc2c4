"""The pack of what AWS added to enumerations: those of the provider beside those of the API's newer description."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from onetake.knowledge.enumerations import signature
from onetake.knowledge.terraform.constraints import Reader
from onetake.knowledge.terraform.schema import Kind
from onetake.providers.mining.schemas import Draft
from tools.packs.inputs import inputs, located

BOTOCORE = "botocore"
Members = frozenset[str]


def draft(constraints: Reader) -> Draft:
    """For each enumeration of ``constraints`` that the API has, whole: what it has beyond that.

    Where several of the API's enumerations hold the same members, what any of them adds counts.
    """
    holding: dict[str, set[Members]] = defaultdict(set)
    for members in set(_of_api()):
        for member in members:
            holding[member].add(members)
    frames: dict[str, Any] = {}
    for members in sorted(set(_of_provider(constraints)), key=sorted):
        around = set.intersection(*(holding[member] for member in members))
        if around:
            frames[signature(members)] = sorted(frozenset().union(*around) - members)
    meta: dict[str, Any] = {
        "fact": "What AWS added to the enumerations that the provider knew",
        "provider": constraints.pack.meta["provider"],
        "version": constraints.pack.meta["version"],
        "confidence": "model",
        "sources": [inputs()[BOTOCORE].source],
        "counts": {"enumerations": len(frames), "grown": sum(map(bool, frames.values()))},
    }
    return meta, frames


def _of_provider(constraints: Reader) -> Iterator[Members]:
    for key in constraints.pack:
        kind, _, name = key.partition("/")
        if kind == "shared":
            continue
        found = constraints.of(Kind(kind), name)
        for place in _places(found):
            for one in found.at(place):
                if one.kind == "enum" and one.members:
                    yield frozenset(one.members)


def _places(found: Any) -> Iterator[tuple[str, ...]]:
    """The paths, but each recurring block of the enormous types only a few times."""
    for number, place in enumerate(found.paths()):
        if number > 20_000:
            return
        yield place


def _of_api() -> Iterator[Members]:
    newest: dict[str, str] = {}
    with zipfile.ZipFile(located(BOTOCORE)) as wheel:
        for name in sorted(wheel.namelist()):
            if name.endswith("/service-2.json.gz"):
                newest[name.split("/")[2]] = name  # versions are dates: the last one is the newest
        for name in newest.values():
            shapes: Mapping[str, Any] = json.loads(gzip.decompress(wheel.read(name)))["shapes"]
            yield from (frozenset(shape["enum"]) for shape in shapes.values() if shape.get("enum"))
