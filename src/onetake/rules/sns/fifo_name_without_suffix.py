"""FIFO topic whose name does not end in ``.fifo``.

A name of which the end is not known is not judged; nor is a topic that CloudFormation names. Terraform's provider
refuses it when it plans, which is told apart.
"""

from collections.abc import Iterator

from onetake.aws.sns import Topic
from onetake.model.findings import Action, Edit, Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.text import ends_with
from onetake.model.values import Known, Unknown
from onetake.rules.rule import Answer, Fault, Rule


def check(topic: Topic) -> Iterator[Fault]:
    """The topic is surely FIFO, and the name surely ends otherwise."""
    match topic.fifo, topic.name:
        case Known(True), Known(name, where) if not name.endswith(".fifo"):
            message = f"{topic.address} is a FIFO topic, but is named {name}"
            yield Fault(where, message, edits=(Edit(where, Action.SET, f"{name}.fifo"),))
        case Known(True), Unknown() as name if ends_with(name, ".fifo") is Truth.NO:
            yield Fault(name, f"{topic.address} is a FIFO topic, but its name does not end in .fifo")


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
