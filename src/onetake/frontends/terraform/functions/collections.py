"""Functions on lists, and on anything with a length."""

from __future__ import annotations

from collections.abc import Iterable

from onetake.frontends.terraform.functions.types import unified
from onetake.frontends.terraform.functions.values import (
    Failure,
    TerraformList,
    TerraformSet,
    bounded,
    identity,
    kind,
    same,
    whole,
)


def length(value: object) -> int:
    """``length``."""
    match value:
        case str():
            from onetake.frontends.terraform.functions.text import clusters

            return len(clusters(value))
        case list() | tuple() | dict() | TerraformSet():
            return len(value)
        case _:
            raise Failure("argument must be a string, a collection type, or a structural type")


def element(items: object, index: float) -> object:
    """``element``: the index wraps around."""
    if not isinstance(items, list | tuple):
        raise Failure(f"cannot read elements from {kind(items)}")
    place = whole(index, before="invalid index: ")
    if not items:
        raise Failure("cannot use element function with an empty list")
    return items[place % len(items)]


def concat(*sequences: object) -> list[object]:
    """``concat``."""
    if not sequences:
        raise Failure("at least one argument is required")
    result: list[object] = []
    for items in sequences:
        if not isinstance(items, list | tuple):
            raise Failure(f"all arguments must be lists or tuples; got {kind(items)}", "seqs")
        result.extend(items)
        bounded(len(result))
    if all(type(items) is TerraformList for items in sequences):
        common = unified(result)
        return result if common is None else TerraformList(common)
    return result


def alltrue(items: list[bool | None]) -> bool:
    """``alltrue``."""
    return all(items)


def anytrue(items: list[bool | None]) -> bool:
    """``anytrue``."""
    return any(items)


def chunklist(items: list[object], size: float) -> list[object]:
    """``chunklist``."""
    step = whole(size, before="invalid size: ")
    if step < 0:
        raise Failure("the size argument must be positive")
    if step == 0:
        return TerraformList([items] if items else [])
    return TerraformList(TerraformList(items[start : start + step]) for start in range(0, len(items), step))


def coalesce(*values: object) -> object:
    """``coalesce``: the first that is neither null nor the empty text."""
    converted = unified(list(values))
    if not values or converted is None:
        raise Failure("all arguments must have the same type")
    for value in converted:
        if value is not None and value != "":
            return value
    raise Failure("no non-null, non-empty-string arguments")


def coalescelist(*values: object) -> object:
    """``coalescelist``: the first list that has elements."""
    if not values:
        raise Failure("at least one argument is required")
    if any(not isinstance(value, list | tuple | None) for value in values):
        raise Failure("coalescelist arguments must be lists or tuples")
    for value in values:
        if value:
            return value
    raise Failure("no non-null arguments", exact=None not in values)


def compact(items: list[str | None]) -> TerraformList:
    """``compact``: without empty texts and nulls."""
    return TerraformList(item for item in items if item)


def contains(items: object, value: object) -> bool:
    """``contains``."""
    if not isinstance(items, list | tuple | TerraformSet):
        raise Failure("argument must be list, tuple, or set")
    return any(same(item, value) for item in items)


def distinct(items: list[object]) -> list[object]:
    """``distinct``."""
    unique: dict[object, object] = {}
    for item in items:
        unique.setdefault(identity(item), item)
    return TerraformList(unique.values())


def flatten(items: object) -> list[object]:
    """``flatten``: lists, tuples and sets inside lists are replaced by what they hold, at any depth."""
    if not isinstance(items, list | tuple | TerraformSet):
        raise Failure("can only flatten lists, sets and tuples")
    result: list[object] = []
    for item in items:
        result.extend(flatten(item) if isinstance(item, list | tuple | TerraformSet) else [item])
        bounded(len(result))
    return result


def index(items: object, value: object) -> int:
    """``index``: the first place of a value."""
    if not isinstance(items, list | tuple):
        raise Failure("argument must be a list or tuple")
    if not items:
        raise Failure("cannot search an empty list")
    for position, item in enumerate(items):
        if same(item, value):
            return position
    raise Failure("item not found")


def one(items: object) -> object:
    """``one``: the only element, or null."""
    if not isinstance(items, list | tuple | TerraformSet) or len(items) > 1:
        raise Failure("must be a list, set, or tuple value with either zero or one elements", "list")
    return next(iter(items), None)


def reverse(items: object) -> list[object]:
    """``reverse``."""
    if not isinstance(items, list | tuple | TerraformSet):
        raise Failure(f"can only reverse list or tuple values, not {kind(items)}", "list")
    return _alike(items, list(items)[::-1])


def slice(items: object, start_index: float, end_index: float) -> list[object]:  # noqa: A001  # its name in Terraform
    """``slice``: from the first index up to, but not including, the second."""
    if isinstance(items, TerraformSet):
        raise Failure(
            "cannot slice a set, because its elements do not have indices; explicitly convert to a list if the "
            "ordering of the result is not important",
            "list",
        )
    if not isinstance(items, list | tuple):
        raise Failure("must be a list or tuple value", "list")
    start = whole(start_index, "start_index", "invalid start index: ")
    if start < 0:
        raise Failure("start index must not be less than zero", "start_index")
    if start > len(items):
        raise Failure("start index must not be greater than the length of the list", "start_index")
    end = whole(end_index, "end_index", "invalid end index: ")
    if end < 0:
        raise Failure("end index must not be less than zero", "end_index")
    if end > len(items):
        raise Failure("end index must not be greater than the length of the list", "end_index")
    if start > end:
        raise Failure("start index must not be greater than end index", "start_index")
    return _alike(items, items[start:end])


def _alike(source: object, items: Iterable[object]) -> list[object]:
    """A list where the source is a list or set, else a tuple."""
    return TerraformList(items) if isinstance(source, TerraformList | TerraformSet) else list(items)


def sort(items: list[str | None]) -> TerraformList:
    """``sort``."""
    for position, item in enumerate(items):
        if item is None:
            raise Failure(f"given list element {position} is null; a null string cannot be sorted")
    return TerraformList(sorted(item for item in items if item is not None))
