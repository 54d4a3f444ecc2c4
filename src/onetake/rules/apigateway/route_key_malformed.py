"""Route of an HTTP API whose key is not a method and a path.

``GET /pictures``, ``ANY /{proxy+}`` and ``$default`` are keys; ``POST pictures`` and ``/pictures`` are not. WebSocket
APIs choose their keys freely.
"""

from collections.abc import Iterator

from onetake.aws.apigateway import HttpApi, Route
from onetake.aws.lookup import target
from onetake.model.findings import Action, Edit, Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

METHODS = frozenset({"ANY", "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"})
SAYS = (
    'The provided route key is not formatted properly for HTTP protocol. Format should be "[HTTP METHOD] /[RESOURCE '
    'PATH]" or "$default"'
)


def check(route: Route) -> Iterator[Fault]:
    """The API is one of the program, and surely speaks HTTP."""
    api = target(route.api, route.stack, HttpApi)
    if api is None:
        return
    match api.protocol, route.key:
        case Known("HTTP"), Known(key, where) if key != "$default" and not _formed(key):
            meant = _meant(key)
            yield Fault(
                where,
                f'{route.address} has the key "{key}"' + (f', not "{meant}"' if meant else ""),
                related=(api,),
                edits=(Edit(where, Action.SET, meant),) if meant else (),
            )


def _formed(key: str) -> bool:
    """Whether the key is a method and a path; how strict AWS is about capitals is left open."""
    method, _, path = key.partition(" ")
    return method.upper() in METHODS and path.startswith("/")


def _meant(key: str) -> str:
    """The key with a slash before its path, where it begins with a method."""
    method, _, path = key.partition(" ")
    return f"{method} /{path.strip()}" if method in METHODS and path.strip() and "/" not in path[:1] else ""


RULE = Rule(
    name="apigateway-route-key-malformed",
    view=Route,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.CREATE, f"BadRequestException: {SAYS}"),
        Language.CLOUDFORMATION: Answer(Stage.CREATE, SAYS),
    },
    cause="The key of an HTTP API's route is an HTTP method and a path that begins with a slash, or $default.",
    fix='Write the method, one space and the path with its slash: "POST /pictures".',
    evidence=(
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html",
        "https://github.com/CloudCtzn/rubiconapi",
    ),
)
