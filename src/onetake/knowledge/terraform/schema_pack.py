"""Schemas of a provider in a pack: one frame to a type, and frames of their own for large bodies that recur.

A body is ``{"a": {attribute: code}, "b": {block: [nesting, minimum, maximum, body]}, "d": deprecated}``; a code is a
place in the frame ``attributes``, which holds every combination of flags and type once. Where a body is a text, it is
the name of the frame that holds it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from onetake.knowledge.pack import Pack
from onetake.knowledge.packing import compact
from onetake.knowledge.terraform.schema import (
    AttributeSchema,
    BlockSchema,
    Kind,
    Lazy,
    NestedBlock,
    Nesting,
    ProviderSchema,
    TypeSchema,
)
from onetake.knowledge.terraform.types import parse, written

ATTRIBUTES = "attributes"
BODY = "body/"
FLAGS = ("required", "optional", "computed", "deprecated", "sensitive", "write_only")
_NESTINGS = {"l": Nesting.LIST, "s": Nesting.SET, "1": Nesting.SINGLE, "m": Nesting.MAP, "g": Nesting.GROUP}
_LETTERS = {nesting: letter for letter, nesting in _NESTINGS.items()}
_LARGE = 400
"""How many bytes of JSON a body has that is worth a frame of its own if it recurs."""
_HUGE = 4000
"""And if it does not: most programs never look inside."""


class Encoder:
    """Makes the frames of a provider's schemas."""

    def __init__(self, provider: ProviderSchema) -> None:
        self._provider = provider
        self._codes = _codes(provider)
        self._bodies: dict[str, Any] = {}
        self._seen: Counter[str] = Counter()
        self._known: dict[int, tuple[BlockSchema, Any]] = {}

    def frames(self) -> dict[str, Any]:
        """Every frame by its key."""
        for schema in every(self._provider):
            self._count(schema.body)
        frames: dict[str, Any] = {
            key(schema.kind, schema.name): {"v": schema.version, **self._inline(schema.body)}
            for schema in every(self._provider)
        }
        frames[ATTRIBUTES] = list(self._codes)
        return frames | self._bodies

    def _count(self, body: BlockSchema) -> None:
        """Count how often each body is written out: not again inside one that recurs."""
        for nested in body.blocks.values():
            identity = self._identity(nested.body)
            self._seen[identity] += 1
            if self._seen[identity] == 1:
                self._count(nested.body)

    def _identity(self, body: BlockSchema) -> str:
        return identity(self._plain(body))

    def _plain(self, body: BlockSchema) -> Any:
        """The body with everything written out; bodies that are one object are encoded once."""
        found = self._known.get(id(body))
        if found is None:
            blocks = {
                name: [*_numbers(nested), self._short(self._plain(nested.body))]
                for name, nested in sorted(body.blocks.items())
            }
            found = self._known[id(body)] = (body, self._body(body, blocks))
        return found[1]

    def _short(self, plain: Any) -> Any:
        """A large body stands as its identity in those around it."""
        return identity(plain) if len(compact(plain)) > _LARGE else plain

    def _inline(self, body: BlockSchema) -> Any:
        """The body as it is stored."""
        blocks = {name: [*_numbers(nested), self._stored(nested.body)] for name, nested in sorted(body.blocks.items())}
        return self._body(body, blocks)

    def _stored(self, body: BlockSchema) -> Any:
        name = self._identity(body)
        if BODY + name in self._bodies:
            return name
        inline = self._inline(body)
        size = len(compact(inline))
        if size <= _LARGE or (self._seen[name] < 2 and size <= _HUGE):
            return inline
        self._bodies[BODY + name] = inline
        return name

    def _body(self, body: BlockSchema, blocks: Mapping[str, Any]) -> dict[str, Any]:
        attributes = {name: self._codes[_code(attribute)] for name, attribute in sorted(body.attributes.items())}
        parts = {"a": attributes, "b": blocks, "d": int(bool(body.deprecated))}
        return {letter: part for letter, part in parts.items() if part}


def identity(facts: Any) -> str:
    """A short name for JSON data that is the same wherever it recurs."""
    import hashlib

    return hashlib.sha256(compact(facts)).hexdigest()[:10]


class Identities:
    """Tells bodies apart by everything that their schemas say; bodies that are one object are looked at once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[BlockSchema, str]] = {}

    def __call__(self, body: BlockSchema) -> str:
        """A short name for the body."""
        found = self._known.get(id(body))
        if found is None:
            attributes = {name: _code(attribute) for name, attribute in sorted(body.attributes.items())}
            blocks = {name: [*_numbers(one), self(one.body)] for name, one in sorted(body.blocks.items())}
            found = self._known[id(body)] = (body, identity([attributes, blocks]))
        return found[1]


def key(kind: Kind, name: str) -> str:
    """The key of a type's frame."""
    return kind.value if kind is Kind.PROVIDER else f"{kind.value}/{name}"


def every(provider: ProviderSchema) -> Iterator[TypeSchema]:
    """All schemas of a provider, in the order of their kinds and names."""
    for kind in Kind:
        types = provider.of(kind)
        yield from (types[name] for name in sorted(types))


def _numbers(nested: NestedBlock) -> tuple[str, int | None, int | None]:
    return _LETTERS[nested.nesting], nested.minimum, nested.maximum


def _code(attribute: AttributeSchema) -> str:
    flags = sum(1 << place for place, flag in enumerate(FLAGS) if getattr(attribute, flag))
    return compact([flags, written(attribute.type)]).decode()


def _codes(provider: ProviderSchema) -> dict[str, int]:
    """The places of all combinations of flags and type; the commonest have the shortest numbers."""
    uses: Counter[str] = Counter()
    known: set[int] = set()
    waiting = [schema.body for schema in every(provider)]
    while waiting:
        body = waiting.pop()
        if id(body) not in known:
            known.add(id(body))
            uses.update(_code(attribute) for attribute in body.attributes.values())
            waiting.extend(nested.body for nested in body.blocks.values())
    ordered = sorted(uses, key=lambda code: (-uses[code], code))
    return {code: place for place, code in enumerate(ordered)}


class Decoder:
    """Reads schemas from a pack, each when it is asked for."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._unknown = frozenset(pack.meta.get("unknown", ()))
        self._codes: Sequence[str] = ()
        self._prototypes: dict[int, dict[str, Any]] = {}
        self._bodies: dict[str, BlockSchema] = {}

    def provider(self) -> ProviderSchema:
        """What the pack holds, nothing of it decoded."""
        meta = self._pack.meta
        configuration = self._type(Kind.PROVIDER, str(meta["provider"]).rpartition("/")[2])
        return ProviderSchema(
            str(meta["version"]), configuration, *(self._types(kind) for kind in Kind if kind is not Kind.PROVIDER)
        )

    def _types(self, kind: Kind) -> Mapping[str, TypeSchema]:
        return Lazy(_Names(self._pack, f"{kind.value}/"), lambda name, _: self._type(kind, name))

    def _type(self, kind: Kind, name: str) -> TypeSchema:
        frame = self._pack.load(key(kind, name))
        return TypeSchema(kind, name, self._body(frame), frame.get("v"))

    def _body(self, raw: Any) -> BlockSchema:
        if isinstance(raw, str):
            found = self._bodies.get(raw)
            if found is None:
                found = self._bodies[raw] = self._made(self._pack.load(BODY + raw), raw)
            return found
        return self._made(raw, "")

    def _made(self, raw: Any, name: str) -> BlockSchema:
        return BlockSchema(
            Lazy(raw.get("a", {}), self._attribute), Lazy(raw.get("b", {}), self._nested), bool(raw.get("d")), name
        )

    def _nested(self, name: str, raw: Any) -> NestedBlock:
        nesting, minimum, maximum, body = raw
        return NestedBlock(name, _NESTINGS[nesting], self._body(body), minimum, maximum)

    def _attribute(self, name: str, code: int) -> AttributeSchema:
        found = self._prototypes.get(code)
        if found is None:
            found = self._prototypes[code] = self._prototype(code)
        return AttributeSchema(name, **found)

    def _prototype(self, code: int) -> dict[str, Any]:
        import json

        if not self._codes:
            self._codes = self._pack.load(ATTRIBUTES)
        bits, type_ = json.loads(self._codes[code])
        flags: dict[str, bool | None] = {flag: bool(bits >> place & 1) for place, flag in enumerate(FLAGS)}
        # What a source cannot tell is not known where it did not say yes.
        flags |= {flag: None for flag in self._unknown if flags.get(flag) is False}
        return {"type": parse(type_), **flags}


class _Names(Mapping[str, None]):
    """The names of a pack's keys behind a prefix, which are not listed before somebody asks for all of them."""

    def __init__(self, pack: Pack, prefix: str) -> None:
        self._pack = pack
        self._prefix = prefix

    def __getitem__(self, name: str) -> None:
        if name not in self:
            raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        return f"{self._prefix}{name}" in self._pack

    def __iter__(self) -> Iterator[str]:
        return (found.removeprefix(self._prefix) for found in self._pack.keys(self._prefix))

    def __len__(self) -> int:
        return sum(1 for _ in self)
