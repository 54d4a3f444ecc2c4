"""Functions that tell something even if what they are given is known in part.

Each gets its arguments and gives a value, or ``None`` where all of them have to be known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import cast

from onetake.frontends.terraform import partly_listed
from onetake.frontends.terraform.evaluation import Failure, placed
from onetake.frontends.terraform.functions.unifying import converts, elements
from onetake.frontends.terraform.json_values import encoded, merged
from onetake.frontends.terraform.unification import collection_of, common, converted, described, map_of, type_of
from onetake.frontends.terraform.values import ListItems, MapFields, SetItems, alike, as_text, number_in
from onetake.model.records import replace
from onetake.model.values import Absent, Gap, Known, Part, Reference, Span, Unknown, Value, parts

Arguments = list[Value[object]]
_OTHER_TYPE = "the default value must have the same type as the map elements"


def _jsonencode(arguments: Arguments, where: Span) -> Value[object] | None:
    return encoded(arguments[0], where) if len(arguments) == 1 else None


def _join(arguments: Arguments, where: Span) -> Value[object] | None:
    match arguments:
        case [Known(str() as between), *lists]:
            items: list[Value[object]] = []
            for one in lists:
                match one:
                    case Known(tuple() as members):
                        items += members
                    case _:
                        return None
        case _:
            return None
    if not lists or any(isinstance(item, Absent) or _is_collection(item) for item in items):
        return None
    pieces: list[Part] = []
    for number, item in enumerate(items):
        pieces += [between] if number and between else []
        pieces += (as_text(item.value),) if isinstance(item, Known) else parts(item)
    return _text(pieces, items, where)


def _is_collection(value: Value[object]) -> bool:
    return isinstance(value, Known) and isinstance(value.value, (tuple, Mapping))


def _text(pieces: list[Part], sources: Arguments, where: Span) -> Value[object]:
    why = next((source.why for source in sources if isinstance(source, Unknown)), "")
    whole = tuple(merged(pieces))
    return Unknown(why, where, whole) if why else Known("".join(map(str, whole)), where)


def _format(arguments: Arguments, where: Span) -> Value[object] | None:
    """``format`` with unknown arguments for plain ``%s`` and ``%d``."""
    match arguments:
        case [Known(str() as spec), *rest] if any(isinstance(one, Unknown) for one in rest):
            pass
        case _:
            return None
    chunks = re.split(r"(%%|%[sd])", spec)
    waiting = list(rest)
    pieces: list[Part] = []
    for chunk in chunks:
        if chunk == "%%":
            pieces.append("%")
        elif chunk in ("%s", "%d"):
            if not waiting:
                return None
            pieces += parts(waiting.pop(0))
        elif "%" in chunk:
            return None
        else:
            pieces.append(chunk)
    return _text(pieces, rest, where)


def _element(arguments: Arguments, where: Span) -> Value[object] | None:
    match arguments:
        case [Known(tuple() as items), Known(index)] if items and not isinstance(items, SetItems):
            place = number_in(index)
            if not isinstance(place, int) or abs(place) >= 2**63:
                return None
            return placed(items[place % len(items)], where)
        case [Unknown(_, _, (_,)) as unknown, Known(index)] if isinstance(index, int) and index >= 0:
            return _nth(unknown, index, where)
        case _:
            return None


def _nth(unknown: Unknown, index: int, where: Span) -> Value[object]:
    """An element of an unknown list, as ``[index]`` names it."""
    piece = unknown.parts[0]
    match piece:
        case Gap(text):
            return Unknown(unknown.why, where, (Gap(f"{text}[{index}]"),))
        case Reference(target, attribute):
            return Unknown(unknown.why, where, (Reference(target, f"{attribute}[{index}]"),))
        case _:
            return Unknown(unknown.why, where, (Gap(f"{piece}[{index}]"),))


def _slice(arguments: Arguments, where: Span) -> Value[object] | None:
    match arguments:
        case [Known(tuple() as items), Known(int() as first), Known(int() as last)] if 0 <= first <= last <= len(
            items
        ) and not isinstance(items, SetItems):
            return Known(alike(items, items[first:last]), where)
        case [Unknown(_, _, (_,)) as unknown, Known(int() as first), Known(int() as last)] if 0 <= last - first < 100:
            # However long the list turns out to be, this many elements are taken, or Terraform refuses.
            return Known(tuple(_nth(unknown, index, where) for index in range(first, last)), where)
        case _:
            return None


def _concat(arguments: Arguments, where: Span) -> Value[object] | None:
    items: list[Value[object]] = []
    why = ""
    lists = bool(arguments)
    for argument in arguments:
        match argument:
            case Known(tuple() as members) if not isinstance(members, SetItems):
                items += members
                lists = lists and isinstance(members, ListItems)
            case Unknown(reason, _, _, members):
                why = reason
                items += members
            case _:
                return None
    if not arguments:
        return None
    if why:
        return Unknown(why, where, members=tuple(items))
    whole = Known(tuple(items), where)
    element = common(items) if lists else None
    return whole if element is None else converted(whole, ("list", element))


def _merge(arguments: Arguments, where: Span) -> Value[object] | None:
    fields: dict[str, Value[object]] = {}
    maps = bool(arguments)
    for argument in arguments:
        match argument:
            case Known(Mapping() as more):
                fields.update(more)
                maps = maps and isinstance(more, MapFields)
            case Absent():
                continue
            case Unknown(why):
                return Unknown(why, where)
            case _:
                return None
    if maps and len({str(type_of(argument)) for argument in arguments if isinstance(argument, Known)}) < 2:
        return Known(MapFields(fields), where)
    return Known(fields, where)


def _lookup(arguments: Arguments, where: Span) -> Value[object] | None:
    match arguments:
        case [Known(Mapping() as fields), Known(key), *rest] if len(rest) < 2 and not isinstance(key, (tuple, Mapping)):
            found = fields.get(as_text(key))
            if isinstance(fields, MapFields) and rest:
                found = _with_default(found, rest[0], elements(type_of(arguments[0]))[0])
            if found is not None:
                return placed(found, where)
            return placed(rest[0], where) if rest else None
        case _:
            return None


def _with_default(found: Value[object] | None, default: Value[object], element: object) -> Value[object]:
    """What a map of ``element`` has, or else the default, which has to be of the type of its elements."""
    refused = Failure(f'Invalid value for "default" parameter: {_OTHER_TYPE}.', "Invalid function argument")
    if not converts(type_of(default), element):
        raise refused
    try:
        instead = converted(default, element)
    except Failure:
        raise refused from None
    return instead if found is None else converted(found, element)


def _length(arguments: Arguments, where: Span) -> Value[object] | None:
    match arguments:
        case [Known(tuple() | Mapping() as members)]:
            return Known(len(members), where)
        case _:
            return None


def _as_list(arguments: Arguments, where: Span) -> Value[object] | None:
    match arguments:
        case [Known(tuple() as items) as value]:
            return placed(_collected("list", items, value), where)
        case _:
            return None


def _as_set(arguments: Arguments, where: Span) -> Value[object] | None:
    match arguments:
        case [Known(tuple() as items) as value]:
            return placed(_collected("set", items, value), where)
        case _:
            return None


def _collected(shape: str, items: tuple[Value[object], ...], value: Known[object]) -> Value[object]:
    try:
        return collection_of(items, shape, value)
    except Failure:
        raise _unsuitable(value, shape) from None


def _unsuitable(value: Known[object], shape: str) -> Failure:
    detail = (
        f'Invalid value for "v" parameter: cannot convert {described(type_of(value))} to {shape} of any single type.'
    )
    return Failure(detail, "Invalid function argument")


def _map(arguments: Arguments, where: Span) -> Value[object] | None:
    match arguments:
        case [Known(Mapping() as fields) as value]:
            try:
                return placed(map_of(fields, value), where)
            except Failure:
                raise _unsuitable(value, "map") from None
        case _:
            return None


def _as_text(arguments: Arguments, where: Span) -> Value[object] | None:
    match arguments:
        case [Known(tuple() | Mapping())]:
            return None
        case [Known(found, _, origin)]:
            return Known(as_text(found), where, origin)
        case [Unknown() as unknown] if converts(type_of(unknown), "string"):
            return placed(replace(unknown, type="string"), where)
        case [Absent() as null]:
            return placed(null, where)
        case _:
            return None


def _same(arguments: Arguments, where: Span) -> Value[object] | None:
    return placed(arguments[0], where) if len(arguments) == 1 else None


def _keys(arguments: Arguments, where: Span) -> Value[object] | None:
    match arguments:
        case [Known(Mapping() as fields)]:
            return Known(_column(fields, (Known(name, where) for name in sorted(fields))), where)
        case _:
            return None


def _values(arguments: Arguments, where: Span) -> Value[object] | None:
    match arguments:
        case [Known(Mapping() as fields)]:
            return Known(_column(fields, (fields[name] for name in sorted(fields))), where)
        case _:
            return None


def _column(fields: object, items: Iterable[Value[object]]) -> tuple[Value[object], ...]:
    return ListItems(items) if isinstance(fields, MapFields) else tuple(items)


def _zipmap(arguments: Arguments, where: Span) -> Value[object] | None:
    """``zipmap`` of known names; the values may be unknown."""
    match arguments:
        case [Known(tuple() as names), Known(tuple() as items)] if (
            len(names) == len(items)
            and not isinstance(items, SetItems)
            and all(isinstance(name, Known) and not _is_collection(name) for name in names)
        ):
            pairs = (
                (as_text(cast("Known[object]", name).value), item) for name, item in zip(names, items, strict=True)
            )
            return Known(MapFields(pairs) if isinstance(items, ListItems) else dict(pairs), where)
        case _:
            return None


def _flatten(arguments: Arguments, where: Span) -> Value[object] | None:
    found: list[Value[object]] = []

    def add(value: Value[object], depth: int) -> bool:
        match value:
            case Known(tuple() as items) if depth < 50:
                return all(add(item, depth + 1) for item in items)
            case Known(Mapping()) | Known() | Absent():
                found.append(value)
                return True
            case Unknown(_, _, pieces) if pieces and not isinstance(value.type, tuple):
                # A single reference or text is most likely a scalar; a whole unknown list hides how many there are.
                found.append(value)
                return True
            case _:
                return False

    match arguments:
        case [Known(tuple()) as only] if add(only, 0):
            pass
        case _:
            return None
    return Known(tuple(found), where)


def _coalesce(arguments: Arguments, where: Span) -> Value[object] | None:
    wanted = common(arguments)
    if wanted is None:
        return None
    for argument in arguments:
        match argument:
            case Absent() | Known(""):
                continue
            case Known():
                return placed(converted(argument, wanted), where)
            case Unknown():
                return None
    return None


def _one(arguments: Arguments, where: Span) -> Value[object] | None:
    match arguments:
        case [Known((only,))]:
            return placed(cast("Value[object]", only), where)
        case [Known(())]:
            return Absent(where)
        case _:
            return None


PARTLY: dict[str, Callable[[Arguments, Span], Value[object] | None]] = {
    "jsonencode": _jsonencode,
    "join": _join,
    "format": _format,
    "element": _element,
    "slice": _slice,
    "concat": _concat,
    "merge": _merge,
    "lookup": _lookup,
    "length": _length,
    "tolist": _as_list,
    "toset": _as_set,
    "tomap": _map,
    "tostring": _as_text,
    "sensitive": _same,
    "nonsensitive": _same,
    "keys": _keys,
    "values": _values,
    "zipmap": _zipmap,
    "flatten": _flatten,
    "alltrue": partly_listed.alltrue,
    "anytrue": partly_listed.anytrue,
    "coalesce": _coalesce,
    "coalescelist": partly_listed.coalescelist,
    "contains": partly_listed.contains,
    "reverse": partly_listed.reverse,
    "sort": partly_listed.sort,
    "one": _one,
}
