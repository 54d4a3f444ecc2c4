"""What is laid over a program before it is deployed to the emulator."""

from pathlib import Path
from typing import Any

import onetake
from onetake.emulator.overlay import required, root_override


def override(tmp_path: Path, text: str, versions: dict[str, str] | None = None) -> dict[str, Any]:
    (tmp_path / "main.tf").write_text(text)
    stack = onetake.load(tmp_path, root=tmp_path)[0]
    return root_override(stack, versions or {}, 4, "5.100.0")


PROGRAM = """
terraform {
  backend "s3" {
    bucket = "state"
    key    = "x"
  }
}
provider "aws" {
  region  = "eu-west-1"
  profile = "prod"
}
provider "aws" {
  alias  = "dr"
  region = "us-west-2"
}
resource "aws_db_instance" "main" {
  count          = 2
  instance_class = "db.t3.micro"
}
resource "aws_sns_topic" "events" {}
"""


def test_every_provider_gets_credentials_and_none_of_the_users(tmp_path: Path):
    providers = override(tmp_path, PROGRAM)["provider"]["aws"]
    assert [provider.get("alias") for provider in providers] == [None, "dr"]
    for provider in providers:
        assert provider["profile"] is None
        assert provider["s3_use_path_style"] is True


def test_the_state_stays_here(tmp_path: Path):
    assert override(tmp_path, PROGRAM)["terraform"] == {"backend": {"local": {}}}


def test_what_can_wait_is_told_how_long(tmp_path: Path):
    resources = override(tmp_path, PROGRAM)["resource"]
    assert resources == {"aws_db_instance": {"main": {"timeouts": {"create": "4m", "delete": "4m", "update": "4m"}}}}


def test_a_version_that_is_not_here_is_replaced(tmp_path: Path):
    terraform = override(tmp_path, PROGRAM, {"hashicorp/aws": "5.100.0"})["terraform"]
    assert terraform["required_providers"] == {"aws": {"source": "hashicorp/aws", "version": "= 5.100.0"}}
    assert required({}) == {}
