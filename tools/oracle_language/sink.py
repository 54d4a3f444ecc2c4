"""An endpoint on this machine that answers in AWS's place: the few questions that planning cannot do without.

Everything else is refused at once, in a way that the provider does not try again.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

ACCOUNT = "123456789012"
_REGION = re.compile(r"Credential=[^/]+/\d+/([a-z0-9-]+)/([a-z0-9-]+)/")
_EC2 = "http://ec2.amazonaws.com/doc/2016-11-15/"
_STS = "https://sts.amazonaws.com/doc/2011-06-15/"


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Refuse."""
        self._say(403, _refusal())

    def do_POST(self) -> None:
        """Answer by the name of the action."""
        text = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode(errors="replace")
        region = (_REGION.search(self.headers.get("Authorization", "")) or ["", "us-east-1"])[1]
        action = (parse_qs(text).get("Action") or [""])[0]
        if self.headers.get("X-Amz-Target"):
            self._say(
                400,
                json.dumps({"__type": "AccessDeniedException", "message": "not here"}),
                "application/x-amz-json-1.1",
            )
        elif action == "GetCallerIdentity":
            self._say(200, _identity())
        elif action == "DescribeAvailabilityZones":
            self._say(200, _zones(region))
        elif action == "DescribeImages":
            self._say(200, _images())
        else:
            self._say(403, _refusal(ec2=_EC2 in text or "2016-11-15" in text))

    do_PUT = do_HEAD = do_DELETE = do_GET  # noqa: N815 - names that the base class asks for

    def _say(self, status: int, text: str, kind: str = "text/xml") -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _refusal(*, ec2: bool = False) -> str:
    inner = "<Error><Code>AccessDenied</Code><Message>not here</Message></Error>"
    if ec2:
        return f"<Response><Errors>{inner}</Errors><RequestID>x</RequestID></Response>"
    return f"<ErrorResponse>{inner}<RequestId>x</RequestId></ErrorResponse>"


def _identity() -> str:
    return (
        f'<GetCallerIdentityResponse xmlns="{_STS}"><GetCallerIdentityResult><Arn>arn:aws:iam::{ACCOUNT}:user/oracle</Arn>'
        f"<UserId>AIDAEXAMPLE</UserId><Account>{ACCOUNT}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
    )


def _zones(region: str) -> str:
    items = "".join(
        f"<item><zoneName>{region}{letter}</zoneName><zoneState>available</zoneState><regionName>{region}</regionName>"
        f"<zoneId>{region}-az{number}</zoneId><zoneType>availability-zone</zoneType>"
        "<optInStatus>opt-in-not-required</optInStatus></item>"
        for number, letter in enumerate("abc", 1)
    )
    return (
        f'<DescribeAvailabilityZonesResponse xmlns="{_EC2}"><availabilityZoneInfo>{items}</availabilityZoneInfo>'
        "</DescribeAvailabilityZonesResponse>"
    )


def _images() -> str:
    return (
        f'<DescribeImagesResponse xmlns="{_EC2}"><imagesSet><item><imageId>ami-0123456789abcdef0</imageId>'
        "<imageState>available</imageState><name>image</name><architecture>x86_64</architecture>"
        "<creationDate>2024-01-01T00:00:00.000Z</creationDate><rootDeviceName>/dev/xvda</rootDeviceName>"
        "<rootDeviceType>ebs</rootDeviceType><virtualizationType>hvm</virtualizationType></item></imagesSet>"
        "</DescribeImagesResponse>"
    )


@contextmanager
def sink() -> Iterator[str]:
    """The address of the endpoint, while it runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
