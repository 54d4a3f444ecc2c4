"""The checks of the financial platform; each test is named after its check."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onetake.platforms import Refused
from onetake.platforms.catalogue import PLATFORMS
from onetake.platforms.compliance import judge, markdown, standards
from onetake.platforms.parameters import ENVIRONMENTS
from onetake.platforms.synthesized import Synthesized
from tests.platforms.synthesized import LONG, Copy, make

FIN = "financial-platform"
TOKEN = "${data.aws_secretsmanager_secret_version.entry_secret_read.secret_string}"
VIEWERS = "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000001"
ORIGINS = "arn:aws:acm:eu-west-1:123456789012:certificate/00000000-0000-0000-0000-000000000002"


@pytest.fixture(params=ENVIRONMENTS)
def fin(request: pytest.FixtureRequest, copy_of: Callable[..., Copy]) -> Copy:
    return copy_of(FIN, request.param)


def only(found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    (one,) = found.values()
    return one


def origins(fin: Copy) -> dict[str, dict[str, Any]]:
    return {one["origin_id"]: one for one in only(fin.of("aws_cloudfront_distribution"))["origin"]}


def test_fin_01_viewers_speak_tls(fin: Copy):
    distribution = only(fin.of("aws_cloudfront_distribution"))
    viewer = distribution["viewer_certificate"]

    assert viewer["minimum_protocol_version"] == "TLSv1.2_2021"
    assert viewer["ssl_support_method"] == "sni-only"
    address, validation = fin.target(viewer["acm_certificate_arn"])
    assert address == "aws_acm_certificate_validation.edge_certificate_validation"
    assert validation["provider"] == "aws.edge"
    behaviors = [distribution["default_cache_behavior"], *distribution["ordered_cache_behavior"]]
    assert [one["viewer_protocol_policy"] for one in behaviors] == ["redirect-to-https", "https-only"]
    headers = only(fin.of("aws_cloudfront_response_headers_policy"))["security_headers_config"]
    assert headers["strict_transport_security"]["access_control_max_age_sec"] >= 31_536_000
    assert headers["content_type_options"] == {"override": True}
    assert "default-src 'self'" in headers["content_security_policy"]["content_security_policy"]


def test_fin_01_cloudfront_verifies_the_load_balancer_by_its_own_name(fin: Copy):
    api = origins(fin)["api"]

    assert api["domain_name"] == "origin.pay.example.com"
    assert api["custom_origin_config"]["origin_protocol_policy"] == "https-only"
    assert api["custom_origin_config"]["origin_ssl_protocols"] == ["TLSv1.2"]
    # With the viewer's host CloudFront would look for that name in the load balancer's certificate.
    (behavior,) = only(fin.of("aws_cloudfront_distribution"))["ordered_cache_behavior"]
    assert behavior["origin_request_policy_id"] == "b689b0a8-53d0-40ab-baf2-68738e2966ac"
    listener = fin.of("aws_lb_listener")["entry_balancer_https"]
    _, validation = fin.target(listener["certificate_arn"])
    _, issued = fin.target(validation["certificate_arn"])
    assert issued["domain_name"] == "origin.pay.example.com"
    record = fin.of("aws_route53_record")["entry_origin"]
    assert record["alias"]["name"] == "${aws_lb.entry_balancer.dns_name}"


def test_fin_01_the_load_balancer_and_the_instances_speak_tls(fin: Copy):
    listeners = fin.of("aws_lb_listener")
    assert "TLS13" in listeners["entry_balancer_https"]["ssl_policy"]
    (redirect,) = listeners["entry_balancer_redirect"]["default_action"]
    assert redirect["redirect"] == {"port": "443", "protocol": "HTTPS", "status_code": "HTTP_301"}
    group = only(fin.of("aws_lb_target_group"))
    assert group["protocol"] == group["health_check"]["protocol"] == "HTTPS"
    script = base64.b64decode(only(fin.of("aws_launch_template"))["user_data"]).decode()
    assert f"listen {group['port']} ssl;" in script
    assert "ssl_protocols TLSv1.2 TLSv1.3;" in script
    assert "@" not in re.sub(r"\S+@\S+\.\S+", "", script.replace('"$@"', "")), "a word was not filled in"


def test_fin_01_the_database_forces_tls(fin: Copy):
    cluster = only(fin.of("aws_rds_cluster"))
    _, group = fin.target(cluster["db_cluster_parameter_group_name"])
    parameters = {one["name"]: one["value"] for one in group["parameter"]}

    assert parameters["rds.force_ssl"] == "1"
    assert parameters["ssl_min_protocol_version"] == "TLSv1.2"
    assert parameters["rds.accepted_password_auth_method"] == "scram"
    for proxy in fin.of("aws_db_proxy").values():
        assert proxy["require_tls"] is True
    assert fin.count("aws_db_proxy") == (fin.environment == "prod")


def test_fin_02_the_master_password_is_rds_own(fin: Copy):
    cluster = only(fin.of("aws_rds_cluster"))

    assert cluster["manage_master_user_password"] is True
    assert cluster["master_user_secret_kms_key_id"] == "${aws_kms_key.keys_secrets.arn}"
    assert not {"master_password", "master_password_wo"} & cluster.keys()
    assert cluster["storage_encrypted"] is True
    assert cluster["iam_database_authentication_enabled"] is True
    _, group = fin.target(cluster["vpc_security_group_ids"][0])
    assert group["name"] == f"fin-database-{LONG}"


def test_fin_02_the_password_of_the_application_is_rotated_and_in_no_state(fin: Copy):
    schedule = only(fin.of("aws_secretsmanager_secret_rotation"))
    _, secret = fin.target(schedule["secret_id"])
    _, function = fin.target(schedule["rotation_lambda_arn"])
    permission = only(fin.of("aws_lambda_permission"))

    assert schedule["rotation_rules"] == {"automatically_after_days": 30}
    assert secret["name"] == f"fin/{LONG}/rotation/application-user"
    assert permission["function_name"] == "${aws_lambda_function.rotation.function_name}"
    assert permission["principal"] == "secretsmanager.amazonaws.com"
    assert function["environment"]["variables"]["HOST"] == "${aws_rds_cluster.database_cluster.endpoint}"
    assert (fin.path.parent / function["filename"]).is_file()
    # The first rotation is run by Terraform: the database has to answer by then.
    assert "aws_rds_cluster_instance.database_instance_0" in schedule["depends_on"]
    for value in fin.of("aws_secretsmanager_secret_version").values():
        assert "secret_string" not in value
        assert "${ephemeral.aws_secretsmanager_random_password." in value["secret_string_wo"]
    text = fin.path.read_text()
    assert text.count("random_password.entry_token.random_password") == 1
    assert text.count("random_password.rotation_secret_first.random_password") == 1


def test_fin_03_only_cloudfront_reaches_the_load_balancer(fin: Copy):
    group = "${aws_security_group.entry_group.id}"
    rules = [one for one in fin.of("aws_vpc_security_group_ingress_rule").values() if one["security_group_id"] == group]

    (rule,) = rules
    _, places = fin.target(rule["prefix_list_id"])
    assert places["name"] == "com.amazonaws.global.cloudfront.origin-facing"
    assert (rule["from_port"], rule["to_port"]) == (443, 443)
    assert not {"cidr_ipv4", "referenced_security_group_id"} & rule.keys()
    assert only(fin.of("aws_lb"))["security_groups"] == [group]


def test_fin_03_without_the_secret_header_the_answer_is_403(fin: Copy):
    (action,) = fin.of("aws_lb_listener")["entry_balancer_https"]["default_action"]
    assert action["fixed_response"]["status_code"] == "403"
    rule = only(fin.of("aws_lb_listener_rule"))
    (condition,) = rule["condition"]
    assert condition == {"http_header": {"http_header_name": "x-origin-token", "values": [TOKEN]}}
    assert origins(fin)["api"]["custom_header"] == [{"name": "x-origin-token", "value": TOKEN}]
    assert only(fin.of("aws_wafv2_web_acl_association"))["resource_arn"] == "${aws_lb.entry_balancer.arn}"


def test_fin_03_the_firewall_of_the_load_balancer_counts_viewers_and_not_cloudfront(fin: Copy):
    for name, key in (("entry_web", "FORWARDED_IP"), ("edge_web", "IP")):
        limit = fin.of("aws_wafv2_web_acl")[name]["rule"][0]["statement"]["rate_based_statement"]
        assert limit["aggregate_key_type"] == key
        assert ("forwarded_ip_config" in limit) is (name == "entry_web")


def test_fin_03_the_site_is_read_by_this_distribution_only(fin: Copy):
    policy = fin.of("aws_s3_bucket_policy")["storage_site_policy"]
    (reads,) = [one for one in fin.statements(policy["policy"]) if one["effect"] == "Allow"]

    assert reads["sid"] == "CloudFrontReads"
    assert reads["actions"] == ["s3:GetObject"]
    (condition,) = reads["condition"]
    assert condition["values"] == ["${aws_cloudfront_distribution.edge.arn}"]
    assert "aws_cloudfront_distribution.edge.arn" in json.dumps(
        fin.of("data.aws_iam_policy_document")["keys_site_policy"]
    )
    site = origins(fin)["site"]
    _, control = fin.target(site["origin_access_control_id"])
    assert (control["signing_behavior"], control["signing_protocol"]) == ("always", "sigv4")


def test_fin_04_capacity_sleeps_outside_prod_only(fin: Copy):
    schedules = fin.of("aws_autoscaling_schedule")
    group = only(fin.of("aws_autoscaling_group"))
    sizes = {"dev": (1, 2), "staging": (2, 4), "prod": (3, 12)}[fin.environment]

    assert (group["min_size"], group["max_size"]) == sizes
    if fin.environment == "prod":
        assert schedules == {}
    else:
        stop, start = schedules["compute_stop"], schedules["compute_start"]
        assert (stop["min_size"], stop["max_size"], stop["desired_capacity"]) == (0, 0, 0)
        assert (start["min_size"], start["max_size"]) == sizes
        assert (stop["recurrence"], start["recurrence"]) == ("0 20 * * MON-FRI", "0 6 * * MON-FRI")
        # What the schedule moves, Terraform does not move back.
        assert {"min_size", "max_size"} <= set(group["lifecycle"]["ignore_changes"])


def test_fin_04_sizes_follow_the_environment(fin: Copy):
    production = fin.environment == "prod"
    instances = fin.of("aws_rds_cluster_instance").values()

    assert fin.count("aws_nat_gateway") == (3 if production else 1)
    assert len(instances) == {"dev": 1, "staging": 2, "prod": 3}[fin.environment]
    assert {one["instance_class"] for one in instances} == {"db.r6g.large" if production else "db.serverless"}
    assert ("serverlessv2_scaling_configuration" in only(fin.of("aws_rds_cluster"))) is not production
    assert only(fin.of("aws_launch_template"))["instance_type"] == ("m7g.large" if production else "t4g.small")
    assert only(fin.of("aws_cloudfront_distribution"))["price_class"] == (
        "PriceClass_All" if production else "PriceClass_100"
    )
    assert all("performance_insights_kms_key_id" in one for one in instances) is production


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_fin_05_each_requirement_of_pci_is_met_by_resources(environment: str, copy_of: Callable[..., Copy]):
    (standard,) = standards(PLATFORMS[FIN])
    stack = Synthesized(copy_of(FIN, environment).path.parent)
    rows = judge(standard, stack)
    numbers = {row.requirement.number for row in rows}
    # What infrastructure outside prod is allowed to lack: a year of logs, and a lock that nobody opens.
    spared = set() if environment == "prod" else {"10.5.1"}

    assert {"1.3.1", "2.2.1", "3.5.1", "3.7.4", "4.2.1", "6.4.2", "7.2.2", "8.6.3", "10.2.1", "12.10.5"} <= numbers
    assert {row.requirement.number for row in rows if row.answer == "not met"} <= spared
    for row in rows:
        assert row.resources or row.answer != "met", row.requirement.number
    report = "\n".join(markdown(rows))
    assert all(f" {number} " in report for number in numbers)


def test_instances_are_hardened_and_nobody_logs_in_by_key(fin: Copy):
    template = only(fin.of("aws_launch_template"))

    assert template["metadata_options"] == {
        "http_endpoint": "enabled",
        "http_put_response_hop_limit": 1,
        "http_tokens": "required",
    }
    assert "key_name" not in template
    (interface,) = template["network_interfaces"]
    assert interface["associate_public_ip_address"] == "false"
    (device,) = template["block_device_mappings"]
    assert (device["ebs"]["encrypted"], device["ebs"]["kms_key_id"]) == ("true", "${aws_kms_key.keys_data.arn}")
    assert len(base64.b64decode(template["user_data"])) <= 16_384
    group = only(fin.of("aws_autoscaling_group"))
    for subnet in group["vpc_zone_identifier"]:
        assert fin.target(subnet)[1]["tags"]["Tier"] == "app"
    assert "aws_lb_listener_rule.entry_balancer_cloudfront" in group["depends_on"]


def test_the_data_tier_talks_postgres_with_its_neighbours_only(fin: Copy):
    rules = fin.of("aws_network_acl_rule").values()
    zones = 2 if fin.environment == "dev" else 3

    assert len(rules) == 6 * zones
    assert {(one["from_port"], one["to_port"]) for one in rules} == {(5432, 5432), (1024, 65_535)}
    assert {one["protocol"] for one in rules} == {"tcp"}
    blocks = {one["cidr_block"] for one in rules}
    assert blocks == {one["cidr_block"] for one in fin.of("aws_subnet").values() if one["tags"]["Tier"] != "public"}
    for egress in (True, False):
        numbers = [one["rule_number"] for one in rules if one["egress"] is egress]
        assert len(numbers) == len(set(numbers))


def test_the_backup_plan_finds_the_database_by_its_tag(fin: Copy):
    tags = only(fin.of("aws_rds_cluster"))["tags"]
    (condition,) = fin.of("aws_backup_selection")["protection_plan_tagged"]["condition"]
    rules = only(fin.of("aws_backup_plan"))["rule"]

    assert condition["string_equals"] == [
        {"key": f"aws:ResourceTag/{key}", "value": value} for key, value in tags.items()
    ]
    days = {"dev": 1, "staging": 7, "prod": 35}[fin.environment]
    assert {one["lifecycle"]["delete_after"] for one in rules} == {days}
    # AWS Backup takes over the retention of what it backs up continuously: the two must agree.
    assert only(fin.of("aws_rds_cluster"))["backup_retention_period"] == days
    assert fin.count("aws_backup_vault_lock_configuration") == (fin.environment == "prod")


def test_card_numbers_in_logs_are_masked(fin: Copy):
    policies = fin.of("aws_cloudwatch_log_data_protection_policy")

    assert {one["log_group_name"] for one in policies.values()} == {
        "${aws_cloudwatch_log_group.compute_log.name}",
        "${aws_cloudwatch_log_group.compute_audit.name}",
    }
    for one in policies.values():
        audit, mask = json.loads(one["policy_document"])["Statement"]
        assert audit["DataIdentifier"] == mask["DataIdentifier"]
        assert any(name.endswith("data-identifier/CreditCardNumber") for name in mask["DataIdentifier"])
        assert mask["Operation"] == {"Deidentify": {"MaskConfig": {}}}
    assert fin.of("aws_cloudwatch_log_group")["compute_audit"]["retention_in_days"] == 400


def test_what_belongs_to_cloudfront_stands_in_its_region(fin: Copy):
    edge = {f"{kind}.{name}" for kind, name, arguments in fin.resources() if arguments.get("provider") == "aws.edge"}

    assert {
        "aws_cloudfront_distribution.edge",
        "aws_wafv2_web_acl.edge_web",
        "aws_acm_certificate.edge_certificate",
        "aws_cloudwatch_log_delivery_source.edge_access",
        "aws_kms_key.keys_edge",
        "aws_sns_topic.monitoring_edge_topic",
    } <= edge
    assert not any(one.startswith(("aws_lb", "aws_rds", "aws_s3_bucket", "aws_vpc")) for one in edge)
    providers = {one.get("alias"): one for one in fin.json["provider"]["aws"]}
    assert providers["edge"]["region"] == "us-east-1"
    assert providers["edge"]["default_tags"] == providers[None]["default_tags"]


def test_certificates_and_records_may_be_made_elsewhere(tmp_path: Path):
    made = Copy(
        FIN,
        "dev",
        make(
            FIN,
            "dev",
            "dev",
            tmp_path,
            aws_region="eu-west-1",
            hosted_zone_id=None,
            certificate_arn=VIEWERS,
            origin_certificate_arn=ORIGINS,
            origin_domain_name="lb.example.com",
            boot_script="echo installed",
        ),
    )

    assert only(made.of("aws_cloudfront_distribution"))["viewer_certificate"]["acm_certificate_arn"] == VIEWERS
    assert made.of("aws_lb_listener")["entry_balancer_https"]["certificate_arn"] == ORIGINS
    assert origins(made)["api"]["domain_name"] == "lb.example.com"
    assert made.count("aws_route53_record") == made.count("aws_acm_certificate") == 0
    script = base64.b64decode(only(made.of("aws_launch_template"))["user_data"]).decode()
    assert script.endswith("\necho installed\n")
    assert "https://truststore.pki.rds.amazonaws.com/eu-west-1/eu-west-1-bundle.pem" in script


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"domain_name": None}, "domain_name=None: give the name by which viewers know it"),
        ({"domain_name": "pay"}, "domain_name='pay': it has to be a domain name"),
        ({"hosted_zone_id": "zone"}, "hosted_zone_id='zone': it has to be the id of a hosted zone"),
        ({"hosted_zone_id": None}, "certificate_arn=None: give hosted_zone_id, or certificate_arn and origin_certif"),
        ({"hosted_zone_id": None, "certificate_arn": VIEWERS}, "origin_certificate_arn=None: give hosted_zone_id"),
        ({"certificate_arn": VIEWERS}, "give either it, or certificate_arn and origin_certificate_arn"),
        (
            {"hosted_zone_id": None, "certificate_arn": ORIGINS, "origin_certificate_arn": ORIGINS},
            "CloudFront takes certificates of us-east-1 only",
        ),
        ({"origin_domain_name": "pay.example.com"}, "viewers come to domain_name; the load balancer needs another"),
        ({"database_version": "15.4"}, "database_version='15.4': it has to be a version such as '16.8'"),
        ({"rotation_days": 365}, "rotation_days=365: it has to be a whole number from 1 to 90"),
        ({"boot_script": "x" * 9000}, "it has to be text of at most 8192 bytes"),
        ({"origin_secret_version": 0}, "origin_secret_version=0"),
        ({"vpc_cidr": "10.0.0.0/8"}, "cidr='10.0.0.0/8': it has to be a private /16"),
        (
            {"overrides": {"nat_gateways": 0, "interface_endpoint_zones": 1}},
            "ca_bundle=None: a network without NAT gateway needs a copy",
        ),
    ],
)
def test_all_14_what_the_platform_needs_is_named(given: dict[str, Any], told: str, tmp_path: Path):
    with pytest.raises(Refused, match=re.escape(told)):
        make(FIN, "dev", "dev", tmp_path, **given)
