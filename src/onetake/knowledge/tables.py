"""Dated tables of facts: small JSON files, each with its sources and the date of its knowledge."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from onetake.model.records import record

DATA = Path(__file__).parent / "data"


@record
class Table:
    """One file of facts."""

    name: str
    fact: str
    """What it tells, in one line."""
    as_of: datetime.date
    """The day to which it is known to be right; what came later is not in it."""
    complete: bool
    """Whether a value that is not in it did not exist on that day."""
    sources: tuple[str, ...]
    values: Mapping[str, Any]


@cache
def table(name: str) -> Table:
    """The table called ``name``.

    Raises:
        FileNotFoundError: there is no such table.
    """
    body = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    as_of = datetime.date.fromisoformat(body["as_of"])
    return Table(name, body["fact"], as_of, body["complete"], tuple(body["sources"]), body["values"])


def tables() -> tuple[Table, ...]:
    """Every table that is shipped."""
    return tuple(table(file.stem) for file in sorted(DATA.glob("*.json")))


@cache
def newest() -> datetime.date | None:
    """The newest day to which any of the shipped facts is known to be right; reads only the tables' heads."""
    import re

    days = []
    for file in sorted(DATA.glob("*.json")):
        with file.open(encoding="utf-8") as text:
            day = re.search(r'"as_of": *"(\d{4}-\d\d-\d\d)"', text.read(4096))
        if day:
            days.append(datetime.date.fromisoformat(day[1]))
    return max(days, default=None)
