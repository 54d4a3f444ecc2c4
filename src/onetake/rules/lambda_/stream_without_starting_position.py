"""Stream that a function reads, without saying where it starts.

Kinesis streams and the streams of DynamoDB tables are read from ``LATEST`` or ``TRIM_HORIZON`` (Kinesis also from a
time). Terraform's provider does not ask for it.
"""

from collections.abc import Iterator

from onetake.aws.awslambda import EventSourceMapping
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Absent
from onetake.rules.lambda_._sources import Source, related, source
from onetake.rules.rule import Answer, Fault, Rule

SAYS = (
    "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be "
    "null."
)


def check(mapping: EventSourceMapping) -> Iterator[Fault]:
    """The source is surely a stream, and no position is written."""
    kind, stream = source(mapping)
    if kind in (Source.STREAM, Source.TABLE) and isinstance(mapping.starting_position, Absent):
        message = f"{mapping.address} reads a stream, but does not say from where"
        yield Fault(mapping.where, message, related=related(stream))


RULE = Rule(
    name="lambda-stream-without-starting-position",
    view=EventSourceMapping,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidParameterValueException: {SAYS}"),
        Language.CLOUDFORMATION: Answer(Stage.CREATE),
    },
    cause="Lambda has to be told from which record on it reads a stream.",
    fix="Set the starting position: LATEST for new records, TRIM_HORIZON for all that are kept.",
    evidence=(
        "https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html",
        "https://github.com/winglang/wing/issues/7178",
    ),
)
