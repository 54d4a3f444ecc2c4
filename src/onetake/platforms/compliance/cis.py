"""The CIS AWS Foundations Benchmark, as far as Terraform can meet it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from onetake.platforms.compliance.requirement import Check, Requirement, Standard, both, every, inner, some
from onetake.platforms.compliance.shared import closed_to_the_world, tls_only
from onetake.platforms.synthesized import REFERENCE, Resource, Synthesized

_FILTERS: Final = {
    "4.1": ("unauthorized calls", "UnauthorizedOperation"),
    "4.2": ("console sign-ins without MFA", "MFAUsed"),
    "4.3": ("use of root", 'userIdentity.type = "Root"'),
    "4.4": ("changes of IAM policies", "PutRolePolicy"),
    "4.5": ("changes of trails", "StopLogging"),
    "4.6": ("failed console sign-ins", "Failed authentication"),
    "4.7": ("deletion of keys", "ScheduleKeyDeletion"),
    "4.8": ("changes of bucket policies", "PutBucketPolicy"),
    "4.9": ("changes of Config", "StopConfigurationRecorder"),
    "4.10": ("changes of security groups", "AuthorizeSecurityGroupIngress"),
    "4.11": ("changes of network ACLs", "CreateNetworkAclEntry"),
    "4.12": ("changes of gateways", "AttachInternetGateway"),
    "4.13": ("changes of routes", "ReplaceRouteTableAssociation"),
    "4.14": ("changes of VPCs", "ModifyVpcAttribute"),
    "4.15": ("changes of the organization", "LeaveOrganization"),
}
"""What a metric filter watches, and a word that only its pattern has."""


def _alarmed(word: str) -> Check:
    """A filter over a trail's log group whose metric has an alarm that tells somebody."""

    def check(stack: Synthesized) -> list[Resource]:
        trailed = {log for trail in stack.of("aws_cloudtrail") for log in trail.references}
        for one in stack.of("aws_cloudwatch_log_metric_filter"):
            if word not in one.arguments["pattern"] or not one.references & trailed:
                continue
            metric = inner(one.arguments["metric_transformation"], "name")
            alarms = [
                alarm
                for alarm in stack.of("aws_cloudwatch_metric_alarm")
                if alarm.arguments.get("metric_name") == metric and alarm.arguments.get("alarm_actions")
            ]
            if alarms:
                return [one, *alarms]
        return []

    return check


def _logged_buckets(stack: Synthesized) -> list[Resource]:
    """Access logging of the buckets that trails write to."""
    found = []
    for trail in stack.of("aws_cloudtrail"):
        bucket = REFERENCE.match(trail.arguments["s3_bucket_name"])
        sides = [one for one in stack.of("aws_s3_bucket_logging") if bucket and bucket[1] in one.references]
        if not sides:
            return []
        found += sides
    return found


def _flowing(stack: Synthesized) -> list[Resource]:
    """Flow logs, if every network has one."""
    logs = list(stack.of("aws_flow_log"))
    seen = {address for one in logs for address in one.references}
    return logs if all(one.address in seen for one in stack.of("aws_vpc")) else []


def _read(trail: Resource, *kinds: str) -> bool:
    selectors = trail.arguments.get("advanced_event_selector") or trail.arguments.get("event_selector") or []
    return any(kind in str(selectors) for kind in kinds)


def _closed(one: Resource) -> bool:
    names = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")
    return all(one.arguments.get(name) is True for name in names)


def _emptied(one: Resource) -> bool:
    return not one.arguments.get("ingress") and not one.arguments.get("egress")


def _watched(name: str) -> Check:
    return some("aws_config_config_rule", lambda one: inner(one.arguments.get("source"), "source_identifier") == name)


def _requirements() -> Iterator[Requirement]:
    data_events = "prod logs data events of buckets"
    hand = "yours: the settings of the account"
    yield Requirement("1.1", "Contact details are current", some("aws_account_primary_contact"), hand)
    yield Requirement(
        "1.2",
        "A security contact is registered",
        some("aws_account_alternate_contact", alternate_contact_type="SECURITY"),
        "the parameter `contacts`",
    )
    yield Requirement("1.5", "Root uses MFA", _watched("ROOT_ACCOUNT_MFA_ENABLED"))
    yield Requirement("1.7", "Root is not used every day", _alarmed(_FILTERS["4.3"][1]))
    strong = some("aws_iam_account_password_policy", lambda one: one.arguments["minimum_password_length"] >= 14)
    yield Requirement("1.8", "Passwords have 14 characters or more", strong)
    yield Requirement(
        "1.9", "24 passwords are remembered", some("aws_iam_account_password_policy", password_reuse_prevention=24)
    )
    yield Requirement("1.10", "Users with a console password use MFA", _watched("IAM_USER_MFA_ENABLED"))
    yield Requirement("1.14", "Access keys are rotated every 90 days", _watched("ACCESS_KEYS_ROTATED"))
    yield Requirement("1.15", "Users get permissions through groups", both(some("aws_iam_group"), _nobody_attached))
    yield Requirement("1.16", "No policy allows everything", _watched("IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS"))
    yield Requirement("1.18", "Instances have roles", some("aws_iam_instance_profile"))
    yield Requirement(
        "1.20", "Access Analyzer looks at the account", some("aws_accessanalyzer_analyzer", type="ACCOUNT")
    )
    yield Requirement("2.1.1", "Buckets refuse plain HTTP", tls_only)
    yield Requirement(
        "2.1.4",
        "Buckets block public access",
        both(every("aws_s3_bucket_public_access_block", _closed), some("aws_s3_account_public_access_block", _closed)),
    )
    yield Requirement("2.2.1", "Volumes are encrypted", some("aws_ebs_encryption_by_default", enabled=True))
    yield Requirement("2.3.1", "Databases are encrypted", _watched("RDS_STORAGE_ENCRYPTED"))
    yield Requirement("2.3.3", "Databases are not public", _watched("RDS_INSTANCE_PUBLIC_ACCESS_CHECK"))
    everywhere = some("aws_cloudtrail", is_multi_region_trail=True, include_global_service_events=True)
    yield Requirement("3.1", "A trail covers all regions", everywhere)
    yield Requirement("3.2", "Log files are validated", every("aws_cloudtrail", enable_log_file_validation=True))
    recording = both(some("aws_config_configuration_recorder"), some("aws_config_configuration_recorder_status"))
    yield Requirement("3.3", "Config records", recording)
    yield Requirement("3.4", "Access to the trail's bucket is logged", _logged_buckets)
    yield Requirement(
        "3.5", "Trails are encrypted with a key", every("aws_cloudtrail", lambda one: "kms_key_id" in one.arguments)
    )
    yield Requirement("3.6", "Keys rotate", every("aws_kms_key", enable_key_rotation=True))
    yield Requirement("3.7", "Flows of every network are logged", _flowing)
    objects = some("aws_cloudtrail", lambda one: _read(one, "AWS::S3::Object"))
    yield Requirement("3.8", "Writes of objects are logged", objects, data_events)
    yield Requirement("3.9", "Reads of objects are logged", objects, data_events)
    for number, (meaning, word) in _FILTERS.items():
        yield Requirement(number, f"An alarm tells of {meaning}", _alarmed(word))
    yield Requirement("4.16", "Security Hub is on", some("aws_securityhub_account"))
    yield Requirement("5.2", "No group admits the world to administration ports", closed_to_the_world)
    yield Requirement("5.4", "The default group admits nothing", every("aws_default_security_group", _emptied))
    yield Requirement(
        "5.6", "Instance metadata asks for a token", some("aws_ec2_instance_metadata_defaults", http_tokens="required")
    )


def _nobody_attached(stack: Synthesized) -> list[Resource]:
    alone = [*stack.of("aws_iam_user_policy"), *stack.of("aws_iam_user_policy_attachment")]
    return [] if alone else list(stack.of("aws_iam_group_policy_attachment"))


CIS: Final = Standard(
    "CIS AWS Foundations Benchmark 3.0.0",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/cis-aws-foundations-benchmark.html",
    tuple(_requirements()),
)
