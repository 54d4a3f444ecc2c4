"""Numbers as Terraform calculates with them: of 512 bits, written with as few digits as tell them apart."""

from __future__ import annotations

from fractions import Fraction

from onetake.frontends.terraform.functions.values import LongNumber, number_text

BITS = 512
_DIGITS = 157
"""No number of so many bits needs more significant digits."""


def calculated(operator: str, left: float, right: float) -> int | float:
    """``left operator right``; neither is infinite, and what is divided by is not zero."""
    one, other = stored(left), stored(right)
    match operator:
        case "+":
            return number(_rounded(one + other))
        case "-":
            return number(_rounded(one - other))
        case "*":
            return number(_rounded(one * other))
        case "/":
            return number(_rounded(one / other))
        case _:
            # Terraform multiplies the whole part of the quotient back, each step rounded.
            return number(_rounded(one - _rounded(other * int(_rounded(one / other)))))


def stored(value: float) -> Fraction:
    """The fraction that stands for a number."""
    return Fraction(value) if isinstance(value, int) else _rounded(Fraction(number_text(value)))


def _rounded(exact: Fraction) -> Fraction:
    """``exact`` with 512 significant bits, half to even."""
    if not exact or (exact.denominator & (exact.denominator - 1) == 0 and exact.numerator.bit_length() <= BITS):
        return exact
    size = abs(exact)
    exponent = size.numerator.bit_length() - size.denominator.bit_length() - BITS
    unit = Fraction(2) ** exponent
    if size / unit >= Fraction(2) ** BITS:
        unit *= 2
    elif size / unit < Fraction(2) ** (BITS - 1):
        unit /= 2
    mantissa = round(size / unit)
    return (mantissa if exact > 0 else -mantissa) * unit


def number(value: Fraction) -> int | float:
    """The number that a fraction of 512 bits is, with the digits that Terraform shows."""
    if value.denominator == 1:
        return _whole(value.numerator)
    near = float(value)
    if near and _rounded(Fraction(number_text(near))) == value:
        return near
    least, most = 16, _DIGITS
    while least < most:
        middle = (least + most) // 2
        if _rounded(Fraction(_digits(value, middle))) == value:
            most = middle
        else:
            least = middle + 1
    return LongNumber(_digits(value, most))


def _whole(value: int) -> int:
    """A whole number, with as many digits as tell it from its neighbours."""
    if value.bit_length() <= BITS:
        return value
    for digits in range(_DIGITS - 4, _DIGITS + 1):
        shorter = int(_digits(Fraction(value), digits))
        if _rounded(Fraction(shorter)) == value:
            return shorter
    return value


def _digits(value: Fraction, digits: int) -> str:
    """``value`` with so many significant digits, without exponent."""
    from decimal import ROUND_HALF_EVEN, Context, Decimal

    context = Context(prec=digits, rounding=ROUND_HALF_EVEN, Emin=-999_999, Emax=999_999)
    text = format(context.divide(Decimal(value.numerator), Decimal(value.denominator)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
