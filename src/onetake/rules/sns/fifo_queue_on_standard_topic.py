"""FIFO queue that is subscribed to a standard topic.

A FIFO queue takes messages of FIFO topics only; a standard queue takes those of either kind. Judged where both kinds
are known.
"""

from collections.abc import Iterator

from onetake.aws.lookup import target
from onetake.aws.sns import Subscription, Topic
from onetake.aws.sqs import Queue
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics"


def check(subscription: Subscription) -> Iterator[Fault]:
    """Topic and queue are of the program."""
    topic = target(subscription.topic, subscription.stack, Topic)
    queue = target(subscription.endpoint, subscription.stack, Queue)
    if topic is None or queue is None:
        return
    match topic.fifo, queue.fifo:
        case Known(False), Known(True):
            yield Fault(
                subscription.endpoint,
                f"{subscription.address} subscribes the FIFO queue {queue.address} to the standard topic "
                f"{topic.address}",
                related=(topic, queue),
            )


RULE = Rule(
    name="sns-fifo-queue-on-standard-topic",
    view=Subscription,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidParameter: {SAYS}"),
        Language.CLOUDFORMATION: Answer(Stage.CREATE, SAYS),
    },
    cause="A standard topic cannot keep the order that a FIFO queue promises.",
    fix="Make the topic a FIFO topic, or the queue a standard one.",
    evidence=(
        "https://docs.aws.amazon.com/sns/latest/dg/fifo-topic-message-delivery.html",
        "https://github.com/getmoto/moto/pull/8957",
    ),
)
