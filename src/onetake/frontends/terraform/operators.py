"""Arithmetic, comparison and logic, with Terraform's conversions and its exact numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from onetake.frontends.terraform.evaluation import Failure, Scope, evaluate, gap, supposed
from onetake.frontends.terraform.functions.unifying import converts, leaves_open
from onetake.frontends.terraform.static_types import never_null
from onetake.frontends.terraform.syntax.nodes import Binary, Node, Unary
from onetake.frontends.terraform.unification import type_of
from onetake.frontends.terraform.values import (
    NODES,
    ListItems,
    MapFields,
    SetItems,
    TooLarge,
    as_text,
    identity,
    number_in,
)
from onetake.model.values import Absent, Known, Reference, Span, Unknown, Value

Number = int | float


def unary(node: Unary, scope: Scope, where: Span) -> Value[object]:
    """``!x`` and ``-x``.

    Raises:
        Failure: Terraform refuses the operand.
    """
    value = evaluate(node.operand, scope, where)
    match value:
        case Known(operand):
            if node.operator == "!":
                return Known(not _flag(operand, "unary operand", node.operand), where)
            return Known(_negative(_number(operand, "unary operand", node.operand)), where)
        case Unknown(why):
            kind = "bool" if node.operator == "!" else "number"
            _suits(value, kind, "unary operand", node.operand)
            return gap(node, why, where, scope, kind)
        case Absent():
            raise _null()


def binary(node: Binary, scope: Scope, where: Span) -> Value[object]:
    """``left operator right``.

    Raises:
        Failure: Terraform refuses the operands.
    """
    left = evaluate(node.left, scope, where)
    if node.operator in ("&&", "||"):
        return _logic(node, left, scope, where)
    right = evaluate(node.right, scope, where)
    if node.operator in ("==", "!="):
        same = equal(left, right)
        if same is None:
            if (isinstance(right, Absent) and never_null(node.left)) or (
                isinstance(left, Absent) and never_null(node.right)
            ):
                return Known(node.operator == "!=", where)
            return gap(node, _why(left, right), where, scope, "bool")
        return Known(same is (node.operator == "=="), where)
    one = _operand(left, "left operand", node.left)
    other = _operand(right, "right operand", node.right)
    if isinstance(left, Absent) or isinstance(right, Absent):
        raise _null()
    kind = "bool" if node.operator in _COMPARING else "number"
    if one is None or other is None:
        return gap(node, _why(left, right), where, scope, kind)
    try:
        return Known(_ARITHMETIC[node.operator](one, other), where)
    except ZeroDivisionError:
        return gap(node, "it is infinite", where, scope, kind)


def _logic(node: Binary, left: Value[object], scope: Scope, where: Span) -> Value[object]:
    """``&&`` and ``||``: what the left side decides needs no value of the right side, as in Terraform since 1.12.

    That the right side is no truth value is refused nevertheless.
    """
    decisive = node.operator == "||"
    one = _truth(left, "left operand", node.left)
    if one is decisive:
        _truth(supposed(node.right, scope, where), "right operand", node.right)
        return Known(decisive, where)
    right = evaluate(node.right, scope, where)
    other = _truth(right, "right operand", node.right)
    if isinstance(left, Absent) or isinstance(right, Absent):
        raise _null()
    if other is decisive or (one is not None and other is not None):
        return Known(other, where)
    return gap(node, _why(left, right), where, scope, "bool")


def _operand(value: Value[object], side: str, node: Node) -> Number | None:
    if isinstance(value, Known):
        return _number(value.value, side, node)
    _suits(value, "number", side, node)
    return None


def _truth(value: Value[object], side: str, node: Node) -> bool | None:
    if isinstance(value, Known):
        return _flag(value.value, side, node)
    _suits(value, "bool", side, node)
    return None


def _suits(value: Value[object], wanted: str, side: str, node: Node) -> None:
    """Refuse a null or an unknown value that is of a type from which there is no way to the one that is wanted."""
    if not converts(type_of(value), wanted):
        raise Failure(f"Unsuitable value for {side}: {wanted} required.", "Invalid operand", node)


def _why(*values: Value[object]) -> str:
    return next((one.why for one in values if isinstance(one, Unknown)), "it is not known")


def _null() -> Failure:
    return Failure("Error during operation: argument must not be null.", "Operation failed")


def equal(left: Value[object], right: Value[object]) -> bool | None:
    """Whether Terraform calls two values equal; ``None`` where that is not known."""
    try:
        return _equal(left, right, [NODES])
    except TooLarge:
        return None


def _equal(left: Value[object], right: Value[object], rest: list[int]) -> bool | None:
    rest[0] -= 1
    if rest[0] < 0:
        raise TooLarge("they are too large")
    match left, right:
        case Known(), Known():
            return _equal_known(left, right, rest)
        case Absent(), Absent():
            return True
        case Unknown(_, _, parts), Unknown(_, _, others):
            return True if parts and parts == others else None
        case (Unknown() as unknown, other) | (other, Unknown() as unknown):
            return _excluded(unknown, other)
        case _:
            return False


def _equal_known(left: Known[object], right: Known[object], rest: list[int]) -> bool | None:
    # What a provider says of an attribute's type is not written in the program.
    unsure = left.origin is not None or right.origin is not None
    match left.value, right.value:
        case tuple() as items, tuple() as others:
            if _kind(items) is not _kind(others):
                return None if unsure else False
            return _all_equal(items, others, rest)
        case (Mapping() as fields, Mapping() as others):
            if isinstance(fields, MapFields) is not isinstance(others, MapFields):
                return None if unsure else False
            if fields.keys() != others.keys():
                return False
            names = sorted(fields)
            return _all_equal([fields[name] for name in names], [others[name] for name in names], rest)
        case (Mapping() | tuple(), _) | (_, Mapping() | tuple()):
            return False
        case one, other:
            if isinstance(one, str) is isinstance(other, str):
                return identity(left) == identity(right)
            return None if unsure and as_text(one) == as_text(other) else False


def _kind(items: tuple[object, ...]) -> type:
    return next((kind for kind in (SetItems, ListItems) if isinstance(items, kind)), tuple)


def _all_equal(items: Sequence[Value[object]], others: Sequence[Value[object]], rest: list[int]) -> bool | None:
    if len(items) != len(others):
        return False
    unsure = False
    for one, other in zip(items, others, strict=True):
        same = _equal(one, other, rest)
        if same is False:
            return False
        unsure = unsure or same is None
    return None if unsure else True


def _excluded(unknown: Unknown, other: Value[object]) -> bool | None:
    """``False`` where what is known of a value shows that it differs from another."""
    parts = unknown.parts
    if len(parts) > 1 and isinstance(parts[0], str):
        match other:
            case Absent():
                return False
            case Known(str() as text):
                return None if text.startswith(parts[0]) else False
    if isinstance(other, Absent):
        match parts:
            case (Reference(target, "id"),) if target.rpartition(".")[0].endswith("terraform_data"):
                return False
    if isinstance(other, Known) and other.origin is None:
        kind, beside = type_of(unknown), type_of(other)
        return None if kind == beside or leaves_open(kind) or leaves_open(beside) else False
    return None


def _number(value: object, side: str, node: Node) -> Number:
    found = number_in(value)
    if found is None:
        reason = "a number is required" if isinstance(value, str) else "number required"
        raise Failure(f"Unsuitable value for {side}: {reason}.", "Invalid operand", node)
    return found


def _flag(value: object, side: str, node: Node) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in ("true", "false", "1", "0"):
        return value in ("true", "1")
    reason = "a bool is required" if isinstance(value, str) else "bool required"
    raise Failure(f"Unsuitable value for {side}: {reason}.", "Invalid operand", node)


def _negative(value: Number) -> Number:
    return -value if isinstance(value, int) else _exactly("-", 0, value)


def _plus(left: Number, right: Number) -> Number:
    return left + right if isinstance(left, int) and isinstance(right, int) else _exactly("+", left, right)


def _minus(left: Number, right: Number) -> Number:
    return left - right if isinstance(left, int) and isinstance(right, int) else _exactly("-", left, right)


def _times(left: Number, right: Number) -> Number:
    return left * right if isinstance(left, int) and isinstance(right, int) else _exactly("*", left, right)


def _divided(left: Number, right: Number) -> Number:
    if right == 0 == left:
        detail = "Error during operation: can't divide zero by zero or infinity by infinity."
        raise Failure(detail, "Operation failed")
    if isinstance(left, int) and isinstance(right, int) and left % right == 0:
        return left // right
    return _exactly("/", left, right)


def _remainder(left: Number, right: Number) -> Number:
    if right == 0:
        return left
    if isinstance(left, int) and isinstance(right, int):
        # Terraform's remainder takes the sign of the dividend, Python's that of the divisor.
        size = abs(left) % abs(right)
        return -size if left < 0 else size
    return _exactly("%", left, right)


def _exactly(operator: str, left: Number, right: Number) -> Number:
    from onetake.frontends.terraform.arithmetic import calculated

    return calculated(operator, left, right)


def _compared(wanted: Callable[[int], bool]) -> Callable[[Number, Number], bool]:
    def compare(left: Number, right: Number) -> bool:
        if isinstance(left, int) and isinstance(right, int):
            return wanted((left > right) - (left < right))
        difference = _exactly("-", left, right)
        return wanted((difference > 0) - (difference < 0))

    return compare


_COMPARING = frozenset({"<", ">", "<=", ">="})
_ARITHMETIC: dict[str, Callable[[Number, Number], object]] = {
    "+": _plus,
    "-": _minus,
    "*": _times,
    "/": _divided,
    "%": _remainder,
    "<": _compared(lambda order: order < 0),
    ">": _compared(lambda order: order > 0),
    "<=": _compared(lambda order: order <= 0),
    ">=": _compared(lambda order: order >= 0),
}
