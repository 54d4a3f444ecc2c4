"""The emulated account while a program stands in it, for whoever wants to look."""

from __future__ import annotations

from abc import ABC, abstractmethod
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


class Account(ABC):
    """What a probe is given.

    Attributes:
        url: where the emulator listens; everything of AWS is there.
        region: the rehearsal's.
    """

    def __init__(self, url: str, region: str, emulator: Emulator) -> None:
        self.url = url
        self.region = region
        self._emulator = emulator

    def client(self, service: str, region: str = "") -> Any:
        """A client of botocore for a service, such as ``client("s3")``.

        Args:
            service: its name in botocore.
            region: the rehearsal's, if empty.
        """
        from onetake.emulator.clients import client

        return client(self.url, service, region or self.region)

    def inventory(self) -> tuple[Item, ...]:
        """Everything in the account that an empty one does not have."""
        return inventory.taken(self._emulator.layer.store)

    @property
    @abstractmethod
    def outputs(self) -> Mapping[str, Any]:
        """The outputs of the program, by name; of several stacks, by ``stack/name``."""

    @property
    @abstractmethod
    def resources(self) -> Mapping[str, Mapping[str, Any]]:
        """What is known of everything that stands, by address.

        Of Terraform the arguments and attributes in the state, data sources included; of templates the properties, and
        ``Ref``.
        """

    @property
    @abstractmethod
    def state(self) -> str:
        """The state file, as Terraform wrote it.

        Raises:
            RuntimeError: there is none; CloudFormation keeps its own.
        """

    @abstractmethod
    def plan(self, path: Path) -> Mapping[str, Any]:
        """What would change if the program at ``path`` took the place of the one that stands here.

        Returns:
            By address, of what changes, the ``change`` of ``terraform show -json``. Of templates ``actions`` as there,
            the properties that are ``changed``, those for which a resource is replaced (``replacing``), and what
            CloudFormation says against it (``refused``).
        """


class TerraformAccount(Account):
    """The account while a Terraform program stands in it."""

    def __init__(self, play: Play, emulator: Emulator, instead: Callable[[Path], Mapping[str, Any]]) -> None:
        super().__init__(emulator.url, play.settings.region, emulator)
        self._play = play
        self._instead = instead

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

    def plan(self, path: Path) -> Mapping[str, Any]:
        """What would change if the program at ``path`` took the place of the one that stands here."""
        return self._instead(path)
