"""Runs a command until it ends, or its time or room is over, and keeps the end of what it printed."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from onetake.model.records import record

KEPT = 64 * 1024
"""Bytes of what a program prints."""
_TICK = 0.5


@record
class Ran:
    """A command that ended."""

    code: int
    """Negative, or from 128 on, where a signal ended it."""
    printed: str
    """The last of it."""
    stopped: str = ""
    """Why it was ended, if it did not end by itself."""


def run(arguments: Sequence[str], environment: Mapping[str, str], output: Path, seconds: float, room: int) -> Ran:
    """Run a command for at most ``seconds``, and until it has written more than ``room`` bytes to ``output``.

    Raises:
        OSError: it cannot be started.
    """
    process = subprocess.Popen(  # noqa: S603 - in a sandbox, on the user's word
        arguments,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        printed, stopped = _watch(process, output, time.monotonic() + seconds, seconds, room)
    finally:
        # What it started goes with it, also where it ended by itself.
        _kill(process)
        process.wait()
        if process.stdout:
            process.stdout.close()
    return Ran(process.returncode, printed.decode("utf-8", errors="replace"), stopped)


def _watch(
    process: subprocess.Popen[bytes], output: Path, until: float, seconds: float, room: int
) -> tuple[bytes, str]:
    printed = b""
    stream = process.stdout
    assert stream is not None  # noqa: S101 - asked for above
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        looked = time.monotonic()
        while True:
            heard = selector.select(_TICK)
            if heard:
                part = os.read(stream.fileno(), KEPT)
                if not part:
                    selector.unregister(stream)
                    return printed, _wait(process, until, seconds)
                printed = (printed + part)[-KEPT:]
            elif process.poll() is not None:
                return printed, ""
            now = time.monotonic()
            if now >= until:
                return printed, _late(seconds)
            if now - looked >= _TICK:
                looked = now
                if _size(output) > room:
                    return printed, f"it wrote more than {room // 1024**2} MiB"


def _wait(process: subprocess.Popen[bytes], until: float, seconds: float) -> str:
    """It prints no more; it may still run."""
    try:
        process.wait(max(0.0, until - time.monotonic()))
    except subprocess.TimeoutExpired:
        return _late(seconds)
    return ""


def _late(seconds: float) -> str:
    return f"it did not end within {seconds:g} seconds"


def _kill(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        process.kill()


def _size(folder: Path) -> int:
    total = 0
    for path, _folders, files in os.walk(folder):
        for name in files:
            try:
                total += os.lstat(os.path.join(path, name)).st_size  # noqa: PTH118 - for every file, twice a second
            except OSError:
                continue
    return total
