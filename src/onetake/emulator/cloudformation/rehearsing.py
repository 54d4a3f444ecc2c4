"""A rehearsal of CloudFormation from beginning to end: create, the same again, probes, delete."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from onetake.api import Arguments, check
from onetake.emulator import inventory
from onetake.emulator.account import Account as Probed
from onetake.emulator.cloudformation import assets, carriers, units
from onetake.emulator.cloudformation.deploying import Account, Deployment
from onetake.emulator.cloudformation.looking import TemplateAccount
from onetake.emulator.cloudformation.refusing import Refusals, refusals
from onetake.emulator.cloudformation.units import Unit
from onetake.emulator.events import Event
from onetake.emulator.inventory import Item
from onetake.emulator.live.watching import watch
from onetake.emulator.playing import Progress, Settings
from onetake.emulator.probing import probed
from onetake.emulator.results import Fate, ProbeOutcome, Rehearsal, ResourceOutcome, Step, StepOutcome
from onetake.emulator.server import Emulator
from onetake.frontends.cloudformation.given import parameters
from onetake.model.records import field, record

LOG = "events.jsonl"


@record(frozen=False, slots=False)
class Show:
    """One rehearsal of stacks while it is carried out."""

    units: tuple[Unit, ...]
    settings: Settings
    emulator: Emulator
    arguments: Arguments
    refusals: Mapping[str, Refusals]
    progress: Progress
    account: Account
    steps: list[StepOutcome] = field(default_factory=list)
    events: list[Mapping[str, Any]] = field(default_factory=list)
    deployments: dict[str, Deployment] = field(default_factory=dict)
    probes: Mapping[str, Callable[[Probed], object]] = field(default_factory=dict)
    probed: list[ProbeOutcome] = field(default_factory=list)
    left: tuple[Item, ...] | None = None
    protected: bool = False

    def perform(self) -> None:
        """Every step, until one makes the next ones senseless."""
        self._put_assets()
        if not self._timed(Step.PLAN, self._prepare):
            return
        # What was put there for the rehearsal does not count as left behind.
        stood = frozenset(inventory.taken(self.emulator.layer.store))
        if not self._timed(Step.APPLY, self._create):
            return
        if self.settings.second_plan:
            self._timed(Step.SECOND_PLAN, lambda: self._each(Deployment.update))
        if self.probes:
            self._probe()
        if self.settings.destroy:
            self._timed(Step.DESTROY, self._delete)
            if not self.protected and not self.account.retained:
                now = inventory.taken(self.emulator.layer.store)
                self.left = tuple(one for one in now if one not in stood)

    def outcomes(self) -> tuple[ResourceOutcome, ...]:
        """What became of each resource, stack by stack."""
        return tuple(one for deployed in self.deployments.values() for one in deployed.outcomes.values())

    def _probe(self) -> None:
        self.progress(Step.PROBES, None)
        account = TemplateAccount(self.emulator, self.settings.region, self.deployments, self.arguments)
        self.probed, step = probed({name: partial(look, account) for name, look in self.probes.items()})
        self.steps.append(step)

    def _put_assets(self) -> None:
        if not any(unit.stack.construct_tool == "cdk" for unit in self.units):
            return
        options = self.arguments.request().options
        for region in dict.fromkeys(unit.region for unit in self.units):
            assets.bootstrap(self.emulator.url, region)
        self.account.notes.append("the account is taken for bootstrapped: cdk bootstrap has to have been run in it")
        for unit in self.units:
            self.account.notes += assets.upload(self.emulator.url, unit.region, unit.manifests, options)

    def _prepare(self) -> str:
        """What CloudFormation says of the templates before it makes anything."""
        carriers.warm_up()
        given = parameters(self.arguments.request().options)
        several = len(self.units) > 1
        for unit in self.units:
            deployed = Deployment(unit, self.account, self.refusals, f"{unit.name}/" if several else "")
            self.deployments[unit.stack.name] = deployed
            own = {name: value for name, value in given.items() if name in unit.template.sections["Parameters"]}
            deployed.prepare({**unit.given, **own})
            said = self.refusals.get(unit.stack.name, Refusals()).before
            if said:
                return f"{unit.name}: {said[0].text} ({said[0].rule})"
            if deployed.missing:
                names = ", ".join(deployed.missing)
                self.account.notes.append(f"give it with --parameter {deployed.missing[0]}=VALUE")
                return f"Parameters: [{names}] must have values"
        return ""

    def _create(self) -> str:
        failed: set[str] = set()
        for unit in self.units:
            deployed = self.deployments[unit.stack.name]
            if failed.intersection(unit.needs):
                failed.add(unit.stack.name)
                deployed.not_reached()
                continue
            deployed.create()
            if any(one.fate is Fate.REFUSED for one in deployed.outcomes.values()):
                failed.add(unit.stack.name)
        return ""

    def _each(self, what: Callable[[Deployment], None]) -> str:
        for deployed in self.deployments.values():
            what(deployed)
        return ""

    def _delete(self) -> str:
        for deployed in reversed([*self.deployments.values()]):
            if deployed.unit.protected:
                self.protected = True
                name = deployed.unit.name
                self.account.notes.append(f"{name} was not deleted, as its termination protection asks")
            else:
                deployed.delete()
        for address in self.account.retained:
            self.account.notes.append(f"{address} is left, as its DeletionPolicy asks")
        return ""

    def _timed(self, step: Step, carry_out: Callable[[], str]) -> bool:
        """Carry a step out and note how it went; whether the next one makes sense."""
        self.progress(step, None)
        self.account.told = lambda event, address: self._tell(step, event, address)
        before = {one.address: one.fate for one in self.outcomes()}
        begun = time.monotonic()
        self.account.deadline = begun + self.settings.apply_budget
        message = carry_out()
        worse = [one for one in self.outcomes() if before.get(one.address) is not one.fate]
        refused = any(one.fate in {Fate.REFUSED, Fate.NOT_DESTROYED} for one in worse)
        gap = next((one.gap for one in worse if one.gap), "")
        well = not message and not refused
        self.steps.append(
            StepOutcome(
                step, time.monotonic() - begun, ok=well and not gap, message=message, gap=gap if well else "", log=LOG
            )
        )
        return well

    def _tell(self, step: Step, event: str, address: str) -> None:
        self.events.append({"step": step.value, "event": event, "address": address})
        self.progress(step, Event(event, address=address))


def rehearsed(  # noqa: PLR0913 - what a rehearsal is made of
    path: Path,
    program: Path,
    settings: Settings,
    *,
    logs: Path,
    root: Path | None,
    progress: Progress,
    probes: Mapping[str, Callable[[Probed], object]],
) -> Rehearsal:
    """A rehearsal of the template or assembly ``program``, given as ``path``.

    Raises:
        Unreadable: it cannot be read.
    """
    arguments = Arguments(
        (program,),
        region=settings.region,
        parameters=settings.variables,
        parameter_files=settings.variable_files,
        root=root,
    )
    read = units.read(program, arguments)
    certain = _refusals(program, read, settings, root) if settings.strict else {}
    with Emulator() as emulator:
        account = Account(emulator.url)
        if settings.strict:
            account.watch = watch(program, settings, root, emulator)
        show = Show(read, settings, emulator, arguments, certain, progress, account, probes=probes)
        show.perform()
        calls = dict(emulator.layer.answered)
    lines = [json.dumps(event) for event in show.events]
    (logs / LOG).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    notes = [note.message for unit in read for note in unit.stack.notes]
    return Rehearsal(
        program=str(path),
        engine="cloudformation",
        provider="",
        steps=tuple(show.steps),
        resources=show.outcomes(),
        logs=logs,
        notes=tuple(dict.fromkeys([*notes, *account.notes])),
        calls=calls,
        probes=tuple(show.probed),
        left=show.left,
        protected=show.protected,
    )


def _refusals(program: Path, read: Sequence[Unit], settings: Settings, root: Path | None) -> Mapping[str, Refusals]:
    report = check(
        program,
        region=settings.region,
        as_of=settings.as_of,
        profile=settings.profile,
        parameters=settings.variables,
        parameter_files=settings.variable_files,
        root=root,
    )
    findings = [located.finding for located in report.findings]
    whole = [one for unit in read for one in _with_inner(unit)]
    return {one.stack.name: refusals(findings, one.stack.name, one.region) for one in whole}


def _with_inner(unit: Unit) -> list[Unit]:
    return [unit, *(one for inner in unit.inner.values() for one in _with_inner(inner))]
