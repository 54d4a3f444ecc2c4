"""A request that comes a second time is answered as the first time, as AWS does: what it does is done once.

SDKs send a request again when its answer is lost. That happens here more often than on AWS, whose network takes longer:
the answer can be there before the busy client is done with sending, which its SDK takes for a broken connection. Done
twice, a rule would exist already; what is created would be there twice, and only one of the two be deleted again.

A request is known by the id that SDKs give to each call, and by the token that AWS knows it by: which members are such
is told by the models of the services (https://smithy.io/2.0/spec/behavior-traits.html#idempotencytoken-trait), and by
their names where a model does not.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from onetake.emulator.strictness import READS

if TYPE_CHECKING:
    from onetake.emulator.moto_extension.calls import Answer, Call

_NAMES = ("ClientToken", "ClientRequestToken")
_CREATING = ("Allocate", "Create", "Import", "Register", "Request", "Run")
"""How the names of operations begin of which a second one would be too many."""

Key = tuple[str, str, str]
"""Label and region of a call, and what it is known by."""


class _Once:
    """One request, whose second coming waits for the answer to the first."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.answer: Answer | None = None


class Repeats:
    """The answers to requests that may come again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[Key, _Once] = {}

    def answered(self, call: Call, carry_out: Callable[[], Answer]) -> Answer:
        """The answer that the same request got before, or what ``carry_out`` answers; refusals are not kept."""
        keys = _keys(call)
        if not keys:
            return carry_out()
        with self._lock:
            known = next((self._known[key] for key in keys if key in self._known), None) or _Once()
            self._known.update(dict.fromkeys(keys, known))
        with known.lock:
            if known.answer is None:
                answer = carry_out()
                if not answer[0].startswith("2"):
                    return answer
                known.answer = answer
            return known.answer

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._known.clear()


def _keys(call: Call) -> list[Key]:
    if READS.match(call.name):
        return []
    names = (call.invocation, _token(call) if call.name.startswith(_CREATING) else "")
    return [(call.label, call.region, name) for name in names if name]


def _token(call: Call) -> str:
    given = (call.parameters.get(name) for name in (*call.operation.idempotent_members, *_NAMES))
    return next((one for one in given if isinstance(one, str)), "")
