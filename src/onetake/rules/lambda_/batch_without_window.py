"""Queue whose messages come in batches of more than ten, without a time to gather them.

A function gets up to ten messages of a queue at once. More (up to 10,000) need a batching window of a second or longer.
FIFO queues, which have no such window, are judged by rules of their own.
"""

from collections.abc import Iterator

from onetake.aws.awslambda import EventSourceMapping
from onetake.model.findings import Severity
from onetake.model.values import Known
from onetake.rules.lambda_._sources import Source, answers, fifo, related, source, unset
from onetake.rules.rule import Fault, Rule

MOST = 10
SAYS = "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10"


def check(mapping: EventSourceMapping) -> Iterator[Fault]:
    """A large batch of a queue, and surely no window."""
    kind, queue = source(mapping)
    if kind is not Source.QUEUE or fifo(mapping) or not unset(mapping.batching_window):
        return
    match mapping.batch_size:
        case Known(size, where) if size > MOST:
            message = f"{mapping.address} reads {size} messages at once without a batching window"
            yield Fault(where, message, related=related(queue))


RULE = Rule(
    name="lambda-batch-without-window",
    view=EventSourceMapping,
    check=check,
    severity=Severity.CRITICAL,
    answers=answers(SAYS),
    cause="Lambda gathers more than ten messages of a queue only while a batching window is open.",
    fix="Set a batching window of at least a second, or a batch size of at most 10.",
    evidence=(
        "https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html",
        "https://github.com/aws/chalice/issues/1778",
        "https://github.com/ansible-collections/amazon.aws/issues/1995",
    ),
)
