"""From one thing of a program to another, to the internet, to AWS services."""

from pathlib import Path

import pytest

from onetake.aws import ecs, eks
from onetake.aws.awslambda import Function
from onetake.aws.ec2 import Subnet, VpcEndpoint
from onetake.aws.efs import MountTarget
from onetake.aws.elb import LoadBalancer
from onetake.aws.lookup import view, views
from onetake.frontends import cloudformation, terraform
from onetake.frontends.files import Options
from onetake.mechanisms.reachability import (
    Kind,
    Port,
    can_reach,
    end_of,
    endpoint_for,
    groups_of,
    ingress_from,
    reaches_internet,
    reaches_service,
)
from onetake.model.language import Truth
from onetake.model.stacks import Stack
from onetake.model.values import Known

NETWORK = """
provider "aws" { region = "eu-west-1" }
variable "flag" { type = bool }
variable "given" { type = string }
resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
resource "aws_internet_gateway" "i" { vpc_id = aws_vpc.v.id }
resource "aws_subnet" "inner" {
  vpc_id     = aws_vpc.v.id
  cidr_block = "10.0.0.0/24"
}
resource "aws_subnet" "outer" {
  vpc_id     = aws_vpc.v.id
  cidr_block = "10.0.1.0/24"
}
resource "aws_route_table" "inner" { vpc_id = aws_vpc.v.id }
resource "aws_route_table" "outer" { vpc_id = aws_vpc.v.id }
resource "aws_route_table_association" "inner" {
  subnet_id      = aws_subnet.inner.id
  route_table_id = aws_route_table.inner.id
}
resource "aws_route_table_association" "outer" {
  subnet_id      = aws_subnet.outer.id
  route_table_id = aws_route_table.outer.id
}
resource "aws_route" "out" {
  route_table_id         = aws_route_table.outer.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.i.id
}
"""
NAT = """
resource "aws_nat_gateway" "n" {{
  subnet_id = aws_subnet.{place}.id
  {more}
}}
resource "aws_route" "through" {{
  route_table_id         = aws_route_table.inner.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.n.id
}}
"""


def read(folder: Path, program: str = "") -> Stack:
    (folder / "main.tf").write_text(NETWORK + program)
    return terraform.read(folder, Options(root=folder))[0]


def subnet(stack: Stack, name: str) -> Subnet:
    return view(stack.resources[f"aws_subnet.{name}"], stack, Subnet)


@pytest.mark.parametrize(
    ("program", "answer"),
    [
        ("", Truth.NO),
        (NAT.format(place="outer", more=""), Truth.YES),
        (NAT.format(place="inner", more=""), Truth.NO),
        (NAT.format(place="outer", more='connectivity_type = "private"'), Truth.UNKNOWN),
        (NAT.format(place="outer", more="count = var.flag ? 1 : 0").replace("n.id", "n[0].id"), Truth.UNKNOWN),
        (NAT.format(place="outer", more="").replace("aws_nat_gateway.n.id", "var.given"), Truth.UNKNOWN),
        (
            NAT.format(place="outer", more="").replace("nat_gateway_id ", "transit_gateway_id "),
            Truth.UNKNOWN,
        ),
    ],
)
def test_an_inner_subnet_reaches_the_internet_through_translation(tmp_path: Path, program: str, answer: Truth) -> None:
    assert reaches_internet(subnet(read(tmp_path, program), "inner")) is answer


def test_an_outer_subnet_reaches_the_internet_only_with_a_public_address(tmp_path: Path) -> None:
    outer = subnet(read(tmp_path), "outer")

    assert reaches_internet(outer) is Truth.NO
    assert reaches_internet(outer, Known(True, outer.where)) is Truth.YES


ENDPOINT = """
resource "aws_vpc_endpoint" "e" {{
  vpc_id       = aws_vpc.v.id
  service_name = "com.amazonaws.{service}"
  {more}
}}
"""


@pytest.mark.parametrize(
    ("program", "service", "answer"),
    [
        ("", "ecr.api", Truth.NO),
        (
            ENDPOINT.format(
                service="eu-west-1.ecr.api", more='vpc_endpoint_type = "Interface"\n private_dns_enabled = true'
            ),
            "ecr.api",
            Truth.YES,
        ),
        (
            ENDPOINT.format(
                service="eu-west-1.ecr.dkr", more='vpc_endpoint_type = "Interface"\n private_dns_enabled = true'
            ),
            "ecr.api",
            Truth.NO,
        ),
        (
            ENDPOINT.format(service="${var.given}.ecr.api", more="vpc_endpoint_type = var.given"),
            "ecr.api",
            Truth.UNKNOWN,
        ),
        (ENDPOINT.format(service="eu-west-1.s3", more="route_table_ids = [aws_route_table.inner.id]"), "s3", Truth.YES),
        (ENDPOINT.format(service="eu-west-1.s3", more="route_table_ids = [aws_route_table.outer.id]"), "s3", Truth.NO),
        (ENDPOINT.format(service="eu-west-1.s3", more=""), "s3", Truth.NO),
        (
            ENDPOINT.format(service="eu-west-1.s3", more="")
            + 'resource "aws_vpc_endpoint_route_table_association" "r" {\n'
            "  vpc_endpoint_id = aws_vpc_endpoint.e.id\n  route_table_id = aws_route_table.inner.id\n}\n",
            "s3",
            Truth.YES,
        ),
    ],
)
def test_a_service_is_reached_through_an_endpoint(tmp_path: Path, program: str, service: str, answer: Truth) -> None:
    stack = read(tmp_path, program)

    assert endpoint_for(subnet(stack, "inner"), service) is answer
    assert reaches_service(subnet(stack, "inner"), service) is answer


def test_groups_that_are_not_written_are_the_networks_default_one(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        """
        resource "aws_efs_mount_target" "m" {
          file_system_id = "fs-1"
          subnet_id      = aws_subnet.inner.id
        }
        resource "aws_lb" "app" { subnets = [aws_subnet.inner.id, aws_subnet.outer.id] }
        resource "aws_lb" "net" {
          load_balancer_type = "network"
          subnets            = [aws_subnet.inner.id]
        }
        resource "aws_vpc_endpoint" "gateway" {
          vpc_id       = aws_vpc.v.id
          service_name = "com.amazonaws.eu-west-1.s3"
        }
        resource "aws_eks_cluster" "k" {
          vpc_config { subnet_ids = [aws_subnet.inner.id] }
        }
        resource "aws_efs_mount_target" "elsewhere" {
          file_system_id = "fs-1"
          subnet_id      = var.given
        }
        """,
    )
    kinds = (MountTarget, LoadBalancer, VpcEndpoint, eks.Cluster)
    found = {
        one.address: ([group.kind for group in groups_of(one).known], groups_of(one).complete)
        for kind in kinds
        for one in views(stack, kind)
    }

    assert found == {
        "aws_efs_mount_target.m": ([Kind.DEFAULT], True),
        "aws_lb.app": ([Kind.DEFAULT], True),
        "aws_lb.net": ([], False),
        "aws_vpc_endpoint.gateway": ([], False),
        "aws_eks_cluster.k": ([], False),
        "aws_efs_mount_target.elsewhere": ([], False),
    }
    (target, _), (balancer, _) = views(stack, MountTarget), views(stack, LoadBalancer)
    assert can_reach(balancer, target, Port(2049)) is Truth.YES


@pytest.mark.parametrize(
    ("beside", "answer"),
    [
        ("", Truth.YES),
        ('resource "aws_network_acl" "n" { vpc_id = aws_vpc.v.id }', Truth.UNKNOWN),
        ('resource "aws_default_security_group" "d" { vpc_id = aws_vpc.v.id }', Truth.NO),
    ],
)
def test_things_in_the_default_group_reach_each_other(tmp_path: Path, beside: str, answer: Truth) -> None:
    stack = read(
        tmp_path,
        """
        resource "aws_efs_mount_target" "one" {
          file_system_id = "fs-1"
          subnet_id      = aws_subnet.inner.id
        }
        resource "aws_efs_mount_target" "two" {
          file_system_id  = "fs-1"
          subnet_id       = aws_subnet.outer.id
          security_groups = [aws_vpc.v.default_security_group_id]
        }
        """
        + beside,
    )
    one, two = views(stack, MountTarget)

    assert can_reach(one, two, Port(2049)) is answer


CASES = [
    ("06-efs-without-mount-targets", {"pass": {Truth.YES}}),
    ("07-efs-security-group", {"fail": {Truth.NO}, "pass": {Truth.YES}}),
    ("08-efs-ordering", {"fail": {Truth.YES}, "pass": {Truth.YES}}),
    ("09-duplicate-mount-targets", {"fail": {Truth.NO, Truth.YES}, "pass": {Truth.YES}}),
]


@pytest.mark.parametrize(("case", "answers"), CASES)
def test_the_tasks_and_their_file_system(shared: Path, case: str, answers: dict[str, set[Truth]]) -> None:
    for variant, expected in answers.items():
        program = shared / "cases" / f"globalstream-{case}" / variant / "template.json"
        (stack,) = cloudformation.read(program, Options(root=program.parent))
        (service,) = views(stack, ecs.Service)

        assert {can_reach(service, one, Port(2049)) for one in views(stack, MountTarget)} == expected


def test_the_rule_that_lets_something_in_can_be_shown(shared: Path) -> None:
    program = shared / "cases" / "globalstream-07-efs-security-group" / "pass" / "template.json"
    (stack,) = cloudformation.read(program, Options(root=program.parent))
    (service,) = views(stack, ecs.Service)
    target = views(stack, MountTarget)[0]
    shown = ingress_from(groups_of(target), Port(2049), end_of(service))

    assert [one.resource.type for one in shown] == ["AWS::EC2::SecurityGroupIngress"]


def test_a_function_without_subnets_has_no_groups(tmp_path: Path) -> None:
    stack = read(tmp_path, 'resource "aws_lambda_function" "f" {\n function_name = "f"\n role = "r"\n}\n')
    (function,) = views(stack, Function)

    assert groups_of(function).known == ()
    assert not groups_of(function).complete
