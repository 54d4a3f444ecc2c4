"""What a provider says about its resource types: arguments, blocks, counts, flags.

The same classes whether the facts come from a pack (decoded when they are looked at) or from a running provider. Where
a source cannot tell, the fact is ``None``: not known, never "no".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import cached_property
from typing import Any, Generic, TypeVar

from onetake.knowledge.terraform.types import Type
from onetake.model.records import record

R = TypeVar("R")
T = TypeVar("T")


class Kind(Enum):
    """What a type is the schema of."""

    RESOURCE = "resource"
    DATA_SOURCE = "data"
    EPHEMERAL = "ephemeral"
    PROVIDER = "provider"


class Nesting(Enum):
    """How the blocks of one name form a value."""

    SINGLE = "single"
    """One object, ``null`` when the block is not written."""
    GROUP = "group"
    """One object, always there."""
    LIST = "list"
    SET = "set"
    MAP = "map"


@record
class AttributeSchema:
    """One attribute of a block: what is written with an equals sign, or computed by the provider."""

    name: str
    type: Type
    required: bool = False
    optional: bool = False
    computed: bool | None = False
    """Whether the provider gives it a value when the program does not."""
    deprecated: bool | None = False
    sensitive: bool | None = False
    write_only: bool | None = False

    @property
    def settable(self) -> bool:
        """Whether a program may give it a value; what is only computed can only be read."""
        return self.required or self.optional


@record
class NestedBlock:
    """Blocks of one name inside another block."""

    name: str
    nesting: Nesting
    body: BlockSchema
    minimum: int | None = 0
    """How many there have to be."""
    maximum: int | None = 0
    """How many there may be; 0 for any number."""


@record(slots=False)
class BlockSchema:
    """The body of a resource, data source, provider or nested block."""

    attributes: Mapping[str, AttributeSchema]
    blocks: Mapping[str, NestedBlock]
    deprecated: bool | None = False
    identity: str = ""
    """The same for bodies with the same schema, which recur hundreds of times in some types; empty for small ones."""

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that can stand in it: attributes, then blocks."""
        return (*self.attributes, *self.blocks)

    @cached_property
    def required(self) -> Mapping[str, int]:
        """What has to stand in it, and how often: arguments once, blocks at least so many times."""
        found = {name: 1 for name, attribute in self.attributes.items() if attribute.required}
        return found | {name: nested.minimum for name, nested in self.blocks.items() if nested.minimum}


@record
class TypeSchema:
    """A resource type, data source, ephemeral resource, or the provider's own configuration."""

    kind: Kind
    name: str
    """``aws_s3_bucket``; ``aws`` for the provider's configuration."""
    body: BlockSchema
    version: int | None = 0
    """The version of its state, which providers count up when they change it."""


@record
class ProviderSchema:
    """Everything one version of a provider offers."""

    version: str
    """``5.100.0``."""
    configuration: TypeSchema
    resources: Mapping[str, TypeSchema]
    data_sources: Mapping[str, TypeSchema]
    ephemeral: Mapping[str, TypeSchema]

    def of(self, kind: Kind) -> Mapping[str, TypeSchema]:
        """The types of one kind by name."""
        match kind:
            case Kind.RESOURCE:
                return self.resources
            case Kind.DATA_SOURCE:
                return self.data_sources
            case Kind.EPHEMERAL:
                return self.ephemeral
            case Kind.PROVIDER:
                return {self.configuration.name: self.configuration}


class Lazy(Mapping[str, T], Generic[R, T]):
    """A mapping whose values are made from raw ones when they are first looked at."""

    __slots__ = ("_made", "_make", "_raw")

    def __init__(self, raw: Mapping[str, R], make: Callable[[str, R], T]) -> None:
        """``make`` gets a name and its raw value; it must not fail."""
        self._raw = raw
        self._make = make
        self._made: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        found = self._made.get(name)
        if found is None:
            found = self._made[name] = self._make(name, self._raw[name])
        return found

    def get(self, name: str, default: Any = None) -> Any:
        """The value called ``name``, or ``default`` when there is none."""
        found = self._made.get(name)
        if found is not None:
            return found
        return self[name] if name in self._raw else default

    def __contains__(self, name: object) -> bool:
        return name in self._raw

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)
