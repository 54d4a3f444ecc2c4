"""Subscription of a FIFO topic with a protocol that FIFO topics do not deliver to.

A FIFO topic delivers to SQS queues only. Other protocols are refused when the subscription is made.
"""

from collections.abc import Iterator

from onetake.aws.lookup import target
from onetake.aws.sns import Subscription, Topic
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

REFUSED = frozenset({"sms", "email", "email-json", "http", "https", "application", "lambda", "firehose"})
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, "InvalidParameter: Invalid parameter: Invalid protocol type: {protocol}"),
    Language.CLOUDFORMATION: Answer(
        Stage.CREATE,
        "Invalid parameter: Invalid protocol type: {protocol} (Service: AmazonSNS; Status Code: 400; Error Code: "
        "InvalidParameter)",
    ),
}


def check(subscription: Subscription) -> Iterator[Fault]:
    """The topic is one of the stack and surely FIFO."""
    topic = target(subscription.topic, subscription.stack, Topic)
    if topic is None:
        return
    match topic.fifo, subscription.protocol:
        case Known(True), Known(protocol, where) if protocol in REFUSED:
            yield Fault(
                where,
                f"{subscription.address} subscribes by {protocol} to the FIFO topic {topic.address}",
                related=(topic,),
                words={"protocol": protocol},
            )


RULE = Rule(
    name="sns-fifo-topic-protocol",
    view=Subscription,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="FIFO topics deliver to SQS queues only.",
    fix="Subscribe an SQS queue and let a function read it, or use a standard topic.",
    evidence=("https://docs.aws.amazon.com/sns/latest/dg/sns-fifo-topics.html",),
)
