"""What a program names and does not make is there; what it makes is not made twice."""

from pathlib import Path

import pytest

from onetake.emulator import programs
from onetake.emulator.presumed import presume

ARN = "arn:aws:acm:eu-west-1:123456789012:certificate/0b1c"


@pytest.fixture
def presumed(emulator, tmp_path: Path):
    """What is made for a program."""

    def presumed(text: str) -> tuple[str, ...]:
        (tmp_path / "main.tf").write_text(text)
        return presume(programs.read(tmp_path, "us-east-1", tmp_path).stack)

    return presumed


def test_a_zone_by_its_id_takes_the_names_of_the_program(presumed, client):
    told = presumed("""
resource "aws_acm_certificate" "c" {
  domain_name = "shop.dev.example.org"
}
resource "aws_route53_record" "r" {
  zone_id = "Z0123456789ABC"
  name    = "api.dev.example.org"
  type    = "A"
  ttl     = 60
  records = ["10.0.0.1"]
}
""")
    assert told == ("the hosted zone Z0123456789ABC (example.org)",)
    zones = client("route53")
    assert zones.get_hosted_zone(Id="Z0123456789ABC")["HostedZone"]["Name"] == "example.org."
    record = {"Name": "other.example.org", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "10.0.0.1"}]}
    changes = [{"Action": "CREATE", "ResourceRecordSet": record}]
    zones.change_resource_record_sets(HostedZoneId="Z0123456789ABC", ChangeBatch={"Changes": changes})


def test_a_zone_that_is_looked_up_by_name(presumed, client):
    assert presumed('data "aws_route53_zone" "z" { name = "example.org" }') == ("the hosted zone example.org",)
    assert [one["Name"] for one in client("route53").list_hosted_zones()["HostedZones"]] == ["example.org."]


def test_what_the_program_makes_is_its_own(presumed):
    text = """
resource "aws_route53_zone" "z" { name = "example.org" }
data "aws_route53_zone" "again" {
  name       = "example.org"
  depends_on = [aws_route53_zone.z]
}
resource "aws_route53_record" "r" {
  zone_id = aws_route53_zone.z.id
  name    = "api"
  type    = "A"
}
"""
    assert presumed(text) == ()


def test_a_certificate_by_its_arn_in_its_region(presumed, client):
    told = presumed(f'resource "aws_lb_listener" "l" {{\n  certificate_arn = "{ARN}"\n}}')
    assert told == (f"the certificate {ARN}",)
    found = client("acm", "eu-west-1").describe_certificate(CertificateArn=ARN)["Certificate"]
    assert (found["CertificateArn"], found["Status"]) == (ARN, "ISSUED")
