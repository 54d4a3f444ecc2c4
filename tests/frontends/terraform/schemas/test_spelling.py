"""Values that AWS's API spells otherwise, where the provider takes any text."""

from __future__ import annotations

from pathlib import Path

import pytest

from onetake.api import check
from onetake.frontends.terraform.schemas.spelling import MISSPELT
from onetake.knowledge import shelf
from onetake.knowledge.terraform.api_enums import NAME
from onetake.model.findings import Severity, Stage
from onetake.model.report import Located

pytestmark = pytest.mark.skipif(shelf.pack(NAME) is None, reason=f"there is no pack called {NAME}")
INSTANCE = """
resource "aws_instance" "one" {
  ami                                  = "ami-0123456789abcdef0"
  instance_type                        = %s
  instance_initiated_shutdown_behavior = %s
}
"""


def told(folder: Path, text: str) -> list[Located]:
    (folder / "main.tf").write_text(text)
    report = check(folder, root=folder, config=False)
    assert not report.crashes
    return [located for located in report.findings if located.finding.rule == MISSPELT]


def instance(kind: str = '"t3.micro"', behavior: str = '"stop"') -> str:
    return INSTANCE % (kind, behavior)


def test_a_misspelt_value_is_a_risk_with_its_source(tmp_path: Path) -> None:
    (found,) = told(tmp_path, instance(behavior='"Terminate"'))

    finding = found.finding
    assert finding.message.startswith(
        'aws_instance.one sets instance_initiated_shutdown_behavior to "Terminate", which AWS spells "terminate" '
        "(EC2 RunInstances, InstanceInitiatedShutdownBehavior; botocore "
    )
    assert finding.condition
    assert (finding.severity, finding.stage) == (Severity.HIGH, Stage.CREATE)
    assert finding.fix == 'Write "terminate".'
    assert finding.verbatim == ""
    assert (found.place.line, found.place.column) == (5, 3)


@pytest.mark.parametrize(
    "text",
    [
        instance(),
        instance('"t9.micro"'),
        instance(behavior='"hibernate"'),
        instance(behavior="null"),
        'variable "kind" {}\n' + instance("var.kind"),
        'data "aws_ec2_instance_type_offering" "x" {}\n'
        + instance("data.aws_ec2_instance_type_offering.x.instance_type"),
        instance('""'),
        instance("true"),
    ],
)
def test_known_new_and_unknown_values_are_passed_over(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, text) == []


def test_values_of_inputs_and_loops_are_told_once(tmp_path: Path) -> None:
    text = 'variable "kind" {\n  default = "t3.mirco"\n}\n' + instance("var.kind").replace("{", "{\n  count = 3", 1)

    (found,) = told(tmp_path, text)

    assert '"t3.mirco", which AWS spells "t3.micro"' in found.finding.message


def test_blocks_and_lists_are_looked_into(tmp_path: Path) -> None:
    pipeline = """
resource "aws_cloudfront_distribution" "one" {
  enabled = true
  default_cache_behavior {
    allowed_methods        = ["GET", "Options"]
    cached_methods         = ["GET"]
    target_origin_id       = "a"
    viewer_protocol_policy = "allow-all"
  }
  origin {
    domain_name = "example.com"
    origin_id   = "a"
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    cloudfront_default_certificate = true
  }
}
"""
    (found,) = told(tmp_path, pipeline)

    assert 'allowed_methods to "Options", which AWS spells "OPTIONS"' in found.finding.message
