"""Functions on numbers."""

from __future__ import annotations

import math
from fractions import Fraction
from string import ascii_lowercase, ascii_uppercase, digits

from onetake.frontends.terraform.functions.types import to_number
from onetake.frontends.terraform.functions.values import (
    Failure,
    LongNumber,
    TerraformSet,
    Undetermined,
    in_quotes,
    kind,
    number,
    whole,
)

_DIGITS = digits + ascii_lowercase + ascii_uppercase
_LONGEST_RANGE = 1024
_LN2_HIGH = 6.93147180369123816490e-01
_LN2_LOW = 1.90821492927058770002e-10
_LOG = (
    *(6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01, 2.222219843214978396e-01),
    *(1.818357216161805012e-01, 1.531383769920937332e-01, 1.479819860511658591e-01),
)
"""The series of fdlibm for the logarithm, which is in the public domain."""


def abs_(value: float) -> int | float:
    """``abs``."""
    if type(value) is LongNumber:
        return LongNumber(value.text.removeprefix("-"))
    return abs(value)


def ceil(value: float) -> int | float:
    """``ceil``."""
    return value if math.isinf(value) else math.ceil(_all_digits(value))


def floor(value: float) -> int | float:
    """``floor``."""
    return value if math.isinf(value) else math.floor(_all_digits(value))


def _all_digits(value: float) -> float | Fraction:
    return Fraction(value.text) if type(value) is LongNumber else value


def signum(value: float) -> int:
    """``signum``."""
    whole(value)
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
        raise Failure("result is not a number", exact=False)
    if value == 0 or base in {0, 1} or math.isinf(value) or math.isinf(base):
        raise Undetermined("a logarithm that is infinite")
    return number(_logarithm(value) / _logarithm(base))


def _logarithm(value: float) -> float:
    """The natural logarithm as Go computes it, which rounds differently from C in the last digit."""
    fraction, exponent = math.frexp(value)
    if fraction < math.sqrt(2) / 2:
        fraction, exponent = fraction * 2, exponent - 1
    rest = fraction - 1
    ratio = rest / (2 + rest)
    square = ratio * ratio
    fourth = square * square
    odd = square * (_LOG[0] + fourth * (_LOG[2] + fourth * (_LOG[4] + fourth * _LOG[6])))
    even = fourth * (_LOG[1] + fourth * (_LOG[3] + fourth * _LOG[5]))
    half = 0.5 * rest * rest
    return exponent * _LN2_HIGH - ((half - (ratio * (half + odd + even) + exponent * _LN2_LOW)) - rest)


def pow_(value: float, power: float) -> int | float:
    """``pow``, in the precision of ``float``."""
    if value == 0 and power < 0:
        raise Undetermined("a power that is infinite")
    if value < 0 and isinstance(power, float):
        raise Failure("result is not a number", exact=False)
    return number(_power(float(value), float(power)))


def _power(value: float, power: float) -> float:
    """A power as Go computes it, by repeated squaring."""
    if abs(power) == 0.5:
        return math.sqrt(value) if power > 0 else 1 / math.sqrt(value)
    fraction, integer = math.modf(abs(power))
    if integer >= 2**63:
        raise Undetermined("a power of a very large exponent")
    result, scale = 1.0, 0
    if fraction > 0.5:
        fraction, integer = fraction - 1, integer + 1
    if fraction:
        result = math.exp(fraction * _logarithm(value)) if value else 0.0
    base, exponent = math.frexp(value)
    count = int(integer)
    while count:
        if abs(exponent) > 1 << 12:
            raise Undetermined("a power out of range")
        if count & 1:
            result, scale = result * base, scale + exponent
        base, exponent = base * base, exponent * 2
        if abs(base) < 0.5:
            base, exponent = base + base, exponent - 1
        count >>= 1
    return math.ldexp(1 / result, -scale) if power < 0 else math.ldexp(result, scale)


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
        raise Failure(f"cannot parse {in_quotes(text)} as a base {radix} integer", "number")
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
    if step < 0 and end > start:
        raise Failure("end must be less than start when step is negative", "params")
    if step >= 0 and end < start:
        raise Failure("end must be greater than start when step is positive", "params")
    first, last, width = _exact(start), _exact(end), _exact(step)
    count = math.ceil((last - first) / width) if step else (last > first) * 2 * _LONGEST_RANGE
    if count > _LONGEST_RANGE:
        raise Failure(
            "more than 1024 values were generated; either decrease the difference between start and end or use a "
            "smaller step"
        )
    return [_inexact(first + width * index) for index in range(count)]


def sum_(items: object) -> int | float:
    """``sum``: decimals add up exactly, as they do in Terraform."""
    if not isinstance(items, list | tuple | dict | TerraformSet):
        raise Failure("cannot sum noniterable", "list")
    if not len(items):
        raise Failure("cannot sum an empty list", "list")
    if isinstance(items, dict):
        raise Failure(f"argument must be list, set, or tuple. Received {kind(items)}", "list")
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
