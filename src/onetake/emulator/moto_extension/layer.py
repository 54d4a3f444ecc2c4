"""The WSGI application: who answers a call, and what is said when nobody can."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from typing import Any

from moto.backends import list_of_moto_modules
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

from onetake.emulator.gaps import MARK
from onetake.emulator.moto_extension import services
from onetake.emulator.moto_extension.calls import Answer, AwsError, Call
from onetake.emulator.moto_extension.generic import engine
from onetake.emulator.moto_extension.generic.store import Store, tags_in
from onetake.emulator.moto_extension.repeating import Repeats

Guard = Callable[[Call], AwsError | None]
"""Judges a call before anybody answers it; an error refuses it."""
Listener = Callable[[Call, Answer], None]
"""Is told of a call that was carried out, with its answer."""
StartResponse = Callable[[str, list[tuple[str, str]]], Any]

HOSTS = ("127.0.0.1", "localhost", "emulator.invalid")
MOTO, EXTENSION, GENERIC = "moto", "extension", "generic"
"""Who answered a call: moto, an operation of ours, or the generic engine, which accepts everything."""
UNROUTED = frozenset({404, 405, 501})
NOBODY: Answer = ("501 -", [], b"")
_ARN = re.compile(r"arn:aws:[^\"<\s]+")


class Layer:
    """Stands before moto.

    Attributes:
        guards: asked in turn before a call is carried out.
        listeners: told of each call that was carried out.
        seen: the calls that came, counted by label.
        unanswered: the calls that nothing here implements, by label.
        answered: who answers a call, by label: ``moto``, ``extension`` or ``generic``.
        store: the state beyond moto's.
    """

    def __init__(self) -> None:
        self.guards: list[Guard] = []
        self.listeners: list[Listener] = []
        self.seen: dict[str, int] = {}
        self.unanswered: dict[str, str] = {}
        self.answered: dict[str, str] = {}
        self.store = Store()
        self._lock = threading.Lock()
        self._repeats = Repeats()
        self._hosts: dict[str, bool] = {}
        self._moto = DomainDispatcherApplication(create_backend_app)
        # Whose a host is it looks up for every request, in its folders on disk and behind a lock.
        self._moto.get_backend_for_host = cache(self._moto.get_backend_for_host)

    def reset(self) -> None:
        """Empty the account."""
        from moto.core.base_backend import BackendDict
        from moto.core.model_instances import reset_model_data

        BackendDict.reset()
        reset_model_data()
        self.guards.clear()
        self.listeners.clear()
        self.seen.clear()
        self.unanswered.clear()
        self.answered.clear()
        self.store.clear()
        self._repeats.clear()

    def __call__(self, environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        size = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(size) if size else b""
        try:
            status, headers, content = self._answer(environ, body)
        except Exception as error:  # a fault of ours must not look like one of AWS
            status, headers, content = self._failed(environ, body, f"{type(error).__name__}: {error}")
        start(status, headers)
        return [content]

    def _failed(self, environ: Mapping[str, Any], body: bytes, fault: str) -> Answer:
        text = f"the emulator failed: {fault}"
        self.unanswered[str(environ.get("PATH_INFO"))] = f"{MARK}: {text}"
        with suppress(Exception):  # it may be the call that could not be understood
            call = Call.of(environ, body)
            if call:
                return call.answer(AwsError(MARK, text, 400))
        return _plain("400 -", f"{MARK}: {text}")

    def _answer(self, environ: dict[str, Any], body: bytes) -> Answer:
        host = str(environ.get("HTTP_HOST", "")).partition(":")[0]
        if host and not host.endswith(HOSTS):
            return _plain("502 -", f"the rehearsal reaches nothing outside this machine: {host}")
        call = Call.of(environ, body)
        if call is None:
            return self._unknown(environ, body)
        with self._lock:
            self.seen[call.label] = self.seen.get(call.label, 0) + 1
        return self._repeats.answered(call, lambda: self._once(call, environ, body))

    def _once(self, call: Call, environ: Mapping[str, Any], body: bytes) -> Answer:
        for guard in self.guards:
            refusal = guard(call)
            if refusal is not None:
                return call.answer(refusal)
        answer = self._carried_out(call, environ, body)
        if answer[0].startswith("2"):
            for listener in self.listeners:
                listener(call, answer)
        return answer

    def _carried_out(self, call: Call, environ: Mapping[str, Any], body: bytes) -> Answer:
        extension = services.of(call.service)
        own = extension.operations.get(call.name)
        if own is not None:
            result = self._tried(lambda: own(call, self.store))
            if result is not None:
                self.answered[call.label] = EXTENSION
                return call.answer(result)
        if engine.noun(call.name) in extension.own:
            return self._without_moto(call, extension, "")
        answer, fault = self._moto_answer(environ, body) if self._served(environ) else (NOBODY, "")
        if fault or answer is NOBODY or _nobody(call, answer):
            return self._without_moto(call, extension, fault)
        self.answered.setdefault(call.label, MOTO)
        self._remember_tags(call, answer)
        amend = extension.amendments.get(call.name)
        return _amended(call, self.store, answer, amend) if amend else answer

    def _unknown(self, environ: Mapping[str, Any], body: bytes) -> Answer:
        """A request that is no operation of a known service: moto's own pages, presigned URLs, instance metadata."""
        if not self._served(environ):
            return _plain("400 -", f"{MARK}: the emulator does not implement {environ.get('HTTP_X_AMZ_TARGET', '')}")
        return self._moto_answer(environ, body)[0]

    def _without_moto(self, call: Call, extension: services.Extension, fault: str) -> Answer:
        result = None if fault else self._tried(lambda: engine.answer(call, self.store, extension.hints))
        if result is None:
            return self._gap(call, fault)
        self.answered[call.label] = GENERIC
        return call.answer(result)

    @staticmethod
    def _tried(operation: Callable[[], Mapping[str, Any] | None]) -> Mapping[str, Any] | AwsError | None:
        try:
            return operation()
        except AwsError as refusal:
            return refusal

    def _served(self, environ: Mapping[str, Any]) -> bool:
        """Whether moto has the service at all; it prints a line and fails where it has not."""
        host = self._moto.infer_service_region_host({**environ, "wsgi.input": io.BytesIO()}, environ["PATH_INFO"])
        if host is None or host in self._hosts:
            return self._hosts.get(host, True)
        known = host in list_of_moto_modules() or any(
            pattern.match(f"http://{host}") for _, pattern in self._moto.backend_url_patterns
        )
        self._hosts[host] = known
        return known

    def _remember_tags(self, call: Call, answer: Answer) -> None:
        """Keep the tags of what moto made, for services of which moto does not list them."""
        if call.service == "s3" or not call.name.startswith(("Create", "Put", "Register", "Run")):
            return
        tags = tags_in(call.parameters)
        arn = _ARN.search(answer[2].decode("utf-8", errors="replace")) if tags and answer[0].startswith("2") else None
        if arn:
            self.store.tags.setdefault(arn[0], {}).update(tags)

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


def _amended(call: Call, store: Store, answer: Answer, amend: services.Amendment) -> Answer:
    """The answer of moto with what it lacks; refusals are left as they are."""
    status, headers, content = answer
    if not status.startswith("2"):
        return answer
    body = call.read(status, headers, content)
    with store.lock:
        amend(call, store, body)
    return call.answer(body)


def _values(headers: Iterable[tuple[str, str]], name: str) -> Iterator[str]:
    return (value for key, value in headers if key.lower() == name)


def _plain(status: str, text: str) -> Answer:
    return status, [("Content-Type", "text/plain")], text.encode()
