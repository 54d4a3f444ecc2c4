"""A request that comes a second time with the token of the first is answered as the first was, as AWS does.

An SDK sends a request again when the answer is lost, with the same token; without this, what it creates would be there
twice, and only one of the two would ever be deleted. Which members are tokens is told by the models of the services
(https://smithy.io/2.0/spec/behavior-traits.html#idempotencytoken-trait), and by their names where a model does not.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onetake.emulator.moto_extension.calls import Answer, Call

_NAMES = ("ClientToken", "ClientRequestToken")
_CREATING = ("Allocate", "Create", "Import", "Register", "Request", "Run")
"""How the names of operations begin of which a second one would be too many."""

Key = tuple[str, str, str]
"""Label, region and token of a call."""


class _Once:
    """One request, whose second coming waits for the answer to the first."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.answer: Answer | None = None


class Repeats:
    """The answers to requests that have a token."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[Key, _Once] = {}

    def answered(self, call: Call, carry_out: Callable[[], Answer]) -> Answer:
        """The answer that the same request got before, or what ``carry_out`` answers; refusals are not kept."""
        token = _token(call)
        if not token:
            return carry_out()
        with self._lock:
            once = self._known.setdefault((call.label, call.region, token), _Once())
        with once.lock:
            if once.answer is None:
                answer = carry_out()
                if not answer[0].startswith("2"):
                    return answer
                once.answer = answer
            return once.answer

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._known.clear()


def _token(call: Call) -> str:
    if not call.name.startswith(_CREATING):
        return ""
    given = (call.parameters.get(name) for name in (*call.operation.idempotent_members, *_NAMES))
    return next((one for one in given if isinstance(one, str)), "")
