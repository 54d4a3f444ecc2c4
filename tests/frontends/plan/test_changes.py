"""What the rules about deployed resources find in a plan that the real Terraform made.

``changes/deployed.tf`` is what was applied, ``changes/changed.tf`` what the configuration says now; ``make plans``
records the plan between the two.
"""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path

import pytest

from onetake.analysis.runner import judge
from onetake.frontends import terraform
from onetake.frontends.files import Options
from onetake.frontends.plan.assembly import stack
from onetake.frontends.plan.document import Document
from onetake.frontends.plan.joining import join
from onetake.model.assumptions import Assumptions
from onetake.model.findings import Finding
from onetake.model.stacks import Stack
from onetake.rules.registry import entries
from tools.plans import CHANGES, digest, records

DEPLOYED, CHANGED = CHANGES / "deployed.tf", CHANGES / "changed.tf"
RULES = [entry.name for entry in entries().values() if entry.deployed]


def options() -> Options:
    return Options(CHANGES, Assumptions(as_of=datetime.date(2026, 11, 24)))


@cache
def plan() -> Stack:
    entry = records()["changes"]
    if entry["digest"] != digest(DEPLOYED, CHANGED):
        pytest.skip("the programs changed since their plan was recorded (make plans)")
    return stack(Document("plan.json", entry["plan"]), options())


def found(judged: Stack) -> list[Finding]:
    judgement = judge(judged)
    assert judgement.crashes == []
    return [finding for finding in judgement.findings if finding.rule in RULES]


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_finds_its_case_in_a_real_plan(rule: str):
    cases = {finding.rule: finding.resource for finding in found(plan())}

    assert rule in cases


def test_they_find_nothing_else(pytestconfig: pytest.Config):
    told = "".join(f"{finding.resource}: {finding.message} [{finding.rule}]\n" for finding in found(plan()))
    expected = Path(CHANGES / "expected.out")
    if pytestconfig.getoption("--update-golden"):
        expected.write_text(told)

    assert told == expected.read_text()


def test_with_the_configuration_the_same_is_found_where_it_is_written():
    (configuration,) = terraform.read(CHANGED, options())
    together = found(join(plan(), configuration))

    assert {(one.rule, one.resource, one.message) for one in together} == {
        (one.rule, one.resource, one.message) for one in found(plan())
    }
    assert {one.where.file for one in together if one.resource in configuration.resources} == {"changed.tf"}


def test_the_same_configurations_without_a_plan_are_silent():
    for program in (DEPLOYED, CHANGED):
        (configuration,) = terraform.read(program, options())
        assert found(configuration) == []


def test_what_is_deployed_already_is_not_predicted_to_be_refused():
    versions = [one for one in judge(plan()).findings if one.rule == "eks-cluster-version-out-of-support"]

    assert [one.stage.value for one in versions if "no new cluster" in one.message] == []
