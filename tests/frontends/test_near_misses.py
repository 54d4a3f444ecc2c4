"""What published programs write, and what is no mistake although it looks like one."""

from __future__ import annotations

from pathlib import Path

import pytest

from onetake.api import check
from onetake.knowledge.versions import surely_older
from onetake.model.findings import Severity


def rules(folder: Path, name: str, text: str) -> list[tuple[str, Severity]]:
    (folder / name).write_text(text)
    found = check(folder if name.endswith(".tf") else folder / name, root=folder, config=False).findings
    return [(one.finding.rule, one.finding.severity) for one in found]


def test_a_resource_may_be_named_behind_the_word_resource(tmp_path: Path) -> None:
    text = (
        'resource "aws_vpc" "a" {\n  cidr_block = "10.0.0.0/16"\n}\noutput "id" {\n  value = resource.aws_vpc.a.id\n}\n'
    )
    assert rules(tmp_path, "main.tf", text) == []


def test_a_missing_resource_is_told_behind_the_word_resource_too(tmp_path: Path) -> None:
    text = 'output "id" {\n  value = resource.aws_vpc.a.id\n}\n'
    assert rules(tmp_path, "main.tf", text) == [("terraform-undeclared-reference", Severity.CRITICAL)]


def test_a_module_gets_its_providers_from_its_callers(tmp_path: Path) -> None:
    text = 'data "aws_region" "here" {\n  provider = aws.second\n}\n'
    assert rules(tmp_path, "main.tf", text) == []


def test_a_program_with_providers_needs_those_it_names(tmp_path: Path) -> None:
    text = 'provider "aws" {\n  region = "eu-west-1"\n}\ndata "aws_region" "here" {\n  provider = aws.second\n}\n'
    assert rules(tmp_path, "main.tf", text) == [("terraform-provider-missing", Severity.CRITICAL)]


def test_a_key_that_stands_twice_does_not_stop_a_deployment(tmp_path: Path) -> None:
    text = (
        "Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n    Properties:\n      DisplayName: a\n      DisplayName: b\n"
    )
    assert rules(tmp_path, "template.yaml", text) == [("cloudformation-duplicate-key", Severity.MEDIUM)]


def test_a_type_that_another_tool_fills_in_is_not_missing(tmp_path: Path) -> None:
    text = "Resources:\n  Network:\n    Type: !Rain::Module ./network.yml\n"
    assert not [one for one in rules(tmp_path, "template.yaml", text) if one[0] == "cloudformation-structure"]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("~> 1.0", False),
        (">= 1.5.0", False),
        (">= 1.5.0, < 1.10.0", True),
        ("~> 1.9.8", True),
        ("1.9.8", True),
        ("!= 1.10.0", False),
        ("> 1.10.0", False),
        ("", False),
    ],
)
def test_a_constraint_that_admits_only_older_versions(text: str, answer: bool) -> None:
    assert surely_older(text, (1, 10, 0)) is answer


@pytest.mark.parametrize(
    "text",
    [
        # The translator makes ApiStage of what is written as Api.Stage, and ServerlessRestApi of events.
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n"
        "    Properties:\n      InlineCode: a\n      Handler: index.a\n      Runtime: python3.13\n"
        "      Events:\n        Get:\n"
        "          Type: Api\n          Properties:\n            Path: /\n            Method: get\n"
        "Outputs:\n  Url:\n    Value: !Sub https://${ServerlessRestApi}.example.com\n",
        "Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n    Description: Where orders are told\n",
        "Conditions:\n  Never: !Equals [a, b]\nResources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Condition: Never\n"
        "  Topic:\n    Type: AWS::SNS::Topic\n    DependsOn: Queue\n",
    ],
    ids=["what the translator adds", "a description", "waiting for what is left out"],
)
def test_templates_that_deploy_are_left_alone(tmp_path: Path, text: str) -> None:
    assert rules(tmp_path, "template.yaml", text) == []
