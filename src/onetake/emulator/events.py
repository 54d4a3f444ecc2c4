"""What Terraform and OpenTofu say with ``-json``: one event a line."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import Any

from onetake.model.records import field, record


@record
class Event:
    """One line."""

    type: str
    """``apply_start``, ``apply_complete``, ``apply_errored``, ``planned_change``, ``diagnostic`` and others."""
    address: str = ""
    resource_type: str = ""
    action: str = ""
    """``create``, ``delete``, ``update``, ``replace``, ``read``, ``noop``."""
    identity: str = ""
    """The resource's id, where the engine tells it: in states and in messages of the provider."""
    at: float = 0.0
    """Seconds since the epoch, by the engine's clock."""
    severity: str = ""
    message: str = ""
    """Of a diagnostic: summary, and detail on lines of its own."""


def parse(line: str) -> Event | None:
    """The event that a line tells; ``None`` for what is none, such as the output of a crash."""
    try:
        raw = json.loads(line)
    except ValueError:
        return None
    if not isinstance(raw, dict) or not isinstance(raw.get("type"), str):
        return None
    body = _mapping(raw, "hook") or _mapping(raw, "change")
    resource = _mapping(body, "resource")
    diagnostic = _mapping(raw, "diagnostic")
    return Event(
        raw["type"],
        address=str(resource.get("addr") or diagnostic.get("address") or ""),
        resource_type=str(resource.get("resource_type") or ""),
        action=str(body.get("action") or ""),
        identity=str(body.get("id_value") or ""),
        at=_seconds(str(raw.get("@timestamp", ""))),
        severity=str(diagnostic.get("severity") or ""),
        message="\n".join(part for part in (diagnostic.get("summary"), diagnostic.get("detail")) if part),
    )


def _mapping(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = raw.get(name)
    return found if isinstance(found, Mapping) else {}


def _seconds(text: str) -> float:
    try:
        return datetime.datetime.fromisoformat(text).timestamp()
    except ValueError:
        return 0.0


@record(frozen=False)
class Ledger:
    """What the events of one command amount to."""

    started: dict[str, float] = field(default_factory=dict)
    """When work on a resource began, by address, in that order."""
    finished: dict[str, float] = field(default_factory=dict)
    """Seconds that it took, of those that succeeded."""
    errored: dict[str, float] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    identities: dict[str, str] = field(default_factory=dict)
    planned: dict[str, str] = field(default_factory=dict)
    """The planned action by address."""
    errors: list[Event] = field(default_factory=list)

    def take(self, event: Event) -> None:
        """Add an event."""
        if event.address and event.resource_type:
            self.types[event.address] = event.resource_type
        if event.address and event.identity:
            self.identities[event.address] = event.identity
        match event.type:
            case "apply_start":
                self.started[event.address] = event.at
            case "apply_complete":
                self.finished[event.address] = self._since(event)
            case "apply_errored":
                self.errored[event.address] = self._since(event)
            case "planned_change":
                self.planned[event.address] = event.action
            case "diagnostic" if event.severity == "error":
                self.errors.append(event)
            case _:
                pass

    def _since(self, event: Event) -> float:
        return max(0.0, event.at - self.started.get(event.address, event.at))

    @property
    def unfinished(self) -> tuple[str, ...]:
        """What was begun and neither succeeded nor failed: it hangs, or the engine was stopped."""
        return tuple(one for one in [*self.started] if one not in self.finished and one not in self.errored)
