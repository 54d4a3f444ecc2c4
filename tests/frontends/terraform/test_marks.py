"""Marks and the schemas of the AWS provider: what Terraform 1.11.4 said with version 5.100.0 of it, by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.terraform.programs import read

_HEAD = """terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "VERSION"
    }
  }
}
provider "aws" { region = "us-east-1" }
"""
_SENSITIVE = """variable "s" {
  default   = "10.0.0.0/8"
  sensitive = true
}
resource "aws_iam_access_key" "k" { user = "a" }
resource "aws_iam_access_key" "several" {
  count = 1
  user  = "a"
}
resource "aws_iam_access_key" "each" {
  for_each = toset(["a"])
  user     = "a"
}
resource "aws_ssm_parameter" "p" {
  name  = "a"
  type  = "String"
  value = "x"
}
data "aws_ssm_parameter" "p" { name = aws_iam_access_key.k.id }
resource "aws_security_group" "g" {
  name        = "x"
  description = var.s
  ingress {
    from_port   = 1
    to_port     = 1
    protocol    = "tcp"
    cidr_blocks = [var.s]
  }
}
locals { k = aws_iam_access_key.k.secret }
"""
_EPHEMERAL = """variable "e" {
  default   = "a"
  ephemeral = true
}
ephemeral "aws_ssm_parameter" "p" { arn = "arn:aws:ssm:us-east-1:123456789012:parameter/x" }
"""


@pytest.mark.parametrize("version", ["~> 5.0", "~> 6.0"])
@pytest.mark.parametrize(
    ("value", "refused"),
    [
        ("aws_iam_access_key.k.secret", True),
        ("aws_iam_access_key.k", True),
        ("aws_iam_access_key.k.id", False),
        ("aws_iam_access_key.several[0].secret", True),
        ("aws_iam_access_key.several[*].secret", True),
        ("one(aws_iam_access_key.several[*].secret)", True),
        ('aws_iam_access_key.each["a"].secret', True),
        ("[for k in aws_iam_access_key.each : k.secret]", True),
        ("[for k in aws_iam_access_key.each : k.id]", False),
        ("values(aws_iam_access_key.each)[*].secret", True),
        ("nonsensitive(aws_iam_access_key.k.secret)", False),
        ("local.k", True),
        ("aws_ssm_parameter.p.value", True),
        ("aws_ssm_parameter.p.arn", False),
        ('{ x = "${aws_ssm_parameter.p.value}" }', True),
        ("data.aws_ssm_parameter.p.value", True),
        ("data.aws_ssm_parameter.p.insecure_value", False),
        ("jsondecode(data.aws_ssm_parameter.p.value).a", True),
        ("aws_security_group.g.description", True),
        ("aws_security_group.g.ingress", True),
        ("aws_security_group.g.name", False),
        ("aws_security_group.g", True),
    ],
)
def test_outputs_of_what_the_schema_calls_sensitive(tmp_path: Path, value: str, refused: bool, version: str) -> None:
    program = _HEAD.replace("VERSION", version) + _SENSITIVE + f'output "o" {{ value = {value} }}\n'

    found = [one for one in read(tmp_path, {"main.tf": program}).findings if one.rule == "terraform-sensitive-value"]

    assert [(one.verbatim.split("\n")[0], one.stage.value) for one in found] == (
        [("Error: Output refers to sensitive values", "plan")] if refused else []
    )


@pytest.mark.parametrize(
    ("body", "words", "place"),
    [
        ("value_wo = ephemeral.aws_ssm_parameter.p.value", "", None),
        ("value = ephemeral.aws_ssm_parameter.p.value", '"value", because it is not a write-only attribute', (16, 11)),
        ("tags = merge({ b = 1 }, { a = var.e })", '"tags", because it is not a write-only attribute', (16, 10)),
        ("timeouts { create = var.e }", "", None),
    ],
)
def test_ephemeral_values_in_arguments(tmp_path: Path, body: str, words: str, place: tuple[int, int] | None) -> None:
    program = _HEAD.replace("VERSION", "5.100.0") + _EPHEMERAL
    program += f'resource "aws_ssm_parameter" "q" {{\n  {body}\n  name = "a"\n  type = "String"\n}}\n'

    stack = read(tmp_path, {"main.tf": program})

    found = [one for one in stack.findings if one.rule == "terraform-ephemeral-value"]
    assert [words in one.verbatim for one in found] == ([True] if words else [])
    for one in found:
        position = stack.position(one.where)
        assert position is not None
        assert (position.line, position.column) == place


def test_ephemeral_values_in_blocks_are_refused_at_the_brace(tmp_path: Path) -> None:
    program = _HEAD.replace("VERSION", "5.100.0") + _EPHEMERAL
    program += 'resource "aws_instance" "i" {\n  root_block_device { volume_type = var.e }\n}\n'
    program += 'resource "aws_security_group" "g" {\n  ingress { protocol = var.e }\n}\n'

    stack = read(tmp_path, {"main.tf": program})

    found = [one for one in stack.findings if one.rule == "terraform-ephemeral-value"]
    assert [one.verbatim.partition('for "')[2] for one in found] == [
        'root_block_device", because it is not an assignable attribute.',
        'ingress", because it is not a write-only attribute and must be persisted to state.',
    ]
    assert [position.column for one in found if (position := stack.position(one.where))] == [29, 35]
