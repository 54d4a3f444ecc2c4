"""What the pack of constraints says of a setting, in the form in which the provider answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from onetake.knowledge.terraform.constraints import ELEMENT, Constraint, Names, TypeConstraints
from onetake.knowledge.terraform.judging import broken, violations
from onetake.knowledge.terraform.schema import BlockSchema, NestedBlock, Nesting
from onetake.knowledge.terraform.sets import ordered
from onetake.knowledge.terraform.types import Type
from onetake.model.records import record

Steps = tuple[str | int, ...]
_ORDER = ("exactly_one_of", "only_one_of", "at_least_one_of", "required", "required_with", "conflicts")
"""In which order the older SDK looks at relations; it tells the first that is broken of each argument."""
_UNLOOKED = ("Conflicting configuration arguments", "Invalid combination of arguments", "Missing required argument")
"""Summaries of the older SDK, which looks no further at an argument that it says them of."""


_COUNTED = ("Too many list items", "Not enough list items")
"""The same, of collections and their elements."""


@record
class Said:
    """A diagnostic, ours or the provider's."""

    error: bool
    summary: str
    detail: str
    at: Names
    """The argument, as far as the provider tells it: paths end at sets."""
    kind: str = ""
    """Of the constraint or relation that says it."""
    whole: bool = True
    """Whether these are all words; else they end where a reason follows."""

    def means(self, other: Said) -> bool:
        """Whether ``other`` is the diagnostic that this one predicts."""
        # Inside blocks the provider sometimes points to a neighbour; its words tell which one it means.
        if (self.error, self.at[:1]) != (other.error, other.at[:1]):
            return False
        if self.whole:
            return (self.summary, self.detail) == (other.summary, other.detail)
        return f"{other.summary}\n{other.detail}".startswith(f"{self.summary}\n{self.detail}".rstrip())


def argument(path: Sequence[str | int], body: BlockSchema) -> Names:
    """The argument to which a path leads, without numbers; the block when that is a set."""
    names: list[str] = []
    for step in path:
        if not isinstance(step, str):
            continue
        names.append(step)
        nested = body.blocks.get(step)
        if nested is None or nested.nesting is Nesting.SET:
            break
        body = nested.body
    return tuple(names)


def predicted(config: Mapping[str, Any], body: BlockSchema, demanded: TypeConstraints) -> list[Said]:
    """Everything that the provider is expected to say of a configuration."""
    given = Given(config, body)
    found = [Said(False, summary, detail, (), "deprecated") for summary, detail in demanded.warnings]
    first: dict[Names, tuple[int, Said]] = {}
    for relation in demanded.relations:
        refused = broken(relation, given)
        if refused is None:
            continue
        said = Said(True, refused.summary, refused.detail, argument(relation.at, body), relation.kind)
        if said.summary not in _UNLOOKED:
            found.append(said)
        elif relation.at not in first or _ORDER.index(relation.kind) < first[relation.at][0]:
            first[relation.at] = _ORDER.index(relation.kind), said
    found += [said for _, said in first.values()]
    found += _Walk(demanded, body, set(first)).body(config, body, (), ())
    return list(dict.fromkeys(found))


@record
class Given:
    """Tells of arguments and blocks whether they are set; ``None`` within blocks that occur more than once."""

    config: Mapping[str, Any]
    body: BlockSchema

    def __call__(self, names: Names) -> bool | None:
        at: Any = self.config
        for place, name in enumerate(names):
            at = at.get(name) if isinstance(at, Mapping) else None
            if at is None or at == []:
                # An empty list of values counts for some of the provider's tests and not for others.
                return None if at == [] and self._is_attribute(names[: place + 1]) else False
            if isinstance(at, list) and place < len(names) - 1:
                if len(at) > 1:
                    return None
                at = at[0]
        return True

    def _is_attribute(self, names: Names) -> bool:
        body = self.body
        for name in names[:-1]:
            if name not in body.blocks:
                return True
            body = body.blocks[name].body
        return names[-1] in body.attributes


def _elements(value: Any, wanted: Type, element: Type) -> Iterable[tuple[str | int, Any]]:
    if isinstance(value, Mapping):
        return value.items()
    return ordered(value, element) if wanted.kind == "set" else enumerate(value)


@record
class _Walk:
    demanded: TypeConstraints
    top: BlockSchema
    unlooked: set[Names]

    def body(self, config: Mapping[str, Any], body: BlockSchema, names: Names, steps: Steps) -> Iterator[Said]:
        for name, value in config.items():
            at, here = (*names, name), (*steps, name)
            if value is None or at in self.unlooked:
                continue
            if name in body.attributes:
                yield from self._attribute(body.attributes[name].type, value, at, here)
            else:
                yield from self._blocks(body.blocks[name], value, at, here)

    def _blocks(self, nested: NestedBlock, value: Any, names: Names, steps: Steps) -> Iterator[Said]:
        if isinstance(value, Mapping):
            yield from self.body(value, nested.body, names, steps)
            return
        counted = [] if nested.maximum else list(self._count(value, names, steps))
        yield from counted
        if any(said.error for said in counted):
            return  # the provider looks no further
        for number, one in ordered(value, nested.body) if nested.nesting is Nesting.SET else enumerate(value):
            yield from self.body(one, nested.body, names, (*steps, number))

    def _attribute(self, wanted: Type, value: Any, names: Names, steps: Steps) -> Iterator[Said]:
        if value is None:
            return
        if wanted.kind == "object":
            for name, inner in wanted.fields.items():
                yield from self._attribute(inner, value.get(name), (*names, name), (*steps, name))
        elif wanted.element is not None:
            counted = list(self._count(value, names, steps))
            yield from counted
            if any(said.summary in _COUNTED for said in counted):
                return
            for constraint in self.demanded.at(names):
                if constraint.kind in ("not_settable", "deprecated"):
                    yield from self._told(constraint, value, steps)
            plain = wanted.element.kind != "object"
            for key, one in _elements(value, wanted, wanted.element):
                yield from self._attribute(wanted.element, one, (*names, ELEMENT) if plain else names, (*steps, key))
        else:
            yield from self._scalar(value, names, steps)

    def _scalar(self, value: Any, names: Names, steps: Steps) -> Iterator[Said]:
        mine = [said for constraint in self.demanded.at(names) for said in self._told(constraint, value, steps)]
        fractions = [said for said in mine if said.kind == "whole"]
        yield from fractions or mine  # of a fraction nothing else is said
        if names[-1] == ELEMENT:
            # Often the provider points to the collection, and means its elements.
            for constraint in self.demanded.at(names[:-1]):
                if constraint.kind not in ("items", "not_settable", "deprecated"):
                    yield from self._told(constraint, value, steps[:-1])

    def _count(self, value: Any, names: Names, steps: Steps) -> Iterator[Said]:
        for constraint in self.demanded.at(names):
            if constraint.kind == "items":
                yield from self._told(constraint, value, steps)

    def _told(self, constraint: Constraint, value: Any, steps: Steps) -> Iterator[Said]:
        at = argument(steps, self.top)
        for said in violations(constraint, value, steps):
            yield Said(constraint.error, said.summary, said.detail, at, constraint.kind, said.whole)
