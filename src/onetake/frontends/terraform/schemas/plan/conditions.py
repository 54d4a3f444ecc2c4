"""Conditions on the arguments of an instance: they hold, do not hold, or nobody knows (``None``).

The provider's older SDK does not tell apart what is not given and what is zero, empty or false: ``given`` asks like it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from onetake.frontends.terraform.schemas.plan.arguments import Arguments


class NotKnown:
    """The type of ``UNKNOWN``."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = NotKnown()
"""A value that only the deployment knows."""
Condition: TypeAlias = "Callable[[Arguments], bool | None]"


def that(name: str, test: Callable[[Any], bool]) -> Condition:
    """Whether the value of an argument, or its default (``None`` if there is none), passes a test."""

    def judge(arguments: Arguments) -> bool | None:
        value = arguments.at(name)
        return None if value is UNKNOWN else test(value)

    return judge


def given(*names: str) -> Condition:
    """Whether each argument is there and neither zero, empty nor false."""
    return every(*(that(name, bool) for name in names))


def lacking(name: str) -> Condition:
    """Whether an argument is not there, or is zero, empty or false."""
    return that(name, lambda value: not value)


def written(name: str) -> Condition:
    """Whether an argument is there, whatever its value."""
    return that(name, lambda value: value is not None)


def unwritten(name: str) -> Condition:
    """Whether an argument is not there at all."""
    return that(name, lambda value: value is None)


def equal(name: str, *values: object) -> Condition:
    """Whether an argument has one of the values."""
    return that(name, lambda value: value in values)


def unlike(name: str, *values: object) -> Condition:
    """Whether an argument has none of the values."""
    return that(name, lambda value: value not in values)


def unmatched(name: str, pattern: str) -> Condition:
    """Whether a text is there and does not match as a whole."""
    return that(name, lambda value: bool(value) and re.fullmatch(pattern, str(value), re.ASCII) is None)


def no_object(name: str) -> Condition:
    """Whether a text is JSON, but no object."""
    return that(name, _is_no_object)


def _is_no_object(value: object) -> bool:
    try:
        return isinstance(value, str) and not isinstance(json.loads(value), dict)
    except ValueError:
        return False


def every(*conditions: Condition) -> Condition:
    """Whether all hold."""

    def judge(arguments: Arguments) -> bool | None:
        found = [condition(arguments) for condition in conditions]
        return False if False in found else None if None in found else True

    return judge


def some(*conditions: Condition) -> Condition:
    """Whether at least one holds."""

    def judge(arguments: Arguments) -> bool | None:
        found = [condition(arguments) for condition in conditions]
        return True if True in found else None if None in found else False

    return judge


def differing(*names: str) -> Condition:
    """Whether some of the flags are true and others are not."""

    def judge(arguments: Arguments) -> bool | None:
        values = [arguments.at(name) for name in names]
        return None if UNKNOWN in values else len({bool(value) for value in values}) > 1

    return judge
