"""An AWS that knows who asks and refuses all else: where a provider's requests go while it plans and applies."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType, TracebackType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from onetake.model.records import record

ACCOUNT = "123456789012"
CODE, WORDS = "OnetakeRefusal", "refused by a sink on this machine"
_IDENTITY = (
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>'
    f"<Arn>arn:aws:iam::{ACCOUNT}:user/onetake</Arn><UserId>AIDAONETAKE</UserId><Account>{ACCOUNT}</Account>"
    "</GetCallerIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>"
)
_REFUSED = (
    f"<ErrorResponse><Error><Type>Sender</Type><Code>{CODE}</Code><Message>{WORDS}</Message></Error></ErrorResponse>"
)


@record
class Request:
    """One request that a provider made."""

    method: str
    path: str
    target: str
    """The operation, in protocols that name it in a header."""
    body: bytes
    query: str = ""
    headers: Mapping[str, str] = MappingProxyType({})

    def parameters(self) -> dict[str, Any]:
        """What the request gives, as JSON or by the names of the query protocol; empty when it is in XML or binary."""
        text = self.body.decode("utf-8", errors="replace")
        if text[:1] == "{":
            try:
                found = json.loads(text)
            except ValueError:
                return {}
            return found if isinstance(found, dict) else {}
        pairs = dict(parse_qsl(text, keep_blank_values=True)) if "Action=" in text else {}
        return {name: value for name, value in pairs.items() if name not in ("Action", "Version")}


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing: a provider that hangs up, or is ended, is no fault."""


class Sink:
    """A server on a free port of this machine, for as long as it is entered."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        """What came since it was last cleared, without questions of who asks."""
        self._server = _Server(("127.0.0.1", 0), _handler(self.requests))
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Sink:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        """Its URL."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def environment(self) -> dict[str, str]:
        """What a provider has to see so that it asks here, with keys that open nothing."""
        return {
            "AWS_ENDPOINT_URL": self.address,
            "AWS_ACCESS_KEY_ID": "AKIAONETAKE",
            "AWS_SECRET_ACCESS_KEY": "onetake",
            "AWS_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
        }


SETTINGS: dict[str, Any] = {
    "region": "us-east-1",
    "skip_credentials_validation": True,
    "skip_metadata_api_check": "true",
    "skip_region_validation": True,
    "max_retries": 1,
    "s3_use_path_style": True,
}
"""The configuration of a provider that asks the sink."""


def _handler(requests: list[Request]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if b"Action=GetCallerIdentity" in body:
                self._send(200, "text/xml", _IDENTITY)
                return
            target = self.headers.get("X-Amz-Target") or ""
            asked = urlsplit(self.path)
            requests.append(Request(self.command, asked.path, target, body, asked.query, dict(self.headers)))
            # Clients read the code from the header or the body, as JSON or XML, by their protocol.
            kind = self.headers.get("Content-Type") or ""
            plain = json.dumps({"__type": CODE, "code": CODE, "message": WORDS})
            in_xml = "urlencoded" in kind or "xml" in kind or not (target or "json" in kind)
            self._send(400, "text/xml" if in_xml else "application/x-amz-json-1.1", _REFUSED if in_xml else plain)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = _answer  # noqa: N815 - as the base class calls them

        def _send(self, status: int, kind: str, text: str) -> None:
            content = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("X-Amzn-ErrorType", CODE)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's names
            """Nothing: the requests are kept."""

    return Handler
