"""The platforms by name; nothing of them is imported before it is asked for."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Final

from onetake.model.records import record

if TYPE_CHECKING:
    from onetake.platforms.stack import Platform


@record
class Entry:
    """What is known of a platform without importing it.

    Attributes:
        name: as the command line and the tag ``Platform`` spell it.
        prefix: of the names of its resources and of its stack.
        summary: one line.
        module: where its class lives.
        cls: its class.
    """

    name: str
    prefix: str
    summary: str
    module: str
    cls: str

    def load(self) -> type[Platform]:
        """Its class.

        Raises:
            MissingExtra: the packages of ``onetake[platforms]`` are not installed.
        """
        found: type[Platform] = getattr(importlib.import_module(self.module), self.cls)
        return found


PLATFORMS: Final = {
    entry.name: entry
    for entry in (
        Entry(
            "security-baseline",
            "base",
            "Audit trail, configuration history, threat detection, identities, alarms and budget of one account",
            "onetake.platforms.baseline",
            "SecurityBaseline",
        ),
    )
}
