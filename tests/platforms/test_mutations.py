"""ALL-20: faults are put into a platform, and the engine names the cause of each."""

from __future__ import annotations

import copy as copying
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import onetake
from tests.platforms.synthesized import LONG, Copy

Program = dict[str, Any]
Fault = Callable[[Program], object]

BASELINE, EKS, FIN = "security-baseline", "eks-microservices", "financial-platform"
ZTP = "zero-trust-payments"


def without(document: str, sid: str) -> Fault:
    """Take a statement out of a policy."""

    def change(program: Program) -> None:
        statements = program["data"]["aws_iam_policy_document"][document]["statement"]
        kept = [one for one in statements if one["sid"] != sid]
        assert len(kept) == len(statements) - 1
        statements[:] = kept

    return change


def removed(kind: str, name: str, argument: str) -> Fault:
    return lambda program: program["resource"][kind][name].pop(argument)


def put(kind: str, name: str, /, **arguments: Any) -> Fault:
    return lambda program: program["resource"][kind][name].update(arguments)


def before(kind: str, name: str, waited_for: str) -> Fault:
    """Let a resource no longer wait for those of a type."""

    def change(program: Program) -> None:
        waits = program["resource"][kind][name]["depends_on"]
        kept = [one for one in waits if not one.startswith(f"{waited_for}.")]
        assert len(kept) < len(waits)
        waits[:] = kept

    return change


def trusted(role: str, service: str) -> Fault:
    def change(program: Program) -> None:
        (statement,) = program["data"]["aws_iam_policy_document"][f"{role}_trust"]["statement"]
        statement["principals"] = [{"type": "Service", "identifiers": [service]}]

    return change


def same_priority(program: Program) -> None:
    rules = program["resource"]["aws_wafv2_web_acl"]["web"]["rule"]
    rules[1]["priority"] = rules[0]["priority"]


# What the post-mortems did wrong, and their kin: the fault, and the rule that names its cause.
FAULTS: list[tuple[str, Fault, str]] = [
    (BASELINE, without("keys_logs_policy", "CloudWatchLogs"), "logs-log-group-key-not-usable"),
    (
        BASELINE,
        put("aws_cloudwatch_log_group", "trail_log", kms_key_id="${aws_kms_key.keys_logs.key_id}"),
        "logs-log-group-key-id-not-arn",
    ),
    (BASELINE, put("aws_cloudwatch_log_group", "trail_log", retention_in_days=2555), "logs-retention-not-allowed"),
    (BASELINE, removed("aws_cloudtrail", "trail_trail", "depends_on"), "cloudtrail-before-bucket-policy"),
    (BASELINE, without("trail_audit_policy_document", "TrailWrites"), "cloudtrail-bucket-refuses"),
    (EKS, removed("aws_eks_addon", "cluster_coredns", "depends_on"), "eks-coredns-before-fargate-profile"),
    (EKS, removed("aws_eks_addon", "cluster_coredns", "configuration_values"), "eks-coredns-compute-type-not-fargate"),
    (EKS, put("aws_eks_cluster", "cluster", version="1.29"), "eks-cluster-version-out-of-support"),
    (
        EKS,
        put("aws_eks_fargate_profile", "cluster_payment", subnet_ids=["${aws_subnet.network_public_0.id}"]),
        "eks-fargate-profile-public-subnet",
    ),
    (
        EKS,
        put("aws_eks_cluster", "cluster", vpc_config={"subnet_ids": ["${aws_subnet.network_app_0.id}"]}),
        "eks-cluster-one-zone",
    ),
    (EKS, put("aws_security_group", "balancer", name=f"sg-{LONG}"), "ec2-security-group-name-reserved"),
    (EKS, trusted("cluster_role", "ec2.amazonaws.com"), "eks-cluster-role-not-assumable"),
    (EKS, trusted("cluster_pod_role", "eks.amazonaws.com"), "eks-fargate-role-not-assumable"),
    (
        EKS,
        put(
            "aws_wafv2_web_acl_logging_configuration",
            "web_logging",
            log_destination_configs=["${aws_cloudwatch_log_group.cluster_log.arn}"],
        ),
        "wafv2-log-destination-name",
    ),
    (BASELINE, without("keys_audit_policy", "CloudTrailEncrypts"), "cloudtrail-key-not-usable"),
    (
        BASELINE,
        removed("aws_config_configuration_recorder_status", "configuration_status", "depends_on"),
        "config-recorder-started-before-channel",
    ),
    (
        BASELINE,
        removed("aws_config_delivery_channel", "configuration_channel", "depends_on"),
        "config-channel-before-recorder",
    ),
    (
        BASELINE,
        removed("aws_config_config_rule", "configuration_restricted_ssh", "depends_on"),
        "config-rule-before-recorder",
    ),
    (EKS, same_priority, "wafv2-rule-priorities-repeat"),
    (FIN, without("storage_access_logs_policy_document", "BalancerLogs"), "elb-access-logs-bucket-refuses"),
    (FIN, before("aws_lb", "entry_balancer", "aws_s3_bucket_policy"), "elb-access-logs-before-bucket-policy"),
    (FIN, put("aws_lb", "entry_balancer", subnets=["${aws_subnet.network_public_0.id}"]), "elb-load-balancer-one-zone"),
    (
        FIN,
        put("aws_cloudfront_distribution", "edge", viewer_certificate={"cloudfront_default_certificate": True}),
        "cloudfront-alias-without-certificate",
    ),
    (
        FIN,
        put("aws_db_subnet_group", "database_subnets", subnet_ids=["${aws_subnet.network_data_0.id}"]),
        "rds-subnet-group-one-zone",
    ),
    (
        FIN,
        put("aws_rds_cluster_instance", "database_instance_0", instance_class="db.t2.micro"),
        "rds-instance-class-unavailable",
    ),
    (FIN, trusted("rotation_role", "ec2.amazonaws.com"), "lambda-role-not-assumable"),
    (
        FIN,
        put("aws_lambda_permission", "rotation_secrets_manager", principal="events.amazonaws.com"),
        "secretsmanager-rotation-function-not-invocable",
    ),
    (ZTP, without("keys_logs_policy", "CloudWatchLogs"), "logs-log-group-key-not-usable"),
    (ZTP, put("aws_cloudwatch_log_group", "audit_log", retention_in_days=2555), "logs-retention-not-allowed"),
    (ZTP, without("keys_audit_policy", "CloudTrailEncrypts"), "cloudtrail-key-not-usable"),
    (ZTP, without("data_audit_policy_document", "TrailWrites"), "cloudtrail-bucket-refuses"),
    (ZTP, removed("aws_cloudtrail", "audit_trail", "depends_on"), "cloudtrail-before-bucket-policy"),
    (ZTP, without("data_access_logs_policy_document", "BalancerLogs"), "elb-access-logs-bucket-refuses"),
    (ZTP, removed("aws_lb", "ingress_balancer", "depends_on"), "elb-access-logs-before-bucket-policy"),
    (ZTP, removed("aws_lb_listener", "ingress_balancer_https", "certificate_arn"), "elb-listener-without-certificate"),
    (
        ZTP,
        put("aws_lb_target_group", "ingress_balancer_authorize", target_type="instance"),
        "ecs-awsvpc-target-type-instance",
    ),
    (
        ZTP,
        removed("aws_ecs_service", "services_tasks_authorize", "depends_on"),
        "ecs-target-group-without-load-balancer",
    ),
    (ZTP, trusted("services_execution", "ecs.amazonaws.com"), "ecs-execution-role-not-assumable"),
    (ZTP, trusted("rotation_role", "ec2.amazonaws.com"), "lambda-role-not-assumable"),
    (
        ZTP,
        put(
            "aws_iam_role_policy_attachment",
            "services_registrar_lattice",
            policy_arn="arn:aws:iam::aws:policy/service-role/AmazonECSInfrastructureRolePolicyForVpcLattice",
        ),
        "iam-managed-policy-not-found",
    ),
    (ZTP, put("aws_sqs_queue", "data_settlements_dead", name=f"ztp-dead-{LONG}"), "sqs-fifo-name-without-suffix"),
    (
        ZTP,
        put(
            "aws_dynamodb_table", "data_vault", attribute=[{"name": "token", "type": "S"}, {"name": "pan", "type": "S"}]
        ),
        "dynamodb-attribute-without-key",
    ),
]


def found(copied: Copy, fault: Fault, folder: Path) -> set[str]:
    program = copying.deepcopy(copied.json)
    fault(program)
    (folder / "cdk.tf.json").write_text(json.dumps(program))
    report = onetake.check(folder, as_of="2026-11-28")
    return {located.finding.rule for located in report.findings}


@pytest.mark.parametrize(("platform", "fault", "rule"), FAULTS, ids=[rule for _, _, rule in FAULTS])
def test_all_20_a_fault_is_found_by_its_cause(
    platform: str, fault: Fault, rule: str, copy_of: Callable[..., Copy], tmp_path: Path
):
    assert found(copy_of(platform, "prod"), fault, tmp_path) == {rule}
