"""FIFO topic whose name does not end in ``.fifo``.

A name of which the end is not known is not judged; nor is a topic that CloudFormation names. Terraform's provider
refuses it when it plans, which is told apart.
"""

from collections.abc import Iterator

from onetake.aws.sns import Topic
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.rule import Answer, Fault, Rule
from onetake.rules.sqs._fifo import without_suffix


def check(topic: Topic) -> Iterator[Fault]:
    """The topic is surely FIFO, and the name surely ends otherwise."""
    yield from without_suffix(topic, "topic")


RULE = Rule(
    name="sns-fifo-name-without-suffix",
    view=Topic,
    check=check,
    severity=Severity.CRITICAL,
    answers={Language.CLOUDFORMATION: Answer(Stage.CREATE)},
    cause="The name of a FIFO topic must end in .fifo.",
    fix="Let the name end in .fifo.",
    evidence=(
        "https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html",
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-sns-topic.html",
    ),
)
