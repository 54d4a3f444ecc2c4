"""The shipped example fails for the reasons it was written with, and its corrected twin has nothing to find."""

from pathlib import Path

from onetake.api import check

EXAMPLES = Path(__file__).parent.parent / "examples"


def rules(name: str) -> list[str]:
    report = check(EXAMPLES / name, root=EXAMPLES, config=False, as_of="2026-11-24")
    return sorted(located.finding.rule for located in report.findings)


def test_the_corrected_payment_stack_has_no_findings() -> None:
    assert rules("payments-corrected") == []


def test_the_model_written_payment_stack_shows_every_fault_once() -> None:
    assert rules("payments-model-written") == [
        "ecs-awsvpc-target-type-instance",
        "ecs-target-group-without-load-balancer",
        "elb-load-balancer-one-zone",
        "elb-public-without-internet-gateway",
        "iam-managed-policy-not-found",
        "lambda-queue-visibility-below-timeout",
        "lambda-reserved-environment-key",
        "logs-log-group-key-not-usable",
        "logs-retention-not-allowed",
        "rds-master-password-literal",
        "rds-subnet-group-one-zone",
    ]
