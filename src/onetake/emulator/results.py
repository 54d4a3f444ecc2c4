"""What a rehearsal found: per step, and per resource."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onetake.model.records import field, record

if TYPE_CHECKING:
    from onetake.emulator.inventory import Item


class Step(Enum):
    """The commands of a rehearsal, in order."""

    INIT = "init"
    PLAN = "plan"
    APPLY = "apply"
    SECOND_PLAN = "second plan"
    PROBES = "probes"
    """What its caller wants to see of what stands."""
    DESTROY = "destroy"


class Fate(Enum):
    """What became of a resource, best first."""

    CREATED = "created"
    """Created; and destroyed again, if that was asked for."""
    UNSETTLED = "changes again"
    """Created, but a second plan of the same program wants to change it."""
    NOT_DESTROYED = "not destroyed"
    """Created, but deleting it was refused."""
    NOT_REHEARSED = "not rehearsed"
    """The emulator could not carry it out. Says nothing about AWS."""
    NOT_REACHED = "not reached"
    """What it depends on was not created."""
    REFUSED = "refused"
    """Its creation, or its plan, was refused."""


class Outcome(Enum):
    """The verdict on the whole program."""

    DEPLOYS = "deploys"
    """Everything was created, a second plan was empty, everything was destroyed."""
    INCOMPLETE = "deploys as far as it could be rehearsed"
    """The same of all that the emulator can carry out; the rest is named."""
    UNSETTLED = "deploys, but never settles"
    """A second plan wants to change something."""
    FAILS = "fails"
    """A step was refused."""


@record
class StepOutcome:
    """One command that was run."""

    step: Step
    seconds: float
    """Wall clock."""
    ok: bool
    message: str = ""
    """What it printed when it failed and the failure belongs to no resource."""
    gap: str = ""
    """Why it could not be rehearsed: a limit of the emulator, not a failure."""
    log: str = ""
    """The name of its log in the folder of logs."""


@record
class ProbeOutcome:
    """A look at what stood between apply and destroy."""

    name: str
    seconds: float
    message: str = ""
    """What was not as it should be; empty when all was."""

    @property
    def ok(self) -> bool:
        """Whether it found what it should."""
        return not self.message


@record
class ResourceOutcome:
    """One resource instance."""

    address: str
    type: str
    fate: Fate
    seconds: float = 0.0
    """Wall clock of its creation; 0 when it was not reached."""
    destroy_seconds: float = 0.0
    message: str = ""
    """What the provider printed, word for word, when it was refused."""
    rule: str = ""
    """The rule of onetake that refused it, in strict mode."""
    gap: str = ""
    """What the emulator lacks, in one line: ``the emulator does not implement eks:CreateAddon``."""
    changes: tuple[str, ...] = ()
    """The arguments that a second plan wants to change."""
    replaced: bool = False
    """Whether the second plan wants to replace it."""


@record
class Rehearsal:
    """A deployment that was carried out against the emulator."""

    program: str
    """The folder or file, as it was given."""
    engine: str
    """``terraform 1.11.4``, ``cloudformation``."""
    provider: str
    """``hashicorp/aws 5.100.0``; empty for CloudFormation."""
    steps: tuple[StepOutcome, ...]
    resources: tuple[ResourceOutcome, ...]
    """In the order in which they were created; what was not reached comes last."""
    logs: Path
    notes: tuple[str, ...] = ()
    """What differs from the user's own deployment: another provider version, a backend that was left out."""
    calls: Mapping[str, str] = field(default_factory=dict)
    """Who answered which calls (``eks:CreateAddon``): ``moto``, ``extension``, or ``generic``, which is the model of
    the API alone and accepts everything."""
    probes: tuple[ProbeOutcome, ...] = ()
    beside: tuple[Rehearsal, ...] = ()
    """Of the programs that were deployed into the same account at the same time."""
    left: tuple[Item, ...] | None = None
    """What the account had at the end that an empty one does not have; ``None`` when nothing was destroyed."""
    protected: bool = False
    """Whether destroy was refused because the program asks for that (``prevent_destroy``)."""

    @property
    def seconds(self) -> float:
        """Wall clock of all steps."""
        return sum(step.seconds for step in self.steps)

    @property
    def outcome(self) -> Outcome:
        """The verdict; a gap of the emulator is never a failure."""
        fates = {resource.fate for resource in self.resources}
        if fates & {Fate.REFUSED, Fate.NOT_DESTROYED} or any(not step.ok and not step.gap for step in self.steps):
            return Outcome.FAILS
        if Fate.UNSETTLED in fates:
            return Outcome.UNSETTLED
        gaps = fates & {Fate.NOT_REHEARSED, Fate.NOT_REACHED} or any(step.gap for step in self.steps)
        return Outcome.INCOMPLETE if gaps else Outcome.DEPLOYS

    @property
    def failed_at(self) -> Step | None:
        """The first step that was refused."""
        return next((step.step for step in self.steps if not step.ok and not step.gap), None)

    @property
    def gaps(self) -> tuple[str, ...]:
        """Everything that was not rehearsed, each once."""
        of_steps = [step.gap for step in self.steps if step.gap]
        return tuple(dict.fromkeys([*(one.gap for one in self.resources if one.gap), *of_steps]))

    def of(self, *fates: Fate) -> tuple[ResourceOutcome, ...]:
        """The resources with one of these fates."""
        return tuple(resource for resource in self.resources if resource.fate in fates)

    def exit_code(self) -> int:
        """0 when nothing was refused and everything settles, else 1; a gap alone is no failure."""
        return int(self.outcome in {Outcome.FAILS, Outcome.UNSETTLED})

    def data(self) -> Mapping[str, Any]:
        """Everything as plain data, for JSON."""
        return {
            "program": self.program,
            "outcome": self.outcome.value,
            "failed_at": self.failed_at.value if self.failed_at else None,
            "engine": self.engine,
            "provider": self.provider,
            "seconds": round(self.seconds, 1),
            "steps": [_plain(step) for step in self.steps],
            "resources": [_plain(one) for one in self.resources],
            "probes": [_plain(one) for one in self.probes],
            "beside": [one.data() for one in self.beside],
            "left": None if self.left is None else [str(one) for one in self.left],
            "protected": self.protected,
            "notes": list(self.notes),
            "logs": str(self.logs),
        }


def _plain(one: StepOutcome | ResourceOutcome | ProbeOutcome) -> dict[str, Any]:
    from onetake.model.records import names

    found: dict[str, Any] = {}
    for name in names(one):
        value = getattr(one, name)
        match value:
            case Enum():
                found[name] = value.value
            case float():
                found[name] = round(value, 1)
            case tuple():
                found[name] = list(value)
            case _:
                found[name] = value
    return {name: value for name, value in found.items() if value not in ("", [])}
