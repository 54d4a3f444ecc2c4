"""The pack of what a provider plans and does, from its answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from onetake.knowledge.terraform.schema import BlockSchema, Nesting, ProviderSchema
from onetake.providers.mining.filling import Names, blocks
from onetake.providers.mining.schemas import Draft

OPERATION = re.compile(r"operation error (?P<service>[^:\n]+): (?P<operation>\w+), (?P<answer>[^\n]*)")
READS = re.compile(r"^(Get|List|Describe|Head|Search|Lookup|BatchGet)")
_GIVEN = re.compile(r"\([^()]*(?:onetake|arn:|\d{6}|\{name\})[^()]*\)")
_MADE_UP = re.compile(r"(?:tf-[a-z]*-?|terraform-)?\d{18}[0-9a-f]{8}|onetake-[ab]")


def draft(schemas: ProviderSchema, answers: Iterable[Mapping[str, Any]], source: dict[str, Any]) -> Draft:
    """The pack of the facts that ``answers`` tell; ``source`` tells where they are from."""
    frames: dict[str, Any] = {}
    counted: Counter[str] = Counter()
    for one in answers:
        body = schemas.resources[one["name"]].body
        frame = facts(one, body)
        frames[one["name"]] = frame
        counted["types"] += 1
        counted["replacing_paths"] += len(frame.get("r", ()))
        counted["types_with_replacing_paths"] += "r" in frame
        counted["types_clear"] += "u" not in frame
        top = [place for place in frame.get("d", {}) if "." not in place]
        counted["defaults"] += len(frame.get("d", {}))
        counted["top_level_defaults"] += len(top)
        counted["types_with_top_level_defaults"] += bool(top)
        counted["types_with_operation"] += "o" in frame
    meta = {
        "fact": "defaults, arguments whose change replaces a resource, operations that make it",
        "provider": f"hashicorp/{schemas.configuration.name}",
        "version": schemas.version,
        "confidence": "exact",
        "sources": [source],
        "counts": dict(counted),
    }
    return meta, frames


def facts(answers: Mapping[str, Any], body: BlockSchema) -> dict[str, Any]:
    """The frame of one type."""
    replacing, unclear = _replacing(answers, body)
    frame = {
        "r": sorted(".".join(place) for place in replacing),
        "u": sorted(".".join(place) for place in unclear),
        "d": _defaults(answers),
        "c": [name for name in answers["little"].get("computed", []) if _settable((name,), body)],
        "o": _creation(answers["little"].get("apply")),
    }
    return {letter: part for letter, part in frame.items() if part}


def _replacing(answers: Mapping[str, Any], body: BlockSchema) -> tuple[set[Names], set[Names]]:
    """The paths whose change always replaces, and those of which that is not known."""
    names = ("change", "back") if "change" in answers else ("new", "new_other")
    good = [_places(answers[name]["replaces"]) for name in names if not answers[name]["errors"]]
    unclear: set[Names] = set()
    if len(good) == 2:
        found = set.intersection(*good)
        # What replaces only beside some values of others.
        unclear = set.union(*good) - found
    else:
        found = set()
        for name, places in answers.get("each", {}).items():
            if places is None:
                unclear.add((name,))
            else:
                found |= {place for place in _places(places) if place[0] == name}
    sets = {place for place, nested in blocks(body) if nested.nesting is Nesting.SET}
    # Inside sets the provider does not tell which argument it means.
    unclear |= {place for place in found if place in sets}
    return {place for place in found if place not in sets and _settable(place, body)}, {
        place for place in unclear if _settable(place, body)
    }


def _places(written: Iterable[str]) -> set[Names]:
    return {tuple(name for name in place.split(".") if name != "*") for place in written}


def _settable(place: Names, body: BlockSchema) -> bool:
    if place == ("id",):
        # Older kinds of resources say that it may be given, and refuse it.
        return False
    for name in place[:-1]:
        nested = body.blocks.get(name)
        if nested is None:
            return name in body.attributes and body.attributes[name].settable
        body = nested.body
    attribute = body.attributes.get(place[-1])
    return attribute.settable if attribute is not None else place[-1] in body.blocks


def _defaults(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Defaults at the top from the plan of as little as possible, inside blocks from that of empty blocks."""
    inside = {place: value for place, value in answers["blocks"].get("defaults", {}).items() if "." in place}
    top = {place: value for place, value in answers["little"].get("defaults", {}).items() if "." not in place}
    return dict(sorted((inside | top).items()))


def _creation(applied: Mapping[str, Any] | None) -> list[Any]:
    for summary, detail in applied["errors"] if applied else ():
        found = OPERATION.search(f"{summary}\n{detail}")
        if found and not READS.match(found["operation"]):
            words = [_template(part.replace(found["answer"], "{answer}")) for part in (summary, detail)]
            return [found["service"], found["operation"], *words, applied["parameters"] if applied else []]
    return []


def _template(words: str) -> str:
    """The words with ``{name}`` for the values that were given."""
    return _GIVEN.sub("({name})", _MADE_UP.sub("{name}", words))
