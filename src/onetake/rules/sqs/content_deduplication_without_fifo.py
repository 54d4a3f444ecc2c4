"""Standard queue with content-based deduplication.

Only FIFO queues drop duplicates. The setting switched off is no fault in Terraform; a kind that is not known is not
judged.
"""

from collections.abc import Iterator

from onetake.aws.sqs import Queue
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

ANSWERS = {
    Language.TERRAFORM: Answer(Stage.PLAN, "content-based deduplication can only be set for FIFO queue"),
    Language.CLOUDFORMATION: Answer(Stage.CREATE),
}


def check(queue: Queue) -> Iterator[Fault]:
    """The queue is surely standard, and the setting surely on."""
    match queue.fifo, queue.content_based_deduplication:
        case Known(False), Known(True, where):
            yield Fault(where, f"{queue.address} drops duplicates by content, but is a standard queue")


RULE = Rule(
    name="sqs-content-deduplication-without-fifo",
    view=Queue,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="Content-based deduplication exists for FIFO queues only.",
    fix="Make it a FIFO queue (its name must end in .fifo), or remove the setting.",
    evidence=(
        "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html",
        "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/sqs/queue.go",
    ),
)
