"""Providers, backends, versions, variables: what surrounds the resources."""

from __future__ import annotations

from pathlib import Path

from onetake.frontends.files import Options
from onetake.frontends.terraform import read as read_program
from onetake.model.resources import Mode
from onetake.model.stacks import Engine
from onetake.model.values import Gap, Known, Unknown, plain
from tests.frontends.terraform.programs import outputs, read, words, write

PROVIDERS = """
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "east"
  region = "us-east-1"
}
"""


def test_a_resource_is_deployed_where_its_provider_says(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        PROVIDERS
        + """
        resource "aws_vpc" "here" {}
        resource "aws_vpc" "there" {
          provider = aws.east
        }
        """,
    )

    assert plain(stack.resources["aws_vpc.here"].region) == "eu-west-1"
    assert plain(stack.resources["aws_vpc.there"].region) == "us-east-1"


def test_providers_are_handed_to_modules(tmp_path: Path) -> None:
    module = 'resource "aws_vpc" "v" {}\nresource "aws_vpc" "w" {\n  provider = aws.other\n}\n'
    stack = read(
        tmp_path,
        {
            "main.tf": PROVIDERS
            + """
            module "m" {
              source    = "./m"
              providers = {
                aws       = aws.east
                aws.other = aws
              }
            }
            module "n" { source = "./n" }
            """,
            "m/main.tf": module,
            "n/main.tf": 'resource "aws_vpc" "v" {}\n',
        },
    )

    assert {name: plain(one.region) for name, one in stack.resources.items() if one.mode is Mode.MANAGED} == {
        "module.m.aws_vpc.v": "us-east-1",
        "module.m.aws_vpc.w": "eu-west-1",
        "module.n.aws_vpc.v": "eu-west-1",
    }


def test_a_region_that_nobody_names_is_not_known_unless_the_user_does(tmp_path: Path) -> None:
    program = 'resource "aws_vpc" "v" {}\n'

    silent = read(tmp_path, program).resources["aws_vpc.v"].region
    told = read(tmp_path, program, assumptions={"region": "eu-north-1", "region_given": True})

    assert isinstance(silent, Unknown)
    assert silent.parts == (Gap("provider region"),)
    assert plain(told.resources["aws_vpc.v"].region) == "eu-north-1"


def test_terraforms_own_blocks_are_settings(tmp_path: Path) -> None:
    native = """
    terraform {
      required_version = "~> 1.9"
      required_providers {
        aws = {
          source  = "hashicorp/aws"
          version = "~> 5.100"
        }
      }
      backend "s3" {
        bucket       = "state"
        use_lockfile = true
      }
    }
    """
    as_json = """{
      "terraform": {
        "required_version": "~> 1.9",
        "required_providers": {"aws": {"source": "hashicorp/aws", "version": "~> 5.100"}},
        "backend": {"s3": {"bucket": "state", "use_lockfile": true}}
      },
      "provider": {"aws": [{"region": "eu-west-1"}, {"alias": "east", "region": "us-east-1"}]}
    }"""
    stacks = (
        read(tmp_path / "native", native + PROVIDERS),
        read(tmp_path / "json", {"main.tf.json": as_json}),
    )

    for stack in stacks:
        assert stack.engine == Engine("terraform", "~> 1.9", {"hashicorp/aws": "~> 5.100"})
        assert {name: (one.type, one.mode) for name, one in stack.resources.items()} == {
            "terraform": ("terraform", Mode.SETTING),
            "terraform.backend.s3": ("terraform.backend.s3", Mode.SETTING),
            "provider.aws": ("provider.aws", Mode.SETTING),
            "provider.aws.east": ("provider.aws", Mode.SETTING),
        }
        backend = stack.resources["terraform.backend.s3"]
        assert plain(Known(backend.arguments, backend.where)) == {"bucket": "state", "use_lockfile": True}
        assert plain(stack.resources["provider.aws.east"].argument("region")) == "us-east-1"


def test_opentofu_reads_its_own_files_first(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        {"a.tf": 'resource "aws_vpc" "old" {}\n', "a.tofu": 'resource "aws_vpc" "new" {}\n', "b.tf": ""},
    )

    assert list(stack.resources) == ["aws_vpc.new"]
    assert stack.engine.tool == "opentofu"


def test_override_files_replace_what_others_say(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        {
            "main.tf": 'resource "aws_sqs_queue" "q" {\n  name = "a"\n  delay_seconds = 5\n}\n',
            "prod_override.tf": 'resource "aws_sqs_queue" "q" {\n  name = "b"\n}\n',
        },
    )
    queue = stack.resources["aws_sqs_queue.q"]

    assert stack.findings == []
    assert plain(Known(queue.arguments, queue.where)) == {"name": "b", "delay_seconds": 5}


def test_variables_are_given_by_files_and_by_the_command_line_the_last_one_counts(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "main.tf": """
            variable "a" { default = 1 }
            variable "b" { default = 1 }
            variable "c" { default = 1 }
            variable "d" { type = list(string) }
            variable "e" {}
            output "all" { value = [var.a, var.b, var.c, var.d] }
            """,
            "terraform.tfvars": 'b = 2\nc = "two"\n',
            "x.auto.tfvars.json": '{"c": "${three}"}',
        },
    )
    (stack,) = read_program(tmp_path, Options(root=tmp_path, parameters={"d": '["x", "y"]'}))

    assert outputs(stack) == {"all": [1, 2, "${three}", ["x", "y"]]}
    assert stack.variables["e"].parts == (Gap("var.e"),)  # type: ignore[union-attr]


def test_meta_arguments_are_settings_of_a_resource(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        """
        resource "aws_db_instance" "d" {
          depends_on = [aws_vpc.v, aws_vpc.w]
          lifecycle {
            prevent_destroy = true
            ignore_changes  = [password]
          }
          timeouts {
            create = "60m"
          }
        }
        resource "aws_vpc" "v" {}
        resource "aws_vpc" "w" {}
        """,
    )
    database = stack.resources["aws_db_instance.d"]

    assert dict(database.arguments) == {}
    assert database.depends_on == ("aws_vpc.v", "aws_vpc.w")
    assert list(database.settings) == ["lifecycle", "timeouts"]
    assert plain(database.settings["timeouts"]) == [{"create": "60m"}]
    assert plain(database.settings["lifecycle"].value[0].value["prevent_destroy"]) is True  # type: ignore[union-attr,index]


def test_a_missing_provider_alias_is_told_as_terraform_does(tmp_path: Path) -> None:
    stack = read(tmp_path, PROVIDERS + 'resource "aws_vpc" "a" {\n  provider = aws.west\n}\n')

    assert words(stack) == [
        "Error: Provider configuration not present\n\nTo work with aws_vpc.a its original provider configuration at "
        'provider["registry.terraform.io/hashicorp/aws"].west is required, but it has been removed. This occurs when a '
        "provider configuration is removed while objects created by that provider still exist in the state. Re-add the "
        "provider configuration to destroy aws_vpc.a, after which you can remove the provider configuration again."
    ]


def test_an_alias_that_callers_are_asked_for_is_not_missing(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        PROVIDERS
        + """
        terraform {
          required_providers {
            aws = {
              source                = "hashicorp/aws"
              configuration_aliases = [aws.west]
            }
          }
        }
        resource "aws_vpc" "a" {
          provider = aws.west
        }
        """,
    )

    assert words(stack) == []
