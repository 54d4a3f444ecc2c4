"""FIFO queue with a standard dead-letter queue, or the other way round.

Both queues are of the program, and both kinds are known.
"""

from collections.abc import Iterator, Mapping

from onetake.aws.forms import parsed
from onetake.aws.lookup import target
from onetake.aws.sqs import Queue
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Absent, Known
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "Dead-letter queue must be same type of queue as the source"
ANSWERS = {language: Answer(Stage.CREATE, SAYS) for language in Language}
KINDS = {True: "FIFO", False: "standard"}


def check(queue: Queue) -> Iterator[Fault]:
    """Compare the queue with the one that its failed messages go to."""
    match parsed(queue.redrive):
        case Known(Mapping() as policy, where):
            named = policy.get("deadLetterTargetArn", Absent(where))
        case _:
            return
    dead = target(named, queue.stack, Queue)
    if dead is None:
        return
    match queue.fifo, dead.fifo:
        case Known(bool() as own), Known(bool() as other) if own is not other:
            yield Fault(
                named,
                f"{queue.address} is a {KINDS[own]} queue, but its dead-letter queue {dead.address} is a "
                f"{KINDS[other]} one",
                related=(dead,),
            )


RULE = Rule(
    name="sqs-dead-letter-queue-kind",
    view=Queue,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="The dead-letter queue of a FIFO queue must be a FIFO queue, that of a standard queue a standard one.",
    fix="Make both queues FIFO, or neither.",
    evidence=(
        "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html",
        "https://github.com/byu-oit/handel/issues/253",
    ),
)
