"""A path becomes a line and a column only when it is shown, in either syntax."""

from __future__ import annotations

from pathlib import Path

import pytest

from onetake.model.values import Known, Span, walk
from tests.frontends.terraform.programs import read

NATIVE = """terraform {
  backend "s3" {
    bucket = "state"
  }
}
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "east"
  region = "us-east-1"
}
locals {
  name = { first = "a" }
}
resource "aws_security_group" "web" {
  name = "web" # called so
  ingress {
    from_port = 80
  }
  ingress {
    from_port   = 443
    cidr_blocks = ["10.0.0.0/8", "::/0"]
  }
  tags = {
    Name = "x"
  }
  dynamic "egress" {
    for_each = [1]
    content {
      to_port = 5
    }
  }
}
"""
PLACES = {
    ("terraform", "backend", "s3", "bucket"): 'bucket = "state"',
    ("terraform", "backend", "s3"): 'backend "s3"',
    ("provider", "aws", "region"): 'region = "eu-west-1"',
    ("provider", "aws", 1, "region"): 'region = "us-east-1"',
    ("locals", "name", "first"): 'first = "a"',
    ("resource", "aws_security_group", "web"): 'resource "aws_security_group" "web"',
    ("resource", "aws_security_group", "web", "name"): 'name = "web"',
    ("resource", "aws_security_group", "web", "description"): 'resource "aws_security_group" "web"',
    ("resource", "aws_security_group", "web", "ingress", 1): "ingress",
    ("resource", "aws_security_group", "web", "ingress", 1, "from_port"): "from_port   = 443",
    ("resource", "aws_security_group", "web", "ingress", 1, "cidr_blocks", 1): '"::/0"',
    ("resource", "aws_security_group", "web", "tags", "Name"): 'Name = "x"',
    ("resource", "aws_security_group", "web", "dynamic", "egress", "content", "to_port"): "to_port = 5",
}


@pytest.mark.parametrize(("path", "text"), PLACES.items())
def test_native_places(tmp_path: Path, path: tuple[str | int, ...], text: str) -> None:
    stack = read(tmp_path, NATIVE)
    found = stack.position(Span("main.tf", path))

    assert found is not None
    lines = NATIVE.split("\n")
    assert found.line == found.end_line
    assert lines[found.line - 1][found.column - 1 : found.end_column - 1] == text
    if path[:2] == ("resource", "aws_security_group") and path[3:5] == ("ingress", 1):
        assert found.line >= 20


JSON = """{
  "resource": {
    "aws_security_group": {
      "web": {
        "ingress": [{"from_port": 80}, {"from_port": 443}],
        "tags": {"Name": "x"}
      }
    }
  }
}
"""
JSON_PLACES = {
    ("resource", "aws_security_group", "web", "ingress", 1, "from_port"): '"from_port": 443',
    ("resource", "aws_security_group", "web", "ingress", 1): '{"from_port": 443}',
    ("resource", "aws_security_group", "web", "tags", "Name"): '"Name": "x"',
}


@pytest.mark.parametrize(("path", "text"), JSON_PLACES.items())
def test_json_places(tmp_path: Path, path: tuple[str | int, ...], text: str) -> None:
    stack = read(tmp_path, {"main.tf.json": JSON})
    found = stack.position(Span("main.tf.json", path))

    assert found is not None
    assert JSON.split("\n")[found.line - 1][found.column - 1 : found.end_column - 1] == text


@pytest.mark.parametrize(("file", "text"), [("main.tf", NATIVE), ("main.tf.json", JSON)])
def test_every_value_is_found_where_it_is_written(tmp_path: Path, file: str, text: str) -> None:
    stack = read(tmp_path, {file: text})
    for resource in stack.resources.values():
        for value in walk(Known(resource.arguments, resource.where)):
            place = stack.position(value.where)
            assert place is not None
            shown = text.split("\n")[place.line - 1][place.column - 1 :]
            if isinstance(value, Known) and isinstance(value.value, (str, int)):
                assert str(value.value) in shown


def test_json_problems_have_a_place(tmp_path: Path) -> None:
    stack = read(tmp_path, {"a.tf.json": '{\n  "resource": {,}\n}\n', "b.tf": 'resource "aws_vpc" "v" {}\n'})
    (finding,) = stack.findings
    place = stack.position(finding.where)

    assert place is not None
    assert (place.line, place.column) == (2, 16)
    assert list(stack.resources) == ["aws_vpc.v"]
