"""From what the engine said to what became of each resource."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from onetake.emulator import gaps
from onetake.emulator.events import Ledger
from onetake.emulator.results import Fate, ResourceOutcome
from onetake.model.records import field, record
from onetake.model.resources import Mode
from onetake.model.stacks import Stack


@record(frozen=False)
class Told:
    """The ledgers of the steps that were run; empty ones for the others."""

    plan: Ledger = field(default_factory=Ledger)
    apply: Ledger = field(default_factory=Ledger)
    second: Ledger = field(default_factory=Ledger)
    destroy: Ledger = field(default_factory=Ledger)
    applied: bool = False
    changes: Mapping[str, Any] = field(default_factory=dict)
    """What the second plan wants to change, by address: the ``change`` of ``terraform show -json``."""
    rules: Mapping[str, str] = field(default_factory=dict)
    """Which rule of onetake refused a resource, by declaration."""

    def changed_again(self) -> dict[str, str]:
        """The actions of the second plan on what the apply created."""
        return {
            address: action
            for address, action in self.second.planned.items()
            if action not in {"noop", "read", "no-op"} and address in self.apply.finished
        }


def resources(told: Told, stack: Stack) -> tuple[ResourceOutcome, ...]:
    """What became of each resource: those that were begun in that order, then the rest."""
    planned = [address for address, action in told.plan.planned.items() if action not in {"read", "noop"}]
    errors = _errors(told)
    order = [*told.apply.started, *planned]
    if not told.plan.planned:
        # The plan was refused: only the program tells what there would have been.
        order += [one.address for one in stack.resources.values() if one.mode is Mode.MANAGED]
    order += errors
    return tuple(_outcome(address, told, stack, errors) for address in dict.fromkeys(order) if address)


def _errors(told: Told) -> dict[str, str]:
    """The first error of each resource while it was planned or created."""
    found: dict[str, str] = {}
    for ledger in (told.plan, told.apply):
        for error in ledger.errors:
            if error.address:
                found.setdefault(error.address, error.message)
    return found


def _outcome(address: str, told: Told, stack: Stack, errors: Mapping[str, str]) -> ResourceOutcome:
    apply = told.apply
    seconds = apply.finished.get(address, apply.errored.get(address, 0.0))
    fate, message, gap = Fate.NOT_REACHED, "", ""
    again = told.changed_again().get(address, "")
    changes: tuple[str, ...] = ()
    if address in errors:
        message = errors[address]
        gap = "" if _ruled(address, told) else gaps.gap(message)
        fate = Fate.NOT_REHEARSED if gap else Fate.REFUSED
    elif address in apply.unfinished:
        fate, gap = Fate.NOT_REHEARSED, "the emulator did not get it ready in time"
    elif address in apply.finished:
        fate, message, gap = _afterwards(address, told)
        if fate is Fate.CREATED and again:
            fate, changes = Fate.UNSETTLED, tuple(_changed(told.changes.get(address, {})))
    return ResourceOutcome(
        address=address,
        type=_type(address, told, stack),
        fate=fate,
        seconds=seconds,
        destroy_seconds=told.destroy.finished.get(address, 0.0),
        message="" if gap else message,
        rule=_ruled(address, told) if fate in {Fate.REFUSED, Fate.NOT_DESTROYED} else "",
        gap=gap,
        changes=changes,
        replaced=again == "replace",
    )


def _ruled(address: str, told: Told) -> str:
    """The rule of onetake that refused a resource, or the declaration that it is an instance of."""
    return told.rules.get(address) or told.rules.get(address.partition("[")[0], "")


def _afterwards(address: str, told: Told) -> tuple[Fate, str, str]:
    """What became of a created resource when it was read again and destroyed."""
    read = next((error.message for error in told.second.errors if error.address == address), "")
    if read and gaps.gap(read):
        return Fate.NOT_REHEARSED, read, gaps.gap(read)
    message = _undestroyed(address, told.destroy)
    if message:
        gap = "" if _ruled(address, told) else gaps.gap(message)
        return (Fate.NOT_REHEARSED if gap else Fate.NOT_DESTROYED), message, gap
    if address in told.destroy.unfinished:
        return Fate.NOT_REHEARSED, "", "the emulator did not delete it in time"
    return Fate.CREATED, "", ""


def _undestroyed(address: str, destroy: Ledger) -> str:
    """Why a resource was not destroyed: errors of a destroy mostly do not say whose they are, but tell its id."""
    own = next((error.message for error in destroy.errors if error.address == address), "")
    if own or address not in destroy.errored:
        return own
    loose = [error.message for error in destroy.errors if not error.address]
    identity = destroy.identities.get(address, "")
    named = [message for message in loose if identity and identity in message]
    return (named or loose or ["its deletion failed"])[0]


def _changed(change: Mapping[str, Any]) -> Iterator[str]:
    """The arguments that differ between what is and what is planned."""
    before, after = change.get("before") or {}, change.get("after") or {}
    unknown = change.get("after_unknown") or {}
    for name in sorted({*before, *after, *unknown}):
        if unknown.get(name) or before.get(name) != after.get(name):
            yield name


def _type(address: str, told: Told, stack: Stack) -> str:
    known = told.apply.types.get(address) or told.plan.types.get(address)
    if known:
        return known
    resource = stack.at(address)
    return resource.type if resource else ""
