"""Exact mode with the real provider; skipped where it is not on the machine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from onetake.analysis.configuration import Misconfigured
from onetake.api import check
from onetake.model.findings import Confidence, Stage
from onetake.model.report import Report
from onetake.providers.binaries import find

VERSION = "5.100.0"
HEAD = 'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws", version = "~> 5.0" }\n  }\n}\n'


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> None:
    named = os.environ.get("ONETAKE_AWS_PROVIDER")
    found = Path(named) if named else find("hashicorp/aws", VERSION)
    if found is None or not found.is_file():
        pytest.skip(f"the AWS provider {VERSION} is not on this machine (ONETAKE_AWS_PROVIDER names it)")
    pytest.importorskip("grpc")
    monkeypatch.setenv("ONETAKE_AWS_PROVIDER", str(found))


def judged(folder: Path, text: str, head: str = HEAD) -> Report:
    (folder / "main.tf").write_text(head + text)
    report = check(folder, root=folder, config=False, exact=True)
    assert not report.crashes
    return report


@pytest.mark.usefixtures("provider")
def test_the_provider_is_asked_about_what_the_program_works_out(tmp_path: Path) -> None:
    report = judged(
        tmp_path,
        'variable "range" {\n  default = "10.0.0.0/99"\n}\nresource "aws_vpc" "a" {\n  cidr_block = var.range\n}\n',
    )

    (found,) = [one for one in report.findings if one.finding.rule == "terraform-provider-refusal"]
    assert (found.line, found.finding.stage, found.finding.confidence) == (10, Stage.VALIDATE, Confidence.EXACT)
    assert found.finding.verbatim == (
        "Error: expected cidr_block to contain a valid Value, got: 10.0.0.0/99 with err: invalid CIDR address: "
        "10.0.0.0/99"
    )


@pytest.mark.usefixtures("provider")
def test_plans_are_asked_for_what_validates(tmp_path: Path) -> None:
    text = 'resource "aws_sqs_queue" "q" {\n  name       = "jobs"\n  fifo_queue = true\n}\n'

    found = [one.finding for one in judged(tmp_path, text).findings]

    # The rule says it already, in the same words; nothing is told twice.
    assert [(one.rule, one.stage) for one in found] == [("sqs-fifo-name-without-suffix", Stage.PLAN)]


@pytest.mark.usefixtures("provider")
def test_refusals_of_a_plan_that_are_known_are_told_once(tmp_path: Path) -> None:
    text = (
        'resource "aws_dynamodb_table" "t" {\n  name         = "t"\n  hash_key     = "id"\n'
        '  billing_mode = "PROVISIONED"\n'
        '  attribute {\n    name = "id"\n    type = "S"\n  }\n}\n'
    )

    found = [one.finding for one in judged(tmp_path, text).findings]

    # The provider's first error is the first of ours; it stops there, and we do not.
    assert [(one.rule, one.stage, one.resource) for one in found] == [
        ("terraform-plan-refused", Stage.PLAN, "aws_dynamodb_table.t")
    ] * 2


@pytest.mark.usefixtures("provider")
def test_errors_about_what_only_we_do_not_know_are_not_told(tmp_path: Path) -> None:
    text = (
        'data "aws_availability_zones" "z" {}\nresource "aws_lightsail_instance" "i" {\n  name = "instance"\n'
        '  blueprint_id = "amazon_linux_2"\n  bundle_id = "nano_1_0"\n'
        "  availability_zone = data.aws_availability_zones.z.names[0]\n}\n"
    )

    # Of a zone that is not known the provider says that it lies in another region.
    assert [one.finding.rule for one in judged(tmp_path, text).findings] == []


@pytest.mark.usefixtures("provider")
def test_several_errors_that_the_provider_tells_at_once_are_each_told_once(tmp_path: Path) -> None:
    text = (
        'resource "aws_dynamodb_table" "t" {\n  name = "t"\n  hash_key = "ID"\n  billing_mode = "PAY_PER_REQUEST"\n'
        '  attribute {\n    name = "id"\n    type = "S"\n  }\n}\n'
    )

    rules = {one.finding.rule for one in judged(tmp_path, text).findings}

    assert rules == {"dynamodb-attribute-without-key", "dynamodb-key-without-attribute"}


@pytest.mark.usefixtures("provider")
def test_the_report_tells_how_many_were_asked(tmp_path: Path) -> None:
    report = judged(tmp_path, 'resource "aws_vpc" "a" {\n  cidr_block = "10.0.0.0/16"\n}\n')

    (note,) = [one.message for one in report.programs[0].notes]
    assert note.startswith(f"version {VERSION} of the AWS provider was asked about 1 of 1 resources in ")
    assert report.findings == ()


@pytest.mark.usefixtures("provider")
def test_a_program_for_another_version_is_not_asked_about(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="which the program does not admit"):
        judged(tmp_path, 'resource "aws_vpc" "a" {}\n', HEAD.replace("~> 5.0", "~> 4.0"))


def test_without_the_program_of_the_provider_there_is_a_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ONETAKE_AWS_PROVIDER", raising=False)
    monkeypatch.setenv("TF_CLI_CONFIG_FILE", str(tmp_path / "nowhere"))
    monkeypatch.setenv("HOME", str(tmp_path))

    with pytest.raises(Misconfigured, match="run terraform init, or name its program in ONETAKE_AWS_PROVIDER"):
        judged(tmp_path, 'resource "aws_vpc" "a" {}\n')

    monkeypatch.setenv("ONETAKE_AWS_PROVIDER", str(tmp_path / "nowhere"))
    with pytest.raises(Misconfigured, match="which is no program of the AWS provider"):
        judged(tmp_path, 'resource "aws_vpc" "a" {}\n')


def test_programs_without_aws_need_no_provider(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONETAKE_AWS_PROVIDER", str(tmp_path / "nowhere"))

    assert judged(tmp_path, 'output "a" {\n  value = 1\n}\n').findings == ()
