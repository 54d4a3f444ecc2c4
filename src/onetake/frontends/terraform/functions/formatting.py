"""``format`` and ``formatlist``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onetake.frontends.terraform.functions.formatting_numbers import number_as, padded, shortest
from onetake.frontends.terraform.functions.types import to_bool, to_number, to_string
from onetake.frontends.terraform.functions.values import Failure, TerraformSet, Undetermined, bounded, in_quotes

_VERB = re.compile(
    r"%(?P<flags>[ 0#+-]*)(?P<width>[1-9]\d*)?(?:\.(?P<precision>\d*))?(?:\[(?P<index>[1-9]\d*)\])?(?P<mode>[A-Za-z])",
    re.ASCII,
)
_BEGINNING = re.compile(r"%[ 0#+-]*(?:[1-9]\d*)?(?:\.\d*)?(?:\[(?:[1-9]\d*\]?)?)?", re.ASCII)


def format_(template: str, *args: object) -> str:
    """``format``."""
    _no_nulls(args)
    return _formatted(template, args)


def _formatted(template: str, args: Sequence[object]) -> str:
    pieces: list[str] = []
    position = used = following = size = 0
    while (start := template.find("%", position)) >= 0:
        pieces.append(template[position:start])
        if template.startswith("%%", start):
            position = start + 2
            pieces.append("%")
            continue
        found = _VERB.match(template, start)
        if found is None:
            raise Failure(_unrecognised(template, start))
        position = found.end()
        following = int(found["index"]) if found["index"] else following + 1
        text = _value(found, following, args)
        used = max(used, following)
        pieces.append(text)
        size = bounded(size + len(text))
    if used < len(args):
        raise Failure(_too_many(used), "args")
    pieces.append(template[position:])
    return "".join(pieces)


def _no_nulls(args: Sequence[object]) -> None:
    # What Terraform does depends on the type of the null, which is not known here.
    if None in args:
        raise Undetermined("null is formatted")


def _too_many(used: int) -> str:
    return f"too many arguments; {f'only {used} used by format string' if used else 'no verbs in format string'}"


def _unrecognised(template: str, start: int) -> str:
    found = _BEGINNING.match(template, start)
    end = found.end() if found else start
    offset = len(template[:end].encode())
    if end == len(template):
        return f"invalid format string starting at offset {offset}"
    sign = in_quotes(template[end])[1:-1].replace('\\"', '"').replace("'", "\\'")
    return f"unrecognized format character '{sign}' at offset {offset}"


def _offset(found: re.Match[str]) -> int:
    """Where a verb begins, in bytes."""
    return len(found.string[: found.start()].encode())


def _value(found: re.Match[str], position: int, args: Sequence[object]) -> str:
    if not 1 <= position <= len(args):
        raise Failure(
            f"not enough arguments for {in_quotes(found[0])} at {_offset(found)}: "
            f"need index {position} but have {len(args)} total"
        )
    try:
        return _written(found, args[position - 1])
    except Failure as failure:
        if failure.reason.startswith("unsupported format verb"):
            raise
        raise Failure(f"unsupported value for {in_quotes(found[0])} at {_offset(found)}: {failure.reason}") from None


def _written(found: re.Match[str], value: object) -> str:
    mode, flags = found["mode"], found["flags"]
    from onetake.frontends.terraform.functions.json_text import text_of

    match mode:
        case "v":
            return padded(_generic(value, flags), found)
        case "t":
            return "true" if to_bool(_given(value)) else "false"
        case "s" | "q":
            text = to_string(_given(value))
            if int(found["precision"] or 0):
                text = text[: int(found["precision"])]
            return padded(text_of(text) if mode == "q" else text, found)
        case "d" | "b" | "o" | "x" | "X" | "e" | "E" | "f" | "g" | "G":
            return padded(number_as(found, to_number(_given(value))), found)
        case _:
            raise Failure(f"unsupported format verb '{mode}' in \"{found[0]}\" at offset {_offset(found)}")


def _given(value: object) -> object:
    if value is None:
        raise Failure("null value cannot be formatted")
    return value


def _generic(value: object, flags: str) -> str:
    if isinstance(value, str) and "#" not in flags:
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and "#" not in flags:
        return ("-" if value < 0 else "") + shortest(abs(value), "g")
    from onetake.frontends.terraform.functions.json_text import jsonencode

    return jsonencode(value)


def formatlist(template: str, *args: object) -> list[str]:
    """``formatlist``: one text for each place in the lists among the arguments."""
    if not args:
        return [format_(template)]
    sizes = [len(arg) if isinstance(arg, list | tuple | TerraformSet) else -1 for arg in args]
    first = next((place for place, size in enumerate(sizes) if size >= 0), -1)
    count = sizes[first] if first >= 0 else 1
    for place, size in enumerate(sizes):
        if size not in {-1, count}:
            raise Failure(
                f"argument {place + 1} has length {size}, which is inconsistent with argument {first + 1} "
                f"of length {count}",
                "args",
            )
    _no_nulls(args)
    columns = [list(arg) if isinstance(arg, list | tuple | TerraformSet) else [arg] * count for arg in args]
    result: list[str] = []
    for row in range(count):
        try:
            result.append(_formatted(template, [column[row] for column in columns]))
        except Failure as failure:
            raise Failure(f"error on format iteration {row}: {failure.reason}") from None
    return result
