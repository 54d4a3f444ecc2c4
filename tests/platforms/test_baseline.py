"""The checks of the security baseline; each test is named after its check."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onetake.platforms import Refused
from onetake.platforms.parameters import ENVIRONMENTS
from tests.platforms.synthesized import Copy, make

BASELINE = "security-baseline"

# As the specification lists them.
RULES = [
    "s3-bucket-ssl-requests-only",
    "s3-bucket-public-read-prohibited",
    "s3-bucket-public-write-prohibited",
    "s3-bucket-server-side-encryption-enabled",
    "encrypted-volumes",
    "rds-storage-encrypted",
    "rds-instance-public-access-check",
    "iam-password-policy",
    "iam-user-mfa-enabled",
    "root-account-mfa-enabled",
    "access-keys-rotated",
    "iam-policy-no-statements-with-admin-access",
    "cloudtrail-enabled",
    "cloud-trail-encryption-enabled",
    "cloud-trail-log-file-validation-enabled",
    "vpc-flow-logs-enabled",
    "vpc-default-security-group-closed",
    "restricted-ssh",
    "cmk-backing-key-rotation-enabled",
    "guardduty-enabled-centralized",
    "required-tags",
]
WATCHED = [
    "root_use",
    "sign_in_without_mfa",
    "unauthorized_calls",
    "iam_changes",
    "trail_changes",
    "config_changes",
    "security_group_changes",
    "network_acl_changes",
    "route_changes",
    "gateway_changes",
    "vpc_changes",
    "key_deletion",
    "bucket_policy_changes",
    "sign_in_failures",
    "organizations_changes",
]


@pytest.fixture(params=ENVIRONMENTS)
def base(request: pytest.FixtureRequest, copy_of: Callable[..., Copy]) -> Copy:
    return copy_of(BASELINE, request.param)


def only(found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    (one,) = found.values()
    return one


def test_base_01_recorder_channel_status_and_rules_come_in_that_order(base: Copy):
    assert (
        "aws_config_configuration_recorder.configuration_recorder"
        in only(base.of("aws_config_delivery_channel"))["depends_on"]
    )
    status = only(base.of("aws_config_configuration_recorder_status"))
    assert status["depends_on"] == ["aws_config_delivery_channel.configuration_channel"]
    assert status["is_enabled"] is True
    rules = base.of("aws_config_config_rule")
    assert sorted(name.removeprefix("configuration_").replace("_", "-") for name in rules) == sorted(RULES)
    for judged in (*rules.values(), only(base.of("aws_config_conformance_pack"))):
        assert judged["depends_on"] == ["aws_config_configuration_recorder_status.configuration_status"]


def test_base_01_the_fourteen_filters_each_have_an_alarm_that_reaches_the_topic(base: Copy):
    filters = base.of("aws_cloudwatch_log_metric_filter")
    alarms = base.of("aws_cloudwatch_metric_alarm").values()
    assert sorted(one["metric_transformation"]["name"] for one in filters.values()) == sorted(WATCHED)
    for name, one in filters.items():
        made = one["metric_transformation"]
        assert base.target(one["log_group_name"])[0] == "aws_cloudwatch_log_group.trail_log", name
        (alarm,) = (a for a in alarms if (a["namespace"], a["metric_name"]) == (made["namespace"], made["name"]))
        assert alarm["alarm_actions"] == ["${aws_sns_topic.monitor_topic.arn}"]
    rule = only(base.of("aws_cloudwatch_composite_alarm"))["alarm_rule"]
    assert rule.count("ALARM(") == len(WATCHED)


def test_base_01_the_topic_admits_whoever_publishes_and_so_does_its_key(base: Copy):
    topic = only(base.of("aws_sns_topic"))
    publishers = {
        "cloudwatch.amazonaws.com",
        "events.amazonaws.com",
        "budgets.amazonaws.com",
        "costalerts.amazonaws.com",
    }
    _, key = base.target(topic["kms_master_key_id"])
    for statements in (
        base.statements(only(base.of("aws_sns_topic_policy"))["policy"]),
        base.statements(key["policy"]),
    ):
        admitted = {
            name
            for one in statements
            if one["effect"] == "Allow"
            for who in one["principals"]
            if who["type"] == "Service"
            for name in who["identifiers"]
        }
        assert admitted == publishers
    told = {one["target_id"] for one in base.of("aws_cloudwatch_event_target").values()}
    assert told == {"topic"}
    patterns = [json.loads(one["event_pattern"]) for one in base.of("aws_cloudwatch_event_rule").values()]
    assert {"severity": [{"numeric": [">=", 7]}]} in [one["detail"] for one in patterns]
    assert len(patterns) == 5


def test_base_03_the_audit_bucket_is_locked_for_good_only_in_prod(base: Copy):
    production = base.environment == "prod"
    locks = only(base.of("aws_s3_bucket_object_lock_configuration"))
    expected = {"mode": "COMPLIANCE", "days": 400} if production else {"mode": "GOVERNANCE", "days": 1}
    assert locks["rule"]["default_retention"] == expected
    bucket = base.of("aws_s3_bucket")["trail_audit"]
    assert bucket["object_lock_enabled"] is True
    assert bucket["force_destroy"] is not production
    trail = only(base.of("aws_cloudtrail"))
    assert trail["s3_bucket_name"] == "${aws_s3_bucket.trail_audit.id}"
    assert "aws_s3_bucket_policy.trail_audit_policy" in trail["depends_on"]
    assert trail["enable_log_file_validation"] is trail["is_multi_region_trail"] is True
    assert ("insight_selector" in trail) == ("advanced_event_selector" in trail) == production
    # AWS Config does not deliver to a bucket whose lock has a default retention.
    assert only(base.of("aws_config_delivery_channel"))["s3_bucket_name"] == "${aws_s3_bucket.configuration_history.id}"


def test_the_detecting_services_grow_with_the_environment(base: Copy):
    production = base.environment == "prod"
    features = {one["name"] for one in base.of("aws_guardduty_detector_feature").values()}
    assert ("RUNTIME_MONITORING" in features) == production
    assert base.count("aws_macie2_account") == production
    assert base.count("aws_accessanalyzer_analyzer") == 1 + production
    for one in base.of("aws_securityhub_standards_subscription").values():
        assert one["depends_on"] == ["aws_securityhub_account.detection_hub"]


def test_nobody_acts_without_a_second_factor(base: Copy):
    groups = base.of("aws_iam_group")
    assert sorted(groups) == ["identity_admins", "identity_auditors", "identity_developers"]
    for name in groups:
        (policy,) = (
            one for one in base.of("aws_iam_group_policy").values() if one["group"] == f"${{aws_iam_group.{name}.name}}"
        )
        (deny,) = base.statements(policy["policy"])
        assert deny["effect"] == "Deny"
        assert "iam:EnableMFADevice" in deny["not_actions"]
        assert not [action for action in deny["not_actions"] if action.endswith("*")]
        assert deny["condition"] == [
            {"test": "BoolIfExists", "variable": "aws:MultiFactorAuthPresent", "values": ["false"]}
        ]


def test_a_second_copy_creates_nothing_that_an_account_has_once(tmp_path: Path):
    once = {
        *("aws_config_configuration_recorder", "aws_guardduty_detector", "aws_securityhub_account"),
        *("aws_iam_account_password_policy", "aws_s3_account_public_access_block", "aws_ebs_encryption_by_default"),
        *("aws_inspector2_enabler", "aws_accessanalyzer_analyzer", "aws_iam_service_linked_role"),
        *("aws_ce_anomaly_monitor", "aws_ec2_instance_metadata_defaults", "aws_ebs_default_kms_key"),
    }
    first = json.loads(make(BASELINE, "dev", "dev", tmp_path / "1").read_text())["resource"]
    second = json.loads(make(BASELINE, "dev", "pr124", tmp_path / "2", manage_account_singletons=False).read_text())[
        "resource"
    ]

    assert once <= first.keys()
    assert once & second.keys() == set()
    assert "aws_cloudtrail" in second


def test_contacts_and_pci_are_chosen(tmp_path: Path):
    from onetake.platforms import Contact

    contact = Contact(name="Security", title="Team", email="security@example.com", phone="+49 30 1234567")
    path = make(BASELINE, "dev", "dev", tmp_path, contacts={"SECURITY": contact}, pci=True)
    found = json.loads(path.read_text())["resource"]

    assert found["aws_account_alternate_contact"]["account_security"]["email_address"] == "security@example.com"
    assert found["aws_securityhub_standards_subscription"]["detection_pci"]["standards_arn"].endswith(
        "::standards/pci-dss/v/4.0.1"
    )
    with pytest.raises(Refused, match="contacts='LEGAL': it has to be one of 'SECURITY', 'OPERATIONS', 'BILLING'"):
        make(BASELINE, "dev", "dev", tmp_path, contacts={"LEGAL": contact})
    with pytest.raises(Refused, match=r"contacts\['SECURITY'\]='me': it has to be a Contact"):
        make(BASELINE, "dev", "dev", tmp_path, contacts={"SECURITY": "me"})
