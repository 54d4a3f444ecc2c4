"""The generic engine: an operation by its name, its model and a hint."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from onetake.emulator.moto_extension.calls import Call, not_found
from onetake.emulator.moto_extension.generic.hints import NOTHING, Hint, plain
from onetake.emulator.moto_extension.generic.nouns import Verb, parsed
from onetake.emulator.moto_extension.generic.shaping import Record, output, tagged
from onetake.emulator.moto_extension.generic.store import Store, tags_in, tags_of

_PAGES = frozenset(
    {
        "maxresults", "nexttoken", "maxitems", "marker", "limit", "clienttoken", "maxrecords", "pagesize",
        "startingtoken", "nextmarker", "clientrequesttoken", "idempotencytoken", "dryrun", "ifmatch",
        "creatorrequestid",
    }
)  # fmt: skip
"""Parameters that do not name a thing."""
_NAMES = re.compile(r"(arn|id|name|identifier|type|key)s?$")


def answer(call: Call, store: Store, hints: Mapping[str, Hint]) -> Mapping[str, Any] | None:
    """The result of a call; ``None`` where name, model and state do not tell it.

    Kinds of which nothing was ever made, and nothing is hinted, may live in moto: what is not known is not denied.

    Raises:
        AwsError: there is no such thing.
    """
    found = parsed(call.name)
    if found is None:
        return None
    verb, noun = found
    hint = hints.get(noun, NOTHING)
    if verb in {Verb.READ, Verb.REMOVE} and noun not in hints and not store.knows(call, noun):
        return None
    with store.lock:
        try:
            return _answered(call, store, verb, noun, hint)
        except LookupError:
            return None


def _answered(call: Call, store: Store, verb: Verb, noun: str, hint: Hint) -> Mapping[str, Any] | None:
    match verb:
        case Verb.TAGS:
            return _tags(call, store)
        case Verb.TAG | Verb.UNTAG:
            return _tag(call, store)
        case Verb.MAKE:
            return _output(call, store.make(call, noun, hint))
        case Verb.SET | Verb.CHANGE:
            return _change(call, store, noun, hint)
        case Verb.READ:
            return _read(call, store, noun)
        case Verb.REMOVE:
            return _remove(call, store, noun)
        case Verb.CHECK:
            return None


def noun(operation: str) -> str:
    """The kind of thing that an operation is about; empty where its name does not tell."""
    found = parsed(operation)
    return found[1] if found else ""


def _output(call: Call, one: Record | None) -> dict[str, Any]:
    shape = call.operation.output_shape
    if shape is None or one is None:
        return {}
    return output(shape, one)


def _change(call: Call, store: Store, noun: str, hint: Hint) -> dict[str, Any]:
    found = _family(call, store, noun)
    identity = {name: value for name, value in call.parameters.items() if isinstance(value, str) and _names(name)}
    if hint.key:
        identity = {name: value for name, value in call.parameters.items() if name in hint.key}
    mine = found if hint.once else [one for one in found if matches(one, identity)]
    if not mine:
        return _output(call, store.make(call, noun, hint))
    one = mine[0]
    for name, value in call.parameters.items():
        one.values[plain(name)] = value
        if isinstance(value, Mapping):
            one.values |= {plain(inner): given for inner, given in value.items()}
    given = tags_in(call.parameters)
    if given:
        one.tags.update(given)
    return _output(call, one)


def _names(name: str) -> bool:
    return bool(_NAMES.search(plain(name)))


def _family(call: Call, store: Store, noun: str) -> list[Record]:
    """The records that an operation on ``noun`` is about: ``GetAnalyzer`` and ``ListAnalyzers`` are of one kind."""
    mine = store.records(call, noun)
    if mine or store.made(call, noun):
        return mine
    key = plain(noun)
    for other in sorted(store.nouns(call), key=len, reverse=True):
        if key and (key.startswith(plain(other)) or plain(other).startswith(key)):
            return store.records(call, other)
    return mine


def _read(call: Call, store: Store, noun: str) -> dict[str, Any]:
    found = _family(call, store, noun)
    mine = [one for one in found if matches(one, call.parameters)]
    shape = call.operation.output_shape
    listed = _list(shape, noun, call.name) if shape is not None else None
    if listed is not None:
        name, member = listed
        return {name: [_listed(member, one) for one in mine]}
    if not mine:
        raise not_found(call.operation, f"there is no {noun} {_told(call)}".rstrip())
    return _output(call, mine[0])


def _listed(member: Any, one: Record) -> Any:
    if member.type_name == "structure":
        return output(member, one, 1)
    return one.arn


def _told(call: Call) -> str:
    return ", ".join(str(value) for value in call.parameters.values() if isinstance(value, str))


def _list(shape: Any, noun: str, operation: str) -> tuple[str, Any] | None:
    """The member in which an operation lists what it found; ``None`` when it tells of one thing."""
    lists = [(name, one) for name, one in shape.members.items() if one.type_name == "list"]
    if not lists:
        return None
    if any(plain(name) == plain(noun) and one.type_name == "structure" for name, one in shape.members.items()):
        return None
    one_thing = operation.endswith(noun) and not operation.startswith(("List", "Search", "Batch"))
    pages = {"nexttoken", "nextmarker", "marker", "nextpagetoken"}
    alone = [name for name in shape.members if plain(name) not in pages]
    if len(alone) > 1 and (one_thing or operation.startswith("Get")):
        return None
    beginning = plain(noun)[:5]
    name, one = next(((name, one) for name, one in lists if beginning in plain(name)), lists[0])
    return name, one.member


def matches(one: Record, parameters: Mapping[str, Any]) -> bool:
    """Whether a record is what the parameters ask for: everything they name that it has, it has the same."""
    for name, value in parameters.items():
        key = plain(name)
        if key in _PAGES or value in (None, ""):
            continue
        if isinstance(value, list):
            if value and _names(name) and not any(_is(one, key.removesuffix("s"), item) for item in value):
                return False
        elif isinstance(value, str | int) and not isinstance(value, bool) and not _is(one, key, value):
            return False
    return True


def _is(one: Record, key: str, value: Any) -> bool:
    if value in (one.id, one.arn):
        return True
    noun = plain(one.noun)
    for candidate in (key, key.removeprefix(noun), noun + key):
        if candidate and candidate in one.values:
            return bool(one.values[candidate] == value)
    if not _NAMES.search(key):
        return True
    return any(value == own for own in one.values.values() if isinstance(own, str))


def _remove(call: Call, store: Store, noun: str) -> dict[str, Any]:
    found = _family(call, store, noun)
    mine = next((one for one in found if matches(one, call.parameters)), None)
    if mine is None:
        raise not_found(call.operation, f"there is no {noun} {_told(call)}".rstrip())
    found.remove(mine)
    store.tags.pop(mine.arn, None)
    return _output(call, mine)


def _resource(call: Call) -> str:
    given = [value for name, value in call.parameters.items() if isinstance(value, str) and plain(name) not in _PAGES]
    arns = [value for value in given if value.startswith("arn:")]
    return (arns or given or [""])[0]


def _tags(call: Call, store: Store) -> dict[str, Any]:
    shape = call.operation.output_shape
    tags = store.tags.get(_resource(call), {})
    for name, member in shape.members.items() if shape is not None else ():
        written = tagged(member, tags)
        if written is None and member.type_name == "structure":
            inner = {key: tagged(one, tags) for key, one in member.members.items()}
            written = {key: one for key, one in inner.items() if one is not None} or None
        if written is not None:
            return {name: written}
    return {}


def _tag(call: Call, store: Store) -> dict[str, Any]:
    tags = store.tags.setdefault(_resource(call), {})
    for value in call.parameters.values():
        if isinstance(value, Mapping) or (isinstance(value, list) and value and isinstance(value[0], Mapping)):
            tags.update(tags_of(value))
        elif isinstance(value, list):
            for name in value:
                tags.pop(str(name), None)
    return {}
