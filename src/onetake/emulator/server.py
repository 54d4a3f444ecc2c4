"""moto in this process, behind our layer, on a free port of this machine."""

from __future__ import annotations

import logging
import os
import threading
import warnings
from types import TracebackType
from typing import TYPE_CHECKING, Any

from onetake.emulator.environment import ACCOUNT

if TYPE_CHECKING:
    from onetake.emulator.moto_extension.layer import Layer


class Emulator:
    """An emulated AWS account, empty when it is entered.

    moto keeps its state in module globals: there is one account in a process, and no two emulators at once.

    Attributes:
        url: where it listens.
        layer: what stands before moto; rehearsals set its rules and read what it answered.
    """

    _alone = threading.Lock()

    def __init__(self) -> None:
        self.url = ""
        self.layer: Layer
        self._server: Any = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Emulator:
        if not self._alone.acquire(blocking=False):
            raise RuntimeError("another rehearsal runs in this process")
        try:
            self._start()
        except BaseException:
            self._alone.release()
            raise
        return self

    def _start(self) -> None:
        # moto reads these while it is imported.
        os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
        os.environ.setdefault("MOTO_ACCOUNT_ID", ACCOUNT)
        logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
        # It warns of error codes that the model of a service does not list; several that AWS uses are not.
        warnings.filterwarnings("ignore", message=r"Exception\(.*does not match an error shape")
        from moto.moto_server.werkzeug_app import MotoRequestHandler
        from werkzeug.serving import make_server

        from onetake.emulator.moto_extension.layer import Layer

        _remember_regions()
        self.layer = Layer()
        self.layer.reset()
        self._server = make_server("127.0.0.1", 0, self.layer, threaded=True, request_handler=MotoRequestHandler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True, name="emulator")
        self._thread.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        if self._thread:
            self._thread.join()
        self._alone.release()


def _remember_regions() -> None:
    """Moto asks boto3 for the regions of a service, in a session that it keeps: not by a profile of the user's."""
    from moto.core.base_backend import AccountSpecificBackend

    names = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE")
    taken = {name: os.environ.pop(name) for name in names if name in os.environ}
    try:
        AccountSpecificBackend.get_session()
    finally:
        os.environ.update(taken)
