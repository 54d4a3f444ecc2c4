"""Function calls: carried out when all arguments are known, as far as possible when some are not."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, cast

from onetake.frontends.terraform.evaluation import Failure, Scope, evaluate, gap, join, placed, wording
from onetake.frontends.terraform.syntax.nodes import Call
from onetake.frontends.terraform.values import NODES, as_text, lift, lower, unique
from onetake.model.values import Absent, Gap, Known, Part, Reference, Span, Unknown, Value, parts

if TYPE_CHECKING:
    from onetake.frontends.terraform.functions import FunctionError

Arguments = list[Value[object]]


def call(node: Call, scope: Scope, where: Span) -> Value[object]:
    """The value of a call.

    Raises:
        Failure: Terraform refuses it.
    """
    if node.name == "try":
        return _try(node, scope, where)
    if node.name == "can":
        return _can(node, scope, where)
    arguments = _arguments(node, scope, where)
    name = node.name.removeprefix("core::")
    if name == "templatefile":
        return _template_file(node, arguments, scope, where)
    special = _PARTLY.get(name)
    if special is not None:
        found = special(arguments, where)
        if found is not None:
            return found
    from onetake.frontends.terraform import functions

    if not functions.is_pure(name):
        place = f" at {where.file} {where.path}" if name in ("uuid", "bcrypt") else ""
        return Unknown(f"{name}() gives another value at every run", where, (Gap(wording(node, scope) + place),))
    try:
        plain = [lower(argument) for argument in arguments]
    except LookupError as error:
        return gap(node, str(error), where, scope)
    try:
        result = functions.call(name, plain, scope.module.files)
    except functions.Undetermined as error:
        return gap(node, str(error) or "only the deployment knows it", where, scope)
    except functions.FunctionError as error:
        raise _refused(error, node, plain) from error
    return lift(result, where)


def _refused(error: FunctionError, node: Call, arguments: list[object]) -> Failure:
    """The failure of a call, at the place that Terraform marks."""
    from onetake.frontends.terraform.functions.calling import load
    from onetake.frontends.terraform.functions.table import NEEDS_FILES
    from onetake.frontends.terraform.places import opening

    name = node.name.removeprefix("core::")
    # Names of functions are looked at where they are used, evaluated or not.
    unknown = error.summary in ("Call to unknown function", "Unknown provider function")
    failure = Failure(error.message, "" if unknown else error.summary)
    failure.exact = error.exact
    failure.at = node.start, node.start + len(node.name) + 1
    given = len(node.arguments)
    match error.summary:
        case "Not enough function arguments":
            failure.at = node.end - 1, node.end
        case "Too many function arguments":
            fixed = len(load(name)[0])
            failure.at = opening(node.arguments[min(fixed, given - 1)])
        case "Invalid function argument":
            names = [parameter.name for parameter in load(name)[0]]
            place = names.index(error.parameter) if error.parameter in names else given
            failure.at = opening(node.arguments[place]) if place < given else failure.at
        case _:
            pass
    if name in NEEDS_FILES and arguments and ("no file exists" in error.message or "no such file" in error.message):
        failure.missing = str(arguments[0])
    return failure


def _arguments(node: Call, scope: Scope, where: Span) -> Arguments:
    arguments = [evaluate(argument, scope, where) for argument in node.arguments]
    if not node.expand or not arguments:
        return arguments
    match arguments.pop():
        case Known(tuple() as items):
            return [*arguments, *items]
        case Unknown(why):
            return [*arguments, Unknown(why, where)]
        case _:
            raise Failure(
                "The expanding argument (indicated by ...) must be of a tuple, list, or set type.",
                "Invalid expanding argument value",
                node.arguments[-1],
            )


def _template_file(node: Call, arguments: Arguments, scope: Scope, where: Span) -> Value[object]:
    """The template in a file, rendered with variables of which some may be unknown."""
    from onetake.frontends.terraform.syntax.nodes import SyntaxProblem

    match arguments:
        case [Known(str() as path), Known(Mapping() as variables)]:
            pass
        case _:
            return gap(node, "the template is not known", where, scope)
    try:
        template = scope.module.program.template(path)
    except (OSError, UnicodeDecodeError) as error:
        return gap(node, f"{path} cannot be read: {type(error).__name__}", where, scope)
    except SyntaxProblem as error:
        raise Failure(f"{path}: {error.problem.summary}") from error
    inside = Scope(scope.module, variables, None, scope.depth + 1, f"{scope.label}/{where.file}{where.path}")
    try:
        return placed(evaluate(template, inside, where), where)
    except Failure as failure:
        # Its place lies in the template, which is not shown.
        raise Failure(f"{path}: {failure}") from failure


def _try(node: Call, scope: Scope, where: Span) -> Value[object]:
    for argument in node.arguments:
        try:
            return evaluate(argument, scope, where)
        except Failure:
            continue
    raise Failure("no expression succeeded")


def _can(node: Call, scope: Scope, where: Span) -> Value[object]:
    try:
        found = evaluate(node.arguments[0], scope, where)
    except Failure:
        return Known(False, where)
    return gap(node, found.why, where, scope) if isinstance(found, Unknown) else Known(True, where)


def _jsonencode(arguments: Arguments, where: Span) -> Value[object] | None:
    return encoded(arguments[0], where) if len(arguments) == 1 else None


def encoded(value: Value[object], where: Span) -> Value[object]:
    """JSON; with its unknown pieces left open, and the value it is made of kept beside it."""
    try:
        plain = lower(value)
    except LookupError as error:
        pieces: list[Part] = []
        _write(value, pieces, [NODES])
        return Unknown(str(error), where, tuple(_merged(pieces)), document=value)
    # Go's encoder escapes what could end a script element.
    text = json.dumps(_sorted(plain), separators=(",", ":"), ensure_ascii=False)
    return Known(_escaped(text), where)


def _sorted(data: object) -> object:
    match data:
        case dict():
            return {name: _sorted(data[name]) for name in sorted(data)}
        case list():
            return [_sorted(item) for item in data]
        case None | str() | bool() | int() | float():
            return data
        case _:
            return [_sorted(item) for item in data]  # type: ignore[attr-defined]


def _escaped(text: str) -> str:
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _merged(pieces: list[Part]) -> list[Part]:
    merged: list[Part] = []
    for place in range(0, len(pieces), 100):
        join(merged, pieces[place : place + 100])
    return merged


def _write(  # noqa: C901 - one case for each kind of value
    value: Value[object], pieces: list[Part], left: list[int]
) -> None:
    left[0] -= 1
    if left[0] < 0:
        raise Failure("the value is too large")
    match value:
        case Known(Mapping() as fields):
            pieces.append("{")
            for number, name in enumerate(sorted(fields)):
                pieces.append(("," if number else "") + json.dumps(name, ensure_ascii=False) + ":")
                _write(fields[name], pieces, left)
            pieces.append("}")
        case Known(tuple() as items):
            pieces.append("[")
            for number, item in enumerate(items):
                if number:
                    pieces.append(",")
                _write(item, pieces, left)
            pieces.append("]")
        case Known(scalar):
            pieces.append(_escaped(json.dumps(scalar, ensure_ascii=False)))
        case Absent():
            pieces.append("null")
        case Unknown(_, _, inner) if inner and not all(isinstance(piece, Gap) for piece in inner):
            pieces.append('"')
            pieces.extend(_inner(piece) for piece in inner)
            pieces.append('"')
        case Unknown(why, _, inner):
            pieces.extend(inner or (Gap(why),))


def _inner(piece: Part) -> Part:
    return _escaped(json.dumps(piece, ensure_ascii=False)[1:-1]) if isinstance(piece, str) else piece


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
    pieces: list[Part] = []
    for number, item in enumerate(items):
        pieces += [between] if number and between else []
        pieces += parts(item)
    return _text(pieces, items, where)


def _text(pieces: list[Part], sources: Arguments, where: Span) -> Value[object]:
    why = next((source.why for source in sources if isinstance(source, Unknown)), "")
    merged = tuple(_merged(pieces))
    return Unknown(why, where, merged) if why else Known("".join(map(str, merged)), where)


def _format(arguments: Arguments, where: Span) -> Value[object] | None:
    """``format`` with unknown arguments for plain ``%s`` and ``%d``."""
    match arguments:
        case [Known(str() as spec), *rest] if any(isinstance(one, Unknown) for one in rest):
            pass
        case _:
            return None
    import re

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
        case [Known(tuple() as items), Known(index)] if items and str(index).lstrip("-").isdigit():
            return placed(items[int(str(index)) % len(items)], where)
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
        case [Known(tuple() as items), Known(int() as first), Known(int() as last)] if 0 <= first <= last <= len(items):
            return Known(tuple(items[first:last]), where)
        case [Unknown(_, _, (_,)) as unknown, Known(int() as first), Known(int() as last)] if 0 <= last - first < 100:
            # However long the list turns out to be, this many elements are taken, or Terraform refuses.
            return Known(tuple(_nth(unknown, index, where) for index in range(first, last)), where)
        case _:
            return None


def _concat(arguments: Arguments, where: Span) -> Value[object] | None:
    items: list[Value[object]] = []
    why = ""
    for argument in arguments:
        match argument:
            case Known(tuple() as members):
                items += members
            case Unknown(reason, _, _, members):
                why = reason
                items += members
            case _:
                return None
    return Unknown(why, where, members=tuple(items)) if why else Known(tuple(items), where)


def _merge(arguments: Arguments, where: Span) -> Value[object] | None:
    fields: dict[str, Value[object]] = {}
    for argument in arguments:
        match argument:
            case Known(Mapping() as more):
                fields.update(more)
            case Absent():
                continue
            case Unknown(why):
                return Unknown(why, where)
            case _:
                return None
    return Known(fields, where)


def _lookup(arguments: Arguments, where: Span) -> Value[object] | None:
    match arguments:
        case [Known(Mapping() as fields), Known(key), *rest]:
            found = fields.get(as_text(key))
            if found is not None:
                return placed(found, where)
            return placed(rest[0], where) if rest else None
        case _:
            return None


def _length(arguments: Arguments, where: Span) -> Value[object] | None:
    match arguments:
        case [Known(tuple() | Mapping() as members)]:
            return Known(len(members), where)
        case _:
            return None


def _as_list(arguments: Arguments, where: Span) -> Value[object] | None:
    match arguments:
        case [Known(tuple() as items)]:
            return Known(tuple(items), where)
        case _:
            return None


def _as_set(arguments: Arguments, where: Span) -> Value[object] | None:
    match arguments:
        case [Known(tuple() as items)]:
            return Known(unique(items), where)
        case _:
            return None


def _same(arguments: Arguments, where: Span) -> Value[object] | None:
    return placed(arguments[0], where) if len(arguments) == 1 else None


def _string(arguments: Arguments, where: Span) -> Value[object] | None:
    return _same(arguments, where) if arguments and isinstance(arguments[0], Unknown) else None


def _map(arguments: Arguments, where: Span) -> Value[object] | None:
    match arguments:
        case [Known(Mapping() as fields)]:
            return Known(fields, where)
        case _:
            return None


def _keys(arguments: Arguments, where: Span) -> Value[object] | None:
    match arguments:
        case [Known(Mapping() as fields)]:
            return Known(tuple(Known(name, where) for name in sorted(fields)), where)
        case _:
            return None


def _values(arguments: Arguments, where: Span) -> Value[object] | None:
    match arguments:
        case [Known(Mapping() as fields)]:
            return Known(tuple(fields[name] for name in sorted(fields)), where)
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
            case Unknown(_, _, pieces) if pieces:
                # A single reference or text is most likely a scalar; a whole unknown list hides how many there are.
                found.append(value)
                return True
            case _:
                return False

    if len(arguments) != 1 or not isinstance(arguments[0], Known) or not add(arguments[0], 0):
        return None
    return Known(tuple(found), where)


def _coalesce(arguments: Arguments, where: Span) -> Value[object] | None:
    for argument in arguments:
        match argument:
            case Absent() | Known(""):
                continue
            case Known():
                return placed(argument, where)
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


_PARTLY: dict[str, Callable[[Arguments, Span], Value[object] | None]] = {
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
    "tostring": _string,
    "sensitive": _same,
    "nonsensitive": _same,
    "keys": _keys,
    "values": _values,
    "flatten": _flatten,
    "coalesce": _coalesce,
    "one": _one,
}
