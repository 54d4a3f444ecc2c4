"""Standard queue whose name ends in ``.fifo``.

Only FIFO queues may have the dot in their names; a queue is a standard one unless it says otherwise.
"""

from collections.abc import Iterator

from onetake.aws.sqs import Queue
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.rule import Answer, Fault, Rule
from onetake.rules.sqs._fifo import with_suffix

ANSWERS = {
    Language.TERRAFORM: Answer(Stage.PLAN, "invalid queue name: {queue}"),
    Language.CLOUDFORMATION: Answer(
        Stage.CREATE, "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"
    ),
}


def check(queue: Queue) -> Iterator[Fault]:
    """The queue is surely standard, and the name surely has the ending."""
    yield from with_suffix(queue, "queue")


RULE = Rule(
    name="sqs-fifo-suffix-on-standard-queue",
    view=Queue,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="The names of standard queues have letters, digits, hyphens and underscores only.",
    fix="Make it a FIFO queue, or take .fifo out of its name.",
    evidence=(
        "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html",
        "https://github.com/boto/botocore/issues/3058",
        "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/sqs/queue.go",
    ),
)
