"""A request to AWS, understood: which operation of which service, with what parameters."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from botocore.awsrequest import HeadersDict
from botocore.parsers import create_parser
from moto.core.parse import PROTOCOL_PARSERS
from moto.core.request import Request, determine_request_protocol
from moto.core.routing import get_service_router
from moto.core.serialize import get_serializer_class
from moto.core.utils import get_service_model

_SIGNED = re.compile(r"Credential=(?P<key>[^/]+)/\d+/(?P<region>[^/]+)/(?P<name>[^/]+)/")
SERVICES: Mapping[str, tuple[str, ...]] = {
    "access-analyzer": ("accessanalyzer",),
    "airflow": ("mwaa",),
    "aps": ("amp",),
    "cloudhsm": ("cloudhsmv2",),
    "codestar-connections": ("codestar-connections", "codeconnections"),
    "codeconnections": ("codeconnections",),
    "config": ("config",),
    "elasticfilesystem": ("efs",),
    "es": ("opensearch", "es"),
    "elasticloadbalancing": ("elbv2", "elb"),
    "elasticmapreduce": ("emr",),
    "monitoring": ("cloudwatch",),
    "states": ("stepfunctions",),
    "email": ("ses",),
    "ses": ("sesv2", "ses"),
    "aoss": ("opensearchserverless",),
    "apigateway": ("apigatewayv2", "apigateway"),
    "sso": ("sso-admin",),
    "identitystore": ("identitystore",),
    "rum": ("rum",),
    "servicecatalog": ("servicecatalog", "servicecatalog-appregistry"),
    "tagging": ("resourcegroupstaggingapi",),
    "profile": ("customer-profiles",),
}
"""botocore's names of services by the name that their requests are signed with, where the two differ."""

Answer = tuple[str, list[tuple[str, str]], bytes]
"""Status line, headers, body."""


class AwsError(Exception):
    """An answer of a service that refuses.

    Attributes:
        code: ``ResourceNotFoundException``.
        message: what it says.
        status: the HTTP status; ``None`` for what the model says of the code.
    """

    def __init__(self, code: str, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status


class Call:
    """One call of an operation.

    Attributes:
        service: botocore's name of the service: ``elbv2``.
        operation: the operation's model; ``operation.name`` is ``CreateLoadBalancer``.
        region: where the caller sends it.
        key: the access key that it is signed with.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what a request tells
        self, service: str, operation: Any, region: str, key: str, environ: Mapping[str, Any], body: bytes
    ) -> None:
        self.service = service
        self.operation = operation
        self.region = region
        self.key = key
        self._environ = environ
        self._body = body
        self._uri: Mapping[str, Any] = {}

    @property
    def name(self) -> str:
        """``CreateLoadBalancer``."""
        return str(self.operation.name)

    @property
    def label(self) -> str:
        """``elbv2:CreateLoadBalancer``."""
        return f"{self.service}:{self.name}"

    @property
    def invocation(self) -> str:
        """What an SDK calls this call, however often it sends the request; empty for those that do not tell."""
        return str(self._environ.get("HTTP_AMZ_SDK_INVOCATION_ID", ""))

    @property
    def account(self) -> str:
        """Whose account it is sent to."""
        from moto.core import DEFAULT_ACCOUNT_ID

        return str(DEFAULT_ACCOUNT_ID)

    @cached_property
    def protocol(self) -> str:
        """How it is written: ``json``, ``query``, ``rest-xml``."""
        kind = str(self._environ.get("CONTENT_TYPE", ""))
        if kind.startswith("application/x-amz-json"):
            # Clients that are older than the model of a service speak what it spoke before.
            return "json"
        return str(determine_request_protocol(self.operation.service_model, kind))

    @cached_property
    def parameters(self) -> dict[str, Any]:
        """What the caller gave, by the names of the model."""
        request = _request(self._environ, self._body)
        parser = PROTOCOL_PARSERS[self.protocol](self.operation, map_type=dict)
        parsed = parser.parse(
            {
                "method": request.method,
                "values": request.values,
                "headers": request.headers,
                "body": request.get_data(),
                "url_path": request.path,
                "url_params": self._uri,
            }
        )
        return dict(parsed or {})

    def get(self, name: str, default: Any = None) -> Any:
        """A parameter."""
        value = self.parameters.get(name)
        return default if value is None else value

    def answer(self, result: Mapping[str, Any] | AwsError) -> Answer:
        """A result, or a refusal, as the protocol writes it."""
        serializer = get_serializer_class(self.service, self.protocol)(operation_model=self.operation)
        written = serializer.serialize(result)
        status = written["status_code"]
        if isinstance(result, AwsError) and result.status:
            status = result.status
        body = written["body"]
        content = body.encode() if isinstance(body, str) else bytes(body)
        headers = [(name, str(value)) for name, value in written["headers"].items()]
        if not any(name.lower() == "content-type" for name, _ in headers):
            kind = "application/json" if "json" in self.protocol else "text/xml"
            headers.append(("Content-Type", kind))
        return f"{status} -", [*headers, ("Content-Length", str(len(content)))], content

    def read(self, status: str, headers: list[tuple[str, str]], content: bytes) -> dict[str, Any]:
        """An answer that somebody else wrote, as the result that it tells."""
        if self.operation.output_shape is None:
            return {}
        parser = create_parser(self.protocol)
        given = {"status_code": int(status.split(maxsplit=1)[0]), "headers": HeadersDict(headers), "body": content}
        found = dict(parser.parse(given, self.operation.output_shape))
        found.pop("ResponseMetadata", None)
        return found

    @classmethod
    def of(cls, environ: Mapping[str, Any], body: bytes) -> Call | None:
        """The call that a request makes; ``None`` for what is not signed, or is no operation of the service."""
        signed = _SIGNED.search(environ.get("HTTP_AUTHORIZATION", ""))
        if signed is None:
            return None
        for service in _candidates(signed["name"], environ):
            found = cls._routed(service, (signed["region"], signed["key"]), environ, body)
            if found is not None:
                return found
        return None

    @classmethod
    def _routed(cls, service: str, signed: tuple[str, str], environ: Mapping[str, Any], body: bytes) -> Call | None:
        from botocore.exceptions import UnknownServiceError
        from werkzeug.exceptions import HTTPException

        try:
            operation, uri = get_service_router(service).match(_request(environ, body))
        except UnknownServiceError:
            return None
        except (HTTPException, NotImplementedError):
            named = str(environ.get("HTTP_X_AMZ_TARGET", "")).rpartition(".")[2]
            model = get_service_model(service)
            if named not in model.operation_names:
                return None
            operation, uri = model.operation_model(named), {}
        found = cls(service, operation, *signed, environ, body)
        found._uri = uri
        return found


def _candidates(signed: str, environ: Mapping[str, Any]) -> Iterator[str]:
    name = signed.lower()
    if name == "s3" and str(environ.get("PATH_INFO", "")).startswith("/v20180820/"):
        yield "s3control"
    if name == "dynamodb" and "Streams" in environ.get("HTTP_X_AMZ_TARGET", ""):
        yield "dynamodbstreams"
    yield from SERVICES.get(name, (name,))


def _request(environ: Mapping[str, Any], body: bytes) -> Any:
    return Request({**environ, "wsgi.input": io.BytesIO(body)})


def not_found(operation: Any, what: str) -> AwsError:
    """The refusal with which an operation says that there is no such thing."""
    for shape in operation.error_shapes:
        if re.search(r"NotFound|NoSuch|NotExist|DoesNotExist", shape.name):
            return AwsError(str(shape.metadata.get("error", {}).get("code") or shape.name), what)
    return AwsError("ResourceNotFoundException", what, 404)
