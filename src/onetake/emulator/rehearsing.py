"""A rehearsal from beginning to end, in an emulated account of its own."""

from __future__ import annotations

import datetime
import re
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from onetake.analysis.configuration import Misconfigured
from onetake.api import Arguments, StrPath
from onetake.emulator import environment, inventory, programs, strictness, tooling
from onetake.emulator.account import STATE, Account, TerraformAccount
from onetake.emulator.events import Event
from onetake.emulator.playing import Play, Progress, Settings
from onetake.emulator.presumed import presume
from onetake.emulator.programs import Program
from onetake.emulator.results import Rehearsal, Step
from onetake.emulator.server import Emulator
from onetake.emulator.strictness import Strictness
from onetake.emulator.telling import resources
from onetake.emulator.tooling import AWS
from onetake.emulator.workspace import prepare
from onetake.model.records import record, replace

Look = Callable[[Account], object]
"""Looks at what stands in the account, and raises an exception when that is not what it should be."""


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
    probes: Mapping[str, Look] | None = None,
    beside: Sequence[StrPath] = (),
) -> Rehearsal:
    """Deploy a program to the emulator: Terraform with the real engine and the real AWS provider.

    Args:
        path: the folder of a root module, or a file in it; a stack below ``cdktf.out/stacks`` is one. Or a template of
            CloudFormation, or a ``cdk.out``, which need no engine.
        region: the region where a provider names none.
        tool: ``terraform`` or ``opentofu``; the first on ``PATH`` if not given.
        variables: Terraform variables, or parameters of templates, by name.
        variable_files: files of Terraform variables, or of parameters.
        apply_budget: seconds after which an apply, or a destroy, is stopped.
        patience: minutes that one resource may take to get ready, where its type lets that be said; Terraform only.
        second_plan: whether to plan again after the apply, which has to find nothing to do.
        destroy: whether to destroy everything at the end.
        strict: whether the emulator refuses, in AWS's words, what onetake is certain that AWS refuses: of the program's
            text, and of each call, by what stands in the account. It takes almost everything by itself.
        as_of: the day for which strict mode judges, as ``"2026-11-24"``; today if not given.
        profile: what strict mode knows of the account: ``new-account``, ``used-account``, or a TOML or JSON file.
        logs: a folder for what the commands print; a new one in the folder for temporary files if not given.
        root: the folder outside of which nothing is read; if not given, the repository that holds the program.
        progress: is told of every step and event as it happens.
        probes: by name, what looks at the account while the program stands in it, after the second plan; one that
            raises an exception has failed. What was created is destroyed all the same.
        beside: other Terraform programs that are deployed into the same account at the same time; strict mode judges
            them by what stands, not by their text. Nothing is destroyed before all stand. What became of them is in
            ``Rehearsal.beside``.

    Raises:
        Unavailable: a program that is needed is not on this machine; says what to install.
        Unreadable: the program cannot be read.
        Misconfigured: a template is given with what is for Terraform only.
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
    template = programs.template(path, root)
    if template is not None:
        from onetake.emulator.cloudformation.rehearsing import rehearsed

        _without_engine(settings, beside)
        return rehearsed(
            Path(path),
            template,
            settings,
            logs=_logs(Path(logs) if logs else None, template),
            root=Path(root) if root else None,
            progress=progress or _silent,
            probes=probes or {},
        )
    tooling.engine(tool)  # before anything is read or made for it
    program = programs.read(path, region, root)
    others = [programs.read(other, region, None) for other in beside]
    kept = _logs(Path(logs) if logs else None, program.folder)
    with Emulator() as emulator, ThreadPoolExecutor(len(others) + 1) as threads:
        notes = tuple(f"taken as being there: {one}" for each in (program, *others) for one in presume(each.stack))
        there = inventory.taken(emulator.layer.store)
        stage = _Stage(settings, emulator, kept, threading.Barrier(1 + len(others)))
        futures = [threads.submit(_beside, other, stage) for other in others]
        with _open(stage.meeting):
            found = _carried_out(program, stage, probes or {}, progress or _silent)
        companions = tuple(future.result() for future in futures)
        destroyed = any(step.step is Step.DESTROY for step in found.steps) and not found.protected
        left = tuple(one for one in inventory.taken(emulator.layer.store) if one not in there) if destroyed else None
        return replace(found, beside=companions, left=left, notes=(*notes, *found.notes))


def _without_engine(settings: Settings, beside: Sequence[StrPath]) -> None:
    """Say of options of Terraform that they do nothing for a template, which needs no engine and waits for nothing."""
    if settings.patience != Settings().patience:
        raise Misconfigured("patience is for Terraform: in a rehearsal of CloudFormation no resource is waited for")
    if settings.tool is not None:
        raise Misconfigured(f"{settings.tool} deploys no template of CloudFormation: leave the tool out")
    if beside:
        raise Misconfigured("only Terraform programs can be deployed beside another one; a cdk.out is deployed whole")


@record
class _Stage:
    """What programs that are deployed together have in common."""

    settings: Settings
    emulator: Emulator
    logs: Path
    meeting: threading.Barrier


@contextmanager
def _open(meeting: threading.Barrier) -> Iterator[None]:
    """Nobody waits for a program that fails before it begins."""
    try:
        yield
    except BaseException:
        meeting.abort()
        raise


def _met(meeting: threading.Barrier) -> None:
    with suppress(threading.BrokenBarrierError):
        meeting.wait()


def _carried_out(program: Program, stage: _Stage, probes: Mapping[str, Look], progress: Progress) -> Rehearsal:
    """A rehearsal in an account that is there already, with whatever stands in it."""
    settings, emulator, stack = stage.settings, stage.emulator, program.stack
    engine = tooling.engine(settings.tool)
    with tempfile.TemporaryDirectory(prefix="onetake-rehearsal-") as temporary:
        scratch = Path(temporary)
        mirror = tooling.mirror(scratch / "providers", program.folder)
        work = prepare(program.folder, Arguments((program.folder,), root=program.root).top(), scratch / "program")
        certain = _strictness(program, settings) if settings.strict else Strictness()
        play = Play(settings, engine, mirror, work, stack, stage.logs, progress, meet=partial(_met, stage.meeting))
        play.lay_over(certain)
        guard = play.guard = strictness.guard(certain.doomed)
        emulator.layer.guards.append(guard)
        if settings.strict:
            from onetake.emulator.live.watching import watch

            play.watch = watch(program.folder, settings, program.root, emulator)
            emulator.layer.guards.append(play.watch.guard)
            emulator.layer.listeners.append(play.watch.hear)
        play.environment = environment.environment(emulator.url, settings.region, scratch, mirror.folder)
        account = TerraformAccount(play, emulator, partial(_instead, play=play, scratch=scratch))
        play.probes = {name: partial(look, account) for name, look in probes.items()}
        told = play.perform()
        told.rules = {**play.watched(told), **guard.refused}
    return Rehearsal(
        program=program.path,
        engine=str(engine),
        provider=f"{AWS} {play.versions[AWS]}" if AWS in play.versions else "",
        steps=tuple(play.steps),
        resources=resources(told, stack),
        logs=stage.logs,
        notes=tuple(play.notes),
        calls=dict(emulator.layer.answered),
        probes=tuple(play.probed),
        protected=play.protected,
    )


def _beside(program: Program, stage: _Stage) -> Rehearsal:
    """Another program in the same account."""
    logs = stage.logs / f"beside-{program.folder.name}"
    logs.mkdir(parents=True, exist_ok=True)
    # The keys of strict mode are one rehearsal's own, and those of the program that stands there are in use.
    plainly = replace(stage.settings, strict=False, second_plan=False)
    with _open(stage.meeting):
        return _carried_out(program, replace(stage, settings=plainly, logs=logs), {}, _silent)


def _instead(path: StrPath, *, play: Play, scratch: Path) -> Mapping[str, Any]:
    """What a plan changes when another program takes the place of the one that stands."""
    program = programs.read(path, play.settings.region, None)
    logs = play.logs / f"instead-{program.folder.name}"
    logs.mkdir(exist_ok=True)
    work = prepare(program.folder, Arguments((program.folder,)).top(), Path(tempfile.mkdtemp(dir=scratch)))
    other = Play(play.settings, play.engine, play.mirror, work, program.stack, logs, _silent)
    other.environment = play.environment
    other.lay_over(Strictness())
    shutil.copy(play.work.folder / STATE, work.folder / STATE)
    return other.changes()


def _strictness(program: Program, settings: Settings) -> Strictness:
    from onetake.api import check

    report = check(
        program.folder,
        region=settings.region,
        as_of=settings.as_of,
        profile=settings.profile,
        parameters=settings.variables,
        parameter_files=settings.variable_files,
        root=program.root,
    )
    return strictness.judged([located.finding for located in report.findings], program.stack)


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
