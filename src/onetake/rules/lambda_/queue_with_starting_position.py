"""Queue that a function is to read from a position, as only streams can be.

A queue hands out what is in it; it has no positions.
"""

from collections.abc import Iterator

from onetake.aws.awslambda import EventSourceMapping
from onetake.model.findings import Action, Edit, Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.lambda_._sources import Source, related, source
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "StartingPosition is not valid for SQS event sources."


def check(mapping: EventSourceMapping) -> Iterator[Fault]:
    """The source is surely a queue, and a position is written."""
    kind, queue = source(mapping)
    match mapping.starting_position:
        case Known(position, where) if position and kind is Source.QUEUE:
            yield Fault(
                where,
                f"{mapping.address} reads a queue, which has no position {position}",
                related=related(queue),
                edits=(Edit(where, Action.REMOVE),),
            )


RULE = Rule(
    name="lambda-queue-with-starting-position",
    view=EventSourceMapping,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidParameterValueException: {SAYS}"),
        Language.CLOUDFORMATION: Answer(Stage.CREATE, SAYS),
    },
    cause="Lambda takes a starting position for streams and topics only.",
    fix="Leave the starting position out.",
    evidence=(
        "https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html",
        "https://github.com/motdotla/node-lambda/issues/466",
        "https://github.com/boto/boto3/issues/1613",
    ),
)
