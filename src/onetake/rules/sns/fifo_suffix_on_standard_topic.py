"""Standard topic whose name ends in ``.fifo``.

Only FIFO topics may have the dot in their names; a topic is a standard one unless it says otherwise. Terraform's
provider refuses it when it plans, which is told apart.
"""

from collections.abc import Iterator

from onetake.aws.sns import Topic
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.rule import Answer, Fault, Rule
from onetake.rules.sqs._fifo import with_suffix


def check(topic: Topic) -> Iterator[Fault]:
    """The topic is surely standard, and the name surely has the ending."""
    yield from with_suffix(topic, "topic")


RULE = Rule(
    name="sns-fifo-suffix-on-standard-topic",
    view=Topic,
    check=check,
    severity=Severity.CRITICAL,
    answers={Language.CLOUDFORMATION: Answer(Stage.CREATE, "Invalid parameter: Topic Name")},
    cause="The names of standard topics have letters, digits, hyphens and underscores only.",
    fix="Make it a FIFO topic, or take .fifo out of its name.",
    evidence=(
        "https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html",
        "https://github.com/uecode/qpush-bundle/issues/131",
    ),
)
