"""Destination of WAF's logs whose name does not begin with ``aws-waf-logs-``.

WAF writes only to log groups, buckets and delivery streams of that name, and says that the ARN is not valid when it is
given another. A destination whose name is known only in part is judged by its beginning.
"""

import re
from collections.abc import Iterator

from onetake.aws.logs import LogGroup
from onetake.aws.lookup import target
from onetake.aws.s3 import Bucket
from onetake.aws.view import View
from onetake.aws.wafv2 import LoggingConfiguration
from onetake.mechanisms.policies.names import spelled
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known, Part, Value
from onetake.rules.rule import Answer, Fault, Rule

PREFIX = "aws-waf-logs-"
NAME = re.compile(
    r"arn:[^:]*:(?:logs:[^:]*:[^:]*:log-group:|s3:::|firehose:[^:]*:[^:]*:deliverystream/)(.*)", re.DOTALL
)
HOLE = "\0"
REFUSED = (
    "Error reason: The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by "
    "colons or slashes., field: LOG_DESTINATION, parameter: {destination}"
)


def check(logging: LoggingConfiguration) -> Iterator[Fault]:
    """Each destination whose name surely begins otherwise."""
    match logging.destinations:
        case Known(destinations):
            for destination in destinations:
                yield from _named(logging, destination)
        case _:
            return


def _named(logging: LoggingConfiguration, destination: Value[str]) -> Iterator[Fault]:
    pieces = spelled(destination, logging.stack)
    found = NAME.fullmatch("".join(piece if isinstance(piece, str) else HOLE for piece in pieces))
    if found is None:
        return
    begins, hole, _ = found[1].partition(HOLE)
    if begins.startswith(PREFIX) or (hole and PREFIX.startswith(begins)):
        return
    shown = begins.removesuffix(":*") + ("..." if hole else "")
    named = _resource(logging, destination)
    yield Fault(
        destination.where,
        f"{logging.address} logs to {shown}; a destination of WAF's logs is named {PREFIX}*",
        related=(named,) if named else (),
        words={"destination": _written(pieces)},
    )


def _written(pieces: tuple[Part, ...]) -> str:
    return "".join(piece if isinstance(piece, str) else "..." for piece in pieces)


def _resource(logging: LoggingConfiguration, destination: Value[str]) -> View | None:
    return target(destination, logging.stack, LogGroup) or target(destination, logging.stack, Bucket)


RULE = Rule(
    name="wafv2-log-destination-name",
    view=LoggingConfiguration,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.CREATE, f"WAFInvalidParameterException: {REFUSED}"),
        Language.CLOUDFORMATION: Answer(
            Stage.CREATE, f'Resource handler returned message: "{REFUSED} (Service: Wafv2, Status Code: 400)"'
        ),
    },
    cause="WAF refuses log destinations whose name does not begin with aws-waf-logs-.",
    fix="Give the log group, bucket or delivery stream a name that begins with aws-waf-logs-.",
    evidence=(
        "https://github.com/hashicorp/terraform-provider-aws/issues/23934",
        "https://github.com/aws/aws-cdk/issues/35311",
        "https://docs.aws.amazon.com/waf/latest/developerguide/logging-destinations.html",
    ),
)
