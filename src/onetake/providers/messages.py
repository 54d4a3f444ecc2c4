"""The messages of Terraform's plugin protocol 5 that are needed here, by their published field numbers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from onetake.knowledge.terraform.schema import (
    AttributeSchema,
    BlockSchema,
    Kind,
    NestedBlock,
    Nesting,
    ProviderSchema,
    TypeSchema,
)
from onetake.knowledge.terraform.types import Type, parse
from onetake.model.records import record
from onetake.providers.values import decode, encode
from onetake.providers.wire import field, fields, present

Path = tuple[str | int, ...]
"""Where a diagnostic points to: names of attributes and blocks, keys, and places in lists."""

_NESTINGS = {1: Nesting.SINGLE, 2: Nesting.LIST, 3: Nesting.SET, 4: Nesting.MAP, 5: Nesting.GROUP}


@record
class Diagnostic:
    """What a provider says about a configuration."""

    error: bool
    """Otherwise a warning."""
    summary: str
    detail: str
    path: Path = ()
    """Inside a set it ends at the set."""


def several(message: bytes) -> dict[int, list[Any]]:
    """The values of a message by field number."""
    found: dict[int, list[Any]] = {}
    for number, value in fields(message):
        found.setdefault(number, []).append(value)
    return found


def value(content: Any) -> bytes:
    """A ``DynamicValue``."""
    return present(1, encode(content))


def read_value(message: bytes) -> Any:
    """What a ``DynamicValue`` holds."""
    found = several(message)
    return json.loads(found[2][0]) if 2 in found else decode(found.get(1, [b""])[0])


def path(message: bytes) -> Path:
    """What an ``AttributePath`` leads to."""
    steps: list[str | int] = []
    for _, step in fields(message):
        if isinstance(step, bytes):
            for number, content in fields(step):
                steps.append(content.decode() if isinstance(content, bytes) else content)
                del number
            if not step:
                # The first element: proto3 does not write a zero.
                steps.append(0)
    return tuple(steps)


def diagnostics(messages: Iterable[bytes]) -> tuple[Diagnostic, ...]:
    """Every ``Diagnostic`` of an answer, in its order."""
    return tuple(_diagnostic(several(message)) for message in messages)


def _diagnostic(found: Mapping[int, list[Any]]) -> Diagnostic:
    summary, detail = (found[number][0].decode() if number in found else "" for number in (2, 3))
    return Diagnostic(found.get(1, [0])[0] != 2, summary, detail, path(found[4][0]) if 4 in found else ())


def capabilities(number: int) -> bytes:
    """That write-only attributes may be given, as Terraform says since 1.11."""
    return present(number, field(2, 1))


class SchemaReader:
    """Reads the answer to ``GetSchema``. Bodies with the same bytes become one object: some recur hundreds of times."""

    def __init__(self) -> None:
        self._bodies: dict[bytes, BlockSchema] = {}
        self._types: dict[bytes, Type] = {}

    def provider(self, answer: bytes, version: str, name: str) -> ProviderSchema:
        """The whole answer; ``version`` and ``name`` are the provider's, which it does not say itself."""
        found = several(answer)
        return ProviderSchema(
            version,
            self._type(Kind.PROVIDER, name, found[1][0]),
            *(
                self._map(kind, found.get(number, ()))
                for kind, number in ((Kind.RESOURCE, 2), (Kind.DATA_SOURCE, 3), (Kind.EPHEMERAL, 8))
            ),
        )

    def _map(self, kind: Kind, entries: Iterable[bytes]) -> dict[str, TypeSchema]:
        types = {}
        for entry in entries:
            found = several(entry)
            name = found[1][0].decode()
            types[name] = self._type(kind, name, found[2][0])
        return dict(sorted(types.items()))

    def _type(self, kind: Kind, name: str, message: bytes) -> TypeSchema:
        found = several(message)
        return TypeSchema(kind, name, self._body(found.get(2, [b""])[0]), found.get(1, [0])[0])

    def _body(self, message: bytes) -> BlockSchema:
        body = self._bodies.get(message)
        if body is None:
            found = several(message)
            attributes = (self._attribute(several(one)) for one in found.get(2, ()))
            blocks = (self._nested(several(one)) for one in found.get(3, ()))
            body = self._bodies[message] = BlockSchema(
                {one.name: one for one in attributes}, {one.name: one for one in blocks}, bool(found.get(6))
            )
        return body

    def _attribute(self, found: Mapping[int, list[Any]]) -> AttributeSchema:
        text = found[2][0]
        type_ = self._types.get(text)
        if type_ is None:
            type_ = self._types[text] = parse(json.loads(text))
        required, optional, computed, sensitive, deprecated, write_only = (
            bool(found.get(number)) for number in (4, 5, 6, 7, 9, 10)
        )
        return AttributeSchema(
            found[1][0].decode(), type_, required, optional, computed, deprecated, sensitive, write_only
        )

    def _nested(self, found: Mapping[int, list[Any]]) -> NestedBlock:
        minimum, maximum = (found.get(number, [0])[0] for number in (4, 5))
        body = self._body(found.get(2, [b""])[0])
        return NestedBlock(found[1][0].decode(), _NESTINGS[found[3][0]], body, minimum, maximum)
