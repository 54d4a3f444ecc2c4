"""Queue or stream that a function's role may not read.

Lambda reads with the function's role, and tries to when the event source mapping is created. Judged when every policy
of the role is known, and for queues when no policy of the queue lets the role in.
"""

from collections.abc import Iterator

from onetake.aws.awslambda import EventSourceMapping, Function
from onetake.aws.iam import Role
from onetake.aws.lookup import target
from onetake.aws.sqs import Queue
from onetake.aws.view import View
from onetake.mechanisms.policies import ANY_TEXT, Identity, Subject, resource_allows, role_allows
from onetake.model.findings import Severity
from onetake.model.language import Truth
from onetake.rules.lambda_._sources import Source, answers, source
from onetake.rules.rule import Fault, Rule

QUEUE = "The function execution role does not have permissions to call {action} on SQS"
STREAM = (
    "Cannot access stream <stream>. Please ensure the role can perform the {actions} Actions on your stream in IAM."
)
REFUSALS = {
    Source.QUEUE: QUEUE,
    Source.STREAM: STREAM.replace(
        "{actions}", "GetRecords, GetShardIterator, DescribeStream, ListShards, and ListStreams"
    ),
    Source.TABLE: STREAM.replace("{actions}", "GetRecords, GetShardIterator, DescribeStream, and ListStreams"),
}
ACTIONS = {
    Source.QUEUE: ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),
    Source.STREAM: ("kinesis:GetRecords", "kinesis:GetShardIterator"),
    Source.TABLE: ("dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream"),
}
"""What is surely needed; which of several ways to describe a Kinesis stream suffices is left open."""


def check(mapping: EventSourceMapping) -> Iterator[Fault]:
    """The first action that the role surely may not do."""
    kind, read = source(mapping)
    function = target(mapping.function, mapping.stack, Function)
    role = target(function.role, mapping.stack, Role) if function is not None else None
    if kind is None or read is None or role is None:
        return
    for action in ACTIONS[kind]:
        if role_allows(role, action, resource=_subject(kind, read)) is Truth.NO and _kept_out(role, action, read):
            yield Fault(
                mapping.source,
                f"{mapping.address} reads {read.address}, but {role.address} may not do {action} on it",
                related=(read, role),
                words={"refusal": REFUSALS[kind].replace("{action}", action.partition(":")[2])},
            )
            return


def _subject(kind: Source, read: View) -> Subject:
    return (read, "/stream/", ANY_TEXT) if kind is Source.TABLE else read


def _kept_out(role: Role, action: str, read: View) -> bool:
    """Whether a queue's own policy surely does not let the role in."""
    return not isinstance(read, Queue) or resource_allows(read, Identity(role), action) is Truth.NO


RULE = Rule(
    name="lambda-event-source-role-without-permission",
    view=EventSourceMapping,
    check=check,
    severity=Severity.CRITICAL,
    answers=answers("{refusal}"),
    cause="Lambda reads queues and streams with the function's role, and tries it when the mapping is created.",
    fix="Attach AWSLambdaSQSQueueExecutionRole, AWSLambdaKinesisExecutionRole or AWSLambdaDynamoDBExecutionRole.",
    evidence=(
        "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html",
        "https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html",
        "https://github.com/anomalyco/sst/issues/5737",
        "https://github.com/agiledigital/serverless-sns-sqs-lambda/issues/705",
        "https://github.com/awslabs/dynamodb-continuous-backup/issues/39",
        "https://github.com/aws-samples/cross-account-amazon-dynamodb-replication/issues/11",
    ),
)
