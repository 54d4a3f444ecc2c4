"""The table of prices."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from onetake.model.records import record

HOURS: Final = 730
"""Of a month, as AWS counts it."""
REGION: Final = "us-east-1"


@record
class Price:
    """A list price in us-east-1.

    Attributes:
        name: in the table.
        usd: US dollars.
        per: of what.
        page: AWS's page of prices.
        seen: when it was seen.
        at: where it was seen.
    """

    name: str
    usd: float
    per: Literal["hour", "month"]
    page: str
    seen: datetime.date
    at: str

    @property
    def monthly(self) -> float:
        """US dollars a month, all the time."""
        return self.usd * HOURS if self.per == "hour" else self.usd


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("prices.toml").read_text(encoding="utf-8"))


@cache
def prices() -> Mapping[str, Price]:
    """All prices by name."""
    return {
        name: Price(name, **(row | {"page": f"https://aws.amazon.com/{row['page']}/"}))
        for name, row in _table()["price"].items()
    }


def by_use() -> Mapping[str, str]:
    """By type of resource, how it is paid for by use."""
    found: Mapping[str, str] = _table()["by_use"]
    return found
