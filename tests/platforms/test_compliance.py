"""The tables of compliance: what they say follows from the resources, and from nothing else."""

from __future__ import annotations

import copy as copies
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onetake.platforms.catalogue import PLATFORMS
from onetake.platforms.compliance import STANDARDS, judge, markdown, standards
from onetake.platforms.synthesized import Synthesized
from tests.platforms.synthesized import Copy

HELD = [(name, standard) for name, entry in PLATFORMS.items() for standard in entry.standards]


@pytest.fixture(params=HELD, ids="-".join)
def held(request: pytest.FixtureRequest, copy_of: Callable[..., Copy]) -> tuple[Any, Synthesized]:
    """A standard, and production of a platform that is held to it."""
    platform, standard = request.param
    found = next(one for one in standards(PLATFORMS[platform]) if standard == _short(one.name))
    return found, Synthesized(copy_of(platform, "prod").path.parent)


def _short(name: str) -> str:
    return "cis" if name.startswith("CIS") else "pci"


def _without(stack: Synthesized, addresses: set[str], folder: Path) -> Synthesized:
    document = copies.deepcopy(dict(stack.document))
    for address in addresses:
        kind, _, name = address.partition(".")
        del document["resource"][kind][name]
    folder.mkdir()
    (folder / "cdk.tf.json").write_text(json.dumps(document))
    return Synthesized(folder)


def test_every_requirement_is_met_in_production_or_elsewhere(held: tuple[Any, Synthesized]):
    standard, stack = held

    assert [row.requirement.number for row in judge(standard, stack) if row.answer == "not met"] == []


def test_a_requirement_is_not_met_without_the_resources_that_meet_it(held: tuple[Any, Synthesized], tmp_path: Path):
    standard, stack = held
    rows = [row for row in judge(standard, stack) if row.answer == "met"]

    assert len(rows) > 15
    for row in rows:
        less = _without(stack, {one.address for one in row.resources}, tmp_path / row.requirement.number)
        assert list(row.requirement.met(less)) == [], row.requirement.number


def test_evidence_are_resources_of_the_stack(held: tuple[Any, Synthesized]):
    standard, stack = held

    for row in judge(standard, stack):
        assert all(stack.by_address[one.address] == one for one in row.resources)


WEAKER: list[tuple[str, str, Callable[[dict[str, Any]], object]]] = [
    ("3.6", "aws_kms_key", lambda one: one.pop("enable_key_rotation")),
    ("3.1", "aws_cloudtrail", lambda one: one.update(is_multi_region_trail=False)),
    ("3.2", "aws_cloudtrail", lambda one: one.update(enable_log_file_validation=False)),
    ("3.5", "aws_cloudtrail", lambda one: one.pop("kms_key_id")),
    ("1.8", "aws_iam_account_password_policy", lambda one: one.update(minimum_password_length=8)),
    ("1.9", "aws_iam_account_password_policy", lambda one: one.update(password_reuse_prevention=3)),
    ("2.1.4", "aws_s3_bucket_public_access_block", lambda one: one.update(block_public_policy=False)),
    ("4.3", "aws_cloudwatch_metric_alarm", lambda one: one.pop("alarm_actions")),
    ("5.2", "aws_vpc_security_group_ingress_rule", lambda one: one.update(cidr_ipv4="0.0.0.0/0", from_port=0)),
    ("5.4", "aws_default_security_group", lambda one: one.update(ingress=[{"self": True}])),
    ("5.6", "aws_ec2_instance_metadata_defaults", lambda one: one.update(http_tokens="optional")),
]


@pytest.mark.parametrize(("number", "kind", "weaken"), WEAKER, ids=[f"{one[0]}-{one[1]}" for one in WEAKER])
def test_a_weaker_setting_does_not_meet_cis(
    number: str, kind: str, weaken: Callable[[dict[str, Any]], object], copy_of: Callable[..., Copy], tmp_path: Path
):
    document = json.loads(copy_of("security-baseline", "prod").path.read_text())
    for arguments in document["resource"][kind].values():
        weaken(arguments)
    (tmp_path / "cdk.tf.json").write_text(json.dumps(document))
    (standard,) = standards(PLATFORMS["security-baseline"])

    answers = {row.requirement.number: row.answer for row in judge(standard, Synthesized(tmp_path))}

    assert answers[number] == "not met"


def test_the_table_has_a_row_for_every_requirement(held: tuple[Any, Synthesized]):
    standard, stack = held
    rows = list(markdown(judge(standard, stack)))

    assert len(rows) == len(standard.requirements) + 2
    assert "not met" not in "".join(rows)


def test_platforms_are_held_to_standards_that_exist():
    assert {standard for _, standard in HELD} <= STANDARDS.keys()
