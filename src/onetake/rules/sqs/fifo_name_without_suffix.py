"""FIFO queue whose name does not end in ``.fifo``.

A name of which the end is not known is not judged; nor is a queue that is named by its engine.
"""

from collections.abc import Iterator

from onetake.aws.sqs import Queue
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.rule import Answer, Fault, Rule
from onetake.rules.sqs._fifo import without_suffix

ANSWERS = {
    Language.TERRAFORM: Answer(Stage.PLAN, "invalid queue name: {queue}"),
    Language.CLOUDFORMATION: Answer(
        Stage.CREATE,
        "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with "
        ".fifo suffix and be 1 to 80 in length.",
    ),
}


def check(queue: Queue) -> Iterator[Fault]:
    """The queue is surely FIFO, and the name surely ends otherwise."""
    yield from without_suffix(queue, "queue")


RULE = Rule(
    name="sqs-fifo-name-without-suffix",
    view=Queue,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="The name of a FIFO queue must end in .fifo.",
    fix="Let the name end in .fifo.",
    evidence=(
        "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html",
        "https://github.com/mapbox/cloudfriend/issues/94",
        "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/sqs/queue.go",
    ),
)
