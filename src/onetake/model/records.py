"""Records: classes that hold named values, and cost next to nothing until the first of them is made.

The standard library's data classes compile five methods for each class while it is imported, half a millisecond a
class: with a hundred classes on the way of every run that is the largest part of a cold start. A record compiles one
method, ``__init__``, when the first instance is made, and shares all others.

>>> @record
... class Place:
...     file: str
...     line: int = 1
>>> Place("main.tf")
Place(file='main.tf', line=1)
>>> replace(Place("main.tf"), line=7) == Place("main.tf", 7)
True

Records are immutable unless they say otherwise. The type checker holds that; there is no guard at run time, since
values are made by the ten thousand, and a guard would double what each of them costs.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform, overload

T = TypeVar("T")
_MISSING: Any = object()


class Field:
    """What a class body says of a field beyond its type."""

    __slots__ = ("compare", "default", "factory", "hash", "repr")

    def __init__(
        self,
        default: Any,
        factory: Callable[[], Any] | None = None,
        *,
        compare: bool = True,
        hashed: bool = True,
        shown: bool = True,
    ) -> None:
        self.default = default
        self.factory = factory
        self.compare = compare
        self.hash = compare and hashed
        self.repr = shown


def field(
    *,
    default: Any = _MISSING,
    default_factory: Callable[[], Any] | None = None,
    compare: bool = True,
    hash: bool = True,  # noqa: A002 - the names that type checkers and readers know from data classes
    repr: bool = True,  # noqa: A002
) -> Any:
    """A field whose default is made anew for each record, or that comparisons, hashes or ``repr`` leave out."""
    return Field(default, default_factory, compare=compare, hashed=hash, shown=repr)


@overload
def record(cls: type[T]) -> type[T]: ...
@overload
def record(*, frozen: bool = True, eq: bool = True, slots: bool = True) -> Callable[[type[T]], type[T]]: ...


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T] | None = None, *, frozen: bool = True, eq: bool = True, slots: bool = True) -> Any:
    """Make a class whose annotations name its fields a record.

    Args:
        cls: the class; it may not inherit from another record.
        frozen: whether its instances never change; those that do cannot be hashed.
        eq: whether two records of one class with the same values are equal; else each is only equal to itself.
        slots: whether instances have no room for other attributes.
    """
    if cls is None:
        return lambda given: _made(given, frozen, eq, slots)
    return _made(cls, frozen, eq, slots)


def _made(cls: type[T], frozen: bool, eq: bool, slots: bool) -> type[T]:
    fields: dict[str, Field] = {}
    for name in cls.__annotations__:
        given = cls.__dict__.get(name, _MISSING)
        fields[name] = given if isinstance(given, Field) else Field(given)
    namespace = {name: value for name, value in cls.__dict__.items() if name not in fields}
    for name in ("__dict__", "__weakref__"):
        namespace.pop(name, None)
    namespace |= {"__match_args__": tuple(fields), "__record_fields__": fields, "__init__": _first, "__repr__": _shown}
    if slots:
        namespace["__slots__"] = tuple(fields)
    if eq:
        namespace |= _comparison(fields, frozen=frozen)
    made: type[T] = type.__new__(type(cls), cls.__name__, cls.__bases__, namespace)
    return made


def _comparison(fields: dict[str, Field], *, frozen: bool) -> dict[str, Any]:
    key = _values([name for name, one in fields.items() if one.compare])
    hash_key = _values([name for name, one in fields.items() if one.hash])

    def equal(self: Any, other: object) -> Any:
        if other.__class__ is self.__class__:
            return self is other or key(self) == key(other)
        return NotImplemented

    def hashed(self: Any) -> int:
        return hash(hash_key(self))

    return {"__eq__": equal, "__hash__": hashed if frozen else None}


def _values(names: list[str]) -> Callable[[Any], Any]:
    return attrgetter(*names) if names else lambda _: ()


def _shown(self: Any) -> str:
    fields = type(self).__record_fields__.items()
    return (
        f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name, one in fields if one.repr)})"
    )


def _first(self: Any, *arguments: Any, **named: Any) -> None:
    """``__init__`` of the first instance: compiles the one of all others."""
    cls = type(self)
    parameters: list[str] = []
    lines: list[str] = []
    given: dict[str, Any] = {}
    for name, one in cls.__record_fields__.items():
        value = name
        if one.factory is not None:
            given |= {f"make_{name}": one.factory, "MISSING": _MISSING}
            parameters.append(f"{name}=MISSING")
            value = f"make_{name}() if {name} is MISSING else {name}"
        elif one.default is not _MISSING:
            given[f"default_{name}"] = one.default
            parameters.append(f"{name}=default_{name}")
        else:
            parameters.append(name)
        lines.append(f" self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append(" self.__post_init__()")
    exec(f"def __init__(self, {', '.join(parameters)}):\n" + "\n".join(lines or [" pass"]), given)  # noqa: S102 - names of fields only
    made = given["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    cls.__init__ = made
    made(self, *arguments, **named)


def replace(one: T, **changes: Any) -> T:
    """A copy of a record with some of its values changed.

    Raises:
        TypeError: it has no field of such a name.
    """
    cls: Any = type(one)
    for name in cls.__record_fields__:
        if name not in changes:
            changes[name] = getattr(one, name)
    made: T = cls(**changes)
    return made


def names(one: object) -> tuple[str, ...]:
    """The names of the fields of a record, in the order in which they are declared."""
    found: tuple[str, ...] = type(one).__match_args__  # type: ignore[attr-defined]
    return found
