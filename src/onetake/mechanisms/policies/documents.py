"""Policies as statements, each element of which may be known in part.

A document is read from whatever a program gives: JSON text, text with gaps, an object, a data source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from onetake.mechanisms.policies.partial_json import Malformed, parse, parse_parts
from onetake.model.records import record
from onetake.model.stacks import Stack
from onetake.model.values import Absent, Known, Span, Unknown, Value


@record
class Element:
    """One text or a list of them: actions, resources, the values of a condition."""

    items: tuple[Value[object], ...]
    complete: bool
    """Whether there are surely no others."""
    written: bool
    where: Span


@record
class Grantee:
    """One entry of a principal element; ``kind`` is ``AWS``, ``Service``, ``Federated``, ``CanonicalUser``, ``*``."""

    kind: str
    value: Value[object]


@record
class Principals:
    """A principal element."""

    items: tuple[Grantee, ...]
    complete: bool
    written: bool
    where: Span


@record
class Condition:
    """One condition: an operator, a key in lower case, and the values it is compared with."""

    operator: str
    key: str
    values: Element


@record
class Statement:
    """One statement."""

    where: Span
    sid: Value[object]
    effect: Value[object]
    actions: Element
    not_actions: Element
    resources: Element
    not_resources: Element
    principals: Principals
    not_principals: Principals
    conditions: tuple[Condition, ...]
    conditions_complete: bool


@record
class Document:
    """A policy. ``complete`` is false when there may be statements that are not known."""

    statements: tuple[Statement, ...]
    complete: bool
    where: Span
    stack: Stack
    problem: str = ""
    """Why it cannot be a policy at all: text that is not JSON, a list where an object belongs."""


def read(value: Value[object], stack: Stack) -> Document | None:
    """The policy that ``value`` holds; ``None`` when none is set."""
    key = (read, id(value))
    found = stack.memo.get(key)
    if found is None:
        # The value is kept with its answer, so that its identity cannot pass to another one.
        found = stack.memo[key] = (value, _read(value, stack))
    return cast("tuple[object, Document | None]", found)[1]


def _read(value: Value[object], stack: Stack) -> Document | None:
    match value:
        case Absent():
            return None
        case Known(Mapping() as body, where):
            return _document(body, where, stack)
        case Known(str() as text, where):
            return _from_text(text, where, stack)
        case Known(_, where):
            return Document((), False, where, stack, "it is neither text nor an object")
        case Unknown() if value.document is not None:
            return read(_opened(value), stack)
        case Unknown(_, where, pieces) if len(pieces) > 1:
            try:
                return read(parse_parts(pieces, where), stack)
            except Malformed:
                return Document((), False, where, stack)
        case Unknown(_, where):
            return Document((), False, where, stack)


def merged(documents: Iterable[Document | None], complete: bool, where: Span, stack: Stack) -> Document:
    """Several policies that hold together, as one."""
    known = [document for document in documents if document is not None]
    statements = tuple(statement for document in known for statement in document.statements)
    return Document(statements, complete and all(document.complete for document in known), where, stack)


def _as_value(document: object, where: Span) -> Value[object]:
    if isinstance(document, (Known, Unknown, Absent)):
        return document
    return Known(document, where)


def _from_text(text: str, where: Span, stack: Stack) -> Document | None:
    if not text.strip():
        return None
    try:
        parsed = parse(text, where)
    except Malformed as error:
        return Document((), False, where, stack, f"it is not JSON: {error}")
    return read(parsed, stack) if isinstance(parsed, Known) and isinstance(parsed.value, Mapping) else None


def _document(body: Mapping[str, Value[object]], where: Span, stack: Stack) -> Document:
    listed = _statements(_opened(body.get("Statement", Absent(where))))
    if listed is None:
        return Document((), False, where, stack, "its statements are not objects")
    items, complete = listed
    found: list[Statement] = []
    for item in items:
        match _opened(item):
            case Known(Mapping() as fields, place):
                found.append(_statement(fields, place))
            case Absent():
                continue
            case _:
                complete = False
    return Document(tuple(found), complete, where, stack)


def _statements(value: Value[object]) -> tuple[tuple[Value[object], ...], bool] | None:
    """The statements that ``value`` holds, and whether there are no others; ``None`` when it cannot hold any."""
    match value:
        case Known(tuple() as items):
            return items, True
        case Known(Mapping()):
            return (value,), True
        case Unknown(_, _, _, members):
            return members, False
        case Absent():
            return (), True
        case _:
            return None


def _opened(value: Value[object]) -> Value[object]:
    """``value``, or the structure that is known of it."""
    while isinstance(value, Unknown) and value.document is not None:
        value = _as_value(value.document, value.where)
    return value


def _statement(fields: Mapping[str, Value[object]], where: Span) -> Statement:
    def field(name: str) -> Value[object]:
        return fields.get(name, Absent(where))

    conditions, complete = _conditions(field("Condition"))
    return Statement(
        where,
        field("Sid"),
        field("Effect"),
        element(field("Action")),
        element(field("NotAction")),
        element(field("Resource")),
        element(field("NotResource")),
        _principals(field("Principal")),
        _principals(field("NotPrincipal")),
        conditions,
        complete,
    )


def element(value: Value[object]) -> Element:
    """The texts that ``value`` holds, be it one or a list."""
    value = _opened(value)
    match value:
        case Absent(where):
            return Element((), True, False, where)
        case Known(tuple() as items, where):
            return _flattened(items, True, where)
        case Known(Mapping(), where):
            return Element((), False, True, where)
        case Known(_, where):
            return Element((value,), True, True, where)
        case Unknown(_, where, pieces, members):
            if pieces:
                return Element((value,), True, True, where)
            return _flattened(members, False, where)


def _flattened(items: Iterable[Value[object]], complete: bool, where: Span) -> Element:
    """Lists inside lists as IAM never has them, but half-known programs do."""
    found: list[Value[object]] = []
    for item in items:
        inner = element(item)
        found.extend(inner.items)
        complete = complete and inner.complete
    return Element(tuple(found), complete, True, where)


def _principals(value: Value[object]) -> Principals:
    value = _opened(value)
    match value:
        case Absent(where):
            return Principals((), True, False, where)
        case Known("*", where):
            return Principals((Grantee("*", value),), True, True, where)
        case Known(Mapping() as kinds, where):
            found: list[Grantee] = []
            complete = True
            for kind, written in kinds.items():
                entries = element(written)
                complete = complete and entries.complete
                found.extend(Grantee(kind, entry) for entry in entries.items)
            return Principals(tuple(found), complete, True, where)
        case Known(_, where):
            return Principals((), False, True, where)
        case Unknown(_, where):
            return Principals((), False, True, where)


def _conditions(value: Value[object]) -> tuple[tuple[Condition, ...], bool]:
    value = _opened(value)
    match value:
        case Absent():
            return (), True
        case Known(Mapping() as operators):
            found: list[Condition] = []
            complete = True
            for operator, tests in operators.items():
                match tests:
                    case Known(Mapping() as keys):
                        found.extend(Condition(operator, key.lower(), element(inner)) for key, inner in keys.items())
                    case Absent():
                        continue
                    case _:
                        complete = False
            return tuple(found), complete
        case _:
            return (), False
