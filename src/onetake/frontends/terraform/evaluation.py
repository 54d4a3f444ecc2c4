"""Evaluating expressions to values: what is known becomes known, what is not keeps all that is known about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from onetake.frontends.terraform.syntax.describe import describe
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
from onetake.frontends.terraform.values import BlockFields, Null, as_text, lift
from onetake.model.records import field, record, replace
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

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module

DEPTH = 300
TEXT = 16 * 1024 * 1024
PARTS = 10_000


class Failure(Exception):
    """An expression that Terraform refuses, in its words; without a summary where only we cannot go on.

    Attributes:
        summary: the first line of what Terraform prints.
        at: the stretch of the file that is at fault; ``None`` for the whole expression.
        left: how many steps of a traversal were left, with the one at fault.
        sure: whether it cannot be an attribute that a provider adds to what the program writes.
        exact: whether these are Terraform's own words; otherwise only that it refuses is certain.
        missing: the path of a file that was not there; it may be written before Terraform runs.
    """

    missing = ""
    sure = False

    def __init__(self, detail: str, summary: str = "", node: Node | None = None, left: int = 0) -> None:
        super().__init__(detail)
        self.summary = summary
        self.at = (node.start, node.end) if node is not None else None
        self.left = left
        self.exact = True


@record(frozen=False)
class Scope:
    """What names mean where an expression stands."""

    module: Module
    names: Mapping[str, Value[object]] = field(default_factory=dict)
    """``each``, ``count``, ``self`` and the variables of ``for`` expressions."""
    element: Value[object] | None = None
    depth: int = 0
    label: str = ""
    """What tells this scope from others in which the same expression means something else."""

    def having(self, names: Mapping[str, Value[object]], place: object = "") -> Scope:
        """The scope inside, with more names; ``place`` tells it from its siblings."""
        label = f"{self.label}/{place}" if place != "" else self.label
        return Scope(self.module, {**self.names, **names}, self.element, self.depth + 1, label)

    def at(self, element: Value[object], place: object) -> Scope:
        """The scope of a splat's rest, at one of its elements."""
        return Scope(self.module, self.names, element, self.depth + 1, f"{self.label}/{place}")


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
        return Unknown(str(failure), where, (Gap(wording(node, scope)),))


def evaluate(node: Node, scope: Scope, where: Span) -> Value[object]:
    """The value of ``node``, placed at ``where``.

    Raises:
        Failure: Terraform refuses the expression.
    """
    if scope.depth > DEPTH:
        raise Failure("it is nested too deeply")
    value = _HANDLERS[type(node)](cast("Any", node), scope, where)
    if type(value) is Unknown and not value.parts and not value.members:
        # What has no name would be taken for every other value that is unknown for the same reason.
        return replace(value, parts=(Gap(wording(node, scope)),))
    return value


def placed(value: Value[object], where: Span) -> Value[object]:
    """``value`` as if written at ``where``."""
    if type(value) is Known:
        return Known(value.value, where, value.origin)
    if type(value) is Unknown:
        return Unknown(value.why, where, value.parts, value.members, value.document, value.taken_from)
    return Null(where, value.type) if isinstance(value, Null) else Absent(where)


def wording(node: Node, scope: Scope) -> str:
    """The name of what an unknown expression holds: the same name is always the same value."""
    return f"{describe(node)} in {scope.label}" if scope.label else describe(node)


def gap(node: Node, why: str, where: Span, scope: Scope) -> Unknown:
    """A value about which only its expression is known."""
    return Unknown(why, where, (Gap(wording(node, scope)),))


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
    return Unknown(why, where, tuple(pieces))


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

    match value, Known(item, where) if isinstance(item, str) else evaluate(item, scope, where):
        case Known(found), Known(key):
            if blocks:
                return indexing.in_blocks(found, key, value)
            return indexing.attribute(found, item) if isinstance(item, str) else indexing.index(found, key)
        case Unknown(why, _, (Reference(target, attribute),)), Known(name):
            return Unknown(why, where, (Reference(target, _extended(attribute, name)),))
        case Unknown(why, _, (Gap(text),)), Known(name):
            return Unknown(why, where, (Gap(_extended(text, name)),))
        case Absent(), _:
            raise indexing.of_null(attribute=isinstance(item, str))
        case _, Absent():
            raise indexing.with_null()
        case (Unknown(why), _) | (_, Unknown(why)):
            return Unknown(why, where)
    raise Failure("This value does not have any attributes.", "Unsupported attribute")


def _extended(text: str, name: object) -> str:
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

__all__ = ["Failure", "Scope", "evaluate", "follow", "gap", "lift", "placed", "settle"]
