"""Queue that subscribes to a topic, but does not let SNS send to it.

Everything is created, and no message ever arrives. Judged when topic and queue are of the program and every policy of
the queue is known.
"""

from collections.abc import Iterator

from onetake.aws.lookup import target
from onetake.aws.sns import Subscription
from onetake.aws.sqs import Queue
from onetake.mechanisms.policies import Service, resource_allows
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

CONNECTOR = "AWS::Serverless::Connector"
"""Makes policies when the template is deployed."""
ANSWERS = {language: Answer(Stage.RUN) for language in Language}
SENDER = Service("sns.amazonaws.com")


def check(subscription: Subscription) -> Iterator[Fault]:
    """The endpoint is a queue whose policy surely does not admit SNS."""
    if subscription.stack.by_type.get(CONNECTOR):
        return
    match subscription.protocol:
        case Known("sqs"):
            queue = target(subscription.endpoint, subscription.stack, Queue)
            if queue is not None and resource_allows(queue, SENDER, "sqs:SendMessage") is Truth.NO:
                yield Fault(
                    subscription.endpoint,
                    f"{subscription.address} delivers to {queue.address}, whose policy does not let SNS send to it",
                    related=(queue,),
                )


RULE = Rule(
    name="sqs-queue-refuses-topic",
    view=Subscription,
    check=check,
    severity=Severity.HIGH,
    answers=ANSWERS,
    cause="SNS sends to the queue as sns.amazonaws.com, and only where the queue's policy allows it; otherwise the "
    "messages are lost.",
    fix="Give sns.amazonaws.com sqs:SendMessage in the queue's policy, with the topic as aws:SourceArn.",
    evidence=("https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html",),
)
