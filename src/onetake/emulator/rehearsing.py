"""A rehearsal from beginning to end: init, plan, apply, second plan, destroy."""

from __future__ import annotations

import datetime
import json
import os
import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from onetake.api import Arguments, StrPath
from onetake.api import load as _load
from onetake.emulator import environment, gaps, overlay, strictness, tooling
from onetake.emulator.events import Event, Ledger
from onetake.emulator.process import Ran, run
from onetake.emulator.results import Rehearsal, Step, StepOutcome
from onetake.emulator.server import Emulator
from onetake.emulator.strictness import Guard, Strictness
from onetake.emulator.telling import Told, resources
from onetake.emulator.tooling import AWS, Engine, Mirror
from onetake.emulator.workspace import Workspace, prepare
from onetake.frontends.files import Unreadable
from onetake.model.records import field, record
from onetake.model.stacks import Stack
from onetake.model.values import Span

Progress = Callable[[Step, Event | None], None]
"""Is told when a step begins (without an event), and of every event of the engine."""

STATE_FILE = "cdk.tf.json"
_PARALLEL = "-parallelism=24"
"""Resources mostly wait in the provider, each in a place of its own: more places, less waiting one after another."""
_TERRAFORM_ONLY = "give the folder of a Terraform program; CloudFormation is not rehearsed yet"
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


def rehearse(  # noqa: PLR0913 - each is an option of the command of the same name
    path: StrPath,
    *,
    region: str = "us-east-1",
    tool: str | None = None,
    variables: Mapping[str, str] | None = None,
    variable_files: tuple[StrPath, ...] = (),
    apply_budget: float = 900.0,
    patience: int = 4,
    second_plan: bool = True,
    destroy: bool = True,
    strict: bool = True,
    as_of: str | None = None,
    profile: str | None = None,
    logs: StrPath | None = None,
    root: StrPath | None = None,
    progress: Progress | None = None,
) -> Rehearsal:
    """Deploy a Terraform program to the emulator, with the real engine and the real AWS provider.

    Args:
        path: the folder of a root module, or a file in it; a stack below ``cdktf.out/stacks`` is one.
        region: the region where a provider names none.
        tool: ``terraform`` or ``opentofu``; the first on ``PATH`` if not given.
        variables: Terraform variables by name.
        variable_files: files of Terraform variables.
        apply_budget: seconds after which an apply, or a destroy, is stopped.
        patience: minutes that one resource may take to get ready, where its type lets that be said.
        second_plan: whether to plan again after the apply, which has to find nothing to do.
        destroy: whether to destroy everything at the end.
        strict: whether the emulator refuses, in AWS's words, what onetake is certain that AWS refuses; it takes almost
            everything by itself.
        as_of: the day for which strict mode judges, as ``"2026-11-24"``; today if not given.
        profile: what strict mode knows of the account: ``new-account``, ``used-account``, or a TOML or JSON file.
        logs: a folder for what the commands print; a new one in the folder for temporary files if not given.
        root: the folder outside of which nothing is read; if not given, the repository that holds the program.
        progress: is told of every step and event as it happens.

    Raises:
        Unavailable: a program that is needed is not on this machine; says what to install.
        Unreadable: the program cannot be read.
    """
    tooling.require_moto()
    settings = Settings(
        region=region,
        tool=tool,
        variables=variables or {},
        variable_files=tuple(Path(one).absolute() for one in variable_files),
        apply_budget=apply_budget,
        patience=patience,
        second_plan=second_plan,
        destroy=destroy,
        strict=strict,
        as_of=as_of,
        profile=profile,
    )
    folder = _module(Path(path))
    engine = tooling.engine(tool)
    stack = _stack(folder, region, Path(root) if root else None)
    kept = _logs(Path(logs) if logs else None, folder)
    with tempfile.TemporaryDirectory(prefix="onetake-rehearsal-") as temporary:
        scratch = Path(temporary)
        mirror = tooling.mirror(scratch / "providers", folder)
        work = prepare(folder, Arguments((folder,), root=Path(root) if root else None).top(), scratch / "program")
        certain = _strictness(folder, stack, settings, root) if strict else Strictness()
        with Emulator() as emulator:
            play = _Play(settings, engine, mirror, work, stack, kept, progress or _silent)
            play.lay_over(certain)
            guard = play.guard = strictness.guard(certain.doomed)
            emulator.layer.guards.append(guard)
            play.environment = environment.environment(emulator.url, region, scratch, mirror.folder)
            told = play.perform()
            told.rules = guard.refused
            calls = dict(emulator.layer.answered)
    return Rehearsal(
        program=str(path),
        engine=str(engine),
        provider=f"{AWS} {play.versions[AWS]}" if AWS in play.versions else "",
        steps=tuple(play.steps),
        resources=resources(told, stack),
        logs=kept,
        notes=tuple(play.notes),
        calls=calls,
    )


def _strictness(folder: Path, stack: Stack, settings: Settings, root: StrPath | None) -> Strictness:
    from onetake.api import check

    report = check(
        folder,
        region=settings.region,
        as_of=settings.as_of,
        profile=settings.profile,
        parameters=settings.variables,
        parameter_files=settings.variable_files,
        root=root,
    )
    return strictness.judged([located.finding for located in report.findings], stack)


def _module(path: Path) -> Path:
    if not path.exists():
        raise Unreadable(Span(str(path)), f"{path} does not exist", "give the folder of a Terraform program")
    folder = path if path.is_dir() else path.parent
    if not any(file.name.endswith((".tf", ".tf.json", ".tofu", ".tofu.json")) for file in folder.iterdir()):
        stacks = sorted(str(one.parent) for one in folder.glob(f"stacks/*/{STATE_FILE}"))
        advice = f"give one of its stacks: {', '.join(stacks)}" if stacks else _TERRAFORM_ONLY
        raise Unreadable(Span(str(path)), f"{path} is no Terraform program", advice)
    return folder


def _stack(folder: Path, region: str, root: Path | None) -> Stack:
    found = _load(folder, region=region, root=root)
    home = os.path.realpath(folder)
    for stack in found:
        if stack.where.file and os.path.realpath(stack.where.file).startswith(home):
            return stack
    if not found:
        raise Unreadable(Span(str(folder)), f"{folder} holds no program that can be rehearsed", "give its folder")
    return found[0]


def _logs(given: Path | None, folder: Path) -> Path:
    if given is None:
        moment = datetime.datetime.now().strftime("%Y%m%d-%H%M%S")
        name = re.sub(r"[^\w.-]+", "-", folder.resolve().name) or "program"
        parent = Path(tempfile.gettempdir()) / "onetake-rehearsals"
        parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=f"{name}-{moment}-", dir=parent))
    given.mkdir(parents=True, exist_ok=True)
    return given


def _silent(_step: Step, _event: Event | None) -> None:
    """Nobody wants to be told."""


@record(frozen=False, slots=False)
class _Play:
    """One rehearsal while it is carried out."""

    settings: Settings
    engine: Engine
    mirror: Mirror
    work: Workspace
    stack: Stack
    logs: Path
    progress: Progress
    guard: Guard = field(default_factory=lambda: strictness.guard(()))
    environment: Mapping[str, str] = field(default_factory=dict)
    steps: list[StepOutcome] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)

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
        if not self._init():
            return told
        plan = self._run(Step.PLAN, ["plan", "-json", "-lock=false", "-out=rehearsal.plan", *self._variables()])
        told.plan = plan.ledger
        if not self._well(Step.PLAN, plan):
            return told
        apply = self._run(Step.APPLY, ["apply", "-json", "-lock=false", "-auto-approve", _PARALLEL, "rehearsal.plan"])
        told.apply, told.applied = apply.ledger, True
        well = self._well(Step.APPLY, apply)
        if not well and not self.steps[-1].gap:
            return told
        if self.settings.second_plan:
            self._plan_again(told)
        if self.settings.destroy:
            self._destroy(told)
        return told

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

    def _destroy(self, told: Told) -> None:
        arguments = ["destroy", "-json", "-lock=false", "-auto-approve", _PARALLEL, *self._variables()]
        ran = self._run(Step.DESTROY, arguments)
        if ran.code and ran.ledger.errors and not ran.ledger.started and self._all_gaps(ran.ledger):
            # One resource that cannot be read again stops the destroy of all.
            ran = self._run(Step.DESTROY, [*arguments, "-refresh=false"])
        kept = [error.message for error in ran.ledger.errors if error.message.startswith(_PROTECTED)]
        if kept:
            # The program wants exactly this refusal: it is what prevent_destroy is for.
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
        return run(
            [str(self.engine.program), *arguments],
            folder=self.work.folder,
            environment=self.environment,
            log=self.logs / _log(step),
            budget=self.settings.apply_budget if long else self.settings.plan_budget,
            listen=(lambda event: self.progress(step, event)) if json_events else None,
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
        return self.guard.rule_of(error.address) != "" or not gaps.gap(error.message)

    def _shown(self, plan: str) -> Mapping[str, Any]:
        """What a plan file says, by address: ``terraform show -json``."""
        shown = self.logs / "second-plan.json"
        ran = run(
            [str(self.engine.program), "show", "-json", plan],
            folder=self.work.folder,
            environment=self.environment,
            log=shown,
            budget=self.settings.plan_budget,
        )
        if ran.code:
            return {}
        changes = json.loads(ran.output).get("resource_changes", [])
        return {str(one["address"]): one["change"] for one in changes}


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
