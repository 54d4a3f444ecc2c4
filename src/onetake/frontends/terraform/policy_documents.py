"""``aws_iam_policy_document``: a policy as blocks, read into the document that it renders."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from onetake.frontends.terraform.json_values import encoded
from onetake.frontends.terraform.values import as_text, lift
from onetake.model.records import replace
from onetake.model.values import Absent, Known, Reference, Span, Unknown, Value

Fields = Mapping[str, Value[object]]
_LISTS = {"actions": "Action", "not_actions": "NotAction", "resources": "Resource", "not_resources": "NotResource"}


def document(arguments: Fields, where: Span, here: Reference) -> Value[object]:
    """The rendered policy: text if all of it is known, else its pieces with the document beside them.

    Args:
        arguments: those of the data source.
        where: its block.
        here: the attribute that is asked for.
    """
    fields: dict[str, Value[object]] = {}
    version = arguments.get("version")
    fields["Version"] = version if version and not isinstance(version, Absent) else Known("2012-10-17", where)
    policy_id = arguments.get("policy_id")
    if policy_id is not None and not isinstance(policy_id, Absent):
        fields["Id"] = policy_id
    fields["Statement"] = _statements(arguments, where)
    # The provider puts out a pretty form that nobody depends on; both are given as the same compact text.
    rendered = encoded(Known(fields, where), where)
    match rendered:
        case Known(text):
            return Known(text, where, here)
        case Unknown():
            return replace(rendered, taken_from=here)
        case _:
            return rendered


def _statements(arguments: Fields, where: Span) -> Value[object]:
    own: list[Value[object]] = []
    why = ""
    for block in _blocks(arguments.get("statement")):
        match block:
            case Known(Mapping() as body, place):
                own.append(_statement(body, place))
            case Unknown(reason):
                why = why or reason
    sources, unread = _documents(arguments, ("source_json", "source_policy_documents"))
    overrides, unread_too = _documents(arguments, ("override_json", "override_policy_documents"))
    why = why or unread or unread_too
    merged = _merged([*sources, *own, *overrides])
    return Unknown(why, where, members=tuple(merged)) if why else Known(tuple(merged), where)


def _merged(statements: list[Value[object]]) -> list[Value[object]]:
    """Of statements with the same Sid the last one counts."""
    found: list[Value[object]] = []
    places: dict[object, int] = {}
    for statement in statements:
        sid = _sid(statement)
        if sid and sid in places:
            found[places[sid]] = statement
            continue
        if sid:
            places[sid] = len(found)
        found.append(statement)
    return found


def _sid(statement: Value[object]) -> object:
    match statement:
        case Known({"Sid": Known(str() as sid)}):
            return sid
        case _:
            return None


def _documents(arguments: Fields, names: tuple[str, ...]) -> tuple[list[Value[object]], str]:
    """The statements of other documents that are built in, and why some are not known."""
    found: list[Value[object]] = []
    why = ""
    for name in names:
        for text in _blocks(arguments.get(name)):
            match text:
                case Known(str() as source, where):
                    statements = _parsed(source, where)
                case Unknown(_, _, _, _, Known({"Statement": Known(tuple() as inside)})):
                    statements = list(inside)
                case Unknown(_, _, _, _, Known({"Statement": Unknown(reason, _, _, inside)})):
                    statements = list(inside)
                    why = why or reason
                case Unknown(reason):
                    statements = []
                    why = why or reason
                case _:
                    statements = []
            if statements is None:
                why = why or "a source document is no JSON"
            else:
                found += statements
    return found, why


def _parsed(text: str, where: Span) -> list[Value[object]] | None:
    if not text.strip():
        return []
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    statements = data.get("Statement", []) if isinstance(data, dict) else None
    if isinstance(statements, dict):
        statements = [statements]
    return [lift(item, where) for item in statements] if isinstance(statements, list) else None


def _blocks(value: Value[object] | None) -> Iterator[Value[object]]:
    """The blocks of a type, however many; an unknown rest comes last."""
    match value:
        case Known(tuple() as items):
            yield from items
        case Known():
            yield value
        case Unknown(_, _, _, members):
            yield from members
            yield replace(value, members=(), document=None)
        case _:
            return


def _statement(body: Fields, where: Span) -> Value[object]:
    found: dict[str, Value[object]] = {}
    sid = body.get("sid")
    if sid is not None and not isinstance(sid, Absent) and sid != Known("", sid.where):
        found["Sid"] = sid
    effect = body.get("effect")
    found["Effect"] = effect if effect and not isinstance(effect, Absent) else Known("Allow", where)
    for name, key in _LISTS.items():
        written = _listed(body.get(name))
        if written is not None:
            found[key] = written
    for name, key in (("principals", "Principal"), ("not_principals", "NotPrincipal")):
        principal = _principal(body.get(name), where)
        if principal is not None:
            found[key] = principal
    condition = _condition(body.get("condition"), where)
    if condition is not None:
        found["Condition"] = condition
    return Known(found, where)


def _listed(value: Value[object] | None) -> Value[object] | None:
    """A list as policies have it: the element itself when there is one; the data source's ``&{}`` is IAM's ``${}``."""
    match value:
        case Known(tuple() as items, where):
            read = [_unescaped(item) for item in items]
            return _one_or_all(read, where) if read else None
        case Known():
            return _unescaped(value)
        case Unknown():
            return value
        case _:
            return None


def _unescaped(value: Value[object]) -> Value[object]:
    match value:
        case Known(str() as text, where, origin):
            return Known(text.replace("&{", "${"), where, origin)
        case Known(scalar, where, origin) if not isinstance(scalar, (tuple, Mapping)):
            return Known(as_text(scalar), where, origin)
        case Unknown(_, _, parts):
            pieces = tuple(part.replace("&{", "${") if isinstance(part, str) else part for part in parts)
            return replace(value, parts=pieces)
        case _:
            return value


def _principal(value: Value[object] | None, where: Span) -> Value[object] | None:
    kinds: dict[str, list[Value[object]]] = {}
    for block in _blocks(value):
        match block:
            case Known({"type": Known(str() as kind), "identifiers": Known(tuple() as identifiers)}):
                kinds.setdefault(kind, []).extend(_unescaped(item) for item in identifiers)
            case Known({"type": Known(str() as kind), "identifiers": Known() as identifier}):
                kinds.setdefault(kind, []).append(_unescaped(identifier))
            case Known({"type": Known(str() as kind), "identifiers": Unknown() as unknown}):
                kinds.setdefault(kind, []).append(unknown)
            case Known() | Unknown():
                return Unknown("a principal is not known", where)
    if not kinds:
        return None
    if list(kinds) == ["*"]:
        return Known("*", where)
    return Known({kind: _one_or_all(items, where) for kind, items in kinds.items()}, where)


def _one_or_all(items: list[Value[object]], where: Span) -> Value[object]:
    return items[0] if len(items) == 1 else Known(tuple(items), where)


def _condition(value: Value[object] | None, where: Span) -> Value[object] | None:
    tests: dict[str, dict[str, list[Value[object]]]] = {}
    for block in _blocks(value):
        match block:
            case Known({"test": Known(str() as test), "variable": Known(str() as variable), "values": values}):
                listed = values.value if isinstance(values, Known) and isinstance(values.value, tuple) else (values,)
                tests.setdefault(test, {}).setdefault(variable, []).extend(_unescaped(item) for item in listed)
            case Known() | Unknown():
                return Unknown("a condition is not known", where)
    if not tests:
        return None
    return Known(
        {
            test: Known({name: _one_or_all(items, where) for name, items in variables.items()}, where)
            for test, variables in tests.items()
        },
        where,
    )
