"""How public programs are made ready to be planned here."""

from pathlib import Path

from tools.oracle_language.gathering import _loosen, _why_not

MODULE = """
terraform {
  required_version = "~> 0.13"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.28"
    }
    random = {
      source  = "hashicorp/random"
      version = "~> 3.0"
    }
  }
}
provider "aws" {
  region = "eu-west-1"
}
resource "random_pet" "this" {
  count  = 2
  length = 2
}
module "vpc" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "~> 5.0"
  name    = random_pet.this[0].id
}
"""


def test_a_program_is_pointed_at_local_modules_and_version_5(tmp_path: Path) -> None:
    (tmp_path / "modules" / "terraform-aws-vpc").mkdir(parents=True)
    program = tmp_path / "programs" / "one"
    program.mkdir(parents=True)
    (program / "main.tf").write_text(MODULE)
    _loosen(program / "main.tf", tmp_path / "modules")
    text = (program / "main.tf").read_text()

    assert 'source  = "../../modules/terraform-aws-vpc"' in text
    assert 'version = ">= 4.0"' in text
    assert '"~> 5.0"' not in text
    assert 'provider "aws"' not in text
    assert 'resource "terraform_data" "random_pet_this" {\n  count  = 2\n}' in text
    assert "terraform_data.random_pet_this[0].id" in text
    assert _why_not(program) == ""


def test_what_needs_another_provider_or_module_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('data "archive_file" "a" {\n}\n')
    assert _why_not(tmp_path) == "needs the provider archive"
    (tmp_path / "main.tf").write_text('module "a" {\n  source = "cloudposse/label/null"\n}\n')
    assert _why_not(tmp_path) == "needs the module cloudposse/label/null"
