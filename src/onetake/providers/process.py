"""Provider programs as processes: started with Terraform's handshake, stopped with us."""

from __future__ import annotations

import os
import select
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO

# Terraform's plugin handshake: a fixed, public value by which providers tell that they were not started by hand.
_COOKIE = {"TF_PLUGIN_MAGIC_COOKIE": "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2"}
_PROTOCOL = 5
_SOCKET = "unix:"
_KEPT = ("PATH", "HOME", "TMPDIR", "SYSTEMROOT", "LANG")
START_SECONDS = 30.0


class ProviderFailure(RuntimeError):
    """The provider did not start, crashed, or did not answer in time."""


class Process:
    """A running provider. It sees nothing of our environment but what it is given and where programs are."""

    def __init__(self, binary: Path, environment: Mapping[str, str]) -> None:
        """Start ``binary`` and wait for its handshake.

        Raises:
            ProviderFailure: it cannot be started, or is not a provider with protocol 5.
        """
        own = {name: os.environ[name] for name in _KEPT if name in os.environ}
        settings = own | _COOKIE | {"PLUGIN_PROTOCOL_VERSIONS": str(_PROTOCOL), "TF_LOG": "OFF"} | dict(environment)
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the process
        try:
            self._process = subprocess.Popen(  # noqa: S603 - the user named this program, or Terraform installed it
                [str(binary)], env=settings, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self._errors
            )
        except OSError as error:
            raise ProviderFailure(f"{binary} cannot be started: {error.strerror}") from None
        self.address = ""
        try:
            self.address = self._handshake(binary)
        except ProviderFailure:
            self.stop()
            raise

    def _handshake(self, binary: Path) -> str:
        assert self._process.stdout is not None  # noqa: S101 - opened above
        line = _line(self._process.stdout, START_SECONDS)
        parts = line.strip().split("|")
        if len(parts) < 5 or parts[0] != "1" or parts[4] != "grpc":
            said = line.strip() or self.last_words() or "nothing"
            raise ProviderFailure(f"{binary} is not a Terraform provider; it said: {said[:300]}")
        if parts[1] != str(_PROTOCOL):
            raise ProviderFailure(f"{binary} speaks plugin protocol {parts[1]}; only {_PROTOCOL} is supported")
        return f"{_SOCKET}{parts[3]}" if parts[2] == "unix" else parts[3]

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    @property
    def number(self) -> int:
        """Its process id."""
        return self._process.pid

    def last_words(self) -> str:
        """The end of what it wrote to standard error: the reason of a crash."""
        self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(self._errors.tell() - 4000, 0))
        return self._errors.read().decode(errors="replace").strip()

    def stop(self) -> None:
        """End it, at once; a provider keeps nothing that would have to be saved."""
        self._process.kill()
        self._process.wait()
        if self.address.startswith(_SOCKET):
            # Killed, it cannot take its socket away itself.
            Path(self.address.removeprefix(_SOCKET)).unlink(missing_ok=True)
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._errors.close()


def _line(stream: IO[bytes], seconds: float) -> str:
    """The first line of ``stream``; what came of it when time is up."""
    end, got = time.monotonic() + seconds, b""
    while b"\n" not in got:
        ready, _, _ = select.select([stream], [], [], max(end - time.monotonic(), 0))
        piece = os.read(stream.fileno(), 4096) if ready else b""
        if not piece:
            break
        got += piece
    return got.partition(b"\n")[0].decode(errors="replace")
