"""What is known of a value that a program sets: ``Known``, ``Unknown`` or ``Absent``.

The union is closed. A rule matches the cases it can judge and is silent about the others::

    match queue.fifo, queue.name:
        case Known(True), Known(name) if not name.endswith(".fifo"):
            ...

Collections hold values themselves: a list is a ``Known`` tuple of values, an object a ``Known`` mapping
from names to values, so that one unknown element does not hide its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Generic, TypeAlias, TypeVar

from onetake.model.records import record

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")

Key: TypeAlias = str | int


@record
class Span:
    """A place in a program: a file, and the path of keys inside it.

    The path is what the reader of the file would follow (``("Resources", "Queue", "Properties",
    "QueueName")``); it is turned into line and column only when it is shown.
    """

    file: str
    path: tuple[Key, ...] = ()

    def __truediv__(self, key: Key) -> Span:
        return Span(self.file, (*self.path, key))


@record
class Reference:
    """What an expression points to: a resource of the stack and the attribute it takes of it.

    ``target`` is a Terraform address (``aws_kms_key.logs``, with the instance key where it is known) or a
    logical id. ``attribute`` is the attribute's own spelling: ``arn``, ``key_id``, ``Arn``; ``Ref`` for
    CloudFormation's ``Ref``; empty where the whole resource is meant.
    """

    target: str
    attribute: str

    def __str__(self) -> str:
        return f"{self.target}.{self.attribute}" if self.attribute else self.target


@record
class Gap:
    """A stretch of text that is not known; two gaps with the same expression hold the same text."""

    expression: str


Part: TypeAlias = str | Reference | Gap


@record
class Known(Generic[T_co]):
    """A value that is certain; ``origin`` tells what it was taken from, if from another resource."""

    value: T_co
    where: Span
    origin: Reference | None = None


@record
class Unknown:
    """A value that only the deployment knows, with all that is known about it.

    ``why`` completes the sentence "not known, because ...". ``parts`` are the pieces of a text in order:
    known text, references and gaps; a value that *is* a reference has exactly that one part. ``members``
    are elements that a list is known to hold, without knowing how many others it has. ``document`` is the
    object or list that a partly known JSON text encodes. ``taken_from`` is the attribute of another resource
    that the value was read from, where its text is known in part or comes from elsewhere. ``type`` is what type the
    value is going to have, as the frontend that made it writes types; ``"any"`` where that is not known either.
    """

    why: str
    where: Span
    parts: tuple[Part, ...] = ()
    members: tuple[Value[object], ...] = ()
    document: Value[object] | None = None
    taken_from: Reference | None = None
    type: object = "any"

    @property
    def origin(self) -> Reference | None:
        """The reference that this value is, or that it was taken from."""
        match self.parts:
            case (Reference() as only,):
                return only
            case _:
                return self.taken_from


@record
class Absent:
    """A value that is not set; ``where`` is the block in which it could have been."""

    where: Span


Value: TypeAlias = Known[T_co] | Unknown | Absent

ObjectValue: TypeAlias = Mapping[str, Value[object]]
ListValue: TypeAlias = tuple[Value[object], ...]


def origin(value: Value[object]) -> Reference | None:
    """What ``value`` points to, whether or not its text is known too."""
    return None if isinstance(value, Absent) else value.origin


def known(value: Value[T], default: T | None = None) -> T | None:
    """The certain value itself, or ``default``."""
    return value.value if isinstance(value, Known) else default


def plain(value: Value[object]) -> object:
    """``value`` as ordinary JSON data, all the way down; absent values become ``None``.

    Raises:
        LookupError: something inside is unknown.
    """
    match value:
        case Known(Mapping() as fields):
            return {name: plain(inner) for name, inner in fields.items()}
        case Known(tuple() as items):
            return [plain(item) for item in items]
        case Known(scalar):
            return scalar
        case Absent():
            return None
        case Unknown(why):
            raise LookupError(why)


def parts(value: Value[object]) -> tuple[Part, ...]:
    """The pieces of a text value; one gap for a value about which nothing is known."""
    match value:
        case Known(bool() as flag):
            return ("true" if flag else "false",)
        case Known(str() | int() | float() as scalar):
            return (str(scalar),)
        case Unknown(why, _, pieces):
            return pieces or (Gap(why),)
        case _:
            return ()


def walk(value: Value[object]) -> Iterator[Value[object]]:
    """``value`` and every value inside it, outermost first."""
    yield value
    match value:
        case Known(Mapping() as fields):
            for inner in fields.values():
                yield from walk(inner)
        case Known(tuple() as items):
            for item in items:
                yield from walk(item)
        case Unknown(_, _, _, members):
            for item in members:
                yield from walk(item)
        case _:
            return
