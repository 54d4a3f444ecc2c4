"""Function that reads the stream of a table which has none.

A DynamoDB table has a stream where it says so (``stream_enabled``, ``StreamSpecification``); otherwise there is no ARN
to read from. Tables with replicas, which bring a stream along, are not judged.
"""

from collections.abc import Iterator

from onetake.aws.awslambda import EventSourceMapping
from onetake.aws.dynamodb import Table
from onetake.aws.lookup import target
from onetake.aws.view import Attribute
from onetake.mechanisms.succession import made
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Absent, Known, origin
from onetake.rules.rule import Answer, Fault, Rule


class Streamed(Table):
    """A table, with what gives it a stream."""

    enabled = Attribute(bool, tf="stream_enabled", cfn=None)
    specification = Attribute(object, tf=None, cfn="StreamSpecification")
    replicas = Attribute(object, tf="replica", cfn="ReplicaSpecification")


def check(mapping: EventSourceMapping) -> Iterator[Fault]:
    """The source is the stream of a table of the program, which surely has none."""
    source = origin(mapping.source)
    table = target(mapping.source, mapping.stack, Streamed)
    if table is None or source is None or source.attribute not in ("stream_arn", "StreamArn") or not made(table):
        return
    disabled = isinstance(table.enabled, Absent) or (isinstance(table.enabled, Known) and not table.enabled.value)
    if disabled and isinstance(table.specification, Absent) and isinstance(table.replicas, Absent):
        message = f"{mapping.address} reads the stream of {table.address}, which has none"
        yield Fault(mapping.source, message, related=(table,))


RULE = Rule(
    name="lambda-table-without-stream",
    view=EventSourceMapping,
    check=check,
    severity=Severity.CRITICAL,
    answers={language: Answer(Stage.CREATE) for language in Language},
    cause="A table without a stream has no ARN of one.",
    fix="Enable the stream: stream_enabled with stream_view_type, or StreamSpecification.",
    evidence=(
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-dynamodb-table.html",
        "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table",
    ),
)
