"""What there is in the emulated account: everything that an empty account does not have.

moto keeps what it makes in tables of its back ends, one back end a service and region. Each is compared with a new one
of the same class, so that what every account has (a default network, the policies that AWS manages) does not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from onetake.model.records import record

if TYPE_CHECKING:
    from onetake.emulator.moto_extension.generic.store import Store

DEPTH = 2
"""How far things inside things are looked at: rules on a bus that every account has."""


@record
class Item:
    """A thing that stands in the account."""

    service: str
    """``kms``."""
    region: str
    """Empty for services that have none."""
    kind: str
    """How the emulator calls the table that it lies in: ``keys``."""
    name: str
    """Its key in there: a name, an id or an ARN."""

    def __str__(self) -> str:
        return f"{self.service} {self.kind} {self.name}{f' in {self.region}' if self.region else ''}"


def taken(store: Store) -> tuple[Item, ...]:
    """Everything that there is, by service, region, kind and name.

    Args:
        store: what the layer before moto keeps.
    """
    return tuple(sorted({*_of_moto(), *_of_store(store)}, key=str))


def _of_moto() -> Iterator[Item]:
    from moto.core.base_backend import BackendDict

    for service in [*BackendDict._instances]:  # noqa: SLF001 - the services in use, which moto tells in no other way
        for _account, region, backend in [*service.iter_backends()]:
            new = type(backend)(backend.region_name, backend.account_id)
            for kind, name in _more(backend, new, 0):
                if (service.service_name, kind) not in _RECORDS:
                    yield Item(service.service_name, "" if region == "aws" else region, kind, name)


def _of_store(store: Store) -> Iterator[Item]:
    from onetake.emulator.moto_extension import services

    for (region, service, noun), records in store.everything():
        for one in records:
            if (service, noun) not in _RECORDS:
                yield Item(service, region, noun, one.arn or one.id)
    for (region, service, table), held in store.tables():
        if table in services.of(service).things:
            yield from (Item(service, region, table, name) for name, one in held.items() if one)


def _more(thing: Any, empty: Any, depth: int) -> Iterator[tuple[str, str]]:
    """What tables of ``thing`` hold that those of ``empty`` do not: the table and the key."""
    for kind, table in vars(thing).items():
        if not _table(table):
            continue
        usual = getattr(empty, kind, None)
        known = dict(_entries(usual or {}))
        held = dict(_entries(table))
        strange = [
            name for name in held if name not in known and not _gone(held[name]) and not _of_aws(name, held[name])
        ]
        # What every account has often has a name that differs from one account to the next.
        strange.sort(key=lambda name: not _usual(held[name]))
        ours = strange[len(known.keys() - held.keys()) :]
        yield from ((kind, name) for name in ours)
        if depth < DEPTH:
            for name in held.keys() & known.keys():
                if _model(held[name]) and type(held[name]) is type(known[name]):
                    yield from (
                        (f"{kind}.{name}.{inner}", key) for inner, key in _more(held[name], known[name], depth + 1)
                    )


def _table(value: Any) -> bool:
    # RDS keeps what it has in mappings that are no dictionaries: their keys are the same in every case.
    return isinstance(value, Mapping | list)


def _entries(table: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(table, Mapping):
        for name, value in table.items():
            if _model(value):
                yield str(name), value
            elif isinstance(value, Mapping):
                yield from ((f"{name}/{inner}", one) for inner, one in value.items() if _model(one))
            elif isinstance(value, list):
                yield from ((f"{name}/{place}", one) for place, one in enumerate(value) if _model(one))
        return
    for place, value in enumerate(table if isinstance(table, list) else ()):
        if _model(value):
            yield str(getattr(value, "arn", "") or getattr(value, "name", "") or place), value


def _model(value: Any) -> bool:
    return type(value).__module__.startswith("moto.") and hasattr(value, "__dict__")


def _usual(value: Any) -> bool:
    """Whether a thing says that every account has it."""
    return any(str(getattr(value, name, "")).lower() == "true" for name in ("is_default", "default_for_az", "default"))


def _of_aws(name: str, value: Any) -> bool:
    """Whether AWS makes a thing by itself: its own keys and parameters, for services that are told no others."""
    if name.startswith("default."):  # ``default.aurora-postgresql16``; names of parameter groups have no dots otherwise
        return True
    aliases = getattr(value, "aliases", None)
    return isinstance(aliases, dict) and any(str(name).startswith("alias/aws/") for name in aliases)


def _gone(value: Any) -> bool:
    """Whether a thing is deleted as far as its owner can delete it: it stays to be seen, or restored, for some time."""
    if any(getattr(value, name, None) for name in ("deleted_date", "deletion_date")):
        return True
    instances = getattr(value, "instances", None) or [getattr(value, "instance", None)]
    if isinstance(instances, list) and all(_ended(getattr(one, "_state", None), "name") for one in instances):
        return True
    return any(_ended(value, name) for name in ("state", "status"))


def _ended(value: Any, name: str) -> bool:
    return str(getattr(value, name, "")).lower() in _ENDED


_ENDED = frozenset({"deleted", "terminated", "inactive"})
_RECORDS = frozenset(
    {
        ("inspector2", "account_status"),
        ("rds", "events"),
        ("route53resolver", "FirewallConfig"),
        ("route53resolver", "resolver_dnssec_configs"),
    }
)
"""Tables that keep what happened once (what was switched on, and is off), and settings that every VPC has."""
