"""Packs for a version of the provider that is on the user's machine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from onetake.knowledge import shelf
from onetake.knowledge.pack import Pack
from onetake.knowledge.packing import write
from onetake.knowledge.terraform import SCHEMA
from onetake.knowledge.terraform.constraints import CONSTRAINTS, Reader
from onetake.knowledge.terraform.plan_facts import PLANS
from onetake.knowledge.terraform.schema import Kind
from onetake.model.records import record
from onetake.providers.client import Provider
from onetake.providers.mining import constraints, plans, schemas
from onetake.providers.mining.answers import probed
from onetake.providers.mining.keeping import Tell
from onetake.providers.mining.planning import planned
from onetake.providers.mining.shaping import Shapes


@record
class Built:
    """A pack that was written."""

    name: str
    path: Path
    size: int
    counts: dict[str, int]


def needed(version: str) -> bool:
    """Whether there is anything to build for ``version`` that is not shipped."""
    return not all(shelf.ships(name + version) for name in (SCHEMA, CONSTRAINTS, PLANS))


def build(binary: Path, version: str, *, tell: Tell, folder: Path | None = None) -> Iterator[Built]:
    """Ask the provider ``binary`` for everything, and write its packs to ``folder`` (the user's folder of packs).

    The schemas take seconds; constraints take a quarter of an hour, and go on where they were when they were stopped.

    Raises:
        ProviderFailure: it is no provider, or does not start.
        OSError: a file cannot be written.
    """
    place = folder or shelf.own()
    with Provider(binary) as provider:
        offered = provider.schema(version)
    source = {"name": binary.name, "version": version, "licence": "MPL-2.0", "sha256": _digest(binary)}
    yield _written(place, SCHEMA + version, schemas.draft(offered, source))
    answers = probed(binary, offered, place / f"answers-{version}", tell)
    with Shapes(binary, place / f"answers-{version}" / "shapes") as shapes:
        refused = _written(place, CONSTRAINTS + version, constraints.draft(offered, answers, source, shapes))
    yield refused
    found = planned(
        binary, offered, place / f"plans-{version}", partial(Reader(Pack(refused.path)).of, Kind.RESOURCE), tell
    )
    yield _written(place, PLANS + version, plans.draft(offered, found, source))


def _written(folder: Path, name: str, draft: tuple[dict[str, Any], dict[str, Any]]) -> Built:
    meta, frames = draft
    path = folder / f"{name}{shelf.SUFFIX}"
    size = write(path, {"name": name, **meta}, frames)
    return Built(name, path, size, meta["counts"])


def _digest(binary: Path) -> str:
    with binary.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
