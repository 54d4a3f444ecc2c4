"""PCI DSS 4.0.1, as far as infrastructure can meet it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from onetake.platforms.compliance.requirement import (
    Check,
    Requirement,
    Standard,
    any_of,
    both,
    every,
    inner,
    some,
)
from onetake.platforms.compliance.shared import closed_to_the_world, tls_only
from onetake.platforms.synthesized import Resource, Synthesized

_BASELINE: Final = "security-baseline"
_YEAR: Final = 365
_STORES: Final = {
    "aws_rds_cluster": ("storage_encrypted", "kms_key_id"),
    "aws_dynamodb_table": ("server_side_encryption",),
    "aws_sqs_queue": ("kms_master_key_id",),
}
"""What holds account data, and the arguments that encrypt it with a key of one's own."""


def _encrypted(stack: Synthesized) -> list[Resource]:
    """The stores of data, if each is encrypted with a key of one's own."""
    stores = [one for kind in _STORES for one in stack.of(kind)]
    if not all(one.arguments.get(name) for one in stores for name in _STORES[one.kind]):
        return []
    sides = [
        one
        for one in stack.of("aws_s3_bucket_server_side_encryption_configuration")
        if inner(one.arguments, "rule", "apply_server_side_encryption_by_default", "sse_algorithm") == "aws:kms"
    ]
    return stores + sides if stores else []


def _listens_encrypted(stack: Synthesized) -> list[Resource]:
    """The listeners of load balancers, if each is HTTPS with TLS 1.2 or later, or only sends to one that is."""
    listeners = list(stack.of("aws_lb_listener"))
    return listeners if all(_secure(one) for one in listeners) else []


def _secure(listener: Resource) -> bool:
    given = listener.arguments
    if given.get("protocol") in ("HTTPS", "TLS"):
        return "TLS13" in given.get("ssl_policy", "")
    if given.get("protocol") == "TCP":  # a network load balancer hands on what is encrypted from end to end
        return True
    return bool(inner(given.get("default_action"), "redirect", "protocol") == "HTTPS")


def _asks_for_tls(stack: Synthesized) -> list[Resource]:
    """Parameter groups that force TLS, if each cluster has one."""
    groups = [one for one in stack.of("aws_rds_cluster_parameter_group") if "rds.force_ssl" in str(one.arguments)]
    seen = {group for one in stack.of("aws_rds_cluster") for group in one.references}
    return groups if all(one.address in seen for one in groups) else []


def _kept(stack: Synthesized) -> list[Resource]:
    """The log groups, if each is kept for a year."""
    groups = list(stack.of("aws_cloudwatch_log_group"))
    return groups if all(one.arguments.get("retention_in_days", 0) >= _YEAR for one in groups) else []


def _no_way_out(stack: Synthesized) -> list[Resource]:
    """The route tables of data subnets, none of which has a route to the internet."""
    open_tables = {
        address
        for route in stack.of("aws_route")
        if route.arguments.get("gateway_id") or route.arguments.get("nat_gateway_id")
        for address in route.references
    }
    tables = [one for one in stack.of("aws_route_table") if any("data" in part for part in one.path[-1:])]
    return [] if any(one.address in open_tables for one in tables) else tables


def _least(stack: Synthesized) -> list[Resource]:
    """The policies of roles, if none allows every action on everything."""
    policies = list(stack.of("aws_iam_role_policy"))
    for policy in policies:
        for one in stack.statements(policy.arguments["policy"]):
            if one.get("effect") == "Allow" and "*" in one.get("actions", ()) and "*" in one.get("resources", ()):
                return []
    return policies


def _hardened() -> Check:
    """Instances that ask for a token, and containers that cannot write to their own file system."""
    template = some(
        "aws_launch_template",
        lambda one: inner(one.arguments.get("metadata_options"), "http_tokens") == "required",
    )
    containers = some(
        "aws_ecs_task_definition", lambda one: "readonlyRootFilesystem" in str(one.arguments["container_definitions"])
    )
    return any_of(template, containers)


def _told(stack: Synthesized) -> list[Resource]:
    """The alarms, if each tells somebody."""
    alarms = list(stack.of("aws_cloudwatch_metric_alarm"))
    return alarms if all(one.arguments.get("alarm_actions") for one in alarms) else []


def _locked(one: Resource) -> bool:
    return inner(one.arguments.get("rule"), "default_retention", "mode") is not None


def _requirements() -> Iterator[Requirement]:
    groups = both(
        closed_to_the_world, every("aws_vpc_security_group_egress_rule", lambda one: "description" in one.arguments)
    )
    yield Requirement(
        "1.2.8", "Rules of the network are declared, and nothing else changes them", some("aws_network_acl")
    )
    yield Requirement("1.3.1", "What comes in is restricted to what is needed", groups)
    yield Requirement("1.3.2", "What goes out is restricted to what is needed", groups)
    yield Requirement("1.4.4", "Stores of account data are not reachable from untrusted networks", _no_way_out)
    yield Requirement("2.2.1", "Components are hardened", _hardened())
    yield Requirement("2.2.7", "Administrative access is encrypted", _administered)
    yield Requirement("3.5.1", "Stored account data is unreadable", _encrypted)
    yield Requirement(
        "3.6.1", "Keys are protected against disclosure", some("aws_kms_key", lambda one: "policy" in one.arguments)
    )
    yield Requirement("3.7.4", "Keys change at the end of their period", every("aws_kms_key", enable_key_rotation=True))
    yield Requirement(
        "4.2.1", "Account data is encrypted in transit", both(_listens_encrypted, any_of(_asks_for_tls, tls_only))
    )
    yield Requirement(
        "6.4.2", "A firewall stands before public web applications", both(some("aws_wafv2_web_acl"), _fronted)
    )
    yield Requirement("7.2.2", "Privileges are the least that is needed", _least)
    yield Requirement("8.3.2", "Credentials are unreadable wherever they are kept", _secrets)
    yield Requirement("8.4.2", "People use MFA", some("aws_iam_group_policy"), _BASELINE)
    yield Requirement("8.6.2", "Passwords of applications are not written into programs", _no_password)
    yield Requirement("8.6.3", "Passwords of applications change", some("aws_secretsmanager_secret_rotation"))
    trails = any_of(some("aws_flow_log"), some("aws_wafv2_web_acl_logging_configuration"), some("aws_cloudtrail"))
    yield Requirement("10.2.1", "Access is logged", trails)
    guarded = any_of(
        some("aws_s3_bucket_object_lock_configuration", _locked), some("aws_backup_vault_lock_configuration")
    )
    yield Requirement("10.3.2", "Logs cannot be changed", guarded, "prod")
    yield Requirement("10.3.3", "Logs are backed up", some("aws_s3_bucket_versioning"))
    yield Requirement(
        "10.5.1", "Logs are kept for 12 months, 3 of them at hand", _kept, "prod: 400 days in CloudWatch Logs"
    )
    yield Requirement("10.7.2", "Failures of controls are told", _told)
    yield Requirement(
        "11.5.1",
        "Intrusions are detected",
        any_of(some("aws_networkfirewall_firewall"), some("aws_guardduty_detector")),
        _BASELINE,
    )
    yield Requirement(
        "12.10.5", "Alarms reach those who respond", some("aws_sns_topic_subscription"), "the parameter `alarm_email`"
    )


def _administered(stack: Synthesized) -> list[Resource]:
    """Session Manager's way in, if no instance has a key pair."""
    if any("key_name" in one.arguments for one in stack.of("aws_launch_template")):
        return []
    documents = [one for one in stack.of("aws_ssm_document") if one.arguments.get("document_type") == "Session"]
    ends = [one for one in stack.of("aws_vpc_endpoint") if "ssmmessages" in str(one.arguments.get("service_name"))]
    attached = [one for one in stack.of("aws_iam_role_policy_attachment") if "SSM" in str(one.arguments["policy_arn"])]
    return documents + ends + attached


def _fronted(stack: Synthesized) -> list[Resource]:
    """What ties a web ACL to what it stands before."""
    ties = list(stack.of("aws_wafv2_web_acl_association"))
    return ties + [one for one in stack.of("aws_cloudfront_distribution") if one.arguments.get("web_acl_id")]


def _secrets(stack: Synthesized) -> list[Resource]:
    """The secrets, if each is encrypted with a key of one's own."""
    secrets = list(stack.of("aws_secretsmanager_secret"))
    return secrets if all(one.arguments.get("kms_key_id") for one in secrets) else []


def _no_password(stack: Synthesized) -> list[Resource]:
    """What holds a password without writing it down, if nothing writes one."""
    written = [
        one
        for one in stack.resources
        for name in ("master_password", "password", "secret_string")
        if one.arguments.get(name)
    ]
    managed = [one for one in stack.of("aws_rds_cluster") if one.arguments.get("manage_master_user_password")]
    unseen = [one for one in stack.of("aws_secretsmanager_secret_version") if one.arguments.get("secret_string_wo")]
    return [] if written else managed + unseen


PCI_DSS: Final = Standard(
    "PCI DSS 4.0.1",
    "https://www.pcisecuritystandards.org/document_library/",
    tuple(_requirements()),
)
