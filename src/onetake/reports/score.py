"""One number for a program, 0 to 10, and how it comes about."""

from __future__ import annotations

from collections.abc import Sequence

from onetake.model.findings import Severity
from onetake.model.records import record
from onetake.model.report import Report

WEIGHTS = {Severity.CRITICAL: 4.0, Severity.HIGH: 1.5, Severity.MEDIUM: 0.5, Severity.LOW: 0.1}
"""What the first certain finding of a rule costs."""
RISK = 0.25
"""The share of it that a risk costs."""
FORMULA = (
    "10 points, less 4 for each rule with a certain critical finding, 1.5 for high, 0.5 for medium, 0.1 for low; "
    "a rule that only sees risks costs a quarter of that; never below 0. A rule counts once, with its worst finding."
)


@record
class Deduction:
    """What one rule costs."""

    rule: str
    severity: Severity
    risk: bool
    points: float


def deductions(report: Report) -> Sequence[Deduction]:
    """What each rule costs, the dearest first."""
    worst: dict[str, Deduction] = {}
    for located in report.findings:
        finding = located.finding
        points = WEIGHTS[finding.severity] * (RISK if finding.conditional else 1)
        if finding.rule not in worst or points > worst[finding.rule].points:
            worst[finding.rule] = Deduction(finding.rule, finding.severity, finding.conditional, points)
    return sorted(worst.values(), key=lambda one: (-one.points, one.rule))


def score(report: Report) -> float | None:
    """Points from 0 to 10, one decimal; ``None`` when not everything could be read or judged."""
    if report.crashes or report.summary.unread or not report.programs:
        return None
    return round(max(0.0, 10 - sum(one.points for one in deductions(report))), 1)
