"""A Terraform provider, asked what it thinks of configurations: about a millisecond for a question."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import grpc

from onetake.knowledge.terraform.schema import Kind, ProviderSchema
from onetake.model.records import record
from onetake.providers import messages
from onetake.providers.messages import Diagnostic, capabilities, several
from onetake.providers.process import Process, ProviderFailure
from onetake.providers.wire import field, present

CALL_SECONDS = 30.0
_OPTIONS = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
_VALIDATE = {
    Kind.RESOURCE: "ValidateResourceTypeConfig",
    Kind.DATA_SOURCE: "ValidateDataSourceConfig",
    Kind.EPHEMERAL: "ValidateEphemeralResourceConfig",
}
TERRAFORM_VERSION = "1.11.4"
"""The Terraform that we say we are: the first minor version with write-only attributes."""


@record
class Planned:
    """What a provider answers when it is asked for a plan."""

    state: Any
    """The planned state; ``UNKNOWN`` stands where a value is only known after apply."""
    replaces: tuple[messages.Path, ...]
    """The attributes whose change replaces the resource; many providers list them when they create, too."""
    private: bytes
    diagnostics: tuple[Diagnostic, ...]


@record
class Applied:
    """What a provider answers when it is asked to apply."""

    state: Any
    diagnostics: tuple[Diagnostic, ...]


class Provider:
    """A provider's program, started when it is first needed and again after a crash.

    Several threads may ask at once. A question that ends the program, or that it does not answer in time, fails the
    others of that moment, too.
    """

    def __init__(
        self,
        binary: Path,
        *,
        environment: Mapping[str, str] | None = None,
        seconds: float = CALL_SECONDS,
    ) -> None:
        """``environment`` is all the program gets of one; a call may take ``seconds``."""
        self.binary = binary
        self._environment = dict(environment or {})
        self._seconds = seconds
        self._process: Process | None = None
        self._channel: grpc.Channel | None = None
        self._methods: dict[str, Callable[..., bytes]] = {}
        self._configuration: tuple[Any, str] | None = None
        self._lock = threading.RLock()
        self.starts = 0
        """How often it was started: more than once when it crashed."""

    def __enter__(self) -> Provider:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def schema(self, version: str, name: str = "aws") -> ProviderSchema:
        """Everything the provider offers; it does not tell its own version and name."""
        return messages.SchemaReader().provider(self._call("GetSchema", b""), version, name)

    def validate(self, kind: Kind, type_: str, config: Any, *, write_only: bool = True) -> tuple[Diagnostic, ...]:
        """What the provider says of a configuration of one type; ``config`` is complete (``values.complete``).

        ``write_only`` is whether the Terraform that asks knows write-only arguments, as it does since 1.11.

        Raises:
            ProviderFailure: it crashed or did not answer in time; the next call starts it anew.
        """
        if kind is Kind.PROVIDER:
            found = several(self._call("PrepareProviderConfig", present(1, messages.value(config))))
            return messages.diagnostics(found.get(2, ()))
        request = present(1, type_.encode()) + present(2, messages.value(config))
        if kind is Kind.RESOURCE and write_only:
            request += capabilities(3)
        return messages.diagnostics(several(self._call(_VALIDATE[kind], request)).get(1, ()))

    def configure(self, config: Any, terraform: str = TERRAFORM_VERSION) -> tuple[Diagnostic, ...]:
        """Configure the provider, as it has to be before it plans; done again by itself after a crash."""
        request = present(1, terraform.encode()) + present(2, messages.value(config))
        found = several(self._call("Configure", request)).get(1, ())
        self._configuration = (config, terraform)
        return messages.diagnostics(found)

    def plan(self, type_: str, config: Any, *, prior: Any = None, proposed: Any = None) -> Planned:
        """Ask what would be done to reach ``config`` from ``prior`` (nothing, to create).

        ``proposed`` is the state that Terraform proposes: the configuration, with the prior values of what it computes.

        Raises:
            ProviderFailure: it crashed or did not answer in time; the next call starts it anew.
        """
        parts = (prior, config if proposed is None else proposed, config)
        request = present(1, type_.encode()) + b"".join(
            present(number, messages.value(part)) for number, part in enumerate(parts, 2)
        )
        found = several(self._call("PlanResourceChange", request))
        return Planned(
            messages.read_value(found[1][0]) if 1 in found else None,
            tuple(messages.path(one) for one in found.get(2, ())),
            found.get(3, [b""])[0],
            messages.diagnostics(found.get(4, ())),
        )

    def apply(self, type_: str, config: Any, planned: Planned, *, prior: Any = None) -> Applied:
        """Carry out a plan.

        Raises:
            ProviderFailure: it crashed or did not answer in time; the next call starts it anew.
        """
        request = present(1, type_.encode()) + b"".join(
            present(number, messages.value(part)) for number, part in enumerate((prior, planned.state, config), 2)
        )
        found = several(self._call("ApplyResourceChange", request + field(5, planned.private)))
        state = messages.read_value(found[1][0]) if 1 in found else None
        return Applied(state, messages.diagnostics(found.get(3, ())))

    def stop(self) -> None:
        """End the program."""
        if self._channel is not None:
            with contextlib.suppress(grpc.RpcError):
                self._channel.unary_unary("/tfplugin5.Provider/Stop")(b"", timeout=1)
            self._channel.close()
        if self._process is not None:
            self._process.stop()
        self._process = self._channel = None
        self._methods.clear()

    @property
    def process_number(self) -> int | None:
        """The process id while it runs."""
        return self._process.number if self._process else None

    def _call(self, name: str, request: bytes) -> bytes:
        with self._lock:
            method, process = self._method(name), self._process
        try:
            return method(request, timeout=self._seconds)
        except ValueError:
            # The channel was closed: the program of the question was ended because of another one.
            raise ProviderFailure(f"{name} failed: the program ended") from None
        except grpc.RpcError as error:
            late = getattr(error, "code", lambda: None)() == grpc.StatusCode.DEADLINE_EXCEEDED
            words = self._abandoned(process, heard=not late)
            if late:
                raise ProviderFailure(f"{name} took more than {self._seconds:g} s") from None
            detail = words.splitlines()[0] if words else str(getattr(error, "details", lambda: "")())
            raise ProviderFailure(f"{name} failed: {detail}") from None

    def _abandoned(self, process: Process | None, *, heard: bool) -> str:
        """Forget ``process``, unless that was done before; its last words, where they are to be ``heard``."""
        with self._lock:
            if process is None or process is not self._process:
                return ""
            words = process.last_words() if heard else ""
            self._abandon()
            return words

    def _method(self, name: str) -> Callable[..., bytes]:
        if self._process is None:
            self._start()
        found = self._methods.get(name)
        if found is None and self._channel is not None:
            found = self._methods[name] = self._channel.unary_unary(f"/tfplugin5.Provider/{name}")
        assert found is not None  # noqa: S101 - started above
        return found

    def _start(self) -> None:
        self._process = Process(self.binary, self._environment)
        self._channel = grpc.insecure_channel(self._process.address, options=_OPTIONS)
        self.starts += 1
        if self._configuration is not None:
            self.configure(*self._configuration)

    def _abandon(self) -> None:
        """Forget a program that crashed or hangs; the next call starts another one."""
        if self._channel is not None:
            self._channel.close()
        if self._process is not None:
            self._process.stop()
        self._process = self._channel = None
        self._methods.clear()


def errors(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics that stop Terraform."""
    return [one for one in found if one.error]
