"""The WSGI application: who answers a call, and what is said when nobody can."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

from onetake.emulator.gaps import MARK
from onetake.emulator.moto_extension.calls import Answer, AwsError, Call

Guard = Callable[[Call], AwsError | None]
"""Judges a call before anybody answers it; an error refuses it."""
StartResponse = Callable[[str, list[tuple[str, str]]], Any]

HOSTS = ("127.0.0.1", "localhost", "emulator.invalid")
UNROUTED = frozenset({404, 405, 501})


class Layer:
    """Stands before moto.

    Attributes:
        guards: asked in turn before a call is carried out.
        seen: the calls that came, counted by label.
        unanswered: the calls that nothing here implements, by label.
    """

    def __init__(self) -> None:
        self.guards: list[Guard] = []
        self.seen: dict[str, int] = {}
        self.unanswered: dict[str, str] = {}
        self._lock = threading.Lock()
        self._moto = DomainDispatcherApplication(create_backend_app)

    def reset(self) -> None:
        """Empty the account."""
        from moto.core.base_backend import BackendDict
        from moto.core.model_instances import reset_model_data

        BackendDict.reset()
        reset_model_data()
        self.guards.clear()
        self.seen.clear()
        self.unanswered.clear()

    def __call__(self, environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        size = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(size) if size else b""
        status, headers, content = self._answer(environ, body)
        start(status, headers)
        return [content]

    def _answer(self, environ: dict[str, Any], body: bytes) -> Answer:
        host = str(environ.get("HTTP_HOST", "")).partition(":")[0]
        if host and not host.endswith(HOSTS):
            return _plain("502 -", f"the rehearsal reaches nothing outside this machine: {host}")
        call = Call.of(environ, body)
        if call is None:
            return self._moto_answer(environ, body)[0]
        with self._lock:
            self.seen[call.label] = self.seen.get(call.label, 0) + 1
        for guard in self.guards:
            refusal = guard(call)
            if refusal is not None:
                return call.answer(refusal)
        answer, fault = self._moto_answer(environ, body)
        if fault or _nobody(call, answer):
            return self._gap(call, fault)
        return answer

    def _moto_answer(self, environ: Mapping[str, Any], body: bytes) -> tuple[Answer, str]:
        """Moto's answer; and what went wrong in it, if something did."""
        said: list[Any] = ["500 -", []]

        def start(status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
            said[:] = [status, headers]

        try:
            content = b"".join(self._moto({**environ, "wsgi.input": io.BytesIO(body)}, start))
        except NotImplementedError:
            return _plain("501 -", ""), ""
        except Exception as error:  # moto is not ours: whatever happens in it, the answer is told as a gap
            return _plain("500 -", ""), f"{type(error).__name__}: {error}"
        return (said[0], said[1], content), ""

    def _gap(self, call: Call, fault: str) -> Answer:
        text = f"the emulator {'failed at' if fault else 'does not implement'} {call.label}"
        if fault:
            text += f" ({fault})"
        with self._lock:
            self.unanswered[call.label] = text
        return call.answer(AwsError(MARK, text, 400))


def _nobody(call: Call, answer: Answer) -> bool:
    """Whether moto has no such operation, which it tells with a page for browsers."""
    status, headers, content = answer
    number = int(status.split()[0])
    if number not in UNROUTED or call.operation.http.get("method") == "HEAD" or call.service == "s3":
        return False
    kinds = _values(headers, "content-type")
    return not content or any("text/html" in kind and content.lstrip()[:1] == b"<" for kind in kinds)


def _values(headers: Iterable[tuple[str, str]], name: str) -> Iterator[str]:
    return (value for key, value in headers if key.lower() == name)


def _plain(status: str, text: str) -> Answer:
    return status, [("Content-Type", "text/plain")], text.encode()
