"""What an event source mapping reads: a queue, a stream, or the stream of a table; and how it is refused."""

from __future__ import annotations

from enum import Enum

from onetake.aws.awslambda import EventSourceMapping
from onetake.aws.dynamodb import Table
from onetake.aws.kinesis import Stream
from onetake.aws.lookup import target
from onetake.aws.sqs import Queue
from onetake.aws.view import View
from onetake.model.findings import Stage
from onetake.model.language import Language, Truth
from onetake.model.text import ends_with, prefix
from onetake.model.values import Absent, Known, Value
from onetake.rules.rule import Answer

FIFO = ".fifo"


def answers(says: str) -> dict[Language, Answer]:
    """How either language's engine prints what Lambda says against a mapping."""
    handled = (
        f'Resource handler returned message: "Invalid request provided: {says} (Service: Lambda, Status Code: 400)"'
    )
    return {
        Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidParameterValueException: {says}"),
        Language.CLOUDFORMATION: Answer(Stage.CREATE, f"{handled} (HandlerErrorCode: InvalidRequest)"),
    }


class Source(Enum):
    """The service that is read, as its ARNs name it."""

    QUEUE = "sqs"
    STREAM = "kinesis"
    TABLE = "dynamodb"


_VIEWS: dict[Source, type[View]] = {Source.QUEUE: Queue, Source.STREAM: Stream, Source.TABLE: Table}


def source(mapping: EventSourceMapping) -> tuple[Source | None, View | None]:
    """What the mapping surely reads, and the resource where it is one of the program."""
    for kind, view in _VIEWS.items():
        found = target(mapping.source, mapping.stack, view)
        if found is not None:
            return kind, found
    # arn:partition:service:region:account:...
    pieces = prefix(mapping.source).split(":")
    service = pieces[2] if len(pieces) > 3 and pieces[0] == "arn" else ""
    return next((kind for kind in Source if kind.value == service), None), None


def fifo(mapping: EventSourceMapping) -> bool:
    """Whether the mapping surely reads a FIFO queue."""
    kind, queue = source(mapping)
    if kind is not Source.QUEUE:
        return False
    if isinstance(queue, Queue):
        return isinstance(queue.fifo, Known) and queue.fifo.value
    return ends_with(mapping.source, FIFO) is Truth.YES


def related(view: View | None) -> tuple[View, ...]:
    """``view``, where there is one."""
    return () if view is None else (view,)


def unset(value: Value[int]) -> bool:
    """Whether a number is surely 0 or not written."""
    return isinstance(value, Absent) or (isinstance(value, Known) and value.value == 0)
