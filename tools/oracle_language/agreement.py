"""How the arguments of a planned resource stand to ours.

The provider turns what a program writes into what its schema wants (``"80"`` into 80, lists into sets, policies into
normal JSON) and adds what the program leaves out. So only what the program sets is compared, and only up to that.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from onetake.frontends.terraform.values import as_text
from onetake.model.values import Absent, Known, Unknown, Value, walk

SAME = "same"
DIFFERENT = "different"
OPEN_HERE = "known there, open here"
OPEN_THERE = "known here, open there"
Found = tuple[str, str, object, object]
"""Verdict, path, our value, Terraform's."""


def compared(ours: Value[object], theirs: object, unknown: object, path: str) -> Iterator[Found]:
    """Every value that the program sets, with how the two agree about it."""
    match ours:
        case Absent():
            return
        case Unknown():
            if not _empty(theirs):
                yield OPEN_HERE, path, "?", theirs
            elif unknown:
                yield SAME, path, "?", "?"
        case Known() if unknown is True:
            # A set is not known as soon as one of its elements is not.
            whole = not any(isinstance(inner, Unknown) for inner in walk(ours))
            yield (OPEN_THERE if whole else SAME), path, _shown(ours), "?"
        case Known(Mapping() as fields):
            yield from _fields(fields, theirs, unknown, path)
        case Known(tuple() as items):
            yield from _items(items, theirs, unknown, path)
        case Known(scalar):
            same = _scalar(scalar, theirs)
            yield SAME if same else DIFFERENT, path, scalar, theirs


def _empty(theirs: object) -> bool:
    return theirs is None or theirs in ("", [], {})


def _fields(fields: Mapping[str, Value[object]], theirs: object, unknown: object, path: str) -> Iterator[Found]:
    if isinstance(theirs, list) and len(theirs) == 1:
        # A block of which there may be one.
        theirs, unknown = theirs[0], unknown[0] if isinstance(unknown, list) and unknown else False
    if isinstance(theirs, str):
        yield SAME if _json(theirs) is not None else DIFFERENT, path, "object", theirs
        return
    if not isinstance(theirs, dict):
        if fields or not _empty(theirs):
            yield DIFFERENT, path, sorted(fields), theirs
        return
    open_ = unknown if isinstance(unknown, dict) else {}
    for name in sorted(fields):
        yield from compared(fields[name], theirs.get(name), open_.get(name, False), f"{path}.{name}")


def _items(items: tuple[Value[object], ...], theirs: object, unknown: object, path: str) -> Iterator[Found]:
    if not isinstance(theirs, list):
        if isinstance(theirs, dict) and len(items) == 1:
            yield from compared(items[0], theirs, unknown, path)
        elif items or not _empty(theirs):
            yield DIFFERENT, path, _shown_all(items), theirs
        return
    open_ = unknown if isinstance(unknown, list) else []
    rest = [(one, open_[place] if place < len(open_) else False) for place, one in enumerate(theirs)]
    rest += [(None, True)] * (len(open_) - len(theirs))
    ordered = [
        list(compared(item, *one, f"{path}[{place}]"))
        for place, (item, one) in enumerate(zip(items, rest, strict=False))
    ]
    if len(items) == len(rest) and all(_agree(found) for found in ordered):
        for found in ordered:
            yield from found
        return
    yield from _unordered(items, rest, path)


def _agree(found: list[Found]) -> bool:
    return all(one[0] != DIFFERENT for one in found)


def _unordered(items: tuple[Value[object], ...], rest: list[tuple[object, object]], path: str) -> Iterator[Found]:
    """Sets: each of ours beside the one of theirs that is most like it."""
    rest = list(rest)
    missing = []
    for item in sorted(items, key=lambda item: isinstance(item, Unknown)):
        candidates = [(place, list(compared(item, *one, path))) for place, one in enumerate(rest)]
        best = min(candidates, key=lambda one: sum(found[0] != SAME for found in one[1]), default=None)
        if best is None or not _agree(best[1]):
            missing.append(item)
            continue
        rest.pop(best[0])
        yield from best[1]
    duplicates = len({_shown(item) for item in items}) < len(items)
    if missing and not duplicates:
        yield DIFFERENT, path, _shown_all(tuple(missing)), [one for one, _ in rest]
    elif rest and not any(isinstance(item, Unknown) for item in items):
        yield DIFFERENT, path, _shown_all(items), [one for one, _ in rest]


def _shown(value: Value[object]) -> object:
    match value:
        case Known(Mapping() as fields):
            return str({name: _shown(fields[name]) for name in sorted(fields)})
        case Known(tuple() as items):
            return str(_shown_all(items))
        case Known(scalar):
            return scalar
        case Unknown():
            return "?"
        case _:
            return None


def _shown_all(items: tuple[Value[object], ...]) -> list[object]:
    return [_shown(item) for item in items]


def _scalar(ours: object, theirs: object) -> bool:
    if isinstance(theirs, list) and len(theirs) == 1:
        theirs = theirs[0]
    if _empty(theirs):
        return ours in ("", None, False, 0)
    one, other = as_text(ours), as_text(theirs)
    # Names of engines and windows of time are kept in small letters.
    if one.lower() == other.lower():
        return True
    try:
        if Decimal(one) == Decimal(other):
            return True
    except InvalidOperation:
        pass
    return _json(one) is not None and _json(one) == _json(other)


def _json(text: str) -> object:
    """What a text of JSON holds, lists of one being the same as what is in them."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        return _normal(json.loads(text))
    except ValueError:
        return None


def _normal(data: object) -> object:
    match data:
        case dict():
            return {name: _normal(inner) for name, inner in data.items() if inner not in ("", None)}
        case [only]:
            return _normal(only)
        case list():
            return sorted({str(_normal(item)) for item in data})
        case bool() | int() | float():
            return as_text(data)
        case _:
            return data
