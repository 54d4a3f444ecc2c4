"""Findings: predictions of what will go wrong, each of which can be proved wrong."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import total_ordering

from onetake.model.records import field, record
from onetake.model.values import Span


@total_ordering
class Severity(Enum):
    """How bad it is, worst first."""

    CRITICAL = "critical"
    """The deployment cannot finish."""
    HIGH = "high"
    """It finishes, but what it made is broken or unsafe."""
    MEDIUM = "medium"
    """It works, but is wasteful or fragile."""
    LOW = "low"
    """Style."""

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return _SEVERITIES[self]

    def __lt__(self, other: object) -> bool:
        """Less severe than."""
        if isinstance(other, Severity):
            return self.rank > other.rank
        return NotImplemented


_SEVERITIES = {severity: rank for rank, severity in enumerate(Severity)}


class Stage(Enum):
    """The steps from the editor to a running system, in order; a finding names the first that stops."""

    BUILD = "build"
    LINT = "lint"
    UNIT_TEST = "unit-test"
    SYNTH = "synth"
    INIT = "init"
    VALIDATE = "validate"
    PLAN = "plan"
    CREATE = "create"
    STABILIZE = "stabilize"
    UPDATE = "update"
    DESTROY = "destroy"
    RUN = "run"

    @property
    def rank(self) -> int:
        """Its place in the order, from 0."""
        return _STAGES[self]


_STAGES = {stage: rank for rank, stage in enumerate(Stage)}


class Confidence(Enum):
    """What a finding rests on."""

    EXACT = "exact"
    """The real tool refused it when it was asked."""
    SCHEMA = "schema"
    """A published schema forbids it."""
    DOCUMENTED = "documented"
    """Documentation or a real sighting says so."""
    MODEL = "model"
    """An API model or a dated table implies it."""


class Action(Enum):
    """What an edit does at its place."""

    SET = "set"
    """Give the key this value, adding the key if it is not there."""
    REMOVE = "remove"
    """Take the key, or the list element, away."""
    APPEND = "append"
    """Add the value at the end of the list, making the list if it is not there."""


@record
class Edit:
    """A change of the source that mends the fault; ``value`` is plain JSON data.

    In a template ``{"Ref": "Queue"}`` and the like are written as such; in Terraform a reference is
    written as the text ``"${aws_sqs_queue.jobs.arn}"``, whatever the file's syntax.
    """

    where: Span
    action: Action
    value: object = None


@record
class Finding:
    """One predicted failure."""

    rule: str
    """The permanent name of the rule."""
    severity: Severity
    stage: Stage
    confidence: Confidence
    where: Span
    resource: str
    """Terraform address or logical id; empty where no resource is meant."""
    message: str
    """One line that makes sense with nothing else on the screen."""
    verbatim: str = ""
    """What the stage prints, word for word; empty where nothing is ever printed."""
    cause: str = ""
    fix: str = ""
    condition: str = ""
    """The question whose answer decides a risk; empty for a certain failure."""
    related: tuple[str, ...] = ()
    """Addresses of other resources that take part."""
    related_spans: tuple[Span, ...] = ()
    """Where those lie."""
    edits: tuple[Edit, ...] = ()
    evidence: tuple[str, ...] = ()
    """Where the claim comes from."""
    stack: str = ""
    """The name of the stack it was found in."""
    construct: str = ""
    """The path of the construct that made the resource, in synthesized programs."""
    sensitive: bool = False
    """The lines it points at hold a secret: reports mask them."""
    at_once: bool = False
    """The deployment itself updates or deletes this, because the program is a plan; else that comes after it."""

    @property
    def conditional(self) -> bool:
        """A risk: it depends on an account, a date or a count that is not given."""
        return bool(self.condition)


@record
class Position:
    """A place as people count it: lines and columns from 1; the end lies behind the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


@record
class Note:
    """Something the reader of a report must know that is not a finding: what was not read, and why."""

    where: Span
    message: str
    missing: bool = True
    """Whether it says that something was not read; else it only tells how."""


@record
class Crash:
    """A fault of ours: which rule or reader failed on what; never a traceback at the user."""

    where: str
    detail: str
    facts: Mapping[str, str] = field(default_factory=dict)
