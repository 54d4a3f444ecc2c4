"""What stands under a key or a name in a known value, and Terraform's words where nothing does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from onetake.frontends.terraform.evaluation import Failure
from onetake.frontends.terraform.values import BlockFields, ListItems, MapFields, SetItems, as_text, number_in
from onetake.model.values import Absent, Known, Span, Unknown, Value

_INDEX = "Invalid index"
_ATTRIBUTE = "Unsupported attribute"
_NONE_THERE = "The given key does not identify an element in this collection value"
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
        case tuple() if isinstance(found, (ListItems, SetItems)) and _of_objects(found):
            kind = "set" if isinstance(found, SetItems) else "list"
            raise Failure(
                f"Can't access attributes on a {kind} of objects. Did you mean to access an attribute across all "
                f"elements of the {kind}?"
                if kind == "set"
                else f'Can\'t access attributes on a list of objects. Did you mean to access attribute "{name}" for a '
                "specific element of the list, or across all elements of the list?",
                _ATTRIBUTE,
            )
        case tuple():
            raise Failure("This value does not have any attributes.", _ATTRIBUTE)
        case _:
            kind = "string" if isinstance(found, str) else "bool" if isinstance(found, bool) else "number"
            raise Failure(f"Can't access attributes on a primitive-typed value ({kind}).", _ATTRIBUTE)


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
            place = number_in(key)
            if place is None:
                reason = "a number is required" if isinstance(key, str) else "number required"
                raise Failure(f"{_NONE_THERE}: {reason}.", _INDEX)
            if place < 0:
                raise Failure(f"{_NONE_THERE}: a negative number is not a valid index for a sequence.", _INDEX)
            if isinstance(place, float):
                raise Failure(
                    f"{_NONE_THERE}: indexing a sequence requires a whole number, but the given index has a "
                    "fractional part.",
                    _INDEX,
                )
            if place >= len(found):
                raise Failure(
                    f"{_NONE_THERE}: the given index is greater than or equal to the length of the collection.", _INDEX
                )
            return cast("Value[object]", found[place])
        case _:
            raise Failure("This value does not have any indices.", _INDEX)


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
