"""FIFO queue of which more than ten messages are read at once.

Ten is the most for a FIFO queue, since it has no batching window.
"""

from collections.abc import Iterator

from onetake.aws.awslambda import EventSourceMapping
from onetake.model.findings import Action, Edit, Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.lambda_._sources import fifo, related, source, unset
from onetake.rules.rule import Answer, Fault, Rule

MOST = 10


def check(mapping: EventSourceMapping) -> Iterator[Fault]:
    """A large batch, and a queue that is surely FIFO; one with a window is refused for that first."""
    match mapping.batch_size:
        case Known(size, where) if size > MOST and fifo(mapping) and unset(mapping.batching_window):
            yield Fault(
                where,
                f"{mapping.address} reads {size} messages of a FIFO queue at once; {MOST} is the most",
                related=related(source(mapping)[1]),
                edits=(Edit(where, Action.SET, MOST),),
            )


RULE = Rule(
    name="lambda-fifo-queue-batch-size",
    view=EventSourceMapping,
    check=check,
    severity=Severity.CRITICAL,
    answers={language: Answer(Stage.CREATE) for language in Language},
    cause="Lambda reads at most ten messages of a FIFO queue at once.",
    fix="Set the batch size to at most 10.",
    evidence=(
        "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html",
        "https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html",
    ),
    covers=("cfn-lambda-fifo-batch-size",),
)
