"""``regex``, ``regexall`` and ``replace``: Go's regular expressions by means of Python's.

Go matches in time linear in the text, Python does not. Patterns that could run away are matched by
:mod:`~onetake.frontends.terraform.functions.patterns_machine` instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import TypeAlias

from onetake.frontends.terraform.functions.patterns_syntax import Node, Parsed, PatternError, parse
from onetake.frontends.terraform.functions.values import Failure, bounded

Spans: TypeAlias = tuple[tuple[int, int], ...]
"""Where the whole match and each group begin and end; -1 for a group without part in the match."""

_WORD = "[0-9A-Za-z_]"
_PLACES = {
    "start": "\\A",
    "end": "\\Z",
    "line start": "(?m:^)",
    "line end": "(?m:$)",
    "boundary": f"(?:(?<={_WORD})(?!{_WORD})|(?<!{_WORD})(?={_WORD}))",
    "inside": f"(?:(?<={_WORD})(?={_WORD})|(?<!{_WORD})(?!{_WORD}))",
}
_REFERENCE = re.compile(r"\$(?:\$|(\w+)|\{(\w+)\})")
_STEPS = 1_000_000


def regex(pattern: str, text: str) -> object:
    """``regex``: the first match, its groups as a list or an object."""
    parsed = _checked(pattern)
    for spans in _matches(pattern, text):
        return _captured(parsed, text, spans)
    raise Failure("pattern did not match any part of the given string")


def regexall(pattern: str, text: str) -> list[object]:
    """``regexall``: every match."""
    parsed = _checked(pattern)
    return [_captured(parsed, text, spans) for spans in _matches(pattern, text)]


def replace(text: str, part: str, replacement: str) -> str:
    """``replace``: a part between slashes is a regular expression."""
    if len(part) > 1 and part.startswith("/") and part.endswith("/"):
        return _replace_pattern(text, part[1:-1], replacement)
    bounded(len(text) + text.count(part) * len(replacement))
    return text.replace(part, replacement)


def _replace_pattern(text: str, pattern: str, replacement: str) -> str:
    try:
        names = _parsed(pattern).groups
    except PatternError as error:
        raise Failure(f"error parsing regexp: {error.code}: `{error.part}`") from None
    pieces: list[str] = []
    size = position = 0
    for spans in _matches(pattern, text):
        expanded = _REFERENCE.sub(partial(_group, text=text, spans=spans, names=names), replacement)
        size = bounded(size + len(expanded))
        pieces += (text[position : spans[0][0]], expanded)
        position = spans[0][1]
    bounded(size + len(text))
    return "".join((*pieces, text[position:]))


def _group(found: re.Match[str], text: str, spans: Spans, names: tuple[str, ...]) -> str:
    name = found[1] or found[2]
    if name is None:
        return "$"
    if name.isdecimal() and (name == "0" or not name.startswith("0")):
        number = int(name)
    else:
        number = names.index(name) + 1 if name in names else len(spans)
    start, end = spans[number] if number < len(spans) else (-1, -1)
    return text[start:end] if start >= 0 else ""


def _checked(pattern: str) -> Parsed:
    try:
        parsed = _parsed(pattern)
    except PatternError as error:
        raise Failure(f"invalid regexp pattern: {error.code} in {error.part}", "pattern") from None
    if len({bool(name) for name in parsed.groups}) > 1:
        raise Failure("invalid regexp pattern: cannot mix both named and unnamed capture groups", "pattern")
    return parsed


def _captured(parsed: Parsed, text: str, spans: Spans) -> object:
    values = [text[start:end] if start >= 0 else None for start, end in spans]
    if not parsed.groups:
        return values[0]
    return dict(zip(parsed.groups, values[1:], strict=True)) if parsed.groups[0] else values[1:]


@lru_cache(maxsize=512)
def _parsed(pattern: str) -> Parsed:
    return parse(pattern)


def _matches(pattern: str, text: str) -> Iterator[Spans]:
    """Every match, from left to right; an empty one right behind another does not count."""
    search = _searcher(pattern, text)
    position, last = 0, -1
    while position <= len(text) and (spans := search(text, position)):
        start, end = spans[0]
        if end > start or start != last:
            yield spans
            last = end
        position = end if end > start else end + 1


def _searcher(pattern: str, text: str) -> Callable[[str, int], Spans | None]:
    node = _parsed(pattern).node
    if _cost(node, len(text) + 1) > _STEPS:
        from onetake.frontends.terraform.functions.patterns_machine import machine

        return machine(node)
    compiled = _compiled(pattern)

    def search(text: str, position: int) -> Spans | None:
        found = compiled.search(text, position)
        return None if found is None else tuple(found.span(number) for number in range(compiled.groups + 1))

    return search


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(spelled(_parsed(pattern).node))


def spelled(node: Node) -> str:
    """A tree as a Python expression."""
    match node:
        case ("one", str() as expression):
            return expression
        case ("at", str() as place):
            return _PLACES[place]
        case ("cat", list() as nodes):
            return "".join(map(spelled, nodes))
        case ("alt", list() as nodes):
            return f"(?:{'|'.join(map(spelled, nodes))})"
        case ("group", inner, _):
            return f"({spelled(inner)})"
        case ("rep", inner, least, most, greedy):
            count = f"{{{least},{'' if most is None else most}}}"
            return f"(?:{spelled(inner)}){count}{'' if greedy else '?'}"
        case _:
            raise TypeError(node)


def _cost(node: Node, size: int) -> float:
    """How many steps Python may take, roughly: each unbounded repetition tries every length."""
    match node:
        case ("cat", list() as nodes):
            product = 1.0
            for inner in nodes:
                product = min(product * _cost(inner, size), 1e12)
            return product
        case ("alt", list() as nodes):
            return min(sum(_cost(inner, size) for inner in nodes), 1e12)
        case ("group", inner, _):
            return _cost(inner, size)
        case ("rep", inner, least, most, _):
            lengths = min(size, most - least + 1 if most is not None else size)
            inside = _cost(inner, size)
            # What is ambiguous inside a repetition multiplies with every round.
            rounds = min(size, most if most is not None else size)
            return lengths if inside <= 1 else float(min(2.0 ** min(rounds, 40) * inside, 1e12))
        case _:
            return 1.0
