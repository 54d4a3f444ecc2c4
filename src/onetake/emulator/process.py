"""Runs one command of the engine: reads its events as they come, keeps a log, and ends it when its time is over.

Or when nothing is to be waited for: providers answer some refusals by asking again, for minutes up to an hour.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from onetake.emulator.events import Event, Ledger, parse
from onetake.model.records import record

GRACE = 30.0
"""Seconds that an engine gets to write its state after it is asked to stop."""

LOOKS = 1.0
"""Seconds between two looks whether there is still something to wait for."""

Listener = Callable[[Event], None]
Hopeless = Callable[[Ledger], bool]


@record
class Ran:
    """A command that ended."""

    code: int
    seconds: float
    ledger: Ledger
    output: str
    """What it wrote that was no event: everything, for commands without ``-json``; else what a crash prints."""
    out_of_time: bool = False
    given_up: bool = False
    """Whether it was stopped because there was nothing to wait for."""


def run(  # noqa: PLR0913 - what a process needs
    arguments: Sequence[str],
    *,
    folder: Path,
    environment: Mapping[str, str],
    log: Path,
    budget: float,
    listen: Listener | None = None,
    hopeless: Hopeless | None = None,
) -> Ran:
    """Run a command to its end, or until ``budget`` seconds are over, or until it is ``hopeless``.

    It is then interrupted, so that it writes its state, and killed when it does not end within :data:`GRACE`; its
    children, the providers, go with it.
    """
    begun = time.monotonic()
    ledger = Ledger()
    rest: list[str] = []
    with log.open("w", encoding="utf-8") as kept:
        process = subprocess.Popen(  # noqa: S603 - the engine on the user's PATH
            arguments,
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
        late = _Deadline(process, budget, partial(hopeless, ledger) if hopeless else _hopeful)
        try:
            for line in process.stdout or ():
                kept.write(line)
                event = parse(line)
                if event is None:
                    rest.append(line)
                    continue
                ledger.take(event)
                if listen:
                    listen(event)
            code = process.wait()
        finally:
            late.cancel()
            if process.poll() is None:
                _signal(process, signal.SIGINT)
                _end(process)
    return Ran(code, time.monotonic() - begun, ledger, "".join(rest), late.passed, late.given_up)


def _hopeful() -> bool:
    return False


class _Deadline:
    """Interrupts a process after some time or when it is hopeless, and kills it when it does not mind."""

    def __init__(self, process: subprocess.Popen[str], seconds: float, hopeless: Callable[[], bool]) -> None:
        self.passed = False
        self.given_up = False
        self._process = process
        self._hopeless = hopeless
        self._ends = time.monotonic() + seconds
        self._ended = threading.Event()
        threading.Thread(target=self._wait, daemon=True).start()

    def _wait(self) -> None:
        while not self._ended.wait(max(0.0, min(LOOKS, self._ends - time.monotonic()))):
            self.passed = time.monotonic() >= self._ends
            self.given_up = not self.passed and self._hopeless()
            if self.passed or self.given_up:
                _signal(self._process, signal.SIGINT)
                _end(self._process)
                return

    def cancel(self) -> None:
        """The process ended by itself."""
        self._ended.set()


def _end(process: subprocess.Popen[str]) -> None:
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        _signal(process, signal.SIGKILL)


def _signal(process: subprocess.Popen[str], number: signal.Signals) -> None:
    try:
        # Only the engine is interrupted: it stops its providers itself. A kill has to reach them too.
        if number is signal.SIGKILL:
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)
    except ProcessLookupError:
        pass
