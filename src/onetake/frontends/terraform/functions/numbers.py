"""Functions on numbers."""

from __future__ import annotations

import math
from fractions import Fraction
from string import ascii_lowercase, ascii_uppercase, digits

from onetake.frontends.terraform.functions.types import to_number
from onetake.frontends.terraform.functions.values import Failure, TerraformSet, Undetermined, kind, number, whole

_DIGITS = digits + ascii_lowercase + ascii_uppercase
_LONGEST_RANGE = 1024


def abs_(value: float) -> int | float:
    """``abs``."""
    return abs(value)


def ceil(value: float) -> int | float:
    """``ceil``."""
    return value if math.isinf(value) else math.ceil(value)


def floor(value: float) -> int | float:
    """``floor``."""
    return value if math.isinf(value) else math.floor(value)


def signum(value: float) -> int:
    """``signum``."""
    if isinstance(value, float):
        raise Failure("value must be a whole number")
    return (value > 0) - (value < 0)


def max_(*numbers: float) -> int | float:
    """``max``."""
    if not numbers:
        raise Failure("must pass at least one number")
    return max(numbers)


def min_(*numbers: float) -> int | float:
    """``min``."""
    if not numbers:
        raise Failure("must pass at least one number")
    return min(numbers)


def log(value: float, base: float) -> int | float:
    """``log``."""
    if value < 0 or base < 0:
        raise Failure("result is not a number")
    if value == 0 or base in {0, 1}:
        raise Undetermined("a logarithm that is infinite")
    return number(math.log(value) / math.log(base))


def pow_(value: float, power: float) -> int | float:
    """``pow``, in the precision of ``float``."""
    try:
        return number(math.pow(value, power))
    except ValueError:
        raise Failure("result is not a number") from None


def parseint(text: object, base: float) -> int:
    """``parseint``: base 2 to 62."""
    if not isinstance(text, str):
        raise Failure(f"first argument must be a string, not {kind(text)}", "number")
    radix = whole(base, "base")
    if not 2 <= radix <= 62:
        raise Failure("base must be a whole number between 2 and 62 inclusive", "base")
    unsigned = text[1:] if text[:1] in {"+", "-"} else text
    allowed = _DIGITS[:radix]
    folded = unsigned.lower() if radix <= 36 else unsigned
    if not unsigned.isascii() or not unsigned or not set(folded) <= set(allowed):
        raise Failure(f'cannot parse "{text}" as a base {radix} integer', "number")
    if len(folded) > 10_000:
        raise Undetermined("a number of more than 10,000 digits")
    result = 0
    for sign in folded:
        result = result * radix + allowed.index(sign)
    return -result if text.startswith("-") else result


def range_(*params: float) -> list[int | float]:
    """``range``: at most 1,024 numbers."""
    if not 1 <= len(params) <= 3:
        raise Failure("must have one, two, or three arguments")
    start, end = (0, params[0]) if len(params) == 1 else params[:2]
    step = params[2] if len(params) == 3 else -1 if end < start else 1
    if step == 0:
        raise Failure("step must not be zero", "params")
    if step < 0 and end > start:
        raise Failure("end must be less than start when step is negative", "params")
    if step > 0 and end < start:
        raise Failure("end must be greater than start when step is positive", "params")
    first, last, width = _exact(start), _exact(end), _exact(step)
    count = math.ceil((last - first) / width)
    if count > _LONGEST_RANGE:
        raise Failure(
            "more than 1024 values were generated; either decrease the difference between start and end or use a "
            "smaller step"
        )
    return [_inexact(first + width * index) for index in range(count)]


def sum_(items: object) -> int | float:
    """``sum``: decimals add up exactly, as they do in Terraform."""
    if not isinstance(items, list | tuple | TerraformSet):
        raise Failure("cannot sum noniterable", "list")
    if not len(items):
        raise Failure("cannot sum an empty list", "list")
    try:
        numbers = [to_number(item) for item in items]
    except Failure:
        raise Failure("argument must be list, set, or tuple of number values", "list") from None
    return _inexact(sum(map(_exact, numbers), Fraction(0)))


def _exact(value: float) -> Fraction:
    """The number as it was written, which binary fractions only come close to."""
    if isinstance(value, int):
        return Fraction(value)
    if math.isinf(value):
        raise Undetermined("arithmetic with infinity")
    return Fraction(repr(value))


def _inexact(value: Fraction) -> int | float:
    return value.numerator if value.denominator == 1 else float(value)
