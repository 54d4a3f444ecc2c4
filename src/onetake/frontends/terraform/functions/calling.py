"""Calling a function by its name: its arguments are converted and checked as Terraform does."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import cast

from onetake.frontends.terraform.functions.table import NEEDS_FILES, NEEDS_TEMPLATE, TABLE
from onetake.frontends.terraform.functions.types import convert
from onetake.frontends.terraform.functions.unifying import Type
from onetake.frontends.terraform.functions.values import (
    Failure,
    Files,
    FunctionError,
    Template,
    TerraformList,
    Undetermined,
    composed,
)

_HIDING_A_PYTHON_NAME = frozenset({"abs", "format", "max", "min", "pow", "range", "sum"})
_LISTS = frozenset({"cidrsubnets", "csvdecode", "formatlist", "range", "regexall", "split"})
"""Functions whose results are lists, whatever they are given."""
_REMOVED = {"list": "tolist([ ... ])", "map": "tomap({ ... })"}


class Parameter:
    """A declared parameter."""

    __slots__ = ("name", "nullable", "type", "variadic")

    def __init__(self, written: str) -> None:
        self.name, _, kind = written.partition(":")
        self.type = _type(kind.rstrip("?*"))
        self.nullable = "?" in kind
        self.variadic = "*" in kind


def names() -> frozenset[str]:
    """Every function; those of providers with their namespace. ``try`` and ``can`` are the evaluator's."""
    return frozenset(TABLE)


def is_pure(name: str) -> bool:
    """Does the result depend on the arguments (and the program's files) alone?"""
    return TABLE.get(_plain(name), (".", ""))[0] != ""


def call(name: str, args: list[object], files: Files | None = None, template: Template | None = None) -> object:
    """The result of a function.

    Raises:
        FunctionError: Terraform refuses the call.
        Undetermined: the result cannot be told from the arguments.
    """
    plain = _plain(name)
    if plain not in TABLE:
        raise _unknown(name)
    parameters, body = load(plain)
    converted = _arguments(plain, parameters, args)
    extras = [files] if plain in NEEDS_FILES else []
    if plain in NEEDS_TEMPLATE:
        extras = [*extras, cast("Files | None", template)]
    if None in extras:
        raise Undetermined(f"{plain} needs more than its arguments")
    try:
        result = body(*extras, *converted)
    except Failure as failure:
        raise _refused(plain, failure) from None
    except (RecursionError, MemoryError, OverflowError) as error:
        raise Undetermined(f"{plain} is given too much: {type(error).__name__}") from None
    if isinstance(result, str):
        return composed(result)
    return TerraformList(cast("list[object]", result)) if plain in _LISTS else result


def promise(name: str, args: list[object]) -> Type:
    """The type of a call whose arguments are not all known; those that are not are each a :class:`Later`.

    Raises:
        FunctionError: Terraform refuses the call for what is known of it.
    """
    from onetake.frontends.terraform.functions.promises import promised

    plain = _plain(name)
    if plain not in TABLE:
        raise _unknown(name)
    converted = _arguments(plain, load(plain)[0], args)
    try:
        return promised(plain, converted)
    except Failure as failure:
        raise _refused(plain, failure) from None


def _plain(name: str) -> str:
    return name.removeprefix("core::")


def _refused(name: str, failure: Failure) -> FunctionError:
    if not failure.parameter:
        return FunctionError(f'Call to function "{name}" failed: {failure.reason}.', exact=failure.exact)
    return FunctionError(
        f'Invalid value for "{failure.parameter}" parameter: {failure.reason}.',
        "Invalid function argument",
        failure.parameter,
        exact=failure.exact,
    )


def _unknown(name: str) -> FunctionError:
    if name.startswith("provider::"):
        # Other providers have functions that are not known here.
        raise Undetermined(f"{name} is a function of a provider")
    if "::" in name:
        space = name.partition("::")[0]
        return FunctionError(
            f'The function namespace "{space}" is not valid. Provider function calls must use the "provider::" '
            "namespace prefix.",
            "Unknown provider function",
        )
    if name in _REMOVED:
        return FunctionError(
            f'Call to function "{name}" failed: the "{name}" function was deprecated in Terraform v0.12 and is no '
            f"longer available; use {_REMOVED[name]} syntax to write a literal {name}."
        )
    close = next((known for known in sorted(TABLE) if "::" not in known and _distance(name, known) < 3), "")
    hint = f' Did you mean "{close}"?' if close else ""
    return FunctionError(f'There is no function named "{name}".{hint}', "Call to unknown function")


def _distance(one: str, other: str) -> int:
    """How many letters have to be changed, added or removed."""
    row = list(range(len(other) + 1))
    for count, sign in enumerate(one[:50], 1):
        diagonal, row[0] = row[0], count
        for place, against in enumerate(other, 1):
            change = diagonal + (sign != against)
            diagonal, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, change)
    return row[-1]


def _arguments(name: str, parameters: tuple[Parameter, ...], args: list[object]) -> list[object]:
    variadic = bool(parameters) and parameters[-1].variadic
    fixed = parameters[:-1] if variadic else parameters
    if len(args) < len(fixed):
        least = "at least " if variadic else ""
        raise FunctionError(
            f'Function "{name}" expects {least}{len(fixed)} argument(s). Missing value for "{fixed[len(args)].name}".',
            "Not enough function arguments",
        )
    if len(args) > len(fixed) and not variadic:
        raise FunctionError(f'Function "{name}" expects only {len(fixed)} argument(s).', "Too many function arguments")
    rest = parameters[-1:] * (len(args) - len(fixed))
    try:
        return [_argument(parameter, value) for parameter, value in zip((*fixed, *rest), args, strict=True)]
    except Failure as failure:
        raise _refused(name, failure) from None


def _argument(parameter: Parameter, value: object) -> object:
    if value is None and not parameter.nullable:
        raise Failure("argument must not be null", parameter.name)
    if parameter.type == "any":
        return value
    try:
        return convert(value, parameter.type)
    except Failure as failure:
        raise Failure(failure.reason, parameter.name) from None


@cache
def load(name: str) -> tuple[tuple[Parameter, ...], Callable[..., object]]:
    """The parameters of a function of the table, and what computes it."""
    module, signature = TABLE[name]
    parameters = tuple(map(Parameter, signature.split()))
    if not module:

        def undetermined(*_: object) -> object:
            raise Undetermined(f"{name} is only known when the program runs")

        return parameters, undetermined
    attribute = name.rpartition("::")[2]
    attribute += "_" if attribute in _HIDING_A_PYTHON_NAME else ""
    return parameters, getattr(import_module(f"{__package__}.{module}"), attribute)


def _type(written: str) -> Type:
    shape, _, inner = written.partition("(")
    return (shape, _type(inner[:-1])) if inner else shape
