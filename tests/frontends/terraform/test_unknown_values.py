"""What the deployment decides keeps everything that is known about it."""

from __future__ import annotations

from pathlib import Path

from onetake.model.language import Truth
from onetake.model.text import same
from onetake.model.values import Absent, Gap, Known, Reference, Unknown, plain
from tests.frontends.terraform.programs import output, read


def test_a_computed_attribute_is_a_reference_and_nothing_else(tmp_path: Path) -> None:
    value = output(tmp_path, "aws_sqs_queue.q.arn", 'resource "aws_sqs_queue" "q" {}')

    assert isinstance(value, Unknown)
    assert value.parts == (Reference("aws_sqs_queue.q", "arn"),)
    assert value.origin == Reference("aws_sqs_queue.q", "arn")


def test_an_attribute_that_the_program_sets_is_known_and_says_where_it_comes_from(tmp_path: Path) -> None:
    value = output(
        tmp_path,
        "aws_iam_role.r.id",
        """
        resource "aws_iam_role" "r" {
          name = "worker"
        }
        """,
    )

    assert isinstance(value, Known)
    assert (value.value, value.origin) == ("worker", Reference("aws_iam_role.r", "id"))


def test_a_name_that_is_given_as_an_empty_text_is_made_by_the_provider(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        {"main.tf": 'resource "aws_s3_bucket" "b" { bucket = "" }\noutput "o" { value = "x${aws_s3_bucket.b.id}" }\n'},
    )

    assert isinstance(stack.outputs["o"], Unknown)


def test_a_reference_to_a_reference_points_to_the_innermost_resource(tmp_path: Path) -> None:
    value = output(
        tmp_path,
        "aws_subnet.s.vpc_id",
        """
        resource "aws_vpc" "v" {}
        resource "aws_subnet" "s" {
          vpc_id = aws_vpc.v.id
        }
        """,
    )

    assert isinstance(value, Unknown)
    assert value.parts == (Reference("aws_vpc.v", "id"),)


def test_a_text_keeps_its_known_pieces(tmp_path: Path) -> None:
    value = output(
        tmp_path,
        '"arn:aws:s3:::logs-${var.suffix}/${aws_s3_bucket.b.id}/*"',
        """
        variable "suffix" {}
        resource "aws_s3_bucket" "b" {}
        """,
    )

    assert isinstance(value, Unknown)
    assert value.parts == ("arn:aws:s3:::logs-", Gap("var.suffix"), "/", Reference("aws_s3_bucket.b", "id"), "/*")


def test_a_partly_known_name_read_from_a_resource_still_leads_back_to_it(tmp_path: Path) -> None:
    value = output(
        tmp_path,
        "aws_eks_cluster.c.name",
        """
        variable "env" {}
        resource "aws_eks_cluster" "c" {
          name = "web-${var.env}"
        }
        """,
    )

    assert isinstance(value, Unknown)
    assert value.parts == ("web-", Gap("var.env"))
    assert value.origin == Reference("aws_eks_cluster.c", "name")


def test_jsonencode_keeps_the_document_beside_the_text(tmp_path: Path) -> None:
    value = output(
        tmp_path,
        'jsonencode({ Resource = aws_sqs_queue.q.arn, Action = ["a", "b"], N = var.n })',
        """
        variable "n" {}
        resource "aws_sqs_queue" "q" {}
        """,
    )

    assert isinstance(value, Unknown)
    assert value.parts == (
        '{"Action":["a","b"],"N":',
        Gap("var.n"),
        ',"Resource":"',
        Reference("aws_sqs_queue.q", "arn"),
        '"}',
    )
    assert isinstance(value.document, Known)
    document = value.document.value
    assert plain(document["Action"]) == ["a", "b"]  # type: ignore[index]


def test_the_same_expression_is_the_same_value_and_another_may_be(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        """
        variable "n" {}
        output "a" { value = "x-${upper(var.n)}" }
        output "b" { value = "x-${upper(var.n)}" }
        output "c" { value = "x-${lower(var.n)}" }
        output "d" { value = "y-${lower(var.n)}" }
        """,
    )
    a, b, c, d = stack.outputs.values()

    assert (same(a, b), same(a, c), same(c, d)) == (Truth.YES, Truth.UNKNOWN, Truth.NO)


def test_the_same_words_in_different_instances_are_not_the_same_value(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        """
        variable "names" {}
        resource "aws_sqs_queue" "q" {
          count = 2
          name  = var.names[count.index]
        }
        output "loop" { value = [for n in [1, 2] : upper(var.names[n])] }
        output "random" { value = [uuid(), uuid()] }
        """,
    )
    first, second = (queue.argument("name") for queue in stack.resources.values())
    loop, random = stack.outputs["loop"], stack.outputs["random"]

    assert same(first, second) is Truth.UNKNOWN
    assert same(loop.value[0], loop.value[1]) is Truth.UNKNOWN  # type: ignore[union-attr,index]
    assert same(random.value[0], random.value[1]) is Truth.UNKNOWN  # type: ignore[union-attr,index]


def test_null_is_absent(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        """
        resource "aws_sqs_queue" "q" {
          name = null
        }
        """,
    )

    assert isinstance(stack.resources["aws_sqs_queue.q"].argument("name"), Absent)


def test_an_unknown_condition_keeps_what_both_branches_begin_with(tmp_path: Path) -> None:
    value = output(tmp_path, 'var.big ? "db.r6g.large" : "db.t4g.small"', 'variable "big" {}')

    assert isinstance(value, Unknown)
    assert value.parts[0] == "db."


def test_elements_of_an_unknown_list_have_names_of_their_own(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        """
        data "aws_availability_zones" "z" {}
        output "a" { value = data.aws_availability_zones.z.names[0] }
        output "b" { value = element(data.aws_availability_zones.z.names, 0) }
        output "c" { value = slice(data.aws_availability_zones.z.names, 0, 2)[1] }
        """,
    )
    a, b, c = stack.outputs.values()

    assert (same(a, b), same(a, c)) == (Truth.YES, Truth.UNKNOWN)
    assert isinstance(a, Unknown)
    assert a.parts == (Gap("data.aws_availability_zones.z.names[0]"),)
