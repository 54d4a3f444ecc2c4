"""Arithmetic, comparison and logic on known scalars, with Terraform's conversions."""

from __future__ import annotations

from collections.abc import Callable

from onetake.frontends.terraform.evaluation import Failure
from onetake.frontends.terraform.values import normal as number
from onetake.frontends.terraform.values import number_in

Number = int | float


def combine(operator: str, left: object, right: object) -> object:
    """``left operator right``.

    Raises:
        Failure: Terraform refuses the operands.
    """
    if operator in ("&&", "||"):
        one, other = _flag(left), _flag(right)
        return one and other if operator == "&&" else one or other
    return _ARITHMETIC[operator](_number(left), _number(right))


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


def _number(value: object) -> Number:
    found = number_in(value)
    if found is None:
        raise Failure("Unsuitable value for operand: a number is required")
    return found


def _flag(value: object) -> bool:
    if isinstance(value, str) and value in ("true", "false"):
        return value == "true"
    if not isinstance(value, bool):
        raise Failure("Unsuitable value for operand: a bool is required")
    return value
