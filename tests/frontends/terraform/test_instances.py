"""count and for_each make instances when they are known, and one uncertain stand-in when they are not."""

from __future__ import annotations

from pathlib import Path

from onetake.model.language import Truth
from onetake.model.text import same
from onetake.model.values import Gap, Known, Reference, Unknown, plain
from tests.frontends.terraform.programs import outputs, read


def test_count_makes_numbered_instances(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        """
        resource "aws_subnet" "s" {
          count      = 2
          cidr_block = cidrsubnet("10.0.0.0/16", 8, count.index)
        }
        output "ids" { value = aws_subnet.s[*].id }
        output "second" { value = aws_subnet.s[1].cidr_block }
        """,
    )

    assert {address: plain(one.argument("cidr_block")) for address, one in stack.resources.items()} == {
        "aws_subnet.s[0]": "10.0.0.0/24",
        "aws_subnet.s[1]": "10.0.1.0/24",
    }
    assert {one.declaration for one in stack.resources.values()} == {"aws_subnet.s"}
    ids = stack.outputs["ids"]
    assert isinstance(ids, Known)
    assert [one.origin for one in ids.value] == [  # type: ignore[attr-defined]
        Reference("aws_subnet.s[0]", "id"),
        Reference("aws_subnet.s[1]", "id"),
    ]
    assert stack.outputs["second"].origin == Reference("aws_subnet.s[1]", "cidr_block")  # type: ignore[union-attr]


def test_count_of_nothing_makes_nothing(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        """
        resource "aws_vpc" "v" {
          count = false ? 1 : 0
        }
        output "id" { value = one(aws_vpc.v[*].id) }
        """,
    )

    assert stack.resources == {}
    assert outputs(stack) == {"id": None}


def test_for_each_makes_instances_by_key(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        """
        resource "aws_sqs_queue" "q" {
          for_each = { high = { delay = 0 }, low = { delay = 90 } }
          name     = "jobs-${each.key}"
          delay_seconds = each.value.delay
        }
        output "arns" { value = { for name, queue in aws_sqs_queue.q : name => queue.name } }
        """,
    )

    assert {address: plain(one.argument("delay_seconds")) for address, one in stack.resources.items()} == {
        'aws_sqs_queue.q["high"]': 0,
        'aws_sqs_queue.q["low"]': 90,
    }
    assert outputs(stack) == {"arns": {"high": "jobs-high", "low": "jobs-low"}}


def test_an_unknown_repetition_leaves_one_resource_that_may_not_exist(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        """
        variable "queues" { type = map(string) }
        resource "aws_sqs_queue" "q" {
          for_each = var.queues
          name     = "jobs-${each.key}"
        }
        output "a" { value = aws_sqs_queue.q["a"].arn }
        output "b" { value = aws_sqs_queue.q["b"].arn }
        """,
    )
    queue = stack.resources["aws_sqs_queue.q"]
    name = queue.argument("name")

    assert queue.exists is Truth.UNKNOWN
    assert isinstance(name, Unknown)
    assert name.parts == ("jobs-", Gap("each.key of aws_sqs_queue.q"))
    a, b = stack.outputs["a"], stack.outputs["b"]
    assert same(a, b) is Truth.UNKNOWN
    assert a.origin == b.origin == Reference("aws_sqs_queue.q", "arn")  # type: ignore[union-attr]


def test_dynamic_blocks_are_written_out_when_their_collection_is_known(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        """
        resource "aws_security_group" "g" {
          ingress {
            from_port = 22
          }
          dynamic "ingress" {
            for_each = [80, 443]
            iterator = port
            content {
              from_port = port.value
              to_port   = port.key
            }
          }
        }
        """,
    )

    assert plain(stack.resources["aws_security_group.g"].argument("ingress")) == [
        {"from_port": 22},
        {"from_port": 80, "to_port": 0},
        {"from_port": 443, "to_port": 1},
    ]


def test_dynamic_blocks_of_an_unknown_collection_keep_those_that_are_sure(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        """
        variable "ports" {}
        resource "aws_security_group" "g" {
          ingress {
            from_port = 22
          }
          dynamic "ingress" {
            for_each = var.ports
            content {
              from_port = ingress.value
            }
          }
        }
        """,
    )
    ingress = stack.resources["aws_security_group.g"].argument("ingress")

    assert isinstance(ingress, Unknown)
    assert [plain(member) for member in ingress.members] == [{"from_port": 22}]


def test_more_instances_than_the_limit_are_not_told_apart(tmp_path: Path) -> None:
    stack = read(tmp_path, 'resource "aws_vpc" "v" {\n  count = 1000000000\n}\n', limits={"resources": 100})

    assert list(stack.resources) == ["aws_vpc.v"]
    assert stack.resources["aws_vpc.v"].exists is Truth.UNKNOWN
    assert not stack.whole
    assert [note.message for note in stack.notes] == [
        "aws_vpc.v would have more than 100 instances; they are not told apart"
    ]
