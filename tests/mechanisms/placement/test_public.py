"""Public and private subnets, in every form that routes are written in."""

from pathlib import Path

import pytest

from onetake.aws.ec2 import Subnet, Vpc
from onetake.aws.lookup import views
from onetake.frontends import cloudformation, terraform
from onetake.frontends.files import Options
from onetake.mechanisms.placement import internet_gateway_attached, is_public, public_route
from onetake.model.language import Truth
from onetake.model.stacks import Stack

NETWORK = """
variable "table" { type = string }
variable "gateway" { type = string }
variable "flag" { type = bool }
resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
resource "aws_internet_gateway" "i" { vpc_id = aws_vpc.v.id }
resource "aws_subnet" "s" {
  vpc_id     = aws_vpc.v.id
  cidr_block = "10.0.0.0/24"
}
resource "aws_route_table" "t" {
  vpc_id = aws_vpc.v.id
  %s
}
"""
FOLLOWS = """
resource "aws_route_table_association" "a" {
  subnet_id      = aws_subnet.s.id
  route_table_id = aws_route_table.t.id
}
"""
TO_GATEWAY = "gateway_id = aws_internet_gateway.i.id"


def route(table: str, to: str = TO_GATEWAY, cidr: str = 'destination_cidr_block = "0.0.0.0/0"') -> str:
    return f'resource "aws_route" "r" {{\n  route_table_id = {table}\n  {cidr}\n  {to}\n}}\n'


def read(folder: Path, program: str, inline: str = "") -> Stack:
    (folder / "main.tf").write_text(NETWORK % inline + program)
    return terraform.read(folder, Options(root=folder))[0]


@pytest.mark.parametrize(
    ("program", "inline", "answer", "place"),
    [
        ("", "", Truth.NO, None),
        (FOLLOWS, "", Truth.NO, None),
        (FOLLOWS, f'route {{\n cidr_block = "0.0.0.0/0"\n {TO_GATEWAY}\n }}', Truth.YES, "aws_route_table.t"),
        (FOLLOWS, f'route {{\n ipv6_cidr_block = "::/0"\n {TO_GATEWAY}\n }}', Truth.YES, "aws_route_table.t"),
        ("", f'route {{\n cidr_block = "0.0.0.0/0"\n {TO_GATEWAY}\n }}', Truth.NO, None),
        (FOLLOWS + route("aws_route_table.t.id"), "", Truth.YES, "aws_route.r"),
        (FOLLOWS + route("aws_route_table.t.id", "gateway_id = var.gateway"), "", Truth.UNKNOWN, None),
        (FOLLOWS + route("aws_route_table.t.id", 'gateway_id = "igw-1"'), "", Truth.YES, "aws_route.r"),
        (FOLLOWS + route("aws_route_table.t.id", 'gateway_id = "vgw-1"'), "", Truth.NO, None),
        (FOLLOWS + route("aws_route_table.t.id", 'nat_gateway_id = "nat-1"'), "", Truth.NO, None),
        (FOLLOWS + route("aws_route_table.t.id", "count = var.flag ? 1 : 0\n" + TO_GATEWAY), "", Truth.UNKNOWN, None),
        (FOLLOWS + route("var.table"), "", Truth.NO, None),
        (FOLLOWS + route("var.flag ? aws_route_table.t.id : var.table"), "", Truth.UNKNOWN, None),
        (route("aws_vpc.v.main_route_table_id"), "", Truth.YES, "aws_route.r"),
        (FOLLOWS + route("aws_vpc.v.main_route_table_id"), "", Truth.NO, None),
        (
            'resource "aws_main_route_table_association" "m" {\n'
            "vpc_id = aws_vpc.v.id\n route_table_id = aws_route_table.t.id\n}\n" + route("aws_route_table.t.id"),
            "",
            Truth.YES,
            "aws_route.r",
        ),
        (
            'resource "aws_default_route_table" "d" {\n'
            "default_route_table_id = aws_vpc.v.default_route_table_id\n"
            f'route {{\n cidr_block = "0.0.0.0/0"\n {TO_GATEWAY}\n }}\n}}',
            "",
            Truth.YES,
            "aws_default_route_table.d",
        ),
        (FOLLOWS.replace("aws_route_table.t.id", "var.table"), "", Truth.UNKNOWN, None),
        (FOLLOWS.replace("aws_subnet.s.id", "var.flag ? aws_subnet.s.id : var.table"), "", Truth.UNKNOWN, None),
        ('module "far" {\n source = "example.com/far/away"\n}' + FOLLOWS, "", Truth.UNKNOWN, None),
    ],
)
def test_a_subnet_is_public_by_its_route_table(
    tmp_path: Path, program: str, inline: str, answer: Truth, place: str | None
) -> None:
    stack = read(tmp_path, program, inline)
    (subnet,) = views(stack, Subnet)
    found = public_route(subnet)

    assert (is_public(subnet), found.address if found else None) == (answer, place)


TEMPLATE = """
Parameters:
  Stage: {Type: String}
Conditions:
  Live: !Equals [!Ref Stage, live]
Resources:
  V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  I: {Type: AWS::EC2::InternetGateway}
  S: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref V, CidrBlock: 10.0.0.0/24}}
  T: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref V}}
  A: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref S, RouteTableId: !GetAtt T.RouteTableId}}
"""
ATTACHED = "  G: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref V, InternetGatewayId: !Ref I}}\n"
ROUTE = (
    "  R: {Type: AWS::EC2::Route, Properties: "
    "{RouteTableId: !Ref T, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref I}}\n"
)
CUSTOM = "  N: {Type: Custom::Network, Properties: {ServiceToken: 'arn:aws:lambda:x', P: !Ref %s}}\n"


@pytest.mark.parametrize(
    ("more", "public", "attached"),
    [
        ("", Truth.NO, Truth.NO),
        (ATTACHED, Truth.NO, Truth.YES),
        (ROUTE, Truth.YES, Truth.NO),
        (ATTACHED.replace("Properties", "Condition: Live, Properties"), Truth.NO, Truth.UNKNOWN),
        (ROUTE.replace("Properties", "Condition: Live, Properties"), Truth.UNKNOWN, Truth.NO),
        (ATTACHED.replace("InternetGatewayId: !Ref I", "VpnGatewayId: vgw-1"), Truth.NO, Truth.NO),
        (CUSTOM % "V", Truth.NO, Truth.UNKNOWN),
        (CUSTOM % "T", Truth.UNKNOWN, Truth.NO),
    ],
)
def test_templates_say_it_with_resources_of_their_own(
    tmp_path: Path, more: str, public: Truth, attached: Truth
) -> None:
    (tmp_path / "t.yaml").write_text(TEMPLATE + more)
    stack = cloudformation.read(tmp_path / "t.yaml", Options(root=tmp_path))[0]

    assert [is_public(one) for one in views(stack, Subnet)] == [public]
    assert [internet_gateway_attached(one) for one in views(stack, Vpc)] == [attached]


@pytest.mark.parametrize(
    ("gateway", "answer"),
    [
        ("vpc_id = aws_vpc.v.id", Truth.YES),
        ("", Truth.NO),
        ("vpc_id = var.vpc", Truth.NO),
        ("vpc_id = aws_vpc.other.id", Truth.NO),
        ("vpc_id = var.flag ? aws_vpc.v.id : var.vpc", Truth.UNKNOWN),
        ("vpc_id = aws_vpc.v.id\n  count = var.flag ? 1 : 0", Truth.UNKNOWN),
    ],
)
def test_a_gateway_names_its_network(tmp_path: Path, gateway: str, answer: Truth) -> None:
    (tmp_path / "main.tf").write_text(
        f"""
        variable "flag" {{ type = bool }}
        variable "vpc" {{ type = string }}
        resource "aws_vpc" "v" {{ cidr_block = "10.0.0.0/16" }}
        resource "aws_vpc" "other" {{ cidr_block = "10.0.0.0/16" }}
        resource "aws_internet_gateway" "i" {{
          {gateway}
        }}
        """
    )
    (stack,) = terraform.read(tmp_path, Options(root=tmp_path))

    assert internet_gateway_attached(views(stack, Vpc)[0]) is answer


@pytest.mark.parametrize(("variant", "answer"), [("fail", Truth.NO), ("pass", Truth.YES)])
@pytest.mark.parametrize("language", ["terraform", "cloudformation"])
def test_the_load_balancer_without_a_gateway(shared: Path, language: str, variant: str, answer: Truth) -> None:
    folder = shared / "pairs" / "13-alb-public-vpc-without-igw" / language
    if language == "terraform":
        (stack,) = terraform.read(folder / variant, Options(root=folder))
    else:
        (stack,) = cloudformation.read(folder / f"{variant}.yaml", Options(root=folder))

    assert [internet_gateway_attached(one) for one in views(stack, Vpc)] == [answer]
