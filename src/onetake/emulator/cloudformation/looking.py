"""The emulated account while stacks stand in it, for probes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from onetake.api import Arguments
from onetake.emulator.account import Account
from onetake.emulator.cloudformation import units
from onetake.emulator.cloudformation.deploying import Deployment
from onetake.emulator.cloudformation.succeeding import Successor
from onetake.emulator.server import Emulator
from onetake.frontends.cloudformation.given import parameters
from onetake.model.records import replace


class TemplateAccount(Account):
    """The account while the stacks of a template or a cloud assembly stand in it."""

    def __init__(
        self, emulator: Emulator, region: str, deployments: Mapping[str, Deployment], arguments: Arguments
    ) -> None:
        super().__init__(emulator.url, region, emulator)
        self._deployments = deployments
        self._arguments = arguments

    @property
    def outputs(self) -> Mapping[str, Any]:
        """The outputs of the one stack, by name; of several stacks, by ``stack/name``."""
        if len(self._deployments) == 1:
            return next(iter(self._deployments.values())).outputs()
        return {
            f"{one.unit.name}/{name}": value
            for one in self._deployments.values()
            for name, value in one.outputs().items()
        }

    @property
    def resources(self) -> Mapping[str, Mapping[str, Any]]:
        """The properties and ``Ref`` of everything that stands, by address."""
        return {address: told for one in self._deployments.values() for address, told in one.standing().items()}

    @property
    def state(self) -> str:
        """There is none."""
        raise RuntimeError("CloudFormation keeps its state itself: there is no state file")

    def plan(self, path: Path) -> Mapping[str, Any]:
        """What would change if the template, or the assembly, at ``path`` took the place of the one that stands here.

        Raises:
            Unreadable: there is none, or it cannot be read.
        """
        arguments = replace(self._arguments, paths=(path,), root=None)
        given = parameters(arguments.request().options)
        found: dict[str, Any] = {}
        others = units.read(path, arguments)
        for unit in others:
            stands = self._deployments.get(unit.stack.name)
            if stands is None and len(others) == len(self._deployments) == 1:
                stands = next(iter(self._deployments.values()))
            if stands is None:
                found |= {f"{unit.name}/{name}": {"actions": ["create"]} for name in unit.stack.resources}
                continue
            own = {name: value for name, value in given.items() if name in unit.template.sections["Parameters"]}
            found |= Successor(stands, unit, {**unit.given, **own}).changes()
        return found
