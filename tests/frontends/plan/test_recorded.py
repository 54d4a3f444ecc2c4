"""What is found in a plan is what is found in the configuration: over what the real Terraform planned.

``make plans`` records the plans of the rules' programs (``tools/plans.py``), so that this runs without Terraform.
"""

from __future__ import annotations

import datetime
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from onetake.analysis.runner import Judgement, judge
from onetake.api import Arguments
from onetake.frontends import terraform
from onetake.frontends.files import Options
from onetake.frontends.plan.assembly import Assembly
from onetake.frontends.plan.document import Document
from onetake.frontends.plan.joining import join
from onetake.model.records import replace
from onetake.model.stacks import Stack
from tools.plans import PROGRAMS, digest, programs, records

AS_OF = datetime.date(2026, 11, 24)
NAMES = [f"{path.parent.name}/{path.name}" for path in programs()]

ORDER = "a plan is sorted by address: of a pair, the other one is named"
EXPRESSION = "a plan holds no expressions: a text made of what is not known yet is not known at all"
INSTANCE = "a plan does not tell which instance of a repeated resource an expression takes"
ACCOUNT = "a plan tells the account, which makes a risk certain"
EXPLAINED = {
    "cloudtrail-bucket-refuses/fails.tf": EXPRESSION,
    "ec2-nat-gateway-per-zone-outside-production/fails.tf": INSTANCE,
    "ec2-subnets-overlap/fails.tf": ORDER,
    "eks-cluster-one-zone/fails.tf": INSTANCE,
    "eks-fargate-profile-public-subnet/fails.tf": INSTANCE,
    "eks-nodegroup-public-subnet-without-public-ip/fails.tf": INSTANCE,
    "elb-access-logs-bucket-refuses/fails.tf": EXPRESSION,
    "elb-load-balancer-one-zone/fails.tf": INSTANCE,
    "kms-key-policy-foreign-account/fails.tf": ACCOUNT,
    "lambda-event-source-role-without-permission/fails.tf": EXPRESSION,
    "s3-notification-destination-refuses/fails.tf": EXPRESSION,
    "s3-policy-action-unknown/fails.tf": EXPRESSION,
    "s3-policy-action-without-resource/fails.tf": EXPRESSION,
    "s3-public-policy-blocked/fails.tf": EXPRESSION,
    "sqs-dead-letter-queue-kind/fails.tf": EXPRESSION,
    "sqs-queue-refuses-topic/fails.tf": EXPRESSION,
    "terraform-caller-identity-repeated/fails.tf": ORDER,
}
"""The programs in whose plan something else is found than in their configuration, and why."""

NOT_IN_PLANS = {
    "elasticache-secondary-engine-reverted": "lifecycle arguments",
    "s3-bucket-not-emptied-at-destroy": "lifecycle arguments",
    "s3-log-bucket-not-emptied-at-destroy": "lifecycle arguments",
    "terraform-deprecated-argument": "what stands in the configuration",
    "terraform-s3-backend-lockfile-unsupported": "the backend",
    "terraform-s3-backend-without-lock": "the backend",
}
"""The rules that ask for what no plan holds, and are silent on plans."""


@cache
def recording() -> dict[str, dict[str, Any]]:
    return records()


def recorded(name: str) -> dict[str, Any]:
    """The plan of a program as it is now."""
    entry = recording().get(name)
    if entry is None or entry["digest"] != digest(PROGRAMS / name):
        pytest.skip("the program changed since its plan was recorded (make plans)")
    if "error" in entry:
        pytest.skip(f"Terraform does not plan it: {entry['error'][:120]}")
    plan: dict[str, Any] = entry["plan"]
    return plan


def options(program: Path) -> Options:
    file = program.parent / "options.toml"
    given = tomllib.loads(file.read_text()) if file.exists() else {}
    given.setdefault("as_of", AS_OF)
    return Arguments((program,), root=program.parent, config=False, **given).request().options


def both(name: str) -> tuple[Stack, Stack]:
    """A program as its configuration tells it, with the variables that the plan was made with, and as its plan does."""
    assembly = Assembly(Document("plan.json", recorded(name)), options(PROGRAMS / name))
    given = replace(options(PROGRAMS / name), variables=assembly.given())
    (configuration,) = terraform.read(PROGRAMS / name, given)
    return configuration, assembly.stacks()


def said(judgement: Judgement) -> set[tuple[str, str, bool]]:
    assert judgement.crashes == []
    return {
        (found.rule, found.resource, found.conditional)
        for found in judgement.findings
        if found.rule not in NOT_IN_PLANS
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_plan_says_what_the_configuration_says(name: str):
    configuration, plan = both(name)
    configured, planned = said(judge(configuration)), said(judge(plan))
    if name in EXPLAINED:
        assert planned != configured, "it is not different any more: take it off the list"
        if EXPLAINED[name] in (ORDER, ACCOUNT):
            assert {rule for rule, *_ in planned} == {rule for rule, *_ in configured}
        else:
            assert planned < configured
        return

    assert planned == configured


@pytest.mark.parametrize("name", NAMES)
def test_the_plan_with_its_configuration_says_what_the_configuration_says(name: str):
    configuration, plan = both(name)
    together = judge(join(plan, configuration))

    assert together.crashes == []
    assert {(one.rule, one.resource, one.where, one.message) for one in together.findings} == {
        (one.rule, one.resource, one.where, one.message) for one in judge(configuration).findings
    }


def test_most_programs_are_recorded():
    planned = [name for name in NAMES if "plan" in recording().get(name, {})]

    assert len(planned) > 120
    assert set(EXPLAINED) <= set(NAMES)
