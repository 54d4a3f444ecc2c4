"""Functions on sets. Lists given to them become sets, all of one element type."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import reduce
from itertools import product

from onetake.frontends.terraform.functions.types import convert, type_of
from onetake.frontends.terraform.functions.unifying import unify
from onetake.frontends.terraform.functions.values import Failure, TerraformList, TerraformSet, bounded


def setunion(*sets: TerraformSet) -> TerraformSet:
    """``setunion``."""
    return _combined(sets, lambda one, other: TerraformSet((*one, *other)))


def setintersection(*sets: TerraformSet) -> TerraformSet:
    """``setintersection``."""
    return _combined(sets, lambda one, other: TerraformSet(item for item in one if item in other))


def setsubtract(*sets: TerraformSet) -> TerraformSet:
    """``setsubtract``."""
    return _combined(sets, lambda one, other: TerraformSet(item for item in one if item not in other))


def _combined(
    sets: tuple[TerraformSet, ...], combine: Callable[[TerraformSet, TerraformSet], TerraformSet]
) -> TerraformSet:
    common = unify(type_of(item) for items in sets for item in items)
    if common is None:
        raise Failure("given sets must all have compatible element types")
    bounded(sum(map(len, sets)))
    return reduce(combine, [TerraformSet(convert(item, common) for item in items) for items in sets])


def setproduct(*sets: object) -> object:
    """``setproduct``: every combination; a list where all arguments are lists, else a set."""
    if len(sets) < 2:
        raise Failure("at least two arguments are required")
    columns: list[list[object]] = []
    for items in sets:
        if not isinstance(items, list | tuple | TerraformSet):
            raise Failure("a set or a list is required", "sets")
        common = unify(map(type_of, items))
        if common is None:
            raise Failure("all elements must be of the same type", "sets")
        columns.append([convert(item, common) for item in items])
    bounded(math.prod(map(len, columns)) * len(columns))
    rows: list[object] = [list(row) for row in product(*columns)]
    return TerraformSet(rows) if any(isinstance(items, TerraformSet) for items in sets) else TerraformList(rows)
