"""What the AWS provider's schemas forbid: our words against those that Terraform 1.11.4 and the provider printed.

Beside each program lies what ``terraform validate`` (for ``types_of_attributes.tf``: ``terraform plan``) said of it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onetake.api import check
from onetake.frontends.terraform.schemas.moved import MOVED
from onetake.frontends.terraform.schemas.problems import OF_VALUES
from onetake.knowledge.terraform import resource_schema, schema_versions
from onetake.model.findings import Severity, Stage
from onetake.model.report import Located, Report

PROGRAMS = Path(__file__).parent / "programs"
HEAD = 'terraform {\n  required_providers {\n    aws = { source = "%s", version = "%s" }\n  }\n}\n'
NAMES = sorted(path.name.removesuffix(".said") for path in PROGRAMS.glob("*.said"))


def judged(folder: Path, text: str, *, version: str = "~> 5.0", source: str = "hashicorp/aws") -> list[Located]:
    (folder / "main.tf").write_text(HEAD % (source, version) + text)
    return of_provider(check(folder, root=folder, config=False))


def of_provider(report: Report) -> list[Located]:
    assert not report.crashes
    return [located for located in report.findings if located.finding.rule.startswith("terraform-")]


def rules(found: list[Located]) -> list[str]:
    return [located.finding.rule for located in found]


@pytest.mark.parametrize("name", NAMES)
def test_errors_are_predicted_in_the_words_of_terraform_and_the_provider(name: str) -> None:
    report = check(PROGRAMS / name, root=PROGRAMS, config=False)
    recorded = [json.loads(line) for line in (PROGRAMS / f"{name}.said").read_text().splitlines()]
    # Terraform and we see other lines of a JSON block: the brace that ends it, and its name.
    placed = not name.endswith(".json")
    said = {
        (line if placed else 0, f"Error: {summary}\n\n{detail}".rstrip())
        for line, kind, summary, detail in recorded
        if kind == "error"
    }

    ours = {
        (located.line if placed else 0, located.finding.verbatim)
        for located in report.findings
        if located.finding.rule.startswith("terraform-") and located.finding.severity is Severity.CRITICAL
        # Where Terraform itself refuses names, the provider is not asked for values.
        if name != "names.tf" or located.finding.rule not in OF_VALUES
    }

    assert ours == said


def test_names_are_not_judged_by_an_older_version_than_the_program_admits(tmp_path: Path) -> None:
    text = 'resource "aws_s3_bucket" "a" {\n  buckett = "x"\n}\nresource "aws_not_yet" "b" {}\n'

    assert rules(judged(tmp_path, text, version="~> 5.31")) == [
        "terraform-unsupported-argument",
        "terraform-unknown-resource-type",
    ]
    assert judged(tmp_path, text, version=">= 7.0") == []


def test_the_lock_file_decides_where_the_constraint_is_open(tmp_path: Path) -> None:
    lock = 'provider "registry.terraform.io/hashicorp/aws" {\n  version     = "5.31.0"\n  constraints = ">= 5.0.0"\n}\n'
    (tmp_path / ".terraform.lock.hcl").write_text(lock)

    found = judged(tmp_path, 'resource "aws_s3_bucket" "a" {\n  buckett = "x"\n}\n', version=">= 5.0")

    assert rules(found) == ["terraform-unsupported-argument"]
    assert found[0].finding.fix == "Write bucket."


def test_another_provider_of_the_same_name_is_not_judged(tmp_path: Path) -> None:
    assert judged(tmp_path, 'resource "aws_s3_bucket" "a" {\n  buckett = "x"\n}\n', source="example/aws") == []


def test_a_block_in_a_module_is_told_once_however_often_the_module_is_called(tmp_path: Path) -> None:
    (tmp_path / "net").mkdir()
    (tmp_path / "net" / "main.tf").write_text('resource "aws_subnet" "a" {\n  vpcid = "vpc-1"\n}\n')

    found = judged(tmp_path, 'module "one" {\n  source = "./net"\n}\nmodule "two" {\n  source = "./net"\n}\n')

    assert rules(found) == ["terraform-missing-argument", "terraform-unsupported-argument"]
    assert {located.finding.resource for located in found} == {"module.one.aws_subnet.a"}


def test_resources_that_are_never_created_are_judged_by_their_names_all_the_same(tmp_path: Path) -> None:
    assert rules(judged(tmp_path, 'resource "aws_subnet" "a" {\n  count = 0\n}\n')) == ["terraform-missing-argument"]


def test_values_from_inputs_are_refused_when_terraform_plans(tmp_path: Path) -> None:
    text = (
        'variable "zones" {\n  default = ["a"]\n}\nresource "aws_subnet" "a" {\n  vpc_id = "vpc-1"\n'
        "  availability_zone = var.zones\n}\n"
    )

    (found,) = judged(tmp_path, text)

    assert (found.finding.rule, found.finding.stage) == ("terraform-invalid-type", Stage.PLAN)


@pytest.mark.parametrize(
    ("written", "fix"),
    [
        ("functionName = 1", "Write function_name."),
        ("subnet_ids = []", "Move subnet_ids into the block vpc_config."),
        ("memory = 128", "Write memory_size."),
        ("snapstart {}", "Write snap_start."),
    ],
)
def test_the_nearest_real_name_is_told(tmp_path: Path, written: str, fix: str) -> None:
    text = f'resource "aws_lambda_function" "f" {{\n  function_name = "f"\n  {written}\n}}\n'

    (found,) = [one for one in judged(tmp_path, text) if one.finding.rule.startswith("terraform-unsupported")]

    assert found.finding.fix == fix


@pytest.mark.parametrize(("type_", "name"), MOVED)
def test_what_was_taken_away_is_gone_and_what_replaced_it_is_there(type_: str, name: str) -> None:
    newest = resource_schema(type_, schema_versions()[-1])
    assert newest is not None

    assert name not in newest.body.names
    assert MOVED[type_, name][0] in ("", *newest.body.names)


def test_arguments_that_moved_are_told_where_they_went(tmp_path: Path) -> None:
    text = 'resource "aws_instance" "i" {\n  ami = "ami-1"\n  instance_type = "t3.micro"\n  cpu_core_count = 2\n}\n'

    (found,) = judged(tmp_path, text, version="~> 6.0")

    assert found.finding.message == 'aws_instance.i has no argument "cpu_core_count"; it is "cpu_options" now'
    assert found.finding.fix == "Write core_count in a block cpu_options."


def test_a_removal_that_an_older_admitted_version_does_not_have_is_a_risk(tmp_path: Path) -> None:
    (found,) = judged(tmp_path, 'resource "aws_eip" "a" {\n  vpc = true\n}\n', version=">= 5.0")

    assert found.finding.condition == (
        "Is version 6 of the AWS provider installed? The program admits older ones, which take it."
    )


def test_what_is_not_known_is_not_judged(tmp_path: Path) -> None:
    text = (
        'variable "any" {}\nvariable "more" {\n  default = null\n}\n'
        'resource "aws_subnet" "a" {\n  vpc_id = var.more\n  cidr_block = var.any\n  tags = var.any.tags\n'
        '  availability_zone = module.unread.zone\n}\nmodule "unread" {\n  source = "example/unread/aws"\n}\n'
        'resource "aws_dynamodb_table" "t" {\n  name = "t"\n  hash_key = "id"\n  billing_mode = var.any\n'
        '  dynamic "attribute" {\n'
        "    for_each = var.any\n    content {\n      name = attribute.value\n      type = attribute.key\n    }\n  }\n"
        '  dynamic "ttl" {\n    for_each = var.any\n    content {}\n  }\n}\n'
        'output "all" {\n  value = aws_subnet.a[*].nothing\n}\n'
    )

    assert judged(tmp_path, text) == []


def test_meta_arguments_are_terraforms_own(tmp_path: Path) -> None:
    text = (
        'provider "aws" {\n  alias = "east"\n  region = "us-east-1"\n}\n'
        'resource "aws_vpc" "a" {\n  cidr_block = "10.0.0.0/16"\n  count = 1\n  provider = aws.east\n'
        "  depends_on = []\n"
        '  lifecycle {\n    prevent_destroy = true\n  }\n  connection {\n    host = "x"\n  }\n'
        '  provisioner "local-exec" {\n    command = "true"\n  }\n}\n'
    )

    assert judged(tmp_path, text) == []


def test_write_only_arguments_need_terraform_1_11(tmp_path: Path) -> None:
    text = (
        'terraform {\n  required_version = "%s"\n}\n'
        'resource "aws_ssm_parameter" "p" {\n  name = "p"\n  type = "String"\n  value_wo = "x"\n'
        "  value_wo_version = 1\n}\n"
    )

    (found,) = judged(tmp_path, text % "~> 1.10.0")
    assert found.finding.rule == "terraform-write-only-argument-unsupported"
    # As version 5.100.0 of the provider answers to a Terraform without them; tests/providers/test_client.py asks it.
    assert found.finding.verbatim == (
        "Error: Write-only Attribute Not Allowed\n\n"
        'The resource contains a non-null value for write-only attribute "value_wo" Write-only attributes are only '
        "supported in Terraform 1.11 and later."
    )
    assert judged(tmp_path, text % ">= 1.5") == []


def test_deprecated_arguments_do_not_fail_a_program(tmp_path: Path) -> None:
    (found,) = judged(
        tmp_path, 'resource "aws_iam_role" "r" {\n  assume_role_policy = "{}"\n  managed_policy_arns = []\n}\n'
    )

    assert (found.finding.rule, found.finding.severity) == ("terraform-deprecated-argument", Severity.LOW)
