"""Everything that is known here, as a list: packs and dated tables, with their sources, dates, counts and licences."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from onetake.knowledge import shelf, tables
from onetake.knowledge.pack import DamagedPack, opened
from onetake.model.records import record


@record
class Holding:
    """One pack or table."""

    name: str
    kind: str
    """``pack`` or ``table``."""
    fact: str
    """What it tells, in one line."""
    of: str
    """The version it is about, or the day to which it is right."""
    size: int
    """In bytes."""
    counts: Mapping[str, int]
    sources: tuple[Mapping[str, Any], ...]
    """``name``, and for packs ``version``, ``licence``, ``sha256``."""
    own: bool = False
    """Whether the user built it."""
    damage: str = ""
    """Why it cannot be read, if it cannot."""


def holdings() -> tuple[Holding, ...]:
    """Everything that is known here, sorted by kind and name."""
    packs = tuple(_pack(name, file) for name, file in shelf.files().items())
    return (*packs, *(_table(one) for one in tables.tables()))


def _pack(name: str, file: Path) -> Holding:
    size, own = file.stat().st_size, file.parent != shelf.SHIPPED
    try:
        meta = opened(file).meta
    except DamagedPack as damage:
        return Holding(name, "pack", "", "", size, {}, (), own, str(damage))
    version = f"{meta['provider']} {meta['version']}" if "provider" in meta else str(meta.get("as_of", ""))
    if "editions" in meta:
        version = ", ".join(f"{one['distribution']} {one['version']}" for one in meta["editions"])
    return Holding(
        name, "pack", meta.get("fact", ""), version, size, meta.get("counts", {}), tuple(meta.get("sources", ())), own
    )


def _table(one: tables.Table) -> Holding:
    sources = tuple({"name": source} for source in one.sources)
    size = (tables.DATA / f"{one.name}.json").stat().st_size
    return Holding(one.name, "table", one.fact, one.as_of.isoformat(), size, {"values": len(one.values)}, sources)
