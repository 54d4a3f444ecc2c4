"""What a rule is: a name, the views it judges, the check, and the words the tools answer with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, TypeVar

from onetake.aws.view import View
from onetake.model.findings import Confidence, Edit, Severity, Stage
from onetake.model.language import Language
from onetake.model.records import field, record
from onetake.model.resources import Resource
from onetake.model.values import Span, Value

V = TypeVar("V", bound=View)


@record
class Answer:
    """What stops, and what it prints: ``text`` is quoted from a real sighting, with ``{names}`` for what varies.

    Leave ``text`` empty where nothing is ever printed, or where no sighting is known.
    """

    stage: Stage
    text: str = ""


@record
class Fault:
    """What a check found on one resource; the runner completes it to a finding."""

    where: Span | Value[Any] | View
    """The place to show: best the value that is wrong, or the block in which something is missing."""
    message: str
    """One line that makes sense alone: the offending value, what is wrong with it."""
    related: tuple[View | Resource, ...] = ()
    cause: str = ""
    """Replaces the rule's own cause."""
    fix: str = ""
    """Replaces the rule's own fix."""
    edits: tuple[Edit, ...] = ()
    condition: str = ""
    """The question that decides it, when it depends on the account, the date or a count: makes it a risk."""
    words: Mapping[str, str] = field(default_factory=dict)
    """The values of the names in the answer's text; a name without one is shown as ``<name>``."""
    stage: Stage | None = None
    severity: Severity | None = None


@record(eq=False)
class Rule(Generic[V]):
    """A named judgement. Its name is a permanent kebab-case noun phrase for the fault."""

    name: str
    view: type[V]
    check: Callable[[V], Iterable[Fault]]
    severity: Severity
    answers: Mapping[Language, Answer]
    """One for each language in which the fault can be expressed; the rule runs on no other."""
    cause: str
    """Why AWS or the tool refuses it: one or two sentences that hold for every finding."""
    fix: str
    """What to do about it, in the imperative."""
    evidence: tuple[str, ...]
    """Addresses of documentation, provider source or public issues that show it."""
    confidence: Confidence = Confidence.DOCUMENTED
    covers: tuple[str, ...] = ()
    """Schema findings about the same resource that this rule replaces, so that each cause is told once."""
    deployed: bool = False
    """It judges what is deployed now, where the program is a plan: the resources of the prior state, each with the step
    that the plan takes (``onetake.mechanisms.succession``). On all other programs it is silent."""
    sensitive: bool = False
    """The lines it points at hold a secret: reports show them masked."""
