"""Views: resources seen as what they are on AWS, each attribute named once for both languages.

A view holds no judgement. It declares which types it stands for and where each attribute is written::

    class Queue(View):
        KINDS = {Language.TERRAFORM: "aws_sqs_queue", Language.CLOUDFORMATION: "AWS::SQS::Queue"}

        name = Attribute(str, tf="name", cfn="QueueName")
        visibility_timeout = Attribute(int, tf="visibility_timeout_seconds", cfn="VisibilityTimeout", default=30)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Generic, TypeVar, cast, overload

from onetake.model.language import Language, Truth
from onetake.model.records import record
from onetake.model.resources import Resource
from onetake.model.stacks import Stack
from onetake.model.values import Absent, Known, ObjectValue, Span, Unknown, Value

T = TypeVar("T")
V = TypeVar("V", bound="View")
V_co = TypeVar("V_co", bound="View", covariant=True)

Kinds = Mapping[Language, str | tuple[str, ...]]


class View:
    """A resource, or a block inside one, with its attributes named once for both languages."""

    KINDS: ClassVar[Kinds] = {}
    """The resource types this view stands for; empty for blocks."""
    IDENTITY: ClassVar[tuple[str, ...]] = ()
    """The attributes whose known text names this resource to others (a bucket's ``bucket``, a role's ``name``)."""

    def __init__(
        self, resource: Resource, stack: Stack, body: ObjectValue | None = None, where: Span | None = None
    ) -> None:
        self.resource = resource
        self.stack = stack
        self.body: ObjectValue = resource.arguments if body is None else body
        self.where = where or resource.where

    @property
    def language(self) -> Language:
        """Which language the program is written in."""
        return self.resource.language

    @property
    def address(self) -> str:
        """Terraform address or logical id of the resource."""
        return self.resource.address

    @property
    def region(self) -> Value[str]:
        """The region that the resource is created in."""
        return self.resource.region

    @property
    def exists(self) -> Truth:
        """Whether the resource is created at all."""
        return self.resource.exists

    @classmethod
    def types(cls) -> tuple[str, ...]:
        """Every resource type of this view, in both languages."""
        return tuple(name for kind in cls.KINDS.values() for name in _names(kind))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.address})"


class Attribute(Generic[T]):
    """An attribute of a view: a value of one kind, and where each language writes it.

    ``tf`` and ``cfn`` are paths through blocks, with dots; ``None`` where the language cannot say it, which
    reads as absent. Blocks that may occur once are read whether written as an object or as a list of one.
    ``default`` is what AWS assumes when nothing is written; leave it out when absence means something.
    Text is converted to numbers and flags as both engines do it.
    """

    def __init__(self, kind: type[T], *, tf: str | None, cfn: str | None, default: T | None = None) -> None:
        self.kind = kind
        self.default = default
        self.paths = {
            Language.TERRAFORM: tuple(tf.split(".")) if tf else None,
            Language.CLOUDFORMATION: tuple(cfn.split(".")) if cfn else None,
        }
        self.name = ""

    def __set_name__(self, owner: type[View], name: str) -> None:
        self.name = name

    @overload
    def __get__(self, view: None, owner: type[View]) -> Attribute[T]: ...
    @overload
    def __get__(self, view: View, owner: type[View]) -> Value[T]: ...
    def __get__(self, view: View | None, owner: type[View]) -> Attribute[T] | Value[T]:
        if view is None:
            return self
        value = self._read(view)
        view.__dict__[self.name] = value
        return value

    def _read(self, view: View) -> Value[T]:
        value = dig(view, self.paths[view.language])
        if isinstance(value, Absent):
            return value if self.default is None else Known(self.default, value.where)
        return cast("Value[T]", convert(value, self.kind))


class ListOf(Generic[T]):
    """An attribute that holds a list of scalars: ``subnet_ids``, ``actions``."""

    def __init__(self, kind: type[T], *, tf: str | None, cfn: str | None) -> None:
        self._whole: Attribute[Any] = Attribute(tuple, tf=tf, cfn=cfn)
        self.kind = kind
        self.name = ""

    @property
    def paths(self) -> Mapping[Language, tuple[str, ...] | None]:
        """Where each language writes it, as :attr:`Attribute.paths`."""
        return self._whole.paths

    def __set_name__(self, owner: type[View], name: str) -> None:
        self.name = name

    @overload
    def __get__(self, view: None, owner: type[View]) -> ListOf[T]: ...
    @overload
    def __get__(self, view: View, owner: type[View]) -> Value[tuple[Value[T], ...]]: ...
    def __get__(self, view: View | None, owner: type[View]) -> ListOf[T] | Value[tuple[Value[T], ...]]:
        if view is None:
            return self
        value = dig(view, self._whole.paths[view.language])
        result: Value[tuple[Value[T], ...]]
        match value:
            case Known(tuple() as items, where, source):
                result = Known(tuple(cast("Value[T]", convert(item, self.kind)) for item in items), where, source)
            case Known(_, where):
                result = Unknown("it is not a list", where)
            case _:
                result = value
        view.__dict__[self.name] = result
        return result


@record
class Items(Generic[V_co]):
    """Blocks or companion resources that are known, and whether there may be others."""

    known: tuple[V_co, ...]
    complete: bool
    where: Span

    def __iter__(self) -> Iterator[V_co]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)

    @property
    def surely_empty(self) -> bool:
        """Whether there is certainly none."""
        return self.complete and not self.known

    @property
    def only(self) -> V_co | None:
        """The single one, when there is surely exactly one."""
        return self.known[0] if self.complete and len(self.known) == 1 else None


class Blocks(Generic[V]):
    """An attribute that holds blocks, each of them a view: ``selector``, ``ingress``, ``rule``."""

    def __init__(self, kind: type[V], *, tf: str | None, cfn: str | None) -> None:
        self._whole: Attribute[Any] = Attribute(tuple, tf=tf, cfn=cfn)
        self.kind = kind
        self.name = ""

    @property
    def paths(self) -> Mapping[Language, tuple[str, ...] | None]:
        """Where each language writes it, as :attr:`Attribute.paths`."""
        return self._whole.paths

    def __set_name__(self, owner: type[View], name: str) -> None:
        self.name = name

    @overload
    def __get__(self, view: None, owner: type[View]) -> Blocks[V]: ...
    @overload
    def __get__(self, view: View, owner: type[View]) -> Items[V]: ...
    def __get__(self, view: View | None, owner: type[View]) -> Blocks[V] | Items[V]:
        if view is None:
            return self
        result = blocks(dig(view, self._whole.paths[view.language]), view, self.kind)
        view.__dict__[self.name] = result
        return result


def blocks(value: Value[object], view: View, kind: type[V]) -> Items[V]:
    """The blocks that ``value`` holds, as views of ``kind``."""
    match value:
        case Absent(where):
            return Items((), True, where)
        case Known(Mapping() as body, where):
            return Items((kind(view.resource, view.stack, body, where),), True, where)
        case Known(tuple() as items, where):
            members, complete = items, True
        case Unknown(_, where, _, some):
            members, complete = some, False
        case Known(_, where):
            return Items((), False, where)
    found: list[V] = []
    for item in members:
        match item:
            case Known(Mapping() as body, place):
                found.append(kind(view.resource, view.stack, body, place))
            case Absent():
                continue
            case _:
                complete = False
    return Items(tuple(found), complete, where)


def dig(view: View, path: tuple[str, ...] | None) -> Value[object]:
    """The value at ``path`` below ``view``'s body; blocks of one are entered, unknown ones make it unknown."""
    if path is None:
        return Absent(view.where)
    body = view.body
    where = view.where
    for depth, key in enumerate(path):
        value = body.get(key)
        if value is None or isinstance(value, Absent):
            return Absent(value.where if value is not None else where)
        if depth == len(path) - 1:
            return value
        match value:
            case Known(Mapping() as inner, place):
                body, where = inner, place
            case Known((Known(Mapping() as inner, place),)):
                body, where = inner, place
            case Known((), place):
                return Absent(place)
            case Unknown(why, place):
                return Unknown(why, place)
            case Known(_, place):
                return Unknown("it is written more than once", place)
    return Absent(where)


def convert(value: Value[object], kind: type[object]) -> Value[object]:
    """``value`` as ``kind``, with the conversions that both engines make; unknown where they would refuse."""
    if not isinstance(value, Known) or kind is object:
        return value
    found = value.value
    result: object = None
    if kind is str and not isinstance(found, (tuple, Mapping)):
        result = scalar_text(found)
    elif kind is bool:
        result = found if isinstance(found, bool) else {"true": True, "false": False}.get(str(found).lower())
    elif kind in (int, float):
        result = number(found, kind)
    elif kind is tuple:
        result = found if isinstance(found, tuple) else None
    elif kind is dict:
        result = found if isinstance(found, Mapping) else None
    if result is None:
        return Unknown(f"it is not a {kind.__name__}", value.where)
    return Known(result, value.where, value.origin)


def scalar_text(found: object) -> str:
    """A scalar as both engines print it."""
    if isinstance(found, bool):
        return "true" if found else "false"
    return str(int(found)) if isinstance(found, float) and found.is_integer() else str(found)


def number(found: object, kind: type[object]) -> int | float | None:
    """A number, or text that spells one."""
    if isinstance(found, bool) or not isinstance(found, (int, float, str)):
        return None
    try:
        amount = float(found)
    except ValueError:
        return None
    if kind is int:
        return int(amount) if amount.is_integer() else None
    return amount


def _names(kind: str | tuple[str, ...]) -> tuple[str, ...]:
    return (kind,) if isinstance(kind, str) else kind
