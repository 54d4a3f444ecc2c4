"""A stack that would take the place of one that stands: what a change set tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from onetake.emulator.cloudformation import updating
from onetake.emulator.cloudformation.deploying import Deployment, Unready
from onetake.emulator.cloudformation.resolving import Untold
from onetake.emulator.cloudformation.units import Unit


class Successor(Deployment):
    """Another template for a stack; resources of the same logical id are the same ones."""

    def __init__(self, standing: Deployment, unit: Unit, given: Mapping[str, Any]) -> None:
        super().__init__(unit, standing.account, {}, standing.prefix)
        self._old = standing.made
        self.made = {name: made for name, made in standing.made.items() if name in self._bodies}
        self.carriers, self.outcomes = standing.carriers, standing.outcomes
        self.prepare(given)

    def changes(self) -> dict[str, Mapping[str, Any]]:
        """By address, of what changes.

        Returns:
            ``actions`` as a plan of Terraform has them, the properties that are ``changed``, those for which it is
            replaced (``replacing``), and what CloudFormation says against it (``refused``).
        """
        return dict(self._told())

    def _told(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        there: set[str] = set()
        for name in self._order():
            body = self._bodies[name]
            try:
                if not self._holds(body):
                    continue
                now = self._resolver.resolved(body.get("Properties") or {})
            except (Unready, Untold):
                now = None  # it rests on what is not there yet, or is not known
            there.add(name)
            told = self._change(name, str(body["Type"]), now)
            if told:
                yield self._address(name), told
        yield from ((self._address(name), {"actions": ["delete"]}) for name in self._old if name not in there)

    def _change(self, name: str, type_: str, now: Mapping[str, Any] | None) -> Mapping[str, Any]:
        made = self._old.get(name)
        if made is None:
            return {"actions": ["create"]}
        if made.type != type_:
            return {"actions": [], "refused": updating.RETYPED.format(name=name)}
        found = None if now is None else updating.change(type_, made.written(now), now)
        if found is None:
            return {}
        told = {"changed": list(found.changed), "replacing": list(found.replacing), "refused": found.refused}
        return {"actions": found.actions, **told}
