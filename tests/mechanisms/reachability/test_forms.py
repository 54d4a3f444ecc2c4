"""Security group rules in every form that the languages have."""

from pathlib import Path

import pytest

from onetake.aws.ec2 import SecurityGroup
from onetake.aws.lookup import view
from onetake.frontends import cloudformation, terraform
from onetake.frontends.files import Options
from onetake.mechanisms.reachability import End, Groups, Port, addresses, admits, lets_out, made_group
from onetake.model.language import Truth
from onetake.model.stacks import Stack

PORT = Port(2049)
TERRAFORM = """
variable "flag" { type = bool }
variable "given" { type = string }
variable "list" { type = list(string) }
resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
resource "aws_security_group" "client" { vpc_id = aws_vpc.v.id }
resource "aws_security_group" "server" {
  vpc_id = aws_vpc.v.id
  %s
}
"""
PORTS = 'from_port = 2049\n to_port = 2049\n protocol = "tcp"'
CLIENT = "aws_security_group.client.id"


def inline(peer: str, ports: str = PORTS, way: str = "ingress") -> str:
    return f"{way} {{\n {ports}\n {peer}\n }}"


def rule(peer: str, ports: str = PORTS, way: str = "ingress", owner: str = "aws_security_group.server.id") -> str:
    body = f'type = "{way}"\n security_group_id = {owner}\n {ports}\n {peer}'
    return f'resource "aws_security_group_rule" "r" {{\n {body}\n}}\n'


def newer(peer: str, ports: str = PORTS, way: str = "ingress") -> str:
    body = f"security_group_id = aws_security_group.server.id\n {ports}\n {peer}".replace("protocol", "ip_protocol")
    return f'resource "aws_vpc_security_group_{way}_rule" "n" {{\n {body}\n}}\n'


def read(folder: Path, inside: str, beside: str) -> Stack:
    (folder / "main.tf").write_text(TERRAFORM % inside + beside)
    return terraform.read(folder, Options(root=folder))[0]


def groups(stack: Stack, address: str) -> Groups:
    return Groups((made_group(view(stack.resources[address], stack, SecurityGroup)),), True)


ALL = 'from_port = 0\n to_port = 0\n protocol = "-1"'
FORMS = [
    ("", "", Truth.NO),
    (inline(f"security_groups = [{CLIENT}]"), "", Truth.YES),
    (inline("security_groups = [var.given]"), "", Truth.NO),
    (inline(f"security_groups = [var.flag ? {CLIENT} : var.given]"), "", Truth.UNKNOWN),
    (inline("security_groups = var.list"), "", Truth.UNKNOWN),
    (inline("self = true"), "", Truth.NO),
    (inline('cidr_blocks = ["10.0.0.0/8"]'), "", Truth.YES),
    (inline("cidr_blocks = [aws_vpc.v.cidr_block]"), "", Truth.YES),
    (inline('cidr_blocks = ["10.0.0.0/17"]'), "", Truth.UNKNOWN),
    (inline('cidr_blocks = ["192.168.0.0/16"]'), "", Truth.NO),
    (inline("cidr_blocks = [var.given]"), "", Truth.UNKNOWN),
    (inline('ipv6_cidr_blocks = ["::/0"]'), "", Truth.NO),
    (inline('prefix_list_ids = ["pl-1"]'), "", Truth.UNKNOWN),
    (inline('cidr_blocks = ["0.0.0.0/0"]', ALL), "", Truth.YES),
    (inline('cidr_blocks = ["0.0.0.0/0"]', 'from_port = 2000\n to_port = 2048\n protocol = "tcp"'), "", Truth.NO),
    (inline('cidr_blocks = ["0.0.0.0/0"]', 'from_port = 0\n to_port = 65535\n protocol = "udp"'), "", Truth.NO),
    (inline('cidr_blocks = ["0.0.0.0/0"]', 'from_port = 0\n to_port = 65535\n protocol = "6"'), "", Truth.YES),
    (
        inline('cidr_blocks = ["0.0.0.0/0"]', "from_port = var.given\n to_port = 65535\n protocol = 6"),
        "",
        Truth.UNKNOWN,
    ),
    ("", rule(f"source_security_group_id = {CLIENT}"), Truth.YES),
    ("", rule(f"source_security_group_id = {CLIENT}", way="egress"), Truth.NO),
    ("", rule(f"source_security_group_id = {CLIENT}", owner=CLIENT), Truth.NO),
    ("", rule(f"source_security_group_id = {CLIENT}", owner="var.given"), Truth.NO),
    ("", rule(f"source_security_group_id = {CLIENT}\n count = var.flag ? 1 : 0"), Truth.UNKNOWN),
    ("", rule("self = true"), Truth.NO),
    ("", newer(f"referenced_security_group_id = {CLIENT}"), Truth.YES),
    ("", newer('cidr_ipv4 = "10.0.0.0/16"'), Truth.YES),
    ("", newer('cidr_ipv4 = "10.0.0.0/16"', 'protocol = "-1"'), Truth.YES),
    ("", newer('prefix_list_id = "pl-1"'), Truth.UNKNOWN),
]


@pytest.mark.parametrize(("inside", "beside", "answer"), FORMS)
def test_what_a_group_lets_in_in_terraform(tmp_path: Path, inside: str, beside: str, answer: Truth) -> None:
    stack = read(tmp_path, inside, beside)
    network = addresses("10.0.0.0/16", view(stack.resources["aws_security_group.client"], stack, SecurityGroup))
    source = End(groups(stack, "aws_security_group.client"), network.cidrs)

    assert admits(groups(stack, "aws_security_group.server"), PORT, source) is answer


@pytest.mark.parametrize(("flag", "answer"), [("true", Truth.YES), ("false", Truth.NO), ("var.flag", Truth.UNKNOWN)])
def test_a_group_that_lets_itself_in(tmp_path: Path, flag: str, answer: Truth) -> None:
    stack = read(tmp_path, inline(f"self = {flag}"), "")
    server = groups(stack, "aws_security_group.server")

    assert admits(server, PORT, End(server)) is answer


@pytest.mark.parametrize(
    ("inside", "beside", "answer"),
    [
        ("", "", Truth.NO),
        (inline('cidr_blocks = ["0.0.0.0/0"]', ALL, "egress"), "", Truth.YES),
        ("egress = []", "", Truth.NO),
        ("", newer('cidr_ipv4 = "0.0.0.0/0"', 'protocol = "-1"', "egress"), Truth.YES),
        ("", rule('cidr_blocks = ["0.0.0.0/0"]', ALL, "egress"), Truth.YES),
        ("", rule('cidr_blocks = ["0.0.0.0/0"]', ALL, "ingress"), Truth.NO),
    ],
)
def test_terraform_takes_the_default_way_out(tmp_path: Path, inside: str, beside: str, answer: Truth) -> None:
    stack = read(tmp_path, inside, beside)

    assert lets_out(groups(stack, "aws_security_group.server"), PORT, End()) is answer


TEMPLATE = """
Parameters:
  Stage: {{Type: String}}
  Given: {{Type: AWS::EC2::SecurityGroup::Id}}
Conditions:
  Live: !Equals [!Ref Stage, live]
Resources:
  V: {{Type: AWS::EC2::VPC, Properties: {{CidrBlock: 10.0.0.0/16}}}}
  Client: {{Type: AWS::EC2::SecurityGroup, Properties: {{GroupDescription: c, VpcId: !Ref V}}}}
  Server:
    Type: AWS::EC2::SecurityGroup
    Properties: {{GroupDescription: s, VpcId: !Ref V{inside}}}
{beside}
"""
ENTRY = "{IpProtocol: tcp, FromPort: 2049, ToPort: 2049, %s}"


def listed(peer: str) -> str:
    return f", SecurityGroupIngress: [{ENTRY % peer}]"


def separate(peer: str, more: str = "", kind: str = "Ingress") -> str:
    body = (ENTRY % peer).replace("{", "{GroupId: !GetAtt Server.GroupId, ", 1)
    return f"  R: {{Type: AWS::EC2::SecurityGroup{kind}, {more}Properties: {body}}}"


@pytest.mark.parametrize(
    ("inside", "beside", "answer"),
    [
        ("", "", Truth.NO),
        (listed("SourceSecurityGroupId: !Ref Client"), "", Truth.YES),
        (listed("SourceSecurityGroupId: !GetAtt Client.GroupId"), "", Truth.YES),
        (listed("SourceSecurityGroupId: !Ref Given"), "", Truth.NO),
        (listed("SourceSecurityGroupId: !If [Live, !Ref Client, !Ref Given]"), "", Truth.UNKNOWN),
        (listed("CidrIp: !GetAtt V.CidrBlock"), "", Truth.YES),
        (listed("CidrIp: !Ref Stage"), "", Truth.UNKNOWN),
        (listed("SourcePrefixListId: pl-1"), "", Truth.UNKNOWN),
        (listed("SourceSecurityGroupName: client"), "", Truth.UNKNOWN),
        ("", separate("SourceSecurityGroupId: !Ref Client"), Truth.YES),
        ("", separate("SourceSecurityGroupId: !Ref Client", "Condition: Live, "), Truth.UNKNOWN),
        ("", separate("SourceSecurityGroupId: !GetAtt Server.GroupId"), Truth.NO),
    ],
)
def test_what_a_group_lets_in_in_cloudformation(tmp_path: Path, inside: str, beside: str, answer: Truth) -> None:
    (tmp_path / "t.yaml").write_text(TEMPLATE.format(inside=inside, beside=beside))
    stack = cloudformation.read(tmp_path / "t.yaml", Options(root=tmp_path))[0]
    network = addresses("10.0.0.0/16", view(stack.resources["Client"], stack, SecurityGroup))

    assert admits(groups(stack, "Server"), PORT, End(groups(stack, "Client"), network.cidrs)) is answer


@pytest.mark.parametrize(
    ("inside", "beside", "answer"),
    [
        ("", "", Truth.YES),
        (", SecurityGroupEgress: []", "", Truth.YES),
        (", SecurityGroupEgress: [{IpProtocol: '-1', CidrIp: 192.168.0.0/16}]", "", Truth.UNKNOWN),
        (
            ", SecurityGroupEgress: [{IpProtocol: icmp, FromPort: 252, ToPort: 86, CidrIp: 255.255.255.255/32}]",
            "",
            Truth.NO,
        ),
        ("", separate("CidrIp: 255.255.255.255/32", kind="Egress").replace("2049", "1"), Truth.UNKNOWN),
    ],
)
def test_cloudformation_keeps_the_default_way_out_until_one_is_written(
    tmp_path: Path, inside: str, beside: str, answer: Truth
) -> None:
    (tmp_path / "t.yaml").write_text(TEMPLATE.format(inside=inside, beside=beside))
    stack = cloudformation.read(tmp_path / "t.yaml", Options(root=tmp_path))[0]

    assert lets_out(groups(stack, "Server"), PORT, End()) is answer
