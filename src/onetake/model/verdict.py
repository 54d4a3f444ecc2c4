"""Whether something would deploy, and if not, where it stops."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from onetake.model.findings import Finding, Severity, Stage
from onetake.model.records import record


class Outcome(Enum):
    """What a deployment would come to."""

    DEPLOYS = "would deploy"
    STOPS = "would stop"
    """Before anything is created, or on the way."""
    DEPLOYS_THEN_FAILS = "would deploy, then fail"
    """It comes up, and cannot be updated or destroyed."""
    UNREAD = "could not be read"


@record
class Verdict:
    """The last line of a report."""

    outcome: Outcome
    stage: Stage | None = None
    """The first stage that stops."""
    failures: int = 0
    """Certain findings that stop a stage."""
    risks: int = 0
    others: int = 0
    """Certain findings that stop nothing."""
    unread: int = 0
    """Programs that could not be read."""
    whole: bool = True
    """Whether everything was read that belongs to what deploys."""

    @property
    def headline(self) -> str:
        """``would fail at create``."""
        match self.outcome, self.stage:
            case Outcome.STOPS, Stage() as stage:
                return f"would {'fail' if stage.rank >= Stage.CREATE.rank else 'stop'} at {stage.value}"
            case Outcome.DEPLOYS_THEN_FAILS, Stage() as stage:
                return f"would deploy, then fail at {stage.value}"
            case Outcome.DEPLOYS, _ if not self.whole:
                return f"{Outcome.DEPLOYS.value}, as far as it was read"
            case outcome, _:
                return outcome.value

    def __str__(self) -> str:
        counts = [
            _count(self.failures, "certain failure"),
            _count(self.risks, "risk"),
            _count(self.others, "other finding"),
            _count(self.unread, "program not read", "programs not read") if self.outcome is not Outcome.UNREAD else "",
        ]
        told = ", ".join(count for count in counts if count)
        return f"{self.headline}: {told}" if told else self.headline


def judge(findings: Iterable[Finding], unread: int = 0, programs: int = 1, *, whole: bool = True) -> Verdict:
    """The verdict on ``findings``, of ``programs`` of which ``unread`` could not be read, the rest wholly or not."""
    later: list[Stage] = []
    at_once: list[Stage] = []
    risks = others = 0
    for finding in findings:
        if finding.conditional:
            risks += 1
        elif stops(finding):
            (at_once if finding.at_once or finding.stage.rank <= Stage.STABILIZE.rank else later).append(finding.stage)
        else:
            others += 1
    first = min(at_once or later, key=lambda stage: stage.rank, default=None)
    if first is None:
        outcome = Outcome.UNREAD if unread and unread == programs else Outcome.DEPLOYS
    else:
        outcome = Outcome.STOPS if at_once else Outcome.DEPLOYS_THEN_FAILS
    return Verdict(outcome, first, len(at_once) + len(later), risks, others, unread, whole)


def stops(finding: Finding) -> bool:
    """Whether the stage that ``finding`` names fails, if what it depends on is so.

    Only what is critical keeps a deployment from finishing; an update or a destroy fails after it has finished,
    so that anything but a matter of style counts.
    """
    if finding.stage in (Stage.UPDATE, Stage.DESTROY):
        return finding.severity is not Severity.LOW
    return finding.severity is Severity.CRITICAL and finding.stage is not Stage.RUN


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}" if number else ""
