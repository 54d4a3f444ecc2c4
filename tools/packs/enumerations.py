"""The pack of what AWS added to enumerations: those of the provider beside those of the API's newer description."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

from onetake.knowledge.enumerations import signature
from onetake.knowledge.terraform.constraints import Reader
from onetake.knowledge.terraform.schema import Kind
from onetake.providers.mining.schemas import Draft
from tools.packs.api import Models
from tools.packs.inputs import inputs, located

BOTOCORE = "botocore"
Members = frozenset[str]
_PLACES = 20_001
"""How many places of a type are looked at: enormous types repeat the same ones without end."""


def draft(constraints: Reader) -> Draft:
    """For each enumeration of ``constraints`` that the API has, whole: what it has beyond that.

    Where several of the API's enumerations hold the same members, what any of them adds counts.
    """
    holding: dict[str, set[Members]] = defaultdict(set)
    for members in set(Models(located(BOTOCORE)).enumerations()):
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
        for place in islice(found.paths(), _PLACES):
            for one in found.at(place):
                if one.kind == "enum" and one.members:
                    yield frozenset(one.members)
