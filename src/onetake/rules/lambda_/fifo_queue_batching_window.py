"""FIFO queue that is read with a batching window.

Only standard queues can be waited for; messages of a FIFO queue are handed over as they come.
"""

from collections.abc import Iterator

from onetake.aws.awslambda import EventSourceMapping
from onetake.model.findings import Severity
from onetake.model.values import Known
from onetake.rules.lambda_._sources import answers, fifo, related, source
from onetake.rules.rule import Fault, Rule

SAYS = "Batching window is not supported for FIFO queues"


def check(mapping: EventSourceMapping) -> Iterator[Fault]:
    """A window of a second or longer, and a queue that is surely FIFO."""
    match mapping.batching_window:
        case Known(seconds, where) if seconds > 0 and fifo(mapping):
            message = f"{mapping.address} waits {seconds} s for the messages of a FIFO queue"
            yield Fault(where, message, related=related(source(mapping)[1]))


RULE = Rule(
    name="lambda-fifo-queue-batching-window",
    view=EventSourceMapping,
    check=check,
    severity=Severity.CRITICAL,
    answers=answers(SAYS),
    cause="Lambda has no batching window for FIFO queues.",
    fix="Leave the batching window out, and keep the batch size at 10 or below.",
    evidence=(
        "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html",
        "https://github.com/aws/aws-lambda-dotnet/pull/1758",
    ),
)
