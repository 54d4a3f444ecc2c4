"""What the AWS provider refuses of values: our words against its own, and how sure we are where it may be another one.

``values/main.tf.said`` is what ``terraform validate -json`` said of ``values/main.tf``, an error or warning a line.
"""

import json
from pathlib import Path

import pytest

from onetake.api import check
from onetake.frontends.terraform.schemas.problems import OF_VALUES, PLAN_REFUSED
from onetake.knowledge.enumerations import later
from onetake.model.findings import Finding, Severity, Stage

VALUES = Path(__file__).parent / "values"
HEAD = 'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws", version = "%s" }\n  }\n}\n'
HEAD += 'provider "aws" {}\n'
QUEUE = 'resource "aws_sqs_queue" "q" {\n  name = "q"\n  %s\n}\n'
EXCLUDED = {"identifier", "identifier_prefix"}
"""Arguments that exclude each other, whose values the provider then does not look at."""


def judged(folder: Path, text: str, version: str = "~> 5.0") -> list[Finding]:
    (folder / "main.tf").write_text(HEAD % version + text)
    report = check(folder, root=folder, config=False)
    assert not report.crashes
    return [located.finding for located in report.findings if located.finding.rule in OF_VALUES]


def test_values_are_refused_in_the_words_of_the_provider() -> None:
    said = [json.loads(line) for line in (VALUES / "main.tf.said").read_text().splitlines()]
    theirs = [f"Error: {summary}\n\n{detail}".rstrip() for _, kind, summary, detail in said if kind == "error"]
    report = check(VALUES, root=VALUES, config=False)
    found = [located.finding for located in report.findings if located.finding.rule != PLAN_REFUSED]
    ours = [one for one in found if one.severity is Severity.CRITICAL]

    for finding in ours:
        if finding.where.path[-1] not in EXCLUDED:
            # Where the provider goes on with a reason of its JSON parser, we stop.
            assert any(words == finding.verbatim or words.startswith(f"{finding.verbatim}: ") for words in theirs)
    told = {(located.finding.resource, located.finding.rule) for located in report.findings}
    assert len(ours) >= 30
    assert len(told) >= 20
    # Of several errors with one cause the first is told; every line that the provider points to is close to one.
    lines = {located.line for located in report.findings}
    assert [
        line for line, kind, *_ in said if kind == "error" and not any(0 <= one - line <= 10 for one in lines)
    ] == []


@pytest.mark.parametrize(
    ("version", "certain"),
    [("~> 5.0", True), ("5.100.0", True), (">= 5.0", False), ("~> 5.31.0", False), ("~> 6.0", False)],
)
def test_limits_are_certain_where_the_version_that_was_asked_may_be_installed(
    version: str, certain: bool, tmp_path: Path
) -> None:
    (found,) = judged(tmp_path, QUEUE % "delay_seconds = 1000", version)

    assert found.rule == "terraform-value-out-of-range"
    assert (found.condition == "") is certain


def test_what_an_arn_is_does_not_change(tmp_path: Path) -> None:
    text = 'resource "aws_lambda_function" "f" {\n  function_name = "f"\n  filename = "f.zip"\n  role = "f"\n}\n'

    (found,) = judged(tmp_path, text, "~> 6.0")

    assert (found.rule, found.condition) == ("terraform-value-malformed", "")


TASK = 'resource "aws_ecs_task_definition" "t" {\n  family = "t"\n  container_definitions = "[]"\n  %s\n}\n'


def test_names_that_aws_added_since_are_taken_by_newer_versions_alone(tmp_path: Path) -> None:
    added = later(["EC2", "FARGATE", "EXTERNAL"])
    assert added is not None
    text = TASK % 'requires_compatibilities = ["MANAGED_INSTANCES"]'

    assert "MANAGED_INSTANCES" in added
    assert judged(tmp_path, text, ">= 5.0") == []
    assert [one.condition for one in judged(tmp_path, text, "~> 5.0")] == [""]
    (found,) = judged(tmp_path, TASK % 'requires_compatibilities = ["fargate"]', ">= 5.0")
    assert (found.condition, found.fix) == ("", 'Write "FARGATE".')


def test_inputs_that_callers_give_are_no_mistakes(tmp_path: Path) -> None:
    text = 'variable "n" {\n  default = %s\n}\nresource "aws_lambda_function" "f" {\n  function_name = "f"\n' + (
        '  role = "arn:aws:iam::123456789012:role/r"\n  filename = var.n\n}\n'
    )

    assert judged(tmp_path, text % "null") == []
    assert judged(tmp_path, text % '""') == []
    text = 'variable "s" {\n  default = %s\n}\n' + QUEUE % "delay_seconds = var.s"
    (found,) = judged(tmp_path, text % "1000")
    assert found.stage is Stage.PLAN
    assert judged(tmp_path, text % "null") == []


def test_what_is_not_known_is_not_judged(tmp_path: Path) -> None:
    text = 'variable "a" {}\nvariable "b" {}\n' + (
        'resource "aws_lambda_function" "f" {\n  function_name = "f"\n  role = var.a\n  filename = var.b\n'
        "  image_uri = var.a\n  timeout = var.b\n}\n"
    )

    assert judged(tmp_path, text) == []


def test_secrets_are_not_shown(tmp_path: Path) -> None:
    text = 'resource "aws_api_gateway_api_key" "k" {\n  name = "k"\n  value = "tooshort"\n}\n'
    (found,) = judged(tmp_path, text)

    assert "tooshort" not in found.message + found.verbatim
    assert found.sensitive


def test_a_rule_that_says_why_speaks_alone(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        HEAD % "~> 5.0" + 'resource "aws_cloudwatch_log_group" "l" {\n  retention_in_days = 31\n}\n'
    )
    report = check(tmp_path, root=tmp_path, config=False)

    assert [one.finding.rule for one in report.findings] == ["logs-retention-not-allowed"]


FUNCTION = (
    'resource "aws_lambda_function" "f" {\n'
    '  function_name = "f"\n'
    '  role = "arn:aws:iam::123456789012:role/f"\n'
    '  filename = "main.tf"\n'
    '  handler = "f.f"\n'
    "  runtime = %s\n}\n"
)


@pytest.mark.parametrize(
    ("runtime", "advised", "not_advised"),
    [
        ('"python3.99"', "Take one of python3.13, python3.12", "nodejs"),
        ('"cobol85"', "python3.13", "python2.7"),
    ],
)
def test_of_many_values_those_are_advised_that_may_be_meant(
    runtime: str, advised: str, not_advised: str, tmp_path: Path
) -> None:
    (found,) = judged(tmp_path, FUNCTION % runtime, "5.100.0")

    assert advised in found.fix
    assert not_advised not in found.fix


def test_the_instance_is_named_whose_value_is_refused(tmp_path: Path) -> None:
    queues = 'resource "aws_sqs_queue" "q" {\n  for_each = { a = 5, b = 9000 }\n  name = each.key\n'
    (found,) = judged(tmp_path, queues + "  delay_seconds = each.value\n}\n")

    assert (found.resource, found.stage) == ('aws_sqs_queue.q["b"]', Stage.PLAN)
    assert found.message.startswith('aws_sqs_queue.q["b"] sets "delay_seconds" to 9000')


def test_the_network_is_advised_that_was_meant(tmp_path: Path) -> None:
    (found,) = judged(tmp_path, 'resource "aws_vpc" "v" {\n  cidr_block = "10.0.1.0/16"\n}\n')

    assert found.fix == 'Write "10.0.0.0/16".'


RULES = """
resource "aws_security_group" "g" {{
  ingress {{
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [{ranges}]
  }}
}}
resource "aws_route_table" "t" {{
  vpc_id = "vpc-1"
  route {{
    cidr_block = "10.1.0.0/16"
    gateway_id = "igw-1"
  }}
}}
"""


@pytest.mark.parametrize(
    ("ranges", "words"),
    [
        ('"10.0.1.0/24"', []),
        ('"10.0.1.0/24", "10.0.1.5/24"', ['"10.0.1.5/24" is not a valid IPv4 CIDR block; did you mean "10.0.1.0/24"?']),
        ('"::/0"', ['"::/0" is not a valid IPv4 CIDR block']),
        ('"anywhere"', ['"anywhere" is not a valid CIDR block: invalid CIDR address: anywhere']),
    ],
)
def test_fields_of_blocks_that_are_attributes_are_judged(ranges: str, words: list[str], tmp_path: Path) -> None:
    found = judged(tmp_path, RULES.format(ranges=ranges), "5.100.0")

    assert [one.verbatim for one in found] == [f"Error: {said}" for said in words]


@pytest.mark.parametrize("block", ["172.20.0.0/16", "10.100.0.0/16", "192.168.0.0/16"])
def test_every_range_that_a_cluster_may_have_is_taken(block: str, tmp_path: Path) -> None:
    cluster = (
        'resource "aws_eks_cluster" "c" {\n  name = "c"\n  role_arn = "arn:aws:iam::123456789012:role/c"\n'
        f'  vpc_config {{\n    subnet_ids = ["subnet-1"]\n  }}\n  kubernetes_network_config {{\n'
        f'    service_ipv4_cidr = "{block}"\n  }}\n}}\n'
    )

    assert judged(tmp_path, cluster, "5.100.0") == []
