"""How many of a block there are: one, ``count`` of them, one for each element, or nobody knows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Generic, TypeVar

from onetake.frontends.terraform.declarations import META, META_SHOWN, Declaration
from onetake.frontends.terraform.evaluation import Scope, settle
from onetake.frontends.terraform.lazy import Lazy
from onetake.frontends.terraform.values import SetItems, number_in
from onetake.model.language import Truth
from onetake.model.records import field, record
from onetake.model.resources import NOTHING
from onetake.model.values import Gap, Known, ObjectValue, Span, Unknown, Value

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module

T = TypeVar("T")
Names = Mapping[str, Value[object]]


@record
class Repetition:
    """The instances of a block: their keys, and what ``each`` and ``count`` mean in them."""

    kind: str
    """``one``, ``count``, ``for_each`` or ``unknown``."""
    members: tuple[tuple[int | str | None, Names], ...]


@record(frozen=False)
class Expansion(Generic[T]):
    """The instances that a block became."""

    kind: str
    members: dict[int | str | None, T]

    @property
    def sole(self) -> T | None:
        """The instance of a block that is not repeated, or the one that stands for unknown ones."""
        return self.members.get(None)


ONCE = Repetition("one", ((None, {}),))


def repetition(block: Declaration, address: str, scope: Scope) -> Repetition:
    """How often ``block``, whose instances are called ``address``, is repeated."""
    fields = block.fields
    count = fields.get("count")
    if count is not None:
        return _counted(settle(count, scope, block.where / "count"), block, address, scope)
    collection = fields.get("for_each")
    if collection is not None:
        return _mapped(settle(collection, scope, block.where / "for_each"), block, address, scope)
    return ONCE


def _counted(value: Value[object], block: Declaration, address: str, scope: Scope) -> Repetition:
    number = number_in(value.value) if isinstance(value, Known) else None
    where = block.where / "count"
    if isinstance(number, int) and number >= 0 and scope.module.program.admits(number, block):
        return Repetition("count", tuple((place, _count(Known(place, where), where)) for place in range(number)))
    return Repetition(
        "unknown", ((None, _count(Unknown("count is not known", where, (Gap(f"count.index of {address}"),)), where)),)
    )


def _count(index: Value[object], where: Span) -> Names:
    return {"count": Known({"index": index}, where)}


def _mapped(value: Value[object], block: Declaration, address: str, scope: Scope) -> Repetition:
    where = block.where / "for_each"
    pairs: list[tuple[str, Value[object]]] | None = None
    match value:
        case Known(SetItems() as items) if all(isinstance(item, Known) for item in items):
            pairs = [(str(item.value), item) for item in items if isinstance(item, Known)]
        case Known(Mapping() as fields):
            pairs = [(name, fields[name]) for name in sorted(fields)]
        case _:
            pass
    if pairs is not None and scope.module.program.admits(len(pairs), block):
        return Repetition("for_each", tuple((key, _each(Known(key, where), inner, where)) for key, inner in pairs))
    why = value.why if isinstance(value, Unknown) else "for_each is not known"
    key = Unknown(why, where, (Gap(f"each.key of {address}"),))
    inner = Unknown(why, where, (Gap(f"each.value of {address}"),))
    return Repetition("unknown", ((None, _each(key, inner, where)),))


def _each(key: Value[object], value: Value[object], where: Span) -> Names:
    return {"each": Known({"key": key, "value": value}, where)}


def with_key(address: str, key: int | str | None) -> str:
    """The address of an instance: ``aws_subnet.a[0]``, ``aws_subnet.a["x"]``."""
    if key is None:
        return address
    return f"{address}[{key}]" if isinstance(key, int) else f"{address}[{json.dumps(key, ensure_ascii=False)}]"


@record(frozen=False, eq=False)
class Instance:
    """One instance of a resource or data source."""

    address: str
    declaration: str
    block: Declaration
    module: Module
    scope: Scope
    exists: Truth
    arguments: Lazy
    results: dict[str, Value[object]] = field(default_factory=dict)
    """Attributes that others have asked for."""

    @property
    def type(self) -> str:
        """The resource type, without ``data.``."""
        return self.block.labels[0]


def instance(block: Declaration, module: Module, key: int | str | None, names: Names, *, sure: bool) -> Instance:
    """The instance ``key`` of a block."""
    declaration = module.declared(block.name)
    address = with_key(module.prefix + block.name, key)
    label = module.address if key is None and sure else address
    scope = Scope(module, names, label=label)
    exists = module.exists if sure else Truth.UNKNOWN
    return Instance(address, declaration, block, module, scope, exists, arguments(block, scope))


def arguments(block: Declaration, scope: Scope) -> Lazy:
    """The arguments of a block, without those that Terraform itself reads."""
    fields = block.fields
    return Lazy({name: None for name in fields if name not in META}, _finder(block, scope))


def settings(block: Declaration, scope: Scope) -> ObjectValue:
    """The meta-arguments that rules may want to see."""
    names = META_SHOWN & block.fields.keys()
    if not names:
        return NOTHING
    return Lazy(sorted(names), _finder(block, scope))


class _finder:  # noqa: N801 - a closure with its own guard against asking for itself
    __slots__ = ("block", "busy", "scope")

    def __init__(self, block: Declaration, scope: Scope) -> None:
        self.block = block
        self.scope = scope
        self.busy: set[str] = set()

    def __call__(self, name: str) -> Value[object]:
        where = self.block.where / name
        if name in self.busy:
            return Unknown("it refers to itself", where, (Gap(f"{self.block.name}.{name}"),))
        self.busy.add(name)
        try:
            return settle(self.block.fields[name], self.scope, where)
        finally:
            self.busy.discard(name)


__all__ = ["Expansion", "Instance", "arguments", "instance", "repetition", "settings", "with_key"]
