"""How ``format`` writes numbers, and fills up to a width."""

from __future__ import annotations

import math
import re
from fractions import Fraction

from onetake.frontends.terraform.functions.values import Failure, bounded, number_text


def number_as(found: re.Match[str], value: float) -> str:
    """A number as a verb asks for it."""
    mode, flags = found["mode"], found["flags"]
    if mode in "dboxX":
        size = abs(int(value))
        digits = format(size, mode)
        if abs(value) != size:
            raise Failure("an integer is required")
        digits = digits.rjust(int(found["precision"] or 0), "0")
        if "#" in flags:
            digits = {"x": "0x", "X": "0X", "o": "0", "b": "0b"}.get(mode, "") + digits
    else:
        precision = int(found["precision"] or 0) if found["precision"] is not None else (-1 if mode in "gG" else 6)
        digits = shortest(abs(value), mode) if precision < 0 else _rounded(abs(value), bounded(precision), mode)
    sign = "-" if value < 0 and digits.strip("0.") else "+" if "+" in flags else " " if " " in flags else ""
    return sign + digits


def _rounded(value: float, precision: int, mode: str) -> str:
    if mode in "gG" or value in {0, math.inf}:
        return format(value, f".{precision}{mode}")
    from decimal import Context, Decimal

    # Terraform keeps 512 bits of a number: which way a half is rounded depends on the last of them.
    exact = Fraction(value if isinstance(value, int) else repr(value))
    shift = 512 - exact.numerator.bit_length() + exact.denominator.bit_length()
    kept = Fraction(round(exact * Fraction(2) ** shift)) / Fraction(2) ** shift
    wide = Context(prec=4000)
    text = format(wide.divide(Decimal(kept.numerator), Decimal(kept.denominator)), f".{precision}{mode}")
    # Go writes at least two digits of an exponent.
    return re.sub(r"([eE][+-])(\d)$", r"\g<1>0\2", text)


def shortest(value: float, mode: str) -> str:
    """A positive number in as few digits as tell it from others; large and small ones with an exponent."""
    if value != 0 and (value >= 1e6 or value < 1e-4):
        return _scientific(value).replace("e", "e" if mode == "g" else "E")
    return number_text(value)


def _scientific(value: float) -> str:
    from decimal import Decimal

    _, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    shown = "".join(map(str, digits))
    power = len(digits) - 1 + int(exponent)
    point = f"{shown[0]}.{shown[1:]}" if len(shown) > 1 else shown
    return f"{point}e{'-' if power < 0 else '+'}{abs(power):02d}"


def padded(text: str, found: re.Match[str]) -> str:
    """A text filled up to the width that a verb asks for."""
    width = int(found["width"] or 0)
    bounded(width)
    if "-" in found["flags"]:
        return text.ljust(width)
    if "0" in found["flags"]:
        signed = text[:1] in "+-" and found["mode"] not in "sqv"
        return text[:1] + text[1:].rjust(width - 1, "0") if signed else text.rjust(width, "0")
    return text.rjust(width)
