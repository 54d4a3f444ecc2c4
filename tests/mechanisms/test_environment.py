"""Which environment a stack is for, as its tags say."""

from __future__ import annotations

from pathlib import Path

import pytest

import onetake

RULE = "rds-deletion-protection-blocks-destroy"


def messages(folder: Path, default: str, own: str = "") -> list[str]:
    """What is said of a protected database under a provider's default tags, and tags of its own."""
    tags = f'tags = {{ Environment = "{own}" }}' if own else ""
    (folder / "main.tf").write_text(
        f"""
        provider "aws" {{
          region = "eu-west-1"
          {default}
        }}
        resource "aws_rds_cluster" "ledger" {{
          cluster_identifier          = "ledger"
          engine                      = "aurora-postgresql"
          master_username             = "platform"
          manage_master_user_password = true
          deletion_protection         = true
          skip_final_snapshot         = true
          {tags}
        }}
        """
    )
    report = onetake.check(folder)
    return [one.finding.message for one in report.findings if one.finding.rule == RULE]


def given(environment: str) -> str:
    return f'default_tags {{ tags = {{ Environment = "{environment}" }} }}'


@pytest.mark.parametrize(
    ("default", "own", "told"),
    [
        (given("prod"), "", []),
        (
            given("dev"),
            "",
            ["aws_rds_cluster.ledger is protected from deletion in an environment that is no production"],
        ),
        (given("prod"), "dev", ["aws_rds_cluster.ledger is protected from deletion"]),
        (given("blue"), "", ["aws_rds_cluster.ledger is protected from deletion"]),
        ("default_tags {}", "", ["aws_rds_cluster.ledger is protected from deletion"]),
        ("", "prod", []),
    ],
)
def test_the_tags_of_a_provider_name_the_environment_too(default: str, own: str, told: list[str], tmp_path: Path):
    assert messages(tmp_path, default, own) == told
