"""The emulated account while a program stands in it, for whoever wants to look."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onetake.emulator import inventory
from onetake.emulator.inventory import Item

if TYPE_CHECKING:
    from onetake.emulator.playing import Play
    from onetake.emulator.server import Emulator

STATE = "terraform.tfstate"
"""Where the local backend keeps it, in the folder of the copy."""


class Account:
    """What a probe is given.

    Attributes:
        url: where the emulator listens; everything of AWS is there.
        region: the rehearsal's.
    """

    def __init__(self, play: Play, emulator: Emulator, instead: Callable[[Path], Mapping[str, Any]]) -> None:
        self.url = emulator.url
        self.region = play.settings.region
        self._play = play
        self._emulator = emulator
        self._instead = instead

    def client(self, service: str, region: str = "") -> Any:
        """A client of botocore for a service, such as ``client("s3")``.

        Args:
            service: its name in botocore.
            region: the rehearsal's, if empty.
        """
        from onetake.emulator.clients import client

        return client(self.url, service, region or self.region)

    @cached_property
    def _state(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self._play.show("state.json").get("values", {})
        return found

    @property
    def outputs(self) -> Mapping[str, Any]:
        """The outputs of the program, by name."""
        return {name: one.get("value") for name, one in self._state.get("outputs", {}).items()}

    @property
    def resources(self) -> Mapping[str, Mapping[str, Any]]:
        """The arguments and attributes of everything in the state, data sources included, by address."""
        found: dict[str, Mapping[str, Any]] = {}
        pending = [self._state.get("root_module", {})]
        while pending:
            module = pending.pop()
            found |= {one["address"]: one["values"] for one in module.get("resources", [])}
            pending += module.get("child_modules", [])
        return found

    @property
    def state(self) -> str:
        """The state file, as Terraform wrote it."""
        return (self._play.work.folder / STATE).read_text(encoding="utf-8")

    def inventory(self) -> tuple[Item, ...]:
        """Everything in the account that an empty one does not have."""
        return inventory.taken(self._emulator.layer.store)

    def plan(self, path: Path) -> Mapping[str, Any]:
        """What would change if the program at ``path`` took the place of the one that stands here.

        Returns:
            The ``change`` of ``terraform show -json`` by address, of what changes.
        """
        return self._instead(path)
