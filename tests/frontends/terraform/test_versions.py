"""Versions that a program asks for: of Terraform, of providers, and of what the language had when."""

from __future__ import annotations

from pathlib import Path

import pytest

from onetake.knowledge.tables import table
from onetake.knowledge.versions import bounded, constraint, satisfiable, version
from onetake.model.findings import Stage
from tests.frontends.terraform.programs import read, words

AWS = """terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "%s"
    }
  }
}
"""
LOCK = """provider "registry.terraform.io/hashicorp/aws" {
  version     = "%s"
  constraints = "~> 5.0"
  hashes      = []
}
"""


def test_the_root_and_a_module_want_different_versions_of_a_provider(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        {"main.tf": AWS % "~> 5.0" + 'module "m" {\n  source = "./m"\n}\n', "m/main.tf": AWS % ">= 6.0, != 6.1.0"},
    )
    (finding,) = stack.findings

    # As Terraform 1.11.4 printed it.
    assert finding.verbatim == (
        "Error: Failed to query available provider packages\n\nCould not retrieve the list of available versions for "
        "provider hashicorp/aws: no available releases match the given constraints ~> 5.0, >= 6.0.0, != 6.1.0\n\nTo "
        "see which modules are currently depending on hashicorp/aws and what versions are specified, run the following "
        "command:\n    terraform providers"
    )
    assert (finding.stage, finding.where.file, finding.condition) == (Stage.INIT, "m/main.tf", "")


def test_a_locked_provider_that_the_constraints_leave_out(tmp_path: Path) -> None:
    stack = read(tmp_path, {"main.tf": AWS % "~> 5.80", ".terraform.lock.hcl": LOCK % "5.31.0"})

    assert words(stack) == [
        "Error: Failed to query available provider packages\n\nCould not retrieve the list of available versions for "
        "provider hashicorp/aws: locked provider registry.terraform.io/hashicorp/aws 5.31.0 does not match configured "
        "version constraint ~> 5.80; must use terraform init -upgrade to allow selection of new versions\n\nTo see "
        "which modules are currently depending on hashicorp/aws and what versions are specified, run the following "
        "command:\n    terraform providers"
    ]


@pytest.mark.parametrize("lock", [LOCK % "5.99.1", LOCK % "5.31.0-beta1", "provider {", "", 'provider "x" {}\n'])
def test_lock_files_that_say_nothing_against_it(tmp_path: Path, lock: str) -> None:
    assert words(read(tmp_path, {"main.tf": AWS % "~> 5.80", ".terraform.lock.hcl": lock})) == []


def test_versions_of_terraform_that_exclude_each_other(tmp_path: Path) -> None:
    root = 'terraform {\n  required_version = "~> 1.5.0"\n}\nmodule "m" {\n  source = "./m"\n}\n'
    stack = read(tmp_path, {"main.tf": root, "m/main.tf": 'terraform {\n  required_version = ">= 1.9"\n}\n'})
    (finding,) = stack.findings

    assert (finding.rule, finding.stage) == ("terraform-version-unfulfillable", Stage.INIT)
    assert "~> 1.5.0, >= 1.9" in finding.message


FEATURES = {
    "terraform_data": 'resource "terraform_data" "a" {}',
    "strcontains": 'output "a" {\n  value = strcontains("ab", "a")\n}',
    "import blocks": 'resource "aws_vpc" "a" {}\nimport {\n  to = aws_vpc.a\n  id = "x"\n}',
    "optional attributes": 'variable "a" {\n  type    = object({ a = optional(string) })\n  default = {}\n}',
    "check blocks": 'check "a" {\n  assert {\n    condition     = path.module != ""\n    error_message = "No."\n  }\n}',
    "ephemeral variables": 'variable "a" {\n  default   = 1\n  ephemeral = true\n}',
    "preconditions": 'output "a" {\n  value = 1\n  precondition {\n    condition     = path.root != ""\n    '
    'error_message = "No."\n  }\n}',
    "functions of providers": 'output "a" {\n  value = provider::aws::arn_parse("arn:aws:s3:::x")\n}',
}
REQUIRED = """terraform {
  required_version = "%s"
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}
"""


@pytest.mark.parametrize(("what", "text"), FEATURES.items())
def test_what_is_newer_than_every_version_that_is_admitted(tmp_path: Path, what: str, text: str) -> None:
    stack = read(tmp_path / "old", f"{REQUIRED % '~> 1.0.0'}{text}\n")

    assert {finding.rule for finding in stack.findings} == {"terraform-feature-unsupported"}
    assert what in stack.findings[0].message
    assert not any(finding.condition for finding in stack.findings)
    for admitting in (">= 1.0", "~> 1.0", ">= 1.11, < 2.0"):
        assert read(tmp_path / "new", f"{REQUIRED % admitting}{text}\n").findings == []


def test_functions_of_opentofu_are_a_question_in_terraform(tmp_path: Path) -> None:
    text = 'output "a" {\n  value = cidrcontains("10.0.0.0/8", "10.1.2.3")\n}\n'
    (finding,) = read(tmp_path / "terraform", text).findings

    assert finding.verbatim == 'Error: Call to unknown function\n\nThere is no function named "cidrcontains".'
    assert finding.condition
    assert read(tmp_path / "tofu", {"main.tofu": text}).findings == []
    lock = 'provider "registry.opentofu.org/hashicorp/aws" {\n  version = "5.1.0"\n}\n'
    locked = read(tmp_path / "locked", {"main.tf": text, ".terraform.lock.hcl": lock})
    assert (locked.findings, locked.engine.tool) == ([], "opentofu")


CONSTRAINTS = {
    "~> 5.0, >= 6.0": False,
    "> 1.0.0, < 1.0.1": False,
    ">= 1.0, < 2.0, != 1.5.0": True,
    "1.2.3, != 1.2.3": False,
    "~> 1.2.3, < 1.3": True,
    "< 1.0": True,
    "> 1.0": True,
    "= 1.0, = 1.1": False,
}


@pytest.mark.parametrize(("text", "answer"), CONSTRAINTS.items())
def test_whether_a_version_can_fulfil_a_constraint(text: str, answer: bool) -> None:
    assert satisfiable(constraint(text) or ()) is answer


def test_whether_a_constraint_leaves_out_what_is_newer() -> None:
    assert [text for text in ("", ">= 1.0", "!= 1.0", "~> 1.0", "< 2.0", "1.5.0", "latest") if bounded(text)] == [
        "~> 1.0",
        "< 2.0",
        "1.5.0",
    ]


def test_every_feature_has_a_version_and_a_source() -> None:
    for name, fact in table("terraform_features").values.items():
        assert fact["what"], name
        assert fact["sources"], name
        assert all(version(fact[tool]) for tool in ("terraform", "opentofu") if fact[tool]), name
