"""Asking a provider what it plans and does: defaults, what replaces a resource, the operation that makes it.

It is configured with keys that open nothing and asks a sink on this machine, so that nothing ever reaches AWS.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from onetake.knowledge.terraform.constraints import TypeConstraints
from onetake.knowledge.terraform.schema import BlockSchema, Nesting, ProviderSchema, TypeSchema
from onetake.providers.client import Planned, Provider
from onetake.providers.messages import Diagnostic
from onetake.providers.mining.choosing import chosen
from onetake.providers.mining.filling import Filling, Names, blocks, filled, leaves, surrounded
from onetake.providers.mining.keeping import Ask, Kept, Tell
from onetake.providers.mining.places import placed
from onetake.providers.mining.probing import LARGE, covering
from onetake.providers.mining.sink import Sink
from onetake.providers.process import ProviderFailure
from onetake.providers.values import UNKNOWN

SECONDS = 10.0
_FILL = Filling("onetake-a", 1, True, 1)
_OTHER = Filling("onetake-b", 2, False, 1)
_TIMES = "timeouts"


class Planner:
    """Asks about one type after the other."""

    def __init__(self, provider: Provider, sink: Sink, constraints: Callable[[str], TypeConstraints]) -> None:
        """``provider`` is configured to ask ``sink``; ``constraints`` are those of a resource type by name."""
        self._provider = provider
        self._sink = sink
        self._constraints = constraints

    def answers(self, schema: TypeSchema) -> dict[str, Any]:
        """What is planned for a new resource with as little as possible and with everything, and for a changed one."""
        body, found = schema.body, self._constraints(schema.name)
        every, needed, emptied = wanted(body, found)
        first, second = chosen(found, body, 0), chosen(found, body, 1)
        whole = filled(body, _FILL, every.__contains__, first)
        other = filled(body, _OTHER, every.__contains__, second)
        answers: dict[str, Any] = {"name": schema.name}
        little = filled(body, _FILL, needed.__contains__, first)
        answers["little"] = self._plan(schema, little, apply=True)
        answers["blocks"] = self._plan(schema, filled(body, _FILL, emptied.__contains__, first))
        answers["new"] = self._plan(schema, whole)
        answers["new_other"] = self._plan(schema, other)
        if not (answers["new"]["replaces"] or answers["blocks"]["replaces"]):
            # Older kinds of resources tell it when they are new, newer ones when they change.
            answers["change"] = self._plan(schema, other, prior=_made(whole, body))
            answers["back"] = self._plan(schema, whole, prior=_made(other, body))
        if any(answers[name]["errors"] for name in ("new", "new_other", "change", "back") if name in answers):
            answers["each"] = self._each(schema, needed, every, (first, second), change="change" in answers)
        return answers

    def _each(
        self,
        schema: TypeSchema,
        needed: set[Names],
        every: set[Names],
        values: tuple[Mapping[Names, Any], Mapping[Names, Any]],
        *,
        change: bool,
    ) -> dict[str, Any]:
        """The plans with each argument alone, where they do not go together; ``None`` where it is refused, too."""
        found: dict[str, Any] = {}
        for name in sorted({place[0] for place in every}):
            wanted = needed | {place for place in every if place[0] == name}
            made = [
                filled(schema.body, fill, wanted.__contains__, some)
                for fill, some in zip((_FILL, _OTHER), values, strict=True)
            ]
            if change:
                plans = [self._plan(schema, made[1], prior=_made(made[0], schema.body))]
            else:
                plans = [self._plan(schema, one) for one in made]
            good = [set(one["replaces"]) for one in plans if not one["errors"]]
            found[name] = sorted(set.intersection(*good)) if good else None
        return found

    def _plan(self, schema: TypeSchema, config: Any, *, prior: Any = None, apply: bool = False) -> dict[str, Any]:
        proposed = None if prior is None else _proposed(config, prior, schema.body)
        try:
            planned = self._provider.plan(schema.name, config, prior=prior, proposed=proposed)
        except ProviderFailure as failure:
            return {"errors": [["", str(failure)[:300]]], "replaces": [], "failed": True}
        found: dict[str, Any] = {
            "errors": _words(planned.diagnostics),
            "replaces": sorted({".".join(placed(path, schema.body)) for path in planned.replaces}),
            "defaults": {".".join(place): value for place, value in _defaults(config, planned.state, schema.body, ())},
            "computed": _computed(planned.state),
        }
        if apply and not found["errors"]:
            found["apply"] = self._apply(schema, config, planned)
        return found

    def _apply(self, schema: TypeSchema, config: Any, planned: Planned) -> dict[str, Any]:
        self._sink.requests.clear()
        try:
            applied = self._provider.apply(schema.name, config, planned)
        except ProviderFailure as failure:
            return {"errors": [["", str(failure)[:300]]], "parameters": []}
        asked = self._sink.requests[-1] if self._sink.requests else None
        return {
            "errors": _words(applied.diagnostics),
            "parameters": sorted({name.partition(".")[0] for name in asked.parameters()}) if asked else [],
            "requests": [f"{one.method} {one.target or one.path}" for one in self._sink.requests[:3]],
        }


def _words(said: tuple[Diagnostic, ...]) -> list[list[str]]:
    return [[one.summary, one.detail] for one in said if one.error]


def wanted(body: BlockSchema, found: TypeConstraints) -> tuple[set[Names], set[Names], set[Names]]:
    """Everything; what has to be there; every block with what it has to have."""
    large = sum(1 for _ in _some(leaves(body))) > LARGE
    inner = covering(body) if large else dict(blocks(body))
    inner = {place: nested for place, nested in inner.items() if place[0] != _TIMES}
    at: dict[Names, BlockSchema] = {(): body} | {place: nested.body for place, nested in inner.items()}
    every = {(*place, name) for place, one in at.items() for name, each in one.attributes.items() if each.settable}
    every -= {place for place in every if any(rule.kind == "not_settable" for rule in found.at(place))}
    required = {(*place, name) for place, one in at.items() for name, each in one.attributes.items() if each.required}
    must: set[Names] = {()}
    for place, nested in inner.items():
        if place[:-1] in must and (nested.minimum or 0) > 0:
            must.add(place)
    needed = {place for place in required if place[:-1] in must} | (must - {()})
    for relation in found.relations:
        if relation.kind in ("exactly_one_of", "at_least_one_of") and not needed & set(relation.members):
            needed |= {member for member in relation.members[:1] if member in every and len(member) == 1}
        if relation.kind == "required" and len(relation.at) == 1 and (relation.at in every or relation.at in inner):
            needed |= {relation.at, *(place for place in required if place[:-1] == relation.at)}
    return surrounded(every) | set(inner), surrounded(needed), surrounded(required) | set(inner)


def _some(found: Iterator[Any]) -> Iterator[Any]:
    for number, one in enumerate(found):
        if number > LARGE:
            return
        del one
        yield number


def _made(config: Mapping[str, Any], body: BlockSchema) -> dict[str, Any]:
    """A state in which the configuration was carried out."""
    known = {"id": "onetake-id", "arn": "arn:aws:iam::123456789012:role/onetake"}
    return {name: value if value is not None else _known(known, name, body) for name, value in config.items()}


def _known(known: Mapping[str, str], name: str, body: BlockSchema) -> str | None:
    attribute = body.attributes.get(name)
    return known.get(name) if attribute is not None and attribute.type.kind == "string" else None


def _proposed(config: Mapping[str, Any], prior: Mapping[str, Any], body: BlockSchema) -> dict[str, Any]:
    """The configuration, with the prior values of what the provider computes."""
    return {
        name: prior[name] if value is None and name in body.attributes and body.attributes[name].computed else value
        for name, value in config.items()
    }


def _defaults(config: Any, planned: Any, body: BlockSchema, at: Names) -> Iterator[tuple[Names, Any]]:
    """What the plan has where the configuration has nothing."""
    if not isinstance(planned, dict) or not isinstance(config, dict):
        return
    for name in body.attributes:
        value = planned.get(name)
        plain = isinstance(value, (str, int, float, bool))
        # Names that the provider makes up are no defaults.
        if plain and config.get(name) is None and not re.search(r"terraform-\d{10}", str(value)):
            yield (*at, name), value
    for name, nested in body.blocks.items():
        if nested.nesting is Nesting.SET:
            # What is not given is empty or zero there, without being a default.
            continue
        given, made = config.get(name), planned.get(name)
        if isinstance(given, list) and isinstance(made, list) and len(given) == len(made) == 1:
            given, made = given[0], made[0]
        yield from _defaults(given, made, nested.body, (*at, name))


def _computed(planned: Any) -> list[str]:
    return sorted(name for name, value in planned.items() if value is UNKNOWN) if isinstance(planned, dict) else []


def planned(
    binary: Path,
    schemas: ProviderSchema,
    folder: Path,
    constraints: Callable[[str], TypeConstraints],
    tell: Tell = lambda *_: None,
) -> Iterator[dict[str, Any]]:
    """The answers about every resource type, by name; those that are not in ``folder`` yet are asked for."""

    def asking(provider: Provider, sink: Sink) -> Ask:
        return Planner(provider, sink, constraints).answers

    return Kept(binary, schemas, folder, SECONDS).answers(asking, tell)
