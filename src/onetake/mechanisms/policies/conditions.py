"""Conditions of statements, judged by what a question says of the request.

A context gives values by key (``aws:SourceArn``); ``Absent`` says that requests of this kind surely lack the
key. A key that the context does not mention makes the condition unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from onetake.aws.view import convert
from onetake.mechanisms.policies.documents import Condition, Element, Statement
from onetake.mechanisms.policies.matching import covers
from onetake.mechanisms.policies.names import Text, asked, spelled, variables
from onetake.model.language import Truth
from onetake.model.stacks import Stack
from onetake.model.values import Absent, Known, Part, Value

Given: TypeAlias = Text | bool | int
Context: TypeAlias = Mapping[str, Given | tuple[Text, ...]]
"""What is known of a request: a text (or its pieces), a flag or a number by condition key."""

NOTHING: Context = {}
USUAL: Mapping[str, Given] = {"aws:securetransport": True}
"""What holds for every request that a service or an SDK makes: TLS."""

_NEGATED = {
    "stringnotequals": "stringequals",
    "stringnotequalsignorecase": "stringequalsignorecase",
    "stringnotlike": "stringlike",
    "arnnotequals": "arnequals",
    "arnnotlike": "arnlike",
    "numericnotequals": "numericequals",
}


def hold(statement: Statement, context: Context, stack: Stack) -> Truth:
    """Do all conditions of ``statement`` hold?"""
    if not statement.conditions and statement.conditions_complete:
        return Truth.YES
    given = {**USUAL, **{key.lower(): value for key, value in context.items()}}
    answer = Truth.YES if statement.conditions_complete else Truth.UNKNOWN
    for condition in statement.conditions:
        answer = answer & _holds(condition, given, stack)
    return answer


def _holds(condition: Condition, given: Mapping[str, Given | tuple[Text, ...]], stack: Stack) -> Truth:
    operator = condition.operator.lower()
    quantifier, _, bare = operator.rpartition(":")
    optional = bare.endswith("ifexists")
    bare = bare.removesuffix("ifexists")
    if condition.key not in given:
        return Truth.UNKNOWN
    value = given[condition.key]
    missing = isinstance(value, Absent)
    if bare == "null":
        return _any(condition.values, lambda item: _flag(item, missing))
    if missing:
        return Truth.of(optional or quantifier == "forallvalues" or bare in _NEGATED)
    if bare in _NEGATED:
        return ~_any(condition.values, lambda item: _compare(_NEGATED[bare], item, value, stack))
    return _any(condition.values, lambda item: _compare(bare, item, value, stack))


def _any(values: Element, test: Callable[[Value[object]], Truth]) -> Truth:
    answer = Truth.NO if values.complete else Truth.UNKNOWN
    for item in values.items:
        answer = answer | test(item)
    return answer


def _flag(item: Value[object], wanted: bool) -> Truth:
    match convert(item, bool):
        case Known(flag):
            return Truth.of(flag == wanted)
        case _:
            return Truth.UNKNOWN


def _compare(operator: str, item: Value[object], given: Given | tuple[Text, ...], stack: Stack) -> Truth:
    if isinstance(given, bool):
        return _flag(item, given) if operator in ("bool", "stringequals", "stringlike") else Truth.UNKNOWN
    if isinstance(given, int):
        return _number(operator, item, given)
    written = variables(spelled(item, stack))
    text = asked(given, stack)
    match operator:
        case "stringequals":
            return covers(written, text, wildcards=False)
        case "stringlike":
            return covers(written, text, wildcards=True)
        case "stringequalsignorecase":
            return covers(_lower(written), _lower(text), wildcards=False)
        case "arnequals" | "arnlike":
            return _arn(written, text)
        case "bool":
            return covers(_lower(written), _lower(text), wildcards=False)
        case _:
            return Truth.UNKNOWN


def _arn(written: tuple[Part, ...], text: tuple[Part, ...]) -> Truth:
    """The six parts of an ARN are compared one by one: a ``*`` may only stand for several of them at the end."""
    answer = covers(written, text, wildcards=True)
    colons = sum(piece.count(":") for piece in written if isinstance(piece, str))
    whole = colons >= 5 or written == ("*",) or not any(isinstance(piece, str) and "*" in piece for piece in written)
    return answer if whole or answer is Truth.NO else Truth.UNKNOWN


def _number(operator: str, item: Value[object], given: int) -> Truth:
    written = convert(item, float)
    if not isinstance(written, Known) or not isinstance(written.value, (int, float)):
        return Truth.UNKNOWN
    limit = written.value
    tests = {
        "numericequals": given == limit,
        "numericlessthan": given < limit,
        "numericlessthanequals": given <= limit,
        "numericgreaterthan": given > limit,
        "numericgreaterthanequals": given >= limit,
    }
    return Truth.of(tests[operator]) if operator in tests else Truth.UNKNOWN


def _lower(pieces: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple(piece.lower() if isinstance(piece, str) else piece for piece in pieces)
