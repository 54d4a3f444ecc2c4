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
from onetake.frontends.terraform.values import BlockFields, SetItems, as_text, identity, lift, lower, number_in, unique
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

_TEMPLATE = "Invalid template interpolation value"
_NO_TEXT = "Cannot include the given value in a string template: string required."
_NULL_TEXT = "The expression result is null. Cannot include a null value in a string template."
_ATTRIBUTE = "Unsupported attribute"
_CONDITION = "Incorrect condition type"
_NOT_INSIDE = "The given key does not identify an element in this collection value"
DEPTH = 300
ITEMS = 100_000
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
    return Absent(where)


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
                raise Failure(_NO_TEXT, _TEMPLATE, part)
            case Known(scalar):
                join(pieces, (as_text(scalar),))
            case Unknown(reason, _, inner):
                why = why or reason
                join(pieces, inner or (Gap(wording(part, scope)),))
            case Absent():
                raise Failure(_NULL_TEXT, _TEMPLATE, part)
    if not why:
        return Known("".join(str(piece) for piece in pieces), where)
    return Unknown(why, where, tuple(pieces))


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


def follow(value: Value[object], steps: list[str | Node], scope: Scope, where: Span) -> Value[object]:
    """``value`` after ``.name`` and ``[key]`` steps."""
    for number, item in enumerate(steps):
        match value:
            case Unknown(_, _, (Reference(target, ""),)):
                return scope.module.program.attribute(target, steps[number:], scope, where)
            case _:
                try:
                    value = step(value, item, scope, where)
                except Failure as failure:
                    if failure.at is None and not failure.left:
                        failure.left = len(steps) - number
                    raise
    return value


def step(value: Value[object], item: str | Node, scope: Scope, where: Span) -> Value[object]:
    """One step into ``value``.

    Raises:
        Failure: what is known of it does not have that.
    """
    match value, Known(item, where) if isinstance(item, str) else evaluate(item, scope, where):
        case Known(found), Known(key):
            return _inside(found, key, value, named=isinstance(item, str))
        case Unknown(why, _, (Reference(target, attribute),)), Known(name):
            return Unknown(why, where, (Reference(target, _extended(attribute, name)),))
        case Unknown(why, _, (Gap(text),)), Known(name):
            return Unknown(why, where, (Gap(_extended(text, name)),))
        case (Unknown(why), _) | (_, Unknown(why)):
            return Unknown(why, where)
        case Absent(), Known() if isinstance(item, str):
            raise Failure(
                "This value is null, so it does not have any attributes.", "Attempt to get attribute from null value"
            )
        case Absent(), _:
            raise Failure("This value is null, so it does not have any indices.", "Attempt to index null value")
        case _:
            raise Failure("Can't use a null value as an indexing key.", "Invalid index")


def _inside(found: object, key: object, whole: Value[object], *, named: bool) -> Value[object]:
    """What stands under ``key`` in a known value; ``named`` when it was written ``.key``."""
    match found:
        case Mapping():
            inner: Value[object] | None = found.get(as_text(key))
            if inner is None and key in (0, "0"):
                return whole  # a block that may occur once, written as an object in JSON
            if isinstance(found, BlockFields) and (inner is None or isinstance(inner, Absent)):
                return Unknown("it is known after the deployment", whole.where)
            if inner is None and named:
                raise Failure(f'This object does not have an attribute named "{as_text(key)}".', _ATTRIBUTE)
            if inner is None:
                raise Failure(f"{_NOT_INSIDE}.", "Invalid index")
            return inner
        case tuple():
            place = _whole(key)
            if place is None and len(found) == 1:
                inside = found[0]
                return _inside(inside.value, key, inside, named=named) if isinstance(inside, Known) else inside
            if place is None or not 0 <= place < len(found):
                raise Failure(f"{_NOT_INSIDE}{_beside(key)}", "Invalid index")
            return cast("Value[object]", found[place])
        case _ if named:
            kind = "bool" if isinstance(found, bool) else "string" if isinstance(found, str) else "number"
            raise Failure(f"Can't access attributes on a primitive-typed value ({kind}).", _ATTRIBUTE)
        case _:
            raise Failure("This value does not have any indices.", "Invalid index")


def _beside(key: object) -> str:
    """Why ``key`` is no place in a sequence."""
    found = number_in(key)
    if found is None:
        return ": a number is required."
    if found < 0:
        return ": a negative number is not a valid index for a sequence."
    if not isinstance(found, int):
        return ": indexing a sequence requires a whole number, but the given index has a fractional part."
    return ": the given index is greater than or equal to the length of the collection."


def _whole(key: object) -> int | None:
    if isinstance(key, bool) or not isinstance(key, (int, str)):
        return None
    return int(key) if str(key).isdigit() else None


def _extended(text: str, name: object) -> str:
    if isinstance(name, int):
        return f"{text}[{name}]"
    return f"{text}.{name}" if text else str(name)


def _splat(node: Splat, scope: Scope, where: Span) -> Value[object]:
    subject = evaluate(node.subject, scope, where)
    match subject:
        case Known(tuple() as items):
            return Known(
                tuple(evaluate(node.each, scope.at(item, place), where / place) for place, item in enumerate(items)),
                where,
            )
        case Known(Mapping()) | Known():
            return Known((evaluate(node.each, scope.at(subject, 0), where / 0),), where)
        case Absent():
            return Known((), where)
        case Unknown(_, _, (Reference(target, ""),)) if scope.module.program.is_sole(target):
            return Known((evaluate(node.each, scope.at(subject, 0), where / 0),), where)
        case Unknown(why, _, _, members):
            some = tuple(evaluate(node.each, scope.at(member, place), where) for place, member in enumerate(members))
            return Unknown(why, where, (Gap(wording(node, scope)),), some)


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
        name = evaluate(key, scope, where) if not isinstance(key, Literal) else Known(key.value, where)
        match name:
            case Known(scalar) if not isinstance(scalar, (tuple, Mapping)):
                text = as_text(scalar)
                place = where / text
                fields[text] = settle(inner, scope, place) if node.block else evaluate(inner, scope, place)
            case Known():
                raise Failure("Can't use this value as a key: string required.", "Incorrect key type", key)
            case Absent():
                raise Failure("Can't use a null value as a key.", "Null value as key", key)
            case _:
                return Unknown("a key of the object is not known", where, members=())
    return Known(BlockFields(fields) if node.block else fields, where)


def _conditional(node: Conditional, scope: Scope, where: Span) -> Value[object]:
    match evaluate(node.condition, scope, where):
        case Known(flag):
            if not _is_flag(flag):
                raise Failure("The condition expression must be of type bool.", _CONDITION, node.condition)
            chosen, other = (node.yes, node.no) if flag in (True, "true") else (node.no, node.yes)
            value = evaluate(chosen, scope, where)
            # Both branches have one type: a list beside a set becomes a set.
            if isinstance(value, Known) and type(value.value) is tuple and _is_set(supposed(other, scope, where)):
                return Known(unique(value.value), where, value.origin)
            return value
        case Unknown(why):
            yes, no = supposed(node.yes, scope, where), supposed(node.no, scope, where)
            if yes == no:
                return yes
            head = _shared_head(yes, no)
            if head:
                return Unknown(why, where, (head, Gap(wording(node, scope))))
            return Unknown(why, where, (Gap(wording(node, scope)),))
        case Absent():
            raise Failure(
                "The condition value is null. Conditions must either be true or false.",
                "Null condition",
                node.condition,
            )


def _is_flag(value: object) -> bool:
    return isinstance(value, bool) or value in ("true", "false", "1", "0")


def _is_set(value: Value[object]) -> bool:
    return isinstance(value, Known) and isinstance(value.value, SetItems)


def _shared_head(yes: Value[object], no: Value[object]) -> str:
    """The text that both branches begin with."""
    import os

    match yes, no:
        case Known(str() as one), Known(str() as other):
            return os.path.commonprefix([one, other])  # noqa: RUF071 - characters are what is compared
        case _:
            return ""


def _for(node: For, scope: Scope, where: Span) -> Value[object]:
    collection = evaluate(node.collection, scope, where)
    match collection:
        case Known(tuple() as items):
            pairs = [
                (item if isinstance(items, SetItems) else Known(place, where), item) for place, item in enumerate(items)
            ]
        case Known(Mapping() as fields):
            pairs = [(Known(name, where), fields[name]) for name in sorted(fields)]
        case Unknown(why):
            return Unknown(why, where, (Gap(wording(node, scope)),))
        case Absent():
            raise Failure(
                "A null value cannot be used as the collection in a 'for' expression.",
                "Iteration over null value",
                node.collection,
            )
        case Known(other):
            kind = "bool" if isinstance(other, bool) else "string" if isinstance(other, str) else "number"
            raise Failure(
                f"A value of type {kind} cannot be used as the collection in a 'for' expression.",
                "Iteration over non-iterable value",
                node.collection,
            )
    if len(pairs) > ITEMS:
        raise Failure(f"more than {ITEMS} elements")
    return _iterate(node, pairs, scope, where)


def _iterate(node: For, pairs: list[tuple[Value[object], Value[object]]], scope: Scope, where: Span) -> Value[object]:
    results: list[tuple[Value[object] | None, Value[object]]] = []
    unsure = ""
    scope.module.program.spend(len(pairs))
    for place, (key, item) in enumerate(pairs):
        inner = scope.having({node.item: item, **({node.key: key} if node.key else {})}, place)
        if node.condition is not None:
            match evaluate(node.condition, inner, where):
                case Known(flag):
                    if not _is_flag(flag):
                        reason = "a bool is required" if isinstance(flag, str) else "bool required"
                        detail = f"The 'if' clause value is invalid: {reason}."
                        raise Failure(detail, "Invalid 'for' condition", node.condition)
                    if flag not in (True, "true"):
                        continue
                case Unknown(why):
                    unsure = why
                    continue
                case Absent():
                    raise Failure("The value of the 'if' clause must not be null.", "Condition is null", node.condition)
        name = evaluate(node.key_result, inner, where) if node.key_result is not None else None
        results.append((name, evaluate(node.result, inner, where / len(results))))
    if node.text:
        return _joined([value for _, value in results], where) if not unsure else gap(node, unsure, where, scope)
    if node.key_result is None:
        values = tuple(value for _, value in results)
        return Unknown(unsure, where, members=values) if unsure else Known(values, where)
    return _mapped(node, results, unsure, scope, where)


def _mapped(
    node: For, results: list[tuple[Value[object] | None, Value[object]]], unsure: str, scope: Scope, where: Span
) -> Value[object]:
    fields: dict[str, Value[object]] = {}
    groups: dict[str, list[Value[object]]] = {}
    for name, value in results:
        match name:
            case Known(tuple() | Mapping()):
                detail = "The key expression produced an invalid result: string required."
                raise Failure(detail, "Invalid object key", node.key_result)
            case Known(scalar):
                text = as_text(scalar)
            case Absent():
                detail = "Key expression in 'for' expression must not produce a null value."
                raise Failure(detail, "Invalid object key", node.key_result)
            case _:
                return Unknown("a key is not known", where, (Gap(wording(node, scope)),))
        if text in fields and not node.group:
            raise Failure(
                f"Two different items produced the key \"{text}\" in this 'for' expression. If duplicates are "
                "expected, use the ellipsis (...) after the value expression to enable grouping by key.",
                "Duplicate object key",
                node.key_result,
            )
        groups.setdefault(text, []).append(value)
        fields[text] = value
    if unsure:
        return Unknown(unsure, where, (Gap(wording(node, scope)),))
    if node.group:
        return Known({name: Known(tuple(values), where) for name, values in groups.items()}, where)
    return Known(fields, where)


def _joined(values: list[Value[object]], where: Span) -> Value[object]:
    pieces: list[Part] = []
    why = ""
    for value in values:
        match value:
            case Known(scalar):
                join(pieces, (as_text(scalar),))
            case Unknown(reason, _, parts):
                why = reason
                join(pieces, parts or (Gap(reason),))
            case Absent():
                raise Failure("null in a template")
    return Unknown(why, where, tuple(pieces)) if why else Known("".join(map(str, pieces)), where)


def _unary(node: Unary, scope: Scope, where: Span) -> Value[object]:
    match node.operator, evaluate(node.operand, scope, where):
        case "!", Known(flag) if flag in (True, False, "true", "false"):
            return Known(flag not in (True, "true"), where)
        case "-", Known(int() | float() as number) if not isinstance(number, bool):
            return Known(-number, where)
        case _, Unknown(why):
            return gap(node, why, where, scope)
        case _, Absent():
            raise Failure("Error during operation: argument must not be null.", "Operation failed")
        case operator, Known(other):
            wanted = "bool" if operator == "!" else "number"
            reason = f"a {wanted} is required" if isinstance(other, str) else f"{wanted} required"
            raise Failure(f"Unsuitable value for unary operand: {reason}.", "Invalid operand", node.operand)


def _binary(node: Binary, scope: Scope, where: Span) -> Value[object]:
    from onetake.frontends.terraform.operators import combine

    left = evaluate(node.left, scope, where)
    if node.operator in ("&&", "||") and isinstance(left, Known):
        decided = left.value in (True, "true")
        if decided == (node.operator == "||"):
            return Known(decided, where)
    right = evaluate(node.right, scope, where)
    if node.operator in ("==", "!="):
        return _compared(node, left, right, scope, where)
    match left, right:
        case Known(one), Known(other):
            return Known(combine(node, one, other), where)
        case (Unknown(why), _) | (_, Unknown(why)):
            return gap(node, why, where, scope)
        case _:
            raise Failure("Error during operation: argument must not be null.", "Operation failed")


def _compared(node: Binary, left: Value[object], right: Value[object], scope: Scope, where: Span) -> Value[object]:
    wanted = node.operator == "=="
    match left, right:
        case Absent(), Absent():
            return Known(wanted, where)
        case (Absent(), Known()) | (Known(), Absent()):
            return Known(not wanted, where)
        case Known(), Known():
            try:
                lower(left), lower(right)
            except LookupError as error:
                return gap(node, str(error), where, scope)
            return Known((identity(left) == identity(right)) is wanted, where)
        case Unknown(why, _, parts), Unknown(_, _, others):
            if parts and parts == others:
                return Known(wanted, where)
            return gap(node, why, where, scope)
        case (Unknown(why), _) | (_, Unknown(why)):
            return gap(node, why, where, scope)
    return gap(node, "it is not known", where, scope)


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
