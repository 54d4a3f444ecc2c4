"""Does this version, runtime or class exist on that date? Answers from dated tables.

A table knows what was announced until its own date. Dates that AWS announced ahead (end of support) may lie
after it and are believed; a *value* that is not in a complete table is only refused when the question is about
a day that the table covers, since something newer may have come.
"""

from __future__ import annotations

import datetime
from enum import Enum
from typing import cast

from onetake.knowledge.tables import Table, table
from onetake.model.language import Truth
from onetake.model.records import record


class Phase(Enum):
    """Where a version stands in its life on a given day."""

    NOT_YET = "not offered yet"
    SUPPORTED = "supported"
    DEPRECATED = "deprecated"
    """Still works; past standard support."""
    NO_CREATE = "refused for new resources"
    NO_UPDATE = "refused for updates too"
    NEVER = "never offered"
    UNLISTED = "not in the table"


@record
class Status:
    """What a catalogue says of one value on one day."""

    phase: Phase
    since: datetime.date | None
    """The day on which this phase began, where known."""
    successor: str
    """What to use instead; empty when the table does not say."""
    table: Table

    @property
    def creatable(self) -> Truth:
        """Can a new resource with it be made?"""
        if self.phase in (Phase.NO_CREATE, Phase.NO_UPDATE, Phase.NOT_YET, Phase.NEVER):
            return Truth.NO
        return Truth.UNKNOWN if self.phase is Phase.UNLISTED else Truth.YES

    @property
    def as_known(self) -> str:
        """How to say what the verdict rests on: ``as known on 2026-02-14``."""
        return f"as known on {self.table.as_of.isoformat()}"


def lambda_runtime(name: str, day: datetime.date) -> Status:
    """Where the Lambda runtime ``name`` stands on ``day``."""
    return _status("lambda_runtimes", name, day, ("deprecated", "create_blocked", "update_blocked"))


def eks_version(version: str, day: datetime.date) -> Status:
    """Where Kubernetes ``version`` (``1.31``) stands on EKS on ``day``.

    After extended support no new cluster can be made, and clusters that are left are upgraded.
    """
    return _status("eks_versions", version, day, ("standard_until", "extended_until", ""))


def current_eks_versions(day: datetime.date) -> tuple[str, ...]:
    """The versions in standard support on ``day``, newest first."""
    listed = table("eks_versions").values
    current = [version for version in listed if eks_version(version, day).phase is Phase.SUPPORTED]
    return tuple(sorted(current, key=lambda version: tuple(map(int, version.split("."))), reverse=True))


def _status(name: str, key: str, day: datetime.date, dates: tuple[str, str, str]) -> Status:
    facts = table(name)
    row = cast("dict[str, str | None] | None", facts.values.get(key))
    if row is None:
        return Status(Phase.UNLISTED, None, "", facts)
    successor = row.get("successor") or ""
    for phase, column in zip((Phase.NO_UPDATE, Phase.NO_CREATE, Phase.DEPRECATED), reversed(dates), strict=True):
        begins = _date(row.get(column))
        if begins is not None and day >= begins:
            return Status(phase, begins, successor, facts)
    offered = _date(row.get("offered"))
    if offered is not None and day < offered:
        return Status(Phase.NOT_YET, None, successor, facts)
    return Status(Phase.SUPPORTED, offered, successor, facts)


def _date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
