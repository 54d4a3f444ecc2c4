"""Names of FIFO queues and topics end in ``.fifo``, and only theirs do."""

from __future__ import annotations

from collections.abc import Iterator

from onetake.aws.sns import Topic
from onetake.aws.sqs import Queue
from onetake.model.findings import Action, Edit
from onetake.model.language import Truth
from onetake.model.text import ends_with, suffix
from onetake.model.values import Known, Unknown
from onetake.rules.rule import Fault

_ENDING = ".fifo"


def without_suffix(one: Queue | Topic, kind: str) -> Iterator[Fault]:
    """A ``kind`` that is surely FIFO, and whose name surely ends otherwise."""
    match one.fifo, one.name:
        case Known(True), Known(name, where) if not name.endswith(_ENDING):
            yield Fault(
                where,
                f"{one.address} is a FIFO {kind}, but is named {name}",
                words={kind: name},
                edits=(Edit(where, Action.SET, f"{name}{_ENDING}"),),
            )
        case Known(True), Unknown() as name if ends_with(name, _ENDING) is Truth.NO:
            yield Fault(name, f"{one.address} is a FIFO {kind}, but its name does not end in {_ENDING}")


def with_suffix(one: Queue | Topic, kind: str) -> Iterator[Fault]:
    """A ``kind`` that is surely a standard one, and whose name surely has the ending."""
    match one.fifo:
        case Known(False) if suffix(one.name).endswith(_ENDING):
            yield Fault(
                one.name,
                f"{one.address} has the name of a FIFO {kind}, but is a standard one",
                words={kind: one.name.value} if isinstance(one.name, Known) else {},
            )
