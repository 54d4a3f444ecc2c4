"""What stands under a key or a name in a known value, and Terraform's words where nothing does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from onetake.frontends.terraform.evaluation import Failure
from onetake.frontends.terraform.functions.unifying import Type, converts
from onetake.frontends.terraform.unification import type_of
from onetake.frontends.terraform.values import BlockFields, ListItems, MapFields, SetItems, as_text, number_in
from onetake.model.values import Absent, Known, Span, Unknown, Value

_INDEX = "Invalid index"
_ATTRIBUTE = "Unsupported attribute"
_NONE_THERE = "The given key does not identify an element in this collection value"
_TOO_LARGE = "the given index is greater than or equal to the length of the collection"
_OF_SETS = (
    "Elements of a set are identified only by their value and don't have any separate index or key to select with, so "
    "it's only possible to perform operations across all elements of the set."
)


def attribute(found: object, name: str) -> Value[object]:
    """``found.name``.

    Raises:
        Failure: there is none.
    """
    match found:
        case Mapping():
            inner: Value[object] | None = found.get(name)
            if isinstance(found, BlockFields) and (inner is None or isinstance(inner, Absent)):
                return _added()
            if inner is not None:
                return inner
            if isinstance(found, MapFields):
                raise Failure(f'This map does not have an element with the key "{name}".', "Missing map element")
            raise Failure(f'This object does not have an attribute named "{name}".', _ATTRIBUTE)
        case ListItems() | SetItems():
            shape = "set" if isinstance(found, SetItems) else "list"
            raise _no_attributes(shape, name, "objects" if _of_objects(found) else "any")
        case tuple():
            raise _no_attributes("tuple", name)
        case _:
            kind = "string" if isinstance(found, str) else "bool" if isinstance(found, bool) else "number"
            raise _no_attributes(kind, name)


def _no_attributes(kind: str, name: object, element: Type = "any") -> Failure:
    """Terraform's words about an attribute of a value whose type has none."""
    match element:
        case ("object", dict() as fields):
            of_objects, there = True, name in fields
        case _:
            of_objects, there = element == "objects", True
    if kind == "set" and of_objects:
        detail = (
            "Can't access attributes on a set of objects. Did you mean to access an attribute across all elements of "
            "the set?"
        )
    elif kind == "list" and of_objects:
        which = f'attribute "{name}"' if there else "an attribute"
        detail = (
            f"Can't access attributes on a list of objects. Did you mean to access {which} for a specific element of "
            "the list, or across all elements of the list?"
        )
    elif kind in ("string", "number", "bool"):
        detail = f"Can't access attributes on a primitive-typed value ({kind})."
    else:
        detail = "This value does not have any attributes."
    return Failure(detail, _ATTRIBUTE)


def _added() -> Unknown:
    """What a provider adds to a block."""
    return Unknown("it is known after the deployment", Span(""))


def _of_objects(items: tuple[Value[object], ...]) -> bool:
    return bool(items) and isinstance(items[0], Known) and isinstance(items[0].value, Mapping)


def index(found: object, key: object) -> Value[object]:
    """``found[key]``.

    Raises:
        Failure: there is none.
    """
    if isinstance(key, (Mapping, tuple)):
        raise Failure(f"{_NONE_THERE}: string required.", _INDEX)
    match found:
        case Mapping():
            return _under(found, as_text(key))
        case SetItems():
            raise Failure(_OF_SETS, _INDEX)
        case tuple():
            place = _place(key)
            if place >= len(found):
                raise Failure(f"{_NONE_THERE}: {_TOO_LARGE}.", _INDEX)
            return cast("Value[object]", found[place])
        case _:
            raise Failure("This value does not have any indices.", _INDEX)


def inside(  # noqa: C901 - one case for each kind of type
    kind: Type, key: object, *, attribute: bool
) -> Type:
    """The type of what stands under ``key`` in a value that is not known, but of type ``kind``.

    Raises:
        Failure: values of that type do not have it.
    """
    match kind:
        case "any":
            return "any"
        case ("object", dict() as fields):
            if as_text(key) in fields:
                return fields[as_text(key)]
            if attribute:
                raise Failure(f'This object does not have an attribute named "{key}".', _ATTRIBUTE)
            raise Failure(f"{_NONE_THERE}.", _INDEX)
        case ("map", inner):
            return inner
        case ("list" | "set" as shape, inner) if attribute:
            raise _no_attributes(shape, key, inner)
        case _ if attribute:
            raise _no_attributes(kind if isinstance(kind, str) else "tuple", key)
        case ("list", inner):
            # How long the list is going to be is not known, and Terraform looks at the key only then.
            _number_of(key)
            return inner
        case ("tuple", tuple() as items):
            place = _place(key)
            if place >= len(items):
                raise Failure(f"{_NONE_THERE}: {_TOO_LARGE}.", _INDEX)
            return items[place]
        case ("set", _):
            raise Failure(_OF_SETS, _INDEX)
        case _:
            raise Failure("This value does not have any indices.", _INDEX)


def anywhere(found: object, whole: Value[object], key: Type) -> Type:
    """The type of an element of ``found`` under a key that is not known, but of type ``key``.

    Raises:
        Failure: it has no elements under keys of that type.
    """
    if key == "any":
        return "any"
    if isinstance(found, SetItems):
        raise Failure(_OF_SETS, _INDEX)
    if not isinstance(found, (tuple, Mapping)):
        raise Failure("This value does not have any indices.", _INDEX)
    wanted = "number" if isinstance(found, tuple) else "string"
    if not converts(key, wanted):
        raise Failure(f"{_NONE_THERE}: {wanted} required.", _INDEX)
    kind = type_of(whole)
    return kind[1] if isinstance(kind, tuple) and kind[0] in ("list", "map") else "any"


def _number_of(key: object) -> float:
    """The number that a key of a list is.

    Raises:
        Failure: it is none.
    """
    place = None if isinstance(key, (Mapping, tuple)) else number_in(key)
    if place is None:
        reason = "a number is required" if isinstance(key, str) else "number required"
        raise Failure(f"{_NONE_THERE}: {reason}.", _INDEX)
    return place


def _place(key: object) -> int:
    """The place in a list that a key tells.

    Raises:
        Failure: there can be no such place.
    """
    place = _number_of(key)
    if place < 0:
        raise Failure(f"{_NONE_THERE}: a negative number is not a valid index for a sequence.", _INDEX)
    if isinstance(place, float):
        raise Failure(
            f"{_NONE_THERE}: indexing a sequence requires a whole number, but the given index has a fractional part.",
            _INDEX,
        )
    return place


def _under(found: Mapping[str, Value[object]], key: str) -> Value[object]:
    inner = found.get(key)
    if isinstance(found, BlockFields) and (inner is None or isinstance(inner, Absent)):
        return _added()
    if inner is None:
        raise Failure(f"{_NONE_THERE}.", _INDEX)
    return inner


def of_null(*, attribute: bool) -> Failure:
    """Terraform's words about a step into null."""
    if attribute:
        return Failure(
            "This value is null, so it does not have any attributes.", "Attempt to get attribute from null value"
        )
    return Failure("This value is null, so it does not have any indices.", "Attempt to index null value")


def with_null() -> Failure:
    """Terraform's words about null as a key."""
    return Failure("Can't use a null value as an indexing key.", _INDEX)


def in_blocks(found: object, key: object, whole: Value[object]) -> Value[object]:
    """What stands under ``key`` in an argument, where one block may be written as an object or as a list of one."""
    if isinstance(found, Mapping) and key in (0, "0") and as_text(key) not in found:
        return whole
    if isinstance(found, tuple) and len(found) == 1 and number_in(key) is None:
        only = found[0]
        match only:
            case Known(inner):
                return in_blocks(inner, key, only)
            case Unknown() | Absent():
                return only
    return index(found, key)
