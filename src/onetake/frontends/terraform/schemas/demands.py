"""What the AWS provider demands of one type's arguments, asked of the versions that a program admits.

What holds of the form of a value (an ARN, JSON, a time) holds in every version; what AWS may raise or add to (limits,
lengths, names in an enumeration) is certain only where the version that was asked may be the one that is installed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from onetake.frontends.terraform.schemas import wording
from onetake.frontends.terraform.schemas.problems import Problem
from onetake.frontends.terraform.values import as_text, number_in
from onetake.knowledge.enumerations import later
from onetake.knowledge.terraform.constraints import (
    ELEMENT,
    NO_CONSTRAINTS,
    Constraint,
    TypeConstraints,
    constraint_versions,
    constraints,
)
from onetake.knowledge.terraform.judging import violation
from onetake.knowledge.terraform.schema import AttributeSchema, Kind
from onetake.knowledge.terraform.types import Type
from onetake.model.records import field, record, replace
from onetake.model.values import Known, Span, Value

Collection = tuple[Value[object], ...] | Mapping[str, Value[object]]
Steps = tuple[str | int, ...]
"""A place with the numbers of blocks and elements: ``("rule", 0, "name")``."""
LASTING = frozenset({
    "arn", "json", "iam_policy", "cidr", "cidr_version", "no_host_bits", "ipv4_network", "ipv6_network", "ip", "ipv4",
    "ipv6", "rfc3339", "duration", "base64", "account_id", "uuid", "url", "url_host", "url_scheme", "https_url",
    "whole", "integer", "decimal", "truth", "weekly_window", "daily_window", "not_blank",
})  # fmt: skip
"""Kinds of constraints that do not change with what AWS offers."""
_REMEMBERED = 2_000
"""How many values of one type are remembered."""
_DIGITS = re.compile(r"\d+")


@record
class At:
    """A place as constraints are found by, without numbers and keys, and as the provider's words name it."""

    names: tuple[str, ...]
    steps: Steps

    def __truediv__(self, name: str) -> At:
        return At((*self.names, name), (*self.steps, name))

    def inside(self, number: int) -> At:
        """The place of a block."""
        return At(self.names, (*self.steps, number))


TOP = At((), ())
"""The top of a block."""


@record
class Argument:
    """An attribute, or something inside its value."""

    attribute: AttributeSchema
    where: Span
    at: At

    def field(self, name: str) -> Argument:
        """A field of an object."""
        return Argument(self.attribute, self.where / name, self.at / name)

    def element(self, key: str | int, *, plain: bool) -> Argument:
        """An element of a list, set or map; of plain values or objects."""
        names = (*self.at.names, ELEMENT) if plain else self.at.names
        return Argument(self.attribute, self.where / key, At(names, (*self.at.steps, key)))


@record
class Demands:
    """What is demanded of one type, and the question on which it rests where another version may be installed."""

    found: TypeConstraints
    question: str = ""
    taken: set[tuple[object, ...]] = field(default_factory=set)
    """Values that were found to be good, by their place: editors and servers judge the same ones again and again."""

    @property
    def any(self) -> bool:
        """Whether anything is demanded at all."""
        return self.found is not NO_CONSTRAINTS

    def concern(self, name: str) -> bool:
        """Whether something is demanded of an argument, or inside it."""
        return self.found.concern(name)

    def broken(self, attribute: AttributeSchema, value: Value[object], where: Span, at: At) -> Iterator[Problem]:
        """What the provider refuses in the value of an attribute; nothing of what is not known."""
        if isinstance(value, Known):
            yield from self._value(Argument(attribute, where, at), attribute.type, value)

    def scalar(self, attribute: AttributeSchema, value: object, where: Span) -> Iterator[Problem]:
        """The same for a text, number or flag that stands at the top of the block."""
        names = (attribute.name,)
        data = converted(value, attribute.type.kind) if self.found.at(names) else None
        if data is not None and (names, data.__class__, data) not in self.taken:
            yield from self._refused(Argument(attribute, where, At(names, names)), data)

    def count(self, number: int, where: Span, at: At) -> Iterator[Problem]:
        """What it refuses of the number of blocks or elements."""
        for constraint in self.found.at(at.names):
            if constraint.kind == "items":
                yield from self._told(constraint, [None] * number, where, at)

    def _value(self, argument: Argument, wanted: Type, value: Known[object]) -> Iterator[Problem]:
        found = value.value
        if isinstance(found, (tuple, Mapping)):
            if value.origin is None:  # what a program sets of another resource is less than what it has afterwards
                yield from self._collection(argument, wanted, found)
        elif (data := converted(found, wanted.kind)) is not None:
            yield from self._refused(argument, data)

    def _collection(self, argument: Argument, wanted: Type, found: Collection) -> Iterator[Problem]:
        if wanted.kind == "object":
            if isinstance(found, Mapping):
                for name, inner in wanted.fields.items():
                    value = found.get(name)
                    if isinstance(value, Known):
                        yield from self._value(argument.field(name), inner, value)
            return
        element = wanted.element
        if element is None:
            return
        if wanted.kind != "set" or all(isinstance(value, Known) for value in _members(found)):
            yield from self.count(_distinct(found, wanted), argument.where, argument.at)
        for key, value in found.items() if isinstance(found, Mapping) else enumerate(found):
            if isinstance(value, Known):
                yield from self._value(argument.element(key, plain=element.kind != "object"), element, value)

    def _refused(self, argument: Argument, data: object) -> Iterator[Problem]:
        key = (argument.at.names, data.__class__, data)
        if key in self.taken:
            return
        told = set()
        for constraint, at in self._concerning(argument.at):
            if constraint.kind in ("not_settable", "items"):
                continue
            if constraint.kind == "deprecated" and argument.attribute.deprecated:
                continue  # the schema says so
            for problem in self._told(constraint, data, argument.where, at):
                if problem.rule not in told:  # one value breaks several demands for one reason
                    told.add(problem.rule)
                    yield wording.hidden(problem) if argument.attribute.sensitive else problem
        if not told and len(self.taken) < _REMEMBERED:
            self.taken.add(key)

    def _concerning(self, at: At) -> Iterator[tuple[Constraint, At]]:
        for constraint in self.found.at(at.names):
            yield constraint, at
        if at.names[-1] == ELEMENT:
            # Often the provider points to the collection, and means its elements.
            for constraint in self.found.at(at.names[:-1]):
                yield constraint, At(at.names[:-1], at.steps[:-1])

    def _told(self, constraint: Constraint, data: object, where: Span, at: At) -> Iterator[Problem]:
        said = violation(constraint, data, at.steps)
        if said is not None:
            question = "" if constraint.kind in LASTING else doubt(constraint, data, self.question)
            if question is not None:
                yield replace(wording.of_value(constraint, data, said, where, at.steps), question=question)


def doubt(constraint: Constraint, data: object, question: str) -> str | None:
    """The question on which a refusal rests; ``None`` where a newer version rather takes the value than not.

    Most enumerations are AWS's own: what the newest description of its API does not have either, no version takes. Of
    the others, names that differ in numbers alone are those that appear next; none appears that differs in case alone.
    """
    if not question or constraint.kind != "enum":
        return question
    text = as_text(data)
    added = later(constraint.members)
    if added is not None:
        return None if text in added else ""
    if text.lower() in {member.lower() for member in constraint.members}:
        return ""
    bare = _DIGITS.sub("", text)
    return None if any(_DIGITS.sub("", member) == bare for member in constraint.members) else question


NO_DEMANDS = Demands(NO_CONSTRAINTS)


@cache
def demands(type_: str, kind: Kind, version: str, *, installed: bool) -> Demands:
    """What is demanded of a type by a version of the provider; where that was not asked, by the nearest one that was.

    ``installed`` tells whether a version that was asked may be the one that is installed.
    """
    versions = constraint_versions()
    if kind is Kind.EPHEMERAL or not versions:
        return NO_DEMANDS
    same = [one for one in versions if one.partition(".")[0] == version.partition(".")[0]]
    asked = version if version in versions else (same or versions)[-1]
    sure = bool(same) and installed
    question = "" if sure else f"Does the AWS provider that is installed refuse it, as version {asked} does?"
    return Demands(constraints(type_, asked, kind), question)


def _members(found: Collection) -> Sequence[Value[object]]:
    return tuple(found.values()) if isinstance(found, Mapping) else found


def _distinct(found: Collection, wanted: Type) -> int:
    """How many elements the provider counts: in a set every value once."""
    values = [getattr(value, "value", None) for value in _members(found)]
    if wanted.kind == "set" and not any(isinstance(value, (tuple, Mapping)) for value in values):
        return len(set(map(as_text, values)))
    return len(values)


def converted(value: object, kind: str) -> object | None:
    """A scalar in the type of its argument; ``None`` where it cannot become that, or is ``null``."""
    if isinstance(value, str) and kind == "string":
        return value  # by far the commonest
    if value is None or isinstance(value, (tuple, Mapping)):
        return None
    if kind == "string":
        return as_text(value)
    if kind == "number":
        return number_in(value)
    return value if isinstance(value, bool) else None
