"""``format`` and ``formatlist``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onetake.frontends.terraform.functions.types import to_bool, to_number, to_string
from onetake.frontends.terraform.functions.values import Failure, TerraformSet, bounded, number_text

_VERB = re.compile(
    r"%(?P<flags>[ 0#+-]*)(?:(?P<width>\d+)|(?P<star>\*))?(?:\.(?P<precision>\d*))?(?:\[(?P<index>\d+)\])?(?P<mode>.)",
    re.DOTALL,
)


def format_(template: str, *args: object) -> str:
    """``format``."""
    pieces: list[str] = []
    position = used = following = size = 0
    while (start := template.find("%", position)) >= 0:
        pieces.append(template[position:start])
        found = _VERB.match(template, start)
        if found is None or found["star"]:
            raise Failure(_unrecognised(template, start))
        position = found.end()
        if found["mode"] == "%":
            pieces.append("%")
            continue
        following = int(found["index"]) if found["index"] else following + 1
        text = _value(found, following, args)
        used = max(used, following)
        pieces.append(text)
        size = bounded(size + len(text))
    if used < len(args):
        raise Failure(_too_many(used))
    pieces.append(template[position:])
    return "".join(pieces)


def _too_many(used: int) -> str:
    return f"too many arguments; {f'only {used} used by format string' if used else 'no verbs in format string'}"


def _unrecognised(template: str, start: int) -> str:
    rest = template[start + 1 : start + 2]
    if not rest:
        return f"unterminated verb at end of string at offset {start}"
    return f"unrecognized format character {rest!r} at offset {start}"


def _value(found: re.Match[str], position: int, args: Sequence[object]) -> str:
    if not 1 <= position <= len(args):
        raise Failure(
            f'not enough arguments for "{found[0]}" at {found.start()}: '
            f"need index {position} but have {len(args)} total"
        )
    try:
        return _written(found, args[position - 1])
    except Failure as failure:
        if failure.reason.startswith("unsupported format verb"):
            raise
        raise Failure(f'unsupported value for "{found[0]}" at {found.start()}: {failure.reason}') from None


def _written(found: re.Match[str], value: object) -> str:
    mode, flags = found["mode"], found["flags"]
    match mode:
        case "v":
            return _padded(_generic(value, flags), found)
        case "t":
            return _padded("true" if to_bool(_given(value)) else "false", found)
        case "s" | "q":
            text = to_string(_given(value))
            if found["precision"] is not None:
                text = text[: int(found["precision"] or 0)]
            return _padded(quoted(text) if mode == "q" else text, found)
        case "d" | "b" | "o" | "x" | "X" | "e" | "E" | "f" | "g" | "G":
            return _padded(_number(found, to_number(_given(value))), found)
        case _:
            raise Failure(f"unsupported format verb '{mode}' in \"{found[0]}\" at offset {found.start()}")


def _given(value: object) -> object:
    if value is None:
        raise Failure("null value cannot be formatted")
    return value


def _number(found: re.Match[str], value: float) -> str:
    mode, flags = found["mode"], found["flags"]
    if mode in "dboxX":
        size = abs(int(value))
        digits = format(size, mode)
        if "#" in flags:
            digits = {"x": "0x", "X": "0X", "o": "0", "b": "0b"}.get(mode, "") + digits
    else:
        precision = int(found["precision"] or 0) if found["precision"] is not None else (-1 if mode in "gG" else 6)
        digits = _shortest(abs(value), mode) if precision < 0 else format(abs(value), f".{precision}{mode}")
    sign = "-" if value < 0 and digits.strip("0.") else "+" if "+" in flags else " " if " " in flags else ""
    return sign + digits


def _shortest(value: float, mode: str) -> str:
    if value != 0 and (value >= 1e21 or value < 1e-4):
        mantissa, _, exponent = format(value, ".16e").partition("e")
        text = repr(float(value))
        mantissa = text.partition("e")[0].removesuffix(".0") if "e" in text else mantissa.rstrip("0").rstrip(".")
        return f"{mantissa}{mode.replace('g', 'e').replace('G', 'E')}{exponent}"
    return number_text(value)


def _padded(text: str, found: re.Match[str]) -> str:
    width = int(found["width"] or 0)
    bounded(width)
    if "-" in found["flags"]:
        return text.ljust(width)
    if "0" in found["flags"]:
        signed = text[:1] in "+-" and found["mode"] not in "sqv"
        return text[:1] + text[1:].rjust(width - 1, "0") if signed else text.rjust(width, "0")
    return text.rjust(width)


def _generic(value: object, flags: str) -> str:
    if isinstance(value, str) and "#" not in flags:
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number_text(value)
    from onetake.frontends.terraform.functions.json_text import jsonencode

    return jsonencode(value)


def formatlist(template: str, *args: object) -> list[str]:
    """``formatlist``: one text for each place in the lists among the arguments."""
    sizes = [len(arg) if isinstance(arg, list | tuple | TerraformSet) else -1 for arg in args]
    first = next((place for place, size in enumerate(sizes) if size >= 0), -1)
    count = sizes[first] if first >= 0 else 1
    for place, size in enumerate(sizes):
        if size not in {-1, count}:
            raise Failure(
                f"argument {place + 1} has length {size}, which is inconsistent with argument {first + 1} "
                f"of length {count}"
            )
    columns = [list(arg) if isinstance(arg, list | tuple | TerraformSet) else [arg] * count for arg in args]
    result: list[str] = []
    for row in range(count):
        try:
            result.append(format_(template, *[column[row] for column in columns]))
        except Failure as failure:
            raise Failure(f"error on format iteration {row}: {failure.reason}") from None
    return result


def quoted(text: str) -> str:
    """A text in quotes, as Go writes it."""
    from onetake.frontends.terraform.functions.json_text import text_of

    return text_of(text)
