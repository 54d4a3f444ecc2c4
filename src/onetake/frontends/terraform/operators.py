"""Arithmetic, comparison and logic on known scalars, with Terraform's conversions."""

from __future__ import annotations

from collections.abc import Callable

from onetake.frontends.terraform.evaluation import Failure
from onetake.frontends.terraform.syntax.nodes import Binary, Node
from onetake.frontends.terraform.values import normal as number
from onetake.frontends.terraform.values import number_in

Number = int | float


def combine(node: Binary, left: object, right: object) -> object:
    """The result of an operation on known operands.

    Raises:
        Failure: Terraform refuses the operands.
    """
    if node.operator in ("&&", "||"):
        one, other = _flag(left, "left", node.left), _flag(right, "right", node.right)
        return one and other if node.operator == "&&" else one or other
    return _ARITHMETIC[node.operator](_number(left, "left", node.left), _number(right, "right", node.right))


def _divide(left: Number, right: Number) -> Number:
    if right == 0:
        raise Failure("Division by zero")
    if isinstance(left, int) and isinstance(right, int) and left % right == 0:
        return left // right
    return number(left / right)


def _remainder(left: Number, right: Number) -> Number:
    if right == 0:
        raise Failure("Division by zero")
    # Terraform's remainder takes the sign of the dividend, Python's that of the divisor.
    size = abs(left) % abs(right)
    return number(-size if left < 0 else size)


_ARITHMETIC: dict[str, Callable[[Number, Number], object]] = {
    "+": lambda left, right: number(left + right),
    "-": lambda left, right: number(left - right),
    "*": lambda left, right: number(left * right),
    "/": _divide,
    "%": _remainder,
    "<": lambda left, right: left < right,
    ">": lambda left, right: left > right,
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
}


def _number(value: object, side: str, node: Node) -> Number:
    found = number_in(value)
    if found is None:
        raise _unsuitable(value, "number", side, node)
    return found


def _flag(value: object, side: str, node: Node) -> bool:
    if isinstance(value, str) and value in ("true", "false"):
        return value == "true"
    if not isinstance(value, bool):
        raise _unsuitable(value, "bool", side, node)
    return value


def _unsuitable(value: object, wanted: str, side: str, node: Node) -> Failure:
    # Terraform distinguishes what has the wrong type from a text that does not spell the right one.
    reason = f"a {wanted} is required" if isinstance(value, str) else f"{wanted} required"
    return Failure(f"Unsuitable value for {side} operand: {reason}.", "Invalid operand", node)
