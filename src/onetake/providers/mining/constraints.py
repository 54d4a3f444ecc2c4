"""The pack of what a provider refuses, from its answers to probes."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from onetake.knowledge.packing import compact
from onetake.knowledge.terraform.constraints import CHUNK, ELEMENT, Constraint, shared_key, written
from onetake.knowledge.terraform.judging import EMPTY_BIT, by_kind, outside
from onetake.knowledge.terraform.probes import STRINGS
from onetake.knowledge.terraform.schema import BlockSchema, Kind, ProviderSchema
from onetake.knowledge.terraform.schema_pack import Identities
from onetake.model.records import replace
from onetake.providers.mining import kinds, words
from onetake.providers.mining.places import Names
from onetake.providers.mining.probing import covering
from onetake.providers.mining.reading import Observed, Reading, Template, given_in, read
from onetake.providers.mining.relations import relations
from onetake.providers.mining.rounds import MANY, NUMBER_NAMES, ROUNDS
from onetake.providers.mining.schemas import Draft
from onetake.providers.mining.shaping import Shapes

TEXT_ROUNDS = list(STRINGS)
BREAKING = frozenset(name for name, number in NUMBER_NAMES.items() if number in ("half", "trillion"))
"""The rounds in which numbers have a fraction, or more than 32 bits: objects around such a number may not be looked
at further."""


def draft(
    schemas: ProviderSchema, answers: Iterable[Mapping[str, Any]], source: dict[str, Any], shapes: Shapes | None = None
) -> Draft:
    """The pack of the constraints that ``answers`` tell of; ``source`` tells where they are from.

    ``shapes`` learns what texts look like that are known for probes only.
    """
    frames: dict[str, Any] = {}
    counted: Counter[str] = Counter()
    for one in answers:
        schema = schemas.of(Kind(one["kind"]))[one["name"]]
        body = schema.body
        reading = read(one, body)
        found = _with_folding(found_constraints(reading), one.get("folds", {}))
        found = shapes.shaped(schema, found) if shapes else found
        frame = {
            "n": _nodes(body, found, large=one["large"]),
            "r": [list(relation) for relation in relations(reading, body)],
            "w": sorted(text[1:] for text in reading.always.get((), ()) if not text[0]),
            "t": sorted({trouble["text"] for trouble in one["trouble"]}),
        }
        frame = {letter: part for letter, part in frame.items() if part}
        _count(counted, one["kind"], found, frame)
        if frame:
            frames[f"{one['kind']}/{one['name']}"] = frame
    frames |= _shared(frames)
    meta = {
        "fact": "what the provider refuses when it validates a configuration",
        "provider": f"hashicorp/{schemas.configuration.name}",
        "version": schemas.version,
        "confidence": "exact",
        "sources": [source],
        "counts": dict(counted),
    }
    return meta, frames


def _with_folding(found: Mapping[Names, list[Constraint]], folds: Mapping[str, bool]) -> dict[Names, list[Constraint]]:
    """The constraints, with what is known of the case of enumerations."""
    return {
        place: [replace(one, folds_case=folds[".".join(place)]) if one.kind == "enum" else one for one in some]
        if ".".join(place) in folds
        else some
        for place, some in found.items()
    }


def _shared(frames: Mapping[str, Any]) -> dict[str, Any]:
    """Put numbers for the constraints that recur, the commonest first, and make the frames that hold them."""
    lists = [some for frame in frames.values() for node in frame.get("n", ()) for some in node.get("c", {}).values()]
    uses = Counter(compact(one) for some in lists for one in some)
    recurring = [text for text, count in sorted(uses.items(), key=lambda pair: (-pair[1], pair[0])) if count > 1]
    numbers = {text: number for number, text in enumerate(recurring)}
    for some in lists:
        some[:] = [numbers.get(compact(one), one) for one in some]
    chunks = [recurring[start : start + CHUNK] for start in range(0, len(recurring), CHUNK)]
    return {shared_key(number): [json.loads(text) for text in chunk] for number, chunk in enumerate(chunks)}


def _count(counted: Counter[str], kind: str, found: Mapping[Names, list[Constraint]], frame: Mapping[str, Any]) -> None:
    values = {place: [one for one in some if one.kind not in NO_VALUES] for place, some in found.items()}
    values = {place: some for place, some in values.items() if some}
    counted["types"] += bool(frame)
    counted["types_with_value_constraints"] += bool(values)
    counted["paths"] += len(values)
    counted["value_constraints"] += sum(map(len, values.values()))
    counted["judged_by_kind"] += sum(one.exact for some in values.values() for one in some)
    counted.update(f"kind_{one.kind}" for some in found.values() for one in some)
    counted.update(f"relation_{relation[0]}" for relation in frame.get("r", ()))
    counted["crashes_and_timeouts"] += len(frame.get("t", ()))
    counted[f"types_{kind}"] += bool(frame)


NO_VALUES = frozenset({"not_settable", "deprecated", "whole"})
"""Kinds that say nothing about which values are good."""


def found_constraints(reading: Reading) -> dict[Names, list[Constraint]]:
    """Every constraint by its path."""
    found: dict[Names, list[Constraint]] = {}
    for place, observed in sorted(reading.arguments.items()):
        some = _any_of([*_of_argument(observed)], observed)
        if some:
            found[place] = some
    for place, by_number in sorted(reading.counts.items()):
        some = [*_of_blocks(by_number)]
        if some:
            found[place] = [*found.get(place, ()), *some]
    return found


def _of_argument(observed: Observed) -> Iterator[Constraint]:
    grouped: dict[tuple[str, str, Template], tuple[dict[str, Any], set[str]]] = {}
    for text, rounds in observed.failed.items():
        if kinds.tells_relation(text):
            continue
        kind, parameters, template = kinds.parsed(text)
        grouped.setdefault((kind, repr(sorted(parameters.items())), template), (parameters, set()))[1].update(rounds)
    whole = {name for (kind, *_), (_, rounds) in grouped.items() if kind == "whole" for name in rounds}
    judged: list[tuple[Constraint, set[str], set[str]]] = []
    for (kind, _, template), (parameters, failed) in sorted(grouped.items(), key=lambda one: one[0]):
        asked = observed.asked if kind == "whole" else observed.asked - whole
        made = Constraint(kind=kind, error=template[0], summary=template[1], detail=template[2], **parameters)
        if kind in ("not_settable", "deprecated"):
            yield made
        elif kind == "items":
            yield replace(made, exact=_agrees_on_lengths(made, asked, failed))
        else:
            judged.append((_fingerprinted(made, observed, asked, failed & asked), asked, failed & asked))
    for one, asked, failed in judged:
        others = [rounds for other, _, rounds in judged if not other.exact and other is not one]
        if one.exact and one.error and others and failed <= set().union(*others):
            # It never refuses alone: it may be one of several of which any is enough, and another is not understood.
            yield _masked(replace(one, exact=False), observed, asked, failed)
        else:
            yield one


def _masked(made: Constraint, observed: Observed, asked: set[str], failed: set[str]) -> Constraint:
    asked = asked & set(NUMBER_NAMES) if _is_number(observed) else asked & set(STRINGS)
    return replace(made, refused=_mask(failed & asked), accepted=_mask(asked - failed))


def _fingerprinted(made: Constraint, observed: Observed, asked: set[str], failed: set[str]) -> Constraint:
    """The constraint with what is known of probes, as far as its kind does not tell it."""
    masked = _masked(made, observed, asked, failed)
    asked = asked & set(NUMBER_NAMES) if _is_number(observed) else asked & set(STRINGS)
    for kind, parameters in (
        (made.kind, {}),
        *kinds.alternatives(made.kind, made.pattern),
        # Where no probe was accepted the words may tell one of several ways, of which any is enough.
        *(("pattern", {"pattern": one}) for one in (_told(made) if asked - failed - {"empty"} else ())),
    ):
        candidate = replace(masked, kind=kind, **parameters)
        if kind != "format" and _agrees(candidate, observed, asked, failed):
            unclear = EMPTY_BIT | _mask(
                name for name in asked if by_kind(candidate, given_in(name, observed.type)) is None
            )
            return replace(candidate, refused=candidate.refused & unclear, accepted=candidate.accepted & unclear)
    return replace(masked, exact=False)


def _told(made: Constraint) -> Iterator[str]:
    """Expressions that the words of a format or expression may mean."""
    return words.expressions(f"{made.summary}\n{made.detail}") if made.kind in ("format", "pattern") else iter(())


def _agrees(candidate: Constraint, observed: Observed, asked: set[str], failed: set[str]) -> bool:
    """Whether judging by kind gives what the provider said of every probe, as far as it gives anything."""
    for name in asked:
        said = by_kind(candidate, given_in(name, observed.type))
        if said is None or (said is not False) == (name in failed):
            continue
        if name in failed or name not in BREAKING:
            return False
    return True


def _any_of(some: list[Constraint], observed: Observed) -> list[Constraint]:
    """Put together constraints of which one is enough: each text is given only when all of them are broken."""
    grouped: dict[tuple[int, int], list[Constraint]] = defaultdict(list)
    for one in some:
        if not one.exact and one.kind != "items":
            grouped[one.refused, one.accepted].append(one)
    for (refused, accepted), group in grouped.items():
        if len(group) > 1 and all(one.kind != "format" for one in group):
            asked = [name for place, name in enumerate(TEXT_ROUNDS) if (refused | accepted) >> place & 1]
            if all(_agrees_together(group, given_in(name, observed.type), name, refused) for name in asked):
                some = [_with_others(one, group) if one in group else one for one in some]
    return some


def _agrees_together(group: list[Constraint], given: Any, name: str, refused: int) -> bool:
    said = [by_kind(one, given) for one in group]
    broken = False if any(one is False for one in said) else None if None in said else True
    return broken is None or broken == bool(_mask([name]) & refused) or name in BREAKING


def _with_others(one: Constraint, group: list[Constraint]) -> Constraint:
    bare = [replace(other, refused=other.refused & EMPTY_BIT, accepted=other.accepted & EMPTY_BIT) for other in group]
    others = tuple(replace(other, exact=True) for other, full in zip(bare, group, strict=True) if full is not one)
    return replace(one, exact=True, unless=others)


def _is_number(observed: Observed) -> bool:
    return isinstance(given_in(TEXT_ROUNDS[0], observed.type), int)


def _mask(names: Iterable[str]) -> int:
    return sum(1 << TEXT_ROUNDS.index(name) for name in names)


def _agrees_on_lengths(made: Constraint, asked: set[str], failed: set[str]) -> bool:
    return all(outside(made, ROUNDS[name].length) == (name in failed) for name in asked)


def _of_blocks(by_number: Mapping[int, Iterable[Template]]) -> Iterator[Constraint]:
    """Limits of how many blocks there may be which the schema does not tell."""
    seen: dict[tuple[str, str, Template], tuple[dict[str, Any], set[int]]] = defaultdict(lambda: ({}, set()))
    for number, texts in by_number.items():
        for text in texts:
            kind, parameters, template = kinds.parsed(text)
            if kind == "items":
                entry = seen[kind, repr(sorted(parameters.items())), template]
                entry[0].update(parameters)
                entry[1].add(number)
    for (kind, _, template), (parameters, failed) in sorted(seen.items(), key=lambda one: one[0]):
        made = Constraint(kind=kind, error=template[0], summary=template[1], detail=template[2], **parameters)
        if all(outside(made, number) == (number in failed) for number in by_number):
            yield made


def _nodes(body: BlockSchema, found: Mapping[Names, list[Constraint]], *, large: bool) -> list[dict[str, Any]]:
    """The constraints as a tree of blocks; in large types, recurring blocks share one node."""
    identity = Identities()
    places: dict[str, Names] = {identity(body): ()}
    if large:
        places |= {identity(nested.body): place for place, nested in reversed(covering(body).items())}
    below: dict[Names, dict[str, list[Any]]] = defaultdict(dict)
    for place, some in found.items():
        at = _block_of(place, body)
        below[at]["/".join(place[len(at) :])] = [written(one) for one in some]
    nodes: list[dict[str, Any]] = []
    made: dict[object, int | None] = {}

    def node(inner: BlockSchema, at: Names) -> int | None:
        known: object = identity(inner) if large else at
        if known in made:
            return made[known]
        at = places[identity(inner)] if large else at
        number = made[known] = len(nodes)
        nodes.append({})
        blocks = {name: node(nested.body, (*at, name)) for name, nested in inner.blocks.items()}
        given = {"c": below.get(at, {}), "b": {name: one for name, one in blocks.items() if one is not None}}
        nodes[number] = {letter: part for letter, part in given.items() if part}
        if not nodes[number] and at:
            if number == len(nodes) - 1:
                nodes.pop()
            made[known] = None
            return None
        return number

    node(body, ())
    return nodes if nodes[0] else []


def _block_of(place: Names, body: BlockSchema) -> Names:
    """The part of a path that names blocks around an argument."""
    at = 0
    while at < len(place) - 1 and place[at] in body.blocks:
        body = body.blocks[place[at]].body
        at += 1
    return place[:at]


__all__ = ["ELEMENT", "MANY", "draft", "found_constraints"]
