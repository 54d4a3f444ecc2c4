"""The commands of a rehearsal, one after the other: init, plan, apply, second plan, probes, destroy."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onetake.emulator import gaps, overlay, strictness, tooling
from onetake.emulator.events import Event, Ledger
from onetake.emulator.probing import Probe, probed
from onetake.emulator.process import Ran, run
from onetake.emulator.results import ProbeOutcome, Step, StepOutcome
from onetake.emulator.strictness import Guard, Strictness
from onetake.emulator.telling import Told
from onetake.emulator.tooling import AWS, Engine, Mirror
from onetake.emulator.workspace import Workspace
from onetake.model.records import field, record
from onetake.model.stacks import Stack

if TYPE_CHECKING:
    from onetake.emulator.live.watching import Watch

Progress = Callable[[Step, Event | None], None]
"""Is told when a step begins (without an event), and of every event of the engine."""

_PARALLEL = "-parallelism=24"
"""Resources mostly wait in the provider, each in a place of its own: more places, less waiting one after another."""
_PROTECTED = "Instance cannot be destroyed"
_MISSING = re.compile(r"provider registry\.(?:terraform\.io|opentofu\.org)/(?P<source>[\w-]+/[\w-]+)")


@record
class Settings:
    """How a rehearsal is carried out."""

    region: str = "us-east-1"
    """For providers that name none."""
    tool: str | None = None
    """``terraform`` or ``opentofu``; the first that is found if not given."""
    variables: Mapping[str, str] = field(default_factory=dict)
    variable_files: tuple[Path, ...] = ()
    apply_budget: float = 900.0
    """Seconds after which an apply or destroy is stopped."""
    plan_budget: float = 300.0
    patience: int = 4
    """Minutes that one resource may take to get ready, where its type lets that be said."""
    second_plan: bool = True
    destroy: bool = True
    strict: bool = True
    """Whether what onetake is certain that AWS refuses is refused."""
    as_of: str | None = None
    profile: str | None = None


def _alone() -> None:
    """There is nobody to wait for."""


@record(frozen=False, slots=False)
class Play:
    """One rehearsal while it is carried out."""

    settings: Settings
    engine: Engine
    mirror: Mirror
    work: Workspace
    stack: Stack
    logs: Path
    progress: Progress
    guard: Guard = field(default_factory=lambda: strictness.guard(()))
    watch: Watch | None = None
    """In strict mode, what knows of everything that stands."""
    environment: Mapping[str, str] = field(default_factory=dict)
    steps: list[StepOutcome] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)
    probes: Mapping[str, Probe] = field(default_factory=dict)
    probed: list[ProbeOutcome] = field(default_factory=list)
    protected: bool = False
    """Whether the program forbade its own destruction."""
    meet: Callable[[], object] = _alone
    """Waits, before anything is destroyed, for the programs that are deployed at the same time."""

    def lay_over(self, certain: Strictness) -> None:
        """Write the overrides: into the copy, never into the program."""
        if certain.unenforced:
            self.notes.append(f"strict mode cannot reach {', '.join(certain.unenforced)}; see onetake check")
        forced: dict[str, str] = {}
        asked = {tooling.full_source(name): text for name, text in self.stack.engine.providers.items()}
        wanted = {AWS: "", **asked} if self._uses_aws() else asked
        for source, constraint in wanted.items():
            version, admitted = self.mirror.chosen(source, constraint)
            self.versions[source] = version
            if not admitted:
                forced[source] = version
                self.notes.append(f"{source} {version} stands for the version that the program asks for ({constraint})")
        doomed = strictness.overrides(certain.doomed)
        self.work.override(
            overlay.root_override(self.stack, forced, self.settings.patience, self.versions.get(AWS, ""), doomed)
        )
        if doomed:
            self.work.add(strictness.FILE, strictness.providers(certain.doomed))
        if forced:
            for module in self.work.modules:
                self.work.override({"terraform": overlay.required(forced)}, module)

    def _uses_aws(self) -> bool:
        return any(one.type.removeprefix("data.").startswith("aws_") for one in self.stack.resources.values())

    def perform(self) -> Told:
        """Every step, until one makes the next ones senseless."""
        told = Told()
        stands = False
        try:
            stands = self._stand(told)
            if stands and self.probes:
                self._probe()
        finally:
            self.meet()
        if stands and self.settings.destroy:
            self._destroy(told)
        return told

    def _stand(self, told: Told) -> bool:
        """Everything up to the second plan; whether there is something that stands now."""
        if not self._init():
            return False
        plan = self._run(Step.PLAN, ["plan", "-json", "-lock=false", "-out=rehearsal.plan", *self._variables()])
        told.plan = plan.ledger
        if not self._well(Step.PLAN, plan):
            return False
        apply = self._run(Step.APPLY, ["apply", "-json", "-lock=false", "-auto-approve", _PARALLEL, "rehearsal.plan"])
        told.apply, told.applied = apply.ledger, True
        well = self._well(Step.APPLY, apply)
        if not well and not self.steps[-1].gap:
            return False
        if self.settings.second_plan:
            self._plan_again(told)
        return True

    def changes(self) -> Mapping[str, Any]:
        """Plan only: what would change in what stands, by address.

        Raises:
            RuntimeError: the plan was refused.
        """
        well = self._init()
        if well:
            ran = self._run(Step.PLAN, ["plan", "-json", "-lock=false", "-out=rehearsal.plan", *self._variables()])
            well = self._well(Step.PLAN, ran)
        if not well:
            raise RuntimeError(f"{self.steps[-1].step.value}: {self.steps[-1].message or self.steps[-1].gap}")
        return {address: one for address, one in self._shown("rehearsal.plan").items() if one["actions"] != ["no-op"]}

    def _init(self) -> bool:
        ran = self._run(Step.INIT, ["init", "-no-color", "-input=false"], json_events=False)
        if ran.code == 0:
            self.steps.append(StepOutcome(Step.INIT, ran.seconds, ok=True, log=_log(Step.INIT)))
            return True
        lacking = _MISSING.search(ran.output)
        if lacking and ("was not found" in ran.output or "could not" in ran.output.lower()):
            raise tooling.missing(lacking["source"])
        message = _first_error(ran.output)
        self.steps.append(StepOutcome(Step.INIT, ran.seconds, ok=False, message=message, log=_log(Step.INIT)))
        return False

    def _plan_again(self, told: Told) -> None:
        arguments = ["plan", "-json", "-lock=false", "-out=second.plan", *self._variables()]
        ran = self._run(Step.SECOND_PLAN, arguments)
        told.second = ran.ledger
        if self._well(Step.SECOND_PLAN, ran) and told.changed_again():
            told.changes = self._shown("second.plan")

    def _probe(self) -> None:
        self.progress(Step.PROBES, None)
        self.probed, step = probed(self.probes)
        self.steps.append(step)

    def _destroy(self, told: Told) -> None:
        arguments = ["destroy", "-json", "-lock=false", "-auto-approve", _PARALLEL, *self._variables()]
        # What the second plan has just read again need not be read a third time.
        fresh = any(step.step is Step.SECOND_PLAN and step.ok for step in self.steps)
        ran = self._run(Step.DESTROY, [*arguments, "-refresh=false"] if fresh else arguments)
        if ran.code and ran.ledger.errors and not ran.ledger.started and self._all_gaps(ran.ledger):
            # One resource that cannot be read again stops the destroy of all.
            ran = self._run(Step.DESTROY, [*arguments, "-refresh=false"])
        kept = [error.message for error in ran.ledger.errors if error.message.startswith(_PROTECTED)]
        if kept:
            # The program wants exactly this refusal: it is what prevent_destroy is for.
            self.protected = True
            self.notes.append("destroy was refused, as prevent_destroy asks: " + _first_line(kept[0]))
            self.steps.append(StepOutcome(Step.DESTROY, ran.seconds, ok=True, log=_log(Step.DESTROY)))
            return
        told.destroy = ran.ledger
        self._well(Step.DESTROY, ran)

    def _all_gaps(self, ledger: Ledger) -> bool:
        return all(gaps.gap(error.message) for error in ledger.errors)

    def _variables(self) -> list[str]:
        named = [f"-var={name}={value}" for name, value in self.settings.variables.items()]
        return [*(f"-var-file={file}" for file in self.settings.variable_files), *named]

    def _run(self, step: Step, arguments: list[str], *, json_events: bool = True) -> Ran:
        self.progress(step, None)
        long = step in {Step.APPLY, Step.DESTROY}
        ran = run(
            [str(self.engine.program), *arguments],
            folder=self.work.folder,
            environment=self.environment,
            log=self.logs / _log(step),
            budget=self.settings.apply_budget if long else self.settings.plan_budget,
            listen=(lambda event: self.progress(step, event)) if json_events else None,
            hopeless=self.guard.hopeless if long else None,
        )
        if ran.given_up:
            self._give_up(ran.ledger)
        return ran

    def _give_up(self, ledger: Ledger) -> None:
        """Tell what AWS says of what was stopped, instead of what the provider says of being stopped."""
        refusals = {
            address: self.guard.refusal(address) for address in ledger.started if address not in ledger.finished
        }
        given_up = {address: one for address, one in refusals.items() if one is not None and one.insisted_on}
        ledger.errors = [error for error in ledger.errors if error.address and error.address not in given_up]
        for address, one in given_up.items():
            seconds = one.last - one.first
            ledger.errored[address] = seconds
            ledger.errors.append(Event("diagnostic", address=address, severity="error", message=one.text))
            self.notes.append(
                f"{address} was refused {one.times} times in {seconds:.0f} s and was stopped there: the provider goes "
                "on asking until a time limit of its own"
            )

    def _well(self, step: Step, ran: Ran) -> bool:
        """Note how a step went; whether it succeeded."""
        message, gap = "", ""
        if ran.code:
            # Failures of resources are told with the resources; what is left is the step's own.
            own = [error.message for error in ran.ledger.errors if not error.address]
            message = next((text for text in own if not gaps.gap(text)), "")
            refused = [error for error in ran.ledger.errors if self._refused(error)]
            if ran.out_of_time:
                hanging = ", ".join(ran.ledger.unfinished) or step.value
                gap = f"the emulator did not get ready in time: {hanging}"
            elif not refused:
                first = next((gaps.gap(error.message) for error in ran.ledger.errors), "")
                gap = first or f"{self.engine} ended without a word (see {_log(step)})"
        self.steps.append(
            StepOutcome(step, ran.seconds, ok=ran.code == 0, message=message, gap=gap, log=_log(step)),
        )
        return ran.code == 0

    def _refused(self, error: Event) -> bool:
        """Whether an error is a refusal: what strict mode says may read like a limit of the emulator."""
        return bool(self.guard.rule_of(error.address) or self._rule_of(error)) or not gaps.gap(error.message)

    def _rule_of(self, error: Event) -> str:
        """The rule that refused a call because of what stands in the account."""
        return self.watch.rule_of(error.message) if self.watch else ""

    def watched(self, told: Told) -> dict[str, str]:
        """The rules by the addresses whose calls were refused because of what stands in the account."""
        errors = [*told.plan.errors, *told.apply.errors]
        return {error.address: rule for error in errors if error.address and (rule := self._rule_of(error))}

    def _shown(self, plan: str) -> Mapping[str, Any]:
        """What a plan file says, by address."""
        changes = self.show(plan.replace(".plan", "-plan.json"), plan).get("resource_changes", [])
        return {str(one["address"]): one["change"] for one in changes}

    def show(self, log: str, *plan: str) -> Mapping[str, Any]:
        """What ``terraform show -json`` says of a plan, or of the state; nothing when it fails.

        Args:
            log: the name of the file in the folder of logs that keeps it.
            plan: the file of the plan.
        """
        ran = run(
            [str(self.engine.program), "show", "-json", *plan],
            folder=self.work.folder,
            environment=self.environment,
            log=self.logs / log,
            budget=self.settings.plan_budget,
        )
        shown: Mapping[str, Any] = {} if ran.code else json.loads(ran.output)
        return shown


def _log(step: Step) -> str:
    number = [*Step].index(step) + 1
    return f"{number}-{step.value.replace(' ', '-')}.log"


def _first_line(message: str) -> str:
    """The first line of the detail of a diagnostic."""
    return next((line for line in message.splitlines()[1:] if line.strip()), message)


def _first_error(output: str) -> str:
    """The first error that ``init`` prints, without its frame."""
    lines = [line.strip().lstrip("│╷╵").strip() for line in output.splitlines()]
    begin = next((place for place, line in enumerate(lines) if line.startswith("Error:")), None)
    if begin is None:
        return next((line for line in reversed(lines) if line), "")
    told: list[str] = []
    for line in lines[begin:]:
        if line.startswith("Error:") and told:
            break
        told.append(line.removeprefix("Error: "))
    return "\n".join(told).strip()
