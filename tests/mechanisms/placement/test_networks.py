"""Networks, zones, subnets: where something lies."""

from pathlib import Path

import pytest

from onetake.aws import rds
from onetake.aws.ec2 import DefaultSubnet, NatGateway, SecurityGroup, Subnet, Vpc
from onetake.aws.elb import LoadBalancer, TargetGroup
from onetake.aws.lookup import view, views
from onetake.aws.view import View
from onetake.frontends import cloudformation, terraform
from onetake.frontends.files import Options
from onetake.mechanisms.placement import (
    distinct_zones,
    is_public,
    region,
    same_vpc,
    same_zone,
    subnet_inside_vpc,
    subnets_of,
    vpc_of,
)
from onetake.model.language import Truth
from onetake.model.stacks import Stack
from onetake.model.values import Known, known

PROGRAM = """
provider "aws" { region = "eu-west-1" }
provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
variable "vpc" { type = string }
variable "other" { type = string }
variable "flag" { type = bool }

resource "aws_vpc" "one" { cidr_block = "10.0.0.0/16" }
resource "aws_vpc" "two" { cidr_block = "10.1.0.0/16" }
resource "aws_default_vpc" "mine" {}
data "aws_vpc" "found" { default = true }
data "aws_vpc" "tagged" { tags = { Name = "one" } }

resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.one.id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}
resource "aws_subnet" "b" {
  vpc_id            = aws_vpc.one.id
  cidr_block        = "10.1.0.0/24"
  availability_zone = "eu-west-1b"
}
resource "aws_subnet" "c" {
  vpc_id     = aws_vpc.one.id
  cidr_block = cidrsubnet(aws_vpc.one.cidr_block, 8, 3)
}
resource "aws_subnet" "either" {
  vpc_id            = var.flag ? aws_vpc.one.id : aws_vpc.two.id
  cidr_block        = "10.0.5.0/24"
  availability_zone = "eu-west-1a"
}
resource "aws_subnet" "given" {
  vpc_id            = var.vpc
  availability_zone = var.other
}
resource "aws_default_subnet" "d" { availability_zone = "eu-west-1a" }

resource "aws_db_subnet_group" "g" {
  subnet_ids = [aws_subnet.a.id, aws_subnet.b.id, aws_subnet.c.id]
}
resource "aws_db_instance" "grouped" {
  instance_class       = "db.t3.micro"
  db_subnet_group_name = aws_db_subnet_group.g.name
}
resource "aws_db_instance" "bare" { instance_class = "db.t3.micro" }
resource "aws_db_instance" "copy" {
  instance_class      = "db.t3.micro"
  replicate_source_db = aws_db_instance.grouped.identifier
}
resource "aws_lb" "mapped" {
  provider = aws.us
  subnet_mapping { subnet_id = aws_subnet.a.id }
  subnet_mapping { subnet_id = aws_subnet.b.id }
}
resource "aws_nat_gateway" "n" { subnet_id = aws_subnet.a.id }
resource "aws_lb_target_group" "functions" { target_type = "lambda" }
resource "aws_lb" "named" { subnets = ["subnet-1", aws_subnet.a.id] }

resource "aws_security_group" "one" { vpc_id = aws_vpc.one.id }
resource "aws_security_group" "two" { vpc_id = aws_vpc.two.id }
resource "aws_security_group" "given" { vpc_id = var.vpc }
resource "aws_security_group" "again" { vpc_id = aws_subnet.given.vpc_id }
resource "aws_security_group" "other" { vpc_id = var.other }
resource "aws_security_group" "either" { vpc_id = aws_subnet.either.vpc_id }
resource "aws_security_group" "bare" {}
resource "aws_security_group" "mine" { vpc_id = aws_default_vpc.mine.id }
resource "aws_security_group" "found" { vpc_id = data.aws_vpc.found.id }
resource "aws_security_group" "tagged" { vpc_id = data.aws_vpc.tagged.id }
resource "aws_security_group" "spelled" { vpc_id = "vpc-1" }
resource "aws_security_group" "elsewhere" { vpc_id = "vpc-2" }
"""


@pytest.fixture
def stack(tmp_path: Path) -> Stack:
    (tmp_path / "main.tf").write_text(PROGRAM)
    return terraform.read(tmp_path, Options(root=tmp_path))[0]


def group(stack: Stack, name: str) -> SecurityGroup:
    return view(stack.resources[f"aws_security_group.{name}"], stack, SecurityGroup)


def subnet(stack: Stack, name: str) -> Subnet:
    return view(stack.resources[f"aws_subnet.{name}"], stack, Subnet)


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("one", "one", Truth.YES),
        ("one", "two", Truth.NO),
        ("one", "bare", Truth.NO),
        ("one", "mine", Truth.NO),
        ("one", "given", Truth.NO),
        ("one", "tagged", Truth.NO),
        ("one", "spelled", Truth.NO),
        ("one", "either", Truth.UNKNOWN),
        ("given", "again", Truth.YES),
        ("given", "other", Truth.UNKNOWN),
        ("given", "spelled", Truth.UNKNOWN),
        ("given", "tagged", Truth.UNKNOWN),
        ("given", "bare", Truth.UNKNOWN),
        ("bare", "mine", Truth.YES),
        ("bare", "found", Truth.YES),
        ("bare", "tagged", Truth.UNKNOWN),
        ("spelled", "elsewhere", Truth.NO),
        ("spelled", "bare", Truth.UNKNOWN),
    ],
)
def test_two_things_lie_in_one_network(stack: Stack, one: str, other: str, answer: Truth) -> None:
    assert same_vpc(group(stack, one), group(stack, other)) is answer
    assert same_vpc(group(stack, other), group(stack, one)) is answer


def test_a_network_is_found_through_subnets_and_their_groups(stack: Stack) -> None:
    found: dict[str, View | str | None] = {}
    for kind, names in ((rds.Instance, ("grouped", "bare", "copy")), (LoadBalancer, ("mapped", "named"))):
        for name in names:
            home = vpc_of(view(stack.resources[f"{kind.types()[0]}.{name}"], stack, kind))
            found[name] = home.vpc.address if home.vpc else "default" if home.default else None
    (adopted,) = views(stack, DefaultSubnet)
    (gateway,) = views(stack, NatGateway)
    (functions,) = views(stack, TargetGroup)

    assert found == {
        "grouped": "aws_vpc.one",
        "bare": "default",
        "copy": None,
        "mapped": "aws_vpc.one",
        "named": "aws_vpc.one",
    }
    assert vpc_of(gateway).vpc is views(stack, Vpc)[0]
    assert not vpc_of(functions).known
    assert vpc_of(adopted).default
    assert is_public(adopted) is Truth.UNKNOWN


def test_subnets_are_complete_only_when_each_is_known(stack: Stack) -> None:
    mapped, named = views(stack, LoadBalancer)

    assert [one.address for one in subnets_of(mapped)] == ["aws_subnet.a", "aws_subnet.b"]
    assert subnets_of(mapped).complete
    assert [one.address for one in subnets_of(named)] == ["aws_subnet.a"]
    assert not subnets_of(named).complete


def test_zones_are_counted_between_what_is_certain_and_what_is_possible(stack: Stack) -> None:
    (instance, *_) = views(stack, rds.SubnetGroup)
    zones = distinct_zones(subnets_of(instance))

    assert (zones.at_least, zones.at_most) == (2, 3)
    assert [zones.reach(number) for number in (2, 3, 4)] == [Truth.YES, Truth.UNKNOWN, Truth.NO]


def test_zones_of_two_subnets(stack: Stack) -> None:
    names = ("b", "c", "either", "given")

    assert [same_zone(subnet(stack, "a"), subnet(stack, name)) for name in names] == [
        Truth.NO,
        Truth.UNKNOWN,
        Truth.YES,
        Truth.UNKNOWN,
    ]


def test_a_subnet_lies_in_its_network_or_not(stack: Stack) -> None:
    names = ("a", "b", "c", "either")

    assert [subnet_inside_vpc(subnet(stack, name)) for name in names] == [
        Truth.YES,
        Truth.NO,
        Truth.YES,
        Truth.UNKNOWN,
    ]


def test_the_region_is_the_providers_or_the_resources_own(stack: Stack) -> None:
    mapped, named = views(stack, LoadBalancer)
    named.resource.arguments = {**named.resource.arguments, "region": Known("eu-north-1", named.where)}

    assert [known(region(one)) for one in (mapped, named, *views(stack, Vpc)[:1])] == [
        "us-east-1",
        "eu-north-1",
        "eu-west-1",
    ]


@pytest.mark.parametrize(("variant", "most"), [("fail", 1), ("pass", 2)])
@pytest.mark.parametrize("language", ["terraform", "cloudformation"])
def test_the_subnet_group_in_one_zone(shared: Path, language: str, variant: str, most: int) -> None:
    folder = shared / "pairs" / "04-rds-subnet-group-one-az" / language
    reader, name = (terraform, ".tf.json") if language == "terraform" else (cloudformation, ".yaml")
    (stack,) = reader.read(folder / f"{variant}{name}", Options(root=folder))
    (found,) = views(stack, rds.SubnetGroup)

    assert distinct_zones(subnets_of(found)).at_most == most
