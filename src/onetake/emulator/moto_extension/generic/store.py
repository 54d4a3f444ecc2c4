"""What was made through the generic engine: records by account, region, service and noun; tags by ARN."""

from __future__ import annotations

import datetime
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from onetake.emulator.moto_extension.calls import Call
from onetake.emulator.moto_extension.generic.hints import Hint, filled, plain
from onetake.emulator.moto_extension.generic.shaping import Record

Place = tuple[str, str, str]


class Store:
    """The state of an account beyond what moto keeps.

    Attributes:
        lock: held while a call is answered from it.
        tags: by ARN, of everything that was made with tags, by moto too.
        kept: room for operations of our own: tables by region, service and name.
    """

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.tags: dict[str, dict[str, str]] = {}
        self._records: dict[Place, list[Record]] = {}
        self._made: set[tuple[str, str]] = set()
        self._kept: dict[Place, dict[str, Any]] = {}

    def clear(self) -> None:
        """Empty the account."""
        self.tags.clear()
        self._records.clear()
        self._made.clear()
        self._kept.clear()

    def table(self, call: Call, name: str, region: str = "") -> dict[str, Any]:
        """A table of our own for the region of a call, or another one."""
        return self._kept.setdefault((region or call.region, call.service, name), {})

    def records(self, call: Call, noun: str) -> list[Record]:
        """The records of a kind in the region of a call."""
        return self._records.setdefault((call.region, call.service, noun), [])

    def knows(self, call: Call, noun: str) -> bool:
        """Whether a thing of this kind was ever made in this account, in any region."""
        return any(
            service == call.service and (plain(noun).startswith(plain(made)) or plain(made).startswith(plain(noun)))
            for service, made in self._made
        )

    def forget(self, call: Call, noun: str, identity: str) -> None:
        """Take a record away that something of our own stands for."""
        found = self.records(call, noun)
        found[:] = [one for one in found if one.id != identity]

    def made(self, call: Call, noun: str) -> bool:
        """Whether a thing of exactly this kind was ever made in this account."""
        return (call.service, noun) in self._made

    def nouns(self, call: Call) -> list[str]:
        """The kinds of which there are any."""
        here = (call.region, call.service)
        return [place[2] for place, found in self._records.items() if place[:2] == here and found]

    def everything(self) -> Iterator[tuple[Place, list[Record]]]:
        """All records: region, service and noun, with what there is of it."""
        with self.lock:
            yield from [(place, [*found]) for place, found in self._records.items()]

    def tables(self) -> Iterator[tuple[Place, dict[str, Any]]]:
        """All tables of our own: region, service and name, with what is in them."""
        with self.lock:
            yield from [(place, dict(table)) for place, table in self._kept.items()]

    def make(self, call: Call, noun: str, hint: Hint) -> Record:
        """A new record of what ``call`` gives."""
        given = {plain(name): value for name, value in call.parameters.items()}
        names: dict[str, Any] = {**call.parameters, "region": call.region, "account": call.account}
        for value in call.parameters.values():
            if isinstance(value, Mapping):
                # One structure often holds it all: ``CachePolicyConfig``.
                for name, inner in value.items():
                    given.setdefault(plain(name), inner)
                    names.setdefault(name, inner)
        identity = filled(hint.id, names) if hint.id else str(uuid.uuid4())
        names["id"] = identity
        arn = filled(hint.arn, names) if hint.arn else _arn(call, noun, identity)
        for name, value in hint.values.items():
            given.setdefault(plain(name), filled(value, names) if isinstance(value, str) else value)
        now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
        made = Record(noun, given, identity, arn, now, call.region, call.account)
        made.tags = tags_in(call.parameters)
        if made.tags:
            self.tags[arn] = made.tags
        self.records(call, noun).append(made)
        self._made.add((call.service, noun))
        return made


def _arn(call: Call, noun: str, identity: str) -> str:
    kind = "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in noun).lstrip("-")
    name = call.operation.service_model.signing_name
    return f"arn:aws:{name}:{call.region}:{call.account}:{kind}/{identity}"


_ON_WHAT = ("", "resource", "backupplan", "backupvault", "framework", "reportplan", "tieringconfiguration", "userpool")
"""What some services name the parameter by: ``ReportPlanTags``."""
_TAGS = frozenset({*(f"{one}tags" for one in _ON_WHAT), "identitypooltags", "flowtags", "taglist", "tagstoadd"})


def tags_in(parameters: Mapping[str, Any]) -> dict[str, str]:
    """The tags that a call gives, in whatever form its service has for them."""
    for name, value in parameters.items():
        if plain(name) in _TAGS:
            return tags_of(value)
    return {}


def tags_of(value: Any) -> dict[str, str]:
    """Tags as names and texts."""
    if isinstance(value, Mapping):
        inner = value.get("Items")
        return tags_of(inner) if isinstance(inner, list) else {str(name): str(text) for name, text in value.items()}
    found: dict[str, str] = {}
    for one in value if isinstance(value, list) else ():
        if isinstance(one, Mapping):
            parts = {plain(name): text for name, text in one.items()}
            name = parts.get("key") or parts.get("tagkey")
            if name is not None:
                found[str(name)] = str(parts.get("value") or parts.get("tagvalue") or "")
    return found


Operation = Callable[[Call, Store], Mapping[str, Any] | None]
"""An operation of our own: its result, or ``None`` to let moto answer; raises ``AwsError`` to refuse."""
