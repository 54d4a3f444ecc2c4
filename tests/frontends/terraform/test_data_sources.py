"""Data sources that the program itself decides are answered; the others stay open."""

from __future__ import annotations

import json
from pathlib import Path

from onetake.model.assumptions import Profile
from onetake.model.values import Gap, Known, Reference, Unknown, known, plain
from tests.frontends.terraform.programs import output, outputs, read


def document(folder: Path, body: str) -> object:
    rest = f'data "aws_iam_policy_document" "d" {{\n{body}\n}}\n'
    return json.loads(str(known(output(folder, "data.aws_iam_policy_document.d.json", rest))))


def test_a_policy_of_blocks_is_the_document_it_renders(tmp_path: Path) -> None:
    found = document(
        tmp_path,
        """
        policy_id = "p"
        statement {
          sid     = "Assume"
          actions = ["sts:AssumeRole"]
          principals {
            type        = "Service"
            identifiers = ["ecs.amazonaws.com", "ecs-tasks.amazonaws.com"]
          }
          principals {
            type        = "AWS"
            identifiers = ["*"]
          }
          condition {
            test     = "StringEquals"
            variable = "aws:SourceAccount"
            values   = ["123456789012"]
          }
          condition {
            test     = "StringEquals"
            variable = "aws:username"
            values   = ["&{aws:username}", "x"]
          }
        }
        statement {
          effect        = "Deny"
          not_actions   = ["s3:*"]
          not_resources = ["arn:aws:s3:::a/*"]
          not_principals {
            type        = "*"
            identifiers = ["*"]
          }
        }
        """,
    )

    assert found == {
        "Version": "2012-10-17",
        "Id": "p",
        "Statement": [
            {
                "Sid": "Assume",
                "Effect": "Allow",
                "Action": "sts:AssumeRole",
                "Principal": {"Service": ["ecs.amazonaws.com", "ecs-tasks.amazonaws.com"], "AWS": "*"},
                "Condition": {
                    "StringEquals": {
                        "aws:SourceAccount": "123456789012",
                        "aws:username": ["${aws:username}", "x"],
                    }
                },
            },
            {
                "Effect": "Deny",
                "NotAction": "s3:*",
                "NotResource": "arn:aws:s3:::a/*",
                "NotPrincipal": "*",
            },
        ],
    }


def test_documents_are_built_on_others_and_the_last_statement_of_a_sid_counts(tmp_path: Path) -> None:
    found = document(
        tmp_path,
        """
        source_policy_documents   = [jsonencode({ Statement = [{ Sid = "a", Effect = "Allow" }, { Effect = "Deny" }] })]
        override_policy_documents = [jsonencode({ Statement = { Sid = "b", Effect = "Deny" } })]
        statement {
          sid     = "a"
          actions = ["s3:GetObject"]
        }
        statement {
          sid = "b"
        }
        """,
    )

    assert found == {
        "Version": "2012-10-17",
        "Statement": [
            {"Sid": "a", "Effect": "Allow", "Action": "s3:GetObject"},
            {"Effect": "Deny"},
            {"Sid": "b", "Effect": "Deny"},
        ],
    }


def test_a_policy_with_unknown_pieces_keeps_its_structure(tmp_path: Path) -> None:
    value = output(
        tmp_path,
        "data.aws_iam_policy_document.d.json",
        """
        resource "aws_s3_bucket" "b" {}
        data "aws_iam_policy_document" "d" {
          statement {
            actions   = ["s3:GetObject"]
            resources = ["${aws_s3_bucket.b.arn}/*"]
          }
        }
        """,
    )

    assert isinstance(value, Unknown)
    assert value.origin == Reference("data.aws_iam_policy_document.d", "json")
    assert isinstance(value.document, Known)
    (statement,) = value.document.value["Statement"].value  # type: ignore[index]
    assert plain(statement.value["Action"]) == "s3:GetObject"
    assert statement.value["Resource"].parts == (Reference("aws_s3_bucket.b", "arn"), "/*")


def test_statements_of_an_unknown_source_document_are_added_to_those_that_are_written(tmp_path: Path) -> None:
    value = output(
        tmp_path,
        "data.aws_iam_policy_document.d.json",
        """
        variable "more" {}
        data "aws_iam_policy_document" "d" {
          source_policy_documents = [var.more]
          statement {
            actions = ["s3:GetObject"]
          }
        }
        """,
    )

    assert isinstance(value, Unknown)
    assert isinstance(value.document, Known)
    statements = value.document.value["Statement"]  # type: ignore[index]
    assert isinstance(statements, Unknown)
    assert [plain(member) for member in statements.members] == [{"Effect": "Allow", "Action": "s3:GetObject"}]


def test_region_and_partition_follow_the_provider(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        """
        provider "aws" { region = "eu-west-1" }
        provider "aws" {
          alias  = "china"
          region = "cn-north-1"
        }
        data "aws_region" "here" {}
        data "aws_region" "there" { provider = aws.china }
        data "aws_partition" "here" {}
        data "aws_partition" "there" { provider = aws.china }
        output "all" {
          value = [
            data.aws_region.here.name, data.aws_region.there.id, data.aws_partition.here.partition,
            data.aws_partition.there.partition, data.aws_partition.there.dns_suffix,
          ]
        }
        """,
    )

    assert outputs(stack) == {"all": ["eu-west-1", "cn-north-1", "aws", "aws-cn", "amazonaws.com.cn"]}


def test_the_account_is_not_invented(tmp_path: Path) -> None:
    value = output(
        tmp_path,
        '"arn:aws:iam::${data.aws_caller_identity.me.account_id}:root"',
        'data "aws_caller_identity" "me" {}',
    )

    assert isinstance(value, Unknown)
    assert value.parts == ("arn:aws:iam::", Gap("account id"), ":root")


ASKED = """
provider "aws" { region = "eu-west-1" }
provider "aws" {
  alias = "other"
  region = "eu-west-1"
  assume_role { role_arn = "arn:aws:iam::222233334444:role/r" }
}
data "aws_caller_identity" "here" {}
data "aws_caller_identity" "there" { provider = aws.other }
data "aws_availability_zones" "all" { state = "available" }
data "aws_availability_zones" "some" { exclude_names = ["eu-west-1a"] }
output "account" { value = data.aws_caller_identity.here.account_id }
output "other" { value = data.aws_caller_identity.there.account_id }
output "zones" { value = slice(data.aws_availability_zones.all.names, 0, 2) }
output "some" { value = data.aws_availability_zones.some.names }
"""


def test_what_the_profile_says_of_the_account_is_known(tmp_path: Path) -> None:
    zones = ("eu-west-1a", "eu-west-1b", "eu-west-1c", "us-east-1a")
    assumed = Profile("ours", account="111122223333", zones=zones)

    stack = read(tmp_path, ASKED, assumptions={"profile": assumed})

    assert plain(stack.outputs["account"]) == "111122223333"
    assert plain(stack.outputs["zones"]) == ["eu-west-1a", "eu-west-1b"]
    assert isinstance(stack.outputs["other"], Unknown)
    assert isinstance(stack.outputs["some"], Unknown)
