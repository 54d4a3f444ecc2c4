"""When an update or a deletion fails: after the deployment, or, in a plan, as part of it."""

from __future__ import annotations

import pytest

from onetake.model.findings import Confidence, Finding, Severity, Stage
from onetake.model.values import Span
from onetake.model.verdict import judge


def finding(stage: Stage, *, at_once: bool) -> Finding:
    return Finding("a-rule", Severity.CRITICAL, stage, Confidence.EXACT, Span("x"), "a.b", "m", at_once=at_once)


@pytest.mark.parametrize(
    ("findings", "told"),
    [
        ([finding(Stage.DESTROY, at_once=False)], "would deploy, then fail at destroy"),
        ([finding(Stage.DESTROY, at_once=True)], "would fail at destroy"),
        ([finding(Stage.UPDATE, at_once=False), finding(Stage.DESTROY, at_once=True)], "would fail at destroy"),
        ([finding(Stage.CREATE, at_once=False), finding(Stage.UPDATE, at_once=True)], "would fail at create"),
    ],
)
def test_what_a_plan_deletes_fails_in_the_deployment_itself(findings: list[Finding], told: str):
    verdict = judge(findings)

    assert verdict.headline == told
    assert verdict.failures == len(findings)
