"""Evaluating expressions to values: what is known becomes known, what is not keeps all that is known about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from onetake.frontends.terraform.scopes import Failure, Scope, gap, placed, wording
from onetake.frontends.terraform.static_types import refused_type
from onetake.frontends.terraform.syntax.nodes import (
    Attribute,
    Binary,
    Call,
    Conditional,
    Dynamic,
    Element,
    For,
    Index,
    Literal,
    Node,
    Object,
    Splat,
    Template,
    Tuple,
    Unary,
    Variable,
)
from onetake.frontends.terraform.values import BlockFields, as_text, lift
from onetake.model.records import replace
from onetake.model.values import (
    Absent,
    Gap,
    Known,
    Part,
    Reference,
    Span,
    Unknown,
    Value,
)

DEPTH = 300
TEXT = 16 * 1024 * 1024
PARTS = 10_000


def settle(node: Node, scope: Scope, where: Span) -> Value[object]:
    """The value of ``node`` at ``where``; an expression that Terraform refuses is unknown, and says why."""
    try:
        return evaluate(node, scope, where)
    except Failure as failure:
        if failure.summary:
            scope.module.refuse(failure, node, where)
        return Unknown(str(failure), where, (Gap(wording(node, scope)),))
    except RecursionError:
        return Unknown("it is nested too deeply", where, (Gap(f"{where.file}/{where.path}"),))


def supposed(node: Node, scope: Scope, where: Span) -> Value[object]:
    """As :func:`settle`, for an expression whose mistakes Terraform may never meet, as those of a branch not taken."""
    try:
        return evaluate(node, scope, where)
    except (Failure, RecursionError) as failure:
        kind = failure.type if isinstance(failure, Failure) else "any"
        return Unknown(str(failure), where, (Gap(wording(node, scope)),), type=kind)


def evaluate(node: Node, scope: Scope, where: Span) -> Value[object]:
    """The value of ``node``, placed at ``where``.

    Raises:
        Failure: Terraform refuses the expression.
    """
    if scope.depth > DEPTH:
        raise Failure("it is nested too deeply")
    try:
        value = _HANDLERS[type(node)](cast("Any", node), scope, where)
    except Failure as failure:
        if type(node) not in (Conditional, Splat):
            failure.type = refused_type(node)
        raise
    if type(value) is Unknown and not value.parts and not value.members:
        # What has no name would be taken for every other value that is unknown for the same reason.
        return replace(value, parts=(Gap(wording(node, scope)),))
    return value


def _literal(node: Literal, scope: Scope, where: Span) -> Value[object]:
    del scope
    return Absent(where) if node.value is None else Known(node.value, where)


def _template(node: Template, scope: Scope, where: Span) -> Value[object]:
    if len(node.parts) == 1:
        return evaluate(node.parts[0], scope, where)
    pieces: list[Part] = []
    why = ""
    for part in node.parts:
        value = evaluate(part, scope, where)
        match value:
            case Known(Mapping() | tuple()):
                detail = "Cannot include the given value in a string template: string required."
                raise Failure(detail, "Invalid template interpolation value", part)
            case Known(scalar):
                join(pieces, (as_text(scalar),))
            case Unknown(reason, _, inner):
                why = why or reason
                join(pieces, inner or (Gap(wording(part, scope)),))
            case Absent():
                detail = "The expression result is null. Cannot include a null value in a string template."
                raise Failure(detail, "Invalid template interpolation value", part)
    if not why:
        return Known(_composed("".join(str(piece) for piece in pieces)), where)
    return Unknown(why, where, tuple(pieces), type="string")


def _composed(text: str) -> str:
    if text.isascii():
        return text
    from onetake.frontends.terraform.functions.values import composed

    return composed(text)


def join(pieces: list[Part], more: Iterable[Part]) -> None:
    """Add ``more`` to the end of ``pieces``, neighbouring texts made one.

    Raises:
        Failure: the text has grown beyond all measure.
    """
    for piece in more:
        if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += piece
        elif piece != "":
            pieces.append(piece)
    if len(pieces) > PARTS or sum(len(piece) for piece in pieces if isinstance(piece, str)) > TEXT:
        raise Failure("the text is too long")


def _traversal(node: Variable | Attribute | Index, scope: Scope, where: Span) -> Value[object]:
    steps: list[str | Node] = []
    base: Node = node
    while isinstance(base, (Attribute, Index)):
        steps.append(base.name if isinstance(base, Attribute) else base.key)
        base = base.subject
    steps.reverse()
    try:
        if not isinstance(base, Variable):
            return follow(evaluate(base, scope, where), steps, scope, where)
        named = scope.names.get(base.name)
        if named is not None:
            return placed(follow(named, steps, scope, where), where)
        return placed(scope.module.look_up(base.name, steps, scope, where), where)
    except Failure as failure:
        if failure.left and failure.at is None:
            failure.at = _step_at(node, failure.left)
        raise


def _step_at(node: Variable | Attribute | Index, left: int) -> tuple[int, int] | None:
    """Where a step of a traversal stands, counted from its end."""
    at: Node = node
    for _ in range(left - 1):
        at = at.subject if isinstance(at, (Attribute, Index)) else at
    return (at.subject.end, at.end) if isinstance(at, (Attribute, Index)) else None


def follow(
    value: Value[object], steps: list[str | Node], scope: Scope, where: Span, *, blocks: bool = False
) -> Value[object]:
    """``value`` after ``.name`` and ``[key]`` steps; ``blocks`` where it is an argument, which may hold blocks."""
    for number, item in enumerate(steps):
        match value:
            case Unknown(_, _, (Reference(target, ""),)):
                return scope.module.program.attribute(target, steps[number:], scope, where)
            case _:
                try:
                    value = step(value, item, scope, where, blocks=blocks)
                except Failure as failure:
                    if failure.at is None and not failure.left:
                        failure.left = len(steps) - number
                    raise
    return value


def step(value: Value[object], item: str | Node, scope: Scope, where: Span, *, blocks: bool = False) -> Value[object]:
    """One step into ``value``.

    Raises:
        Failure: what is known of it does not have that.
    """
    if isinstance(item, str) and isinstance(value, Known) and isinstance(value.value, Mapping):
        inner: Value[object] | None = value.value.get(item)
        if inner is not None and not (isinstance(inner, Absent) and isinstance(value.value, BlockFields)):
            return inner
    from onetake.frontends.terraform import indexing

    key = Known(item, where) if isinstance(item, str) else evaluate(item, scope, where)
    match value, key:
        case Known(found), Known(name):
            if blocks:
                return indexing.in_blocks(found, name, value)
            return indexing.attribute(found, item) if isinstance(item, str) else indexing.index(found, name)
        case Absent(), _:
            raise indexing.of_null(attribute=isinstance(item, str))
        case _, Absent():
            raise indexing.with_null()
        case Unknown(), Known(name):
            kind = indexing.inside(value.type, name, attribute=isinstance(item, str))
            return Unknown(value.why, where, _extended(value.parts, name), type=kind)
        case Known(found), Unknown(why, type=kind):
            return Unknown(why, where, type=indexing.anywhere(found, value, kind))
        case Unknown(why), _:
            return Unknown(why, where)
    raise Failure("This value does not have any attributes.", "Unsupported attribute")


def _extended(parts: tuple[Part, ...], name: object) -> tuple[Part, ...]:
    """The name of what stands under ``name`` in a value that is not known."""
    match parts:
        case (Reference(target, attribute),):
            return (Reference(target, _joined(attribute, name)),)
        case (Gap(text),):
            return (Gap(_joined(text, name)),)
        case _:
            return ()


def _joined(text: str, name: object) -> str:
    if isinstance(name, int):
        return f"{text}[{name}]"
    return f"{text}.{name}" if text else str(name)


def _splat(node: Splat, scope: Scope, where: Span) -> Value[object]:
    from onetake.frontends.terraform.looping import splat

    return splat(node, scope, where)


def _element(node: Element, scope: Scope, where: Span) -> Value[object]:
    del node
    return Absent(where) if scope.element is None else scope.element


def _tuple(node: Tuple, scope: Scope, where: Span) -> Value[object]:
    if any(isinstance(item, Dynamic) for item in node.items):
        from onetake.frontends.terraform.blocks import expand

        return expand(node, scope, where)
    return Known(tuple(evaluate(item, scope, where / place) for place, item in enumerate(node.items)), where)


def _object(node: Object, scope: Scope, where: Span) -> Value[object]:
    fields: dict[str, Value[object]] = {}
    sure = True
    for key, inner in node.items:
        name = (
            Known(key.value, where) if type(key) is Literal and key.value is not None else evaluate(key, scope, where)
        )
        match name:
            case Known(tuple() | Mapping()):
                raise Failure("Can't use this value as a key: string required.", "Incorrect key type", key)
            case Known(scalar):
                text = as_text(scalar)
                place = where / text
                fields[text] = settle(inner, scope, place) if node.block else evaluate(inner, scope, place)
            case Absent():
                raise Failure("Can't use a null value as a key.", "Null value as key", inner)
            case _:
                sure = False
                evaluate(inner, scope, where)
    if not sure:
        return Unknown("a key of the object is not known", where, members=())
    return Known(BlockFields(fields) if node.block else fields, where)


def _conditional(node: Conditional, scope: Scope, where: Span) -> Value[object]:
    from onetake.frontends.terraform.conditionals import conditional

    return conditional(node, scope, where)


def _for(node: For, scope: Scope, where: Span) -> Value[object]:
    from onetake.frontends.terraform.looping import loop

    return loop(node, scope, where)


def _unary(node: Unary, scope: Scope, where: Span) -> Value[object]:
    from onetake.frontends.terraform.operators import unary

    return unary(node, scope, where)


def _binary(node: Binary, scope: Scope, where: Span) -> Value[object]:
    from onetake.frontends.terraform.operators import binary

    return binary(node, scope, where)


def _call(node: Call, scope: Scope, where: Span) -> Value[object]:
    from onetake.frontends.terraform.calls import call

    return call(node, scope, where)


_HANDLERS: dict[type, Callable[[Any, Scope, Span], Value[object]]] = {
    Literal: _literal,
    Template: _template,
    Variable: _traversal,
    Attribute: _traversal,
    Index: _traversal,
    Splat: _splat,
    Element: _element,
    Tuple: _tuple,
    Object: _object,
    Conditional: _conditional,
    For: _for,
    Unary: _unary,
    Binary: _binary,
    Call: _call,
}

__all__ = ["Failure", "Scope", "evaluate", "follow", "gap", "lift", "placed", "settle", "supposed", "wording"]
