"""Queue whose messages become visible again before the function that reads them must be done.

Lambda refuses the event source mapping when the queue's visibility timeout (30 seconds unless set) is shorter than
the function's timeout. A queue or function outside the stack is not judged.
"""

from collections.abc import Iterator

from onetake.aws.awslambda import EventSourceMapping, Function
from onetake.aws.lookup import target
from onetake.aws.sqs import Queue
from onetake.model.findings import Action, Edit, Severity
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.lambda_._sources import answers
from onetake.rules.rule import Fault, Rule

SAYS = "Queue visibility timeout: {visibility} seconds is less than Function timeout: {timeout} seconds"
KEYS = {
    Language.TERRAFORM: ("visibility_timeout_seconds",),
    Language.CLOUDFORMATION: ("Properties", "VisibilityTimeout"),
}


def check(mapping: EventSourceMapping) -> Iterator[Fault]:
    """Compare the two timeouts, both known or by default."""
    queue = target(mapping.source, mapping.stack, Queue)
    function = target(mapping.function, mapping.stack, Function)
    if queue is None or function is None:
        return
    match queue.visibility_timeout, function.timeout:
        case Known(visibility, where), Known(timeout) if visibility < timeout:
            place = queue.resource.where
            for key in KEYS[queue.language]:
                place = place / key
            yield Fault(
                where,
                f"{queue.address} shows a message again after {visibility} s, but {function.address} may work on it "
                f"for {timeout} s",
                related=(queue, function),
                words={"visibility": str(visibility), "timeout": str(timeout)},
                edits=(Edit(place, Action.SET, 6 * timeout),),
            )


RULE = Rule(
    name="lambda-queue-visibility-below-timeout",
    view=EventSourceMapping,
    check=check,
    severity=Severity.CRITICAL,
    answers=answers(SAYS),
    cause="Lambda refuses to read from a queue whose visibility timeout is shorter than the function's timeout.",
    fix="Set the queue's visibility timeout to at least the function's timeout; AWS advises six times as much.",
    evidence=("https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html",),
)
