"""What one instance of a resource gives for its arguments, as the functions of the provider see it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from onetake.frontends.terraform.evaluation import settle
from onetake.frontends.terraform.instances import Instance
from onetake.frontends.terraform.refusals import defaulted
from onetake.frontends.terraform.schemas.demands import converted
from onetake.frontends.terraform.schemas.plan.conditions import UNKNOWN
from onetake.frontends.terraform.schemas.subjects import Subject, empty, instances
from onetake.frontends.terraform.values import as_text
from onetake.knowledge.terraform.schema import AttributeSchema, BlockSchema
from onetake.model.values import Absent, Known, Span, Unknown, Value

_HOLE = re.compile(r"\{([a-z_.@]+)\}")
Names = tuple[str, ...]


class Arguments:
    """The values of an instance, or of a block in it, by names: ``a.b`` is ``b`` in the first block ``a``.

    Unknown is what only the deployment knows, what this version of the provider does not have, and what is not there
    because an input was not given: whoever deploys the program gives it.
    """

    def __init__(self, fields: _Fields, defaults: Mapping[str, Any], called: str = "") -> None:
        self._fields = fields
        self._defaults = defaults
        self._called = called

    @property
    def looked_at(self) -> set[str]:
        """The arguments of the resource whose values were asked for."""
        return self._fields.looked_at

    def at(self, name: str) -> Any:
        """The value in the type of its argument, the default, ``None`` if there is neither, or ``UNKNOWN``."""
        value, schema, _ = self._fields.find(tuple(name.split(".")))
        found = _plain(value, schema)
        return self._defaults.get(self._whole(name)) if found is None else found

    def each(self, name: str) -> Iterator[Arguments]:
        """The blocks of a name."""
        for number, fields in enumerate(self._fields.inside(name)):
            yield Arguments(fields, self._defaults, f"{name}[{number}]")

    def place(self, name: str) -> Span:
        """Where an argument stands, or the innermost block in which it is missing."""
        return self._fields.find(tuple(name.split(".")))[2]

    def filled(self, text: str) -> str | None:
        """``text`` with values for its holes; ``None`` where one is not known."""
        names = set(_HOLE.findall(text))
        values = {name: self._called if name == "@" else self.at(name) for name in names}
        if UNKNOWN in values.values():
            return None
        return _HOLE.sub(lambda hole: "" if values[hole[1]] is None else as_text(values[hole[1]]), text)

    def _whole(self, name: str) -> str:
        return f"{self._called.partition('[')[0]}.{name}" if self._called else name


class _Fields:
    """The values of a resource, or of a block inside it, by name."""

    def __init__(
        self,
        source: _Source,
        body: BlockSchema,
        where: Span,
        inside: tuple[str, Mapping[str, Value[object]]] | None = None,
    ) -> None:
        """``inside`` is for a block: the argument of the resource that it belongs to, and what it gives."""
        self._source = source
        self._body = body
        self._where = where
        self._inside = inside
        self.looked_at: set[str] = set()

    def find(self, names: Names) -> tuple[Value[object], AttributeSchema | None, Span]:
        """The value at ``names``, what it is, and where it stands."""
        name, *more = names
        schema, nested = self._body.attributes.get(name), self._body.blocks.get(name)
        if schema is None and nested is None:
            return Unknown("the provider has no such argument", self._where), None, self._where
        value = self._value(name)
        if value is None:
            return Absent(self._where), schema, self._where
        here = self._where / name
        if not more:
            return value, schema, here
        first = _first(value)
        if nested is not None and isinstance(first, Known) and isinstance(first.value, Mapping):
            return self._inner(name, first.value, nested.body, first.where).find(tuple(more))
        nothing = nested is not None and isinstance(first, Absent)
        return Absent(here) if nothing else Unknown("not known", here), None, here

    def inside(self, name: str) -> Iterator[_Fields]:
        """The bodies of the blocks of a name, as far as their number is known."""
        nested, value = self._body.blocks.get(name), self._value(name)
        if nested is None or not isinstance(value, Known) or not isinstance(value.value, tuple):
            return
        for item in value.value:
            if not isinstance(item, Known) or not isinstance(item.value, Mapping):
                return
            yield self._inner(name, item.value, nested.body, item.where)

    def _value(self, name: str) -> Value[object] | None:
        if self._inside is None:
            self.looked_at.add(name)
            return self._source.argument(name)
        top, fields = self._inside
        return self._source.unless_given(top, fields[name]) if name in fields else None

    def _inner(self, name: str, fields: Mapping[str, Value[object]], body: BlockSchema, where: Span) -> _Fields:
        top = self._inside[0] if self._inside else name
        inner = _Fields(self._source, body, where, (top, fields))
        inner.looked_at = self.looked_at
        return inner


class _Source:
    """The values of an instance's arguments."""

    def __init__(self, subject: Subject, one: Instance) -> None:
        self._subject = subject
        self._one = one

    def argument(self, name: str) -> Value[object] | None:
        """The value of an argument; ``None`` where it is not written."""
        node = self._subject.block.fields.get(name)
        if node is None:
            return None
        where = self._subject.block.where / name
        arguments = self._one.arguments
        value = arguments[name] if name in arguments else settle(node, self._one.scope, where)
        return self.unless_given(name, value)

    def unless_given(self, top: str, value: Value[object]) -> Value[object]:
        """``value``, unless it is nothing and comes from an input that callers give."""
        if not isinstance(value, Absent) and not empty(value):
            return value
        node = self._subject.block.fields[top]
        by_callers = defaulted(self._one.scope.module, node)
        return Unknown("callers give it", self._subject.block.where / top) if by_callers else value


def given_by(subject: Subject, body: BlockSchema, defaults: Mapping[str, Any]) -> Iterator[Arguments]:
    """The arguments of every instance of a resource."""
    for one in instances(subject.block, subject.module):
        yield Arguments(_Fields(_Source(subject, one), body, subject.block.where), defaults)


def _first(value: Value[object]) -> Value[object]:
    match value:
        case Known(()):
            return Absent(value.where)
        case Known(tuple() as items):
            first: Value[object] = items[0]
            return first
        case _:
            return value


def _plain(value: Value[object], schema: AttributeSchema | None) -> Any:
    """A scalar, ``None``, ``UNKNOWN``, or the number of members of a collection or of blocks as a range."""
    match value:
        case Absent():
            return None
        case Known(tuple() | Mapping() as members):
            return UNKNOWN if value.origin is not None else range(len(members))
        case Unknown(members=members) if members and schema is None:
            return range(len(members))  # there are at least some blocks
        case Known(found):
            return converted(found, schema.type.kind) if schema is not None else UNKNOWN
        case _:
            return UNKNOWN
