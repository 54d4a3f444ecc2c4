"""How a rehearsal looks: what is going on while it runs, and a table at its end."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from onetake.emulator.results import Fate, Outcome, Rehearsal, ResourceOutcome, Step, StepOutcome
from onetake.reports.options import wants_color
from onetake.reports.text import count, visible

if TYPE_CHECKING:
    from onetake.emulator.events import Event

_COLORS = {
    Fate.CREATED: "green",
    Fate.UNSETTLED: "yellow",
    Fate.NOT_DESTROYED: "red",
    Fate.NOT_REHEARSED: "cyan",
    Fate.NOT_REACHED: "dim",
    Fate.REFUSED: "bold red",
}
_DONE = {"apply_complete": "", "apply_errored": " failed"}
SLOW = 5.0
"""Resources that took this many seconds are worth a line where nothing moves on the screen."""


class View:
    """Progress on standard error: a bar and what is under way on a terminal, else a line a step."""

    def __init__(self, *, quiet: bool) -> None:
        self._console = Console(stderr=True)
        self._live = self._console.is_terminal and not quiet
        self._quiet = quiet
        self._bar = Progress(
            TextColumn("{task.description:<12}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("[dim]{task.fields[now]}"),
            console=self._console,
            disable=not self._live,
        )
        self._task: object = None
        self._planned = 0
        self._begun: dict[str, float] = {}

    def __enter__(self) -> View:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def __call__(self, step: Step, event: Event | None) -> None:
        """A step begins, or an event came."""
        if event is None:
            self._begin(step)
            return
        match event.type:
            case "planned_change" if step is Step.PLAN and event.action not in {"read", "noop"}:
                self._planned += 1
            case "apply_start" if event.action != "read":
                self._begun[event.address] = time.monotonic()
            case "apply_complete" | "apply_errored" if event.address in self._begun:
                took = time.monotonic() - self._begun.pop(event.address)
                self._advance()
                if not self._live and not self._quiet and took >= SLOW:
                    self._line(f"  {event.address}{_DONE[event.type]} {took:.0f} s")
            case _:
                return
        self._show()

    def _begin(self, step: Step) -> None:
        self._begun.clear()
        if not self._live:
            if not self._quiet:
                self._line(f"{step.value} ...")
            return
        total = self._planned if step in {Step.APPLY, Step.DESTROY} else None
        self._task = self._bar.add_task(step.value, total=total, now="")

    def _line(self, text: str) -> None:
        self._console.print(Text(visible(text)), soft_wrap=True)

    def _advance(self) -> None:
        if self._task is not None:
            self._bar.advance(self._task)  # type: ignore[arg-type]

    def _show(self) -> None:
        if self._task is not None:
            now = ", ".join([*self._begun][:3]) + (f" and {len(self._begun) - 3} more" if len(self._begun) > 3 else "")
            self._bar.update(self._task, now=now)  # type: ignore[arg-type]


def table(rehearsal: Rehearsal, stream: TextIO, variables: Mapping[str, str]) -> None:
    """Write what became of every resource, and the verdict."""
    color = wants_color(stream, variables)
    console = Console(file=stream, force_terminal=color, no_color=not color, highlight=False, soft_wrap=not color)
    if rehearsal.resources:
        console.print(_resources(rehearsal))
    for line in _told(rehearsal):
        console.print(line, soft_wrap=True)
    if stream is sys.stdout:
        stream.flush()


def _resources(rehearsal: Rehearsal) -> Table:
    shown = Table(box=None, pad_edge=False, show_edge=False)
    for name in ("resource", "verdict"):
        shown.add_column(name, overflow="fold")
    shown.add_column("create", justify="right")
    shown.add_column("destroy", justify="right")
    for one in rehearsal.resources:
        seconds = (_seconds(one.seconds, one.fate), _seconds(one.destroy_seconds, one.fate))
        shown.add_row(Text(visible(one.address)), Text(one.fate.value, style=_COLORS[one.fate]), *seconds)
    return shown


def _seconds(seconds: float, fate: Fate) -> str:
    if fate is Fate.NOT_REACHED or not seconds:
        return ""
    return f"{seconds:.1f} s"


def _told(rehearsal: Rehearsal) -> Iterator[Text | str]:
    yield ""
    for one in rehearsal.resources:
        yield from _resource(one)
    for step in rehearsal.steps:
        yield from _step(step)
    for probe in rehearsal.probes:
        if not probe.ok:
            yield Text.assemble((f"{visible(probe.name)} failed", "bold red"), f": {visible(probe.message)}")
    for item in rehearsal.left or ():
        yield Text.assemble(("left behind", "yellow"), f": {visible(str(item))}")
    for note in rehearsal.notes:
        yield Text(f"note: {visible(note)}", style="dim")
    took = ", ".join(f"{step.step.value} {step.seconds:.0f} s" for step in rehearsal.steps)
    tools = ", ".join(filter(None, (rehearsal.engine, rehearsal.provider)))
    yield Text(f"{tools}: {took}", style="dim")
    yield Text(f"logs: {rehearsal.logs}", style="dim")
    yield _verdict(rehearsal)


def _resource(one: ResourceOutcome) -> Iterator[Text]:
    address = visible(one.address)
    if one.gap:
        yield Text.assemble((f"{address} was not rehearsed", "cyan"), f": {visible(one.gap)}")
    elif one.fate is Fate.UNSETTLED:
        what = "replace it because of" if one.replaced else "change"
        changes = ", ".join(one.changes) or "it"
        yield Text.assemble((f"{address} never settles", "yellow"), f": a second plan wants to {what} {changes}")
    elif one.message:
        by = f" ({one.rule})" if one.rule else ""
        yield Text.assemble((f"{address} {one.fate.value}{by}", "bold red"), f": {visible(one.message.strip())}")


def _step(step: StepOutcome) -> Iterator[Text]:
    if step.message:
        yield Text.assemble((f"{step.step.value} failed", "bold red"), f": {visible(step.message)}")
    elif step.gap:
        yield Text.assemble((f"{step.step.value} was not rehearsed to its end", "cyan"), f": {visible(step.gap)}")


def _verdict(rehearsal: Rehearsal) -> Text:
    outcome = rehearsal.outcome
    style = {Outcome.DEPLOYS: "bold green", Outcome.FAILS: "bold red"}.get(outcome, "bold yellow")
    at = f" at {rehearsal.failed_at.value}" if outcome is Outcome.FAILS and rehearsal.failed_at else ""
    parts = [
        f"{len(found)} {fate.value}" for fate in Fate if (found := rehearsal.of(fate)) and fate is not Fate.CREATED
    ]
    created = len(rehearsal.of(Fate.CREATED, Fate.UNSETTLED, Fate.NOT_DESTROYED))
    counts = "; ".join([f"{count(created, 'resource')} created", *parts])
    return Text.assemble((f"{outcome.value}{at}", style), f": {counts}, in {rehearsal.seconds:.0f} s")
