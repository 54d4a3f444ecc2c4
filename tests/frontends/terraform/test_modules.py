"""Modules are read where they lie, one set of resources for each instance of a call."""

from __future__ import annotations

import json
from pathlib import Path

from onetake.model.language import Truth
from onetake.model.values import Gap, Reference, Unknown, plain
from tests.frontends.terraform.programs import outputs, read, words

NETWORK = """
variable "cidr" { type = string }
variable "zones" {
  type    = list(string)
  default = ["a", "b"]
}
resource "aws_vpc" "main" {
  cidr_block = var.cidr
}
resource "aws_subnet" "private" {
  for_each = toset(var.zones)
  vpc_id   = aws_vpc.main.id
}
output "vpc_id" { value = aws_vpc.main.id }
output "cidr" { value = aws_vpc.main.cidr_block }
output "subnets" { value = { for zone, subnet in aws_subnet.private : zone => subnet.id } }
"""


def test_arguments_go_in_and_outputs_come_out(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        {
            "main.tf": """
            locals { base = "10.1.0.0/16" }
            module "net" {
              source = "./net"
              cidr   = local.base
            }
            resource "aws_security_group" "g" {
              vpc_id      = module.net.vpc_id
              description = module.net.cidr
            }
            """,
            "net/main.tf": NETWORK,
        },
    )

    assert list(stack.resources) == [
        "aws_security_group.g",
        "module.net.aws_vpc.main",
        'module.net.aws_subnet.private["a"]',
        'module.net.aws_subnet.private["b"]',
    ]
    group = stack.resources["aws_security_group.g"]
    assert group.argument("vpc_id").origin == Reference("module.net.aws_vpc.main", "id")  # type: ignore[union-attr]
    assert plain(group.argument("description")) == "10.1.0.0/16"
    assert stack.graph.edges["aws_security_group.g"] == {"module.net.aws_vpc.main"}
    assert stack.graph.edges["module.net.aws_subnet.private"] == {"module.net.aws_vpc.main"}


def test_a_call_may_be_repeated(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        {
            "main.tf": """
            module "net" {
              source   = "./net"
              for_each = { eu = "10.1.0.0/16", us = "10.2.0.0/16" }
              cidr     = each.value
              zones    = [each.key]
            }
            output "all" { value = { for name, net in module.net : name => net.cidr } }
            output "us" { value = module.net["us"].cidr }
            """,
            "net/main.tf": NETWORK,
        },
    )

    assert list(stack.resources) == [
        'module.net["eu"].aws_vpc.main',
        'module.net["eu"].aws_subnet.private["eu"]',
        'module.net["us"].aws_vpc.main',
        'module.net["us"].aws_subnet.private["us"]',
    ]
    assert {one.declaration for one in stack.resources.values()} == {
        "module.net.aws_vpc.main",
        "module.net.aws_subnet.private",
    }
    assert outputs(stack) == {"all": {"eu": "10.1.0.0/16", "us": "10.2.0.0/16"}, "us": "10.2.0.0/16"}


def test_everything_in_a_module_waits_for_what_the_call_depends_on(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        {
            "main.tf": """
            resource "aws_iam_role" "r" {}
            module "a" {
              source     = "./a"
              depends_on = [aws_iam_role.r]
            }
            module "b" {
              source     = "./b"
              depends_on = [module.a]
            }
            """,
            "a/main.tf": 'resource "aws_sqs_queue" "q" {}\nmodule "inner" {\n  source = "../b"\n}\n',
            "b/main.tf": 'resource "aws_sns_topic" "t" {}\n',
        },
    )

    assert {name: set(edges) for name, edges in stack.graph.edges.items()} == {
        "aws_iam_role.r": set(),
        "module.a.aws_sqs_queue.q": {"aws_iam_role.r"},
        "module.a.module.inner.aws_sns_topic.t": {"aws_iam_role.r"},
        "module.b.aws_sns_topic.t": {"module.a.aws_sqs_queue.q", "module.a.module.inner.aws_sns_topic.t"},
    }


def test_a_module_that_is_not_here_leaves_its_outputs_open_and_is_told(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        """
        module "vpc" {
          source  = "terraform-aws-modules/vpc/aws"
          version = "5.0.0"
        }
        resource "aws_security_group" "g" {
          vpc_id = module.vpc.vpc_id
        }
        """,
    )
    vpc = stack.resources["aws_security_group.g"].argument("vpc_id")

    assert isinstance(vpc, Unknown)
    assert vpc.parts == (Gap("module.vpc.vpc_id"),)
    assert not stack.whole
    assert [note.message for note in stack.notes] == ["module.vpc was not read: it is not on this machine"]
    assert stack.findings == []


def test_an_installed_module_is_read_from_where_init_put_it(tmp_path: Path) -> None:
    manifest = {"Modules": [{"Key": "", "Dir": "."}, {"Key": "vpc", "Dir": ".terraform/modules/vpc"}]}
    stack = read(
        tmp_path,
        {
            "main.tf": 'module "vpc" {\n  source = "terraform-aws-modules/vpc/aws"\n  cidr = "10.0.0.0/16"\n}\n',
            ".terraform/modules/modules.json": json.dumps(manifest),
            ".terraform/modules/vpc/main.tf": NETWORK,
        },
    )

    assert "module.vpc.aws_vpc.main" in stack.resources
    assert stack.whole


def test_a_module_outside_the_root_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "main.tf").write_text('resource "aws_vpc" "secret" {}\n')
    stack = read(tmp_path / "program", {"main.tf": 'module "m" {\n  source = "../elsewhere"\n}\n'})

    assert stack.resources == {}
    assert not stack.whole
    assert len(stack.notes) == 1


def test_a_module_that_calls_itself_ends_somewhere(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        {
            "main.tf": 'module "m" {\n  source = "./m"\n}\n',
            "m/main.tf": 'resource "aws_vpc" "v" {}\nmodule "m" {\n  source = "../m"\n}\n',
        },
    )

    assert "module.m.module.m.aws_vpc.v" in stack.resources
    assert [note.message for note in stack.notes] == ["module.m was not read: modules are nested too deeply"]


def test_an_unknown_repetition_of_a_call_makes_all_in_it_uncertain(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        {
            "main.tf": 'variable "on" {}\nmodule "m" {\n  source = "./m"\n  count = var.on ? 1 : 0\n}\n',
            "m/main.tf": 'resource "aws_vpc" "v" {}\n',
        },
    )

    assert {name: one.exists for name, one in stack.resources.items()} == {"module.m.aws_vpc.v": Truth.UNKNOWN}


def test_arguments_that_a_module_does_not_take_are_told(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        {
            "main.tf": """
            module "net" {
              source = "./net"
              cidrs  = "10.1.0.0/16"
              zones  = "a"
            }
            output "o" { value = module.net.gone }
            """,
            "net/main.tf": NETWORK,
        },
    )

    assert words(stack) == [
        'Error: Unsupported attribute\n\nThis object does not have an attribute named "gone".',
        'Error: Missing required argument\n\nThe argument "cidr" is required, but no definition was found.',
        'Error: Unsupported argument\n\nAn argument named "cidrs" is not expected here. Did you mean "cidr"?',
        "Error: Invalid value for input variable\n\nThe given value is not suitable for module.net.var.zones declared "
        "at net/main.tf:3,1-17: list of string required.",
    ]
