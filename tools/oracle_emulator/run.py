"""``python -m tools.oracle_emulator.run FOLDER``: apply every resource type against the emulator, and see.

Everything in ``configurations`` is one program; ``--only NAME`` takes one part. With ``--record`` what was measured
goes to ``tests/emulator/fidelity.json``, where parts replace only their own types; the page ``docs/emulator.md`` is
made from it. Says why it cannot.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from onetake.emulator import Fate, Rehearsal, ResourceOutcome, Step, Unavailable, rehearse
from onetake.emulator.events import Event
from tools.oracle_emulator.building import PROVIDER, Build
from tools.oracle_emulator.configurations import ALL
from tools.oracle_emulator.page import RECORD, write

_MAKES = re.compile(
    r"^(Create|Put|Register|Run|Enable|Associate|Batch|Set|Modify|Update|Add|Attach|Start|Upload|Issue)"
)
_WORDS = re.compile(r"[A-Z][a-z0-9]*|[a-z0-9]+|[A-Z]+(?![a-z])")
MAKERS: Mapping[str, str] = {
    "aws_accessanalyzer_analyzer": "accessanalyzer:CreateAnalyzer",
    "aws_acm_certificate": "acm:RequestCertificate",
    "aws_acm_certificate_validation": "acm:DescribeCertificate",
    "aws_acmpca_certificate": "acm-pca:IssueCertificate",
    "aws_acmpca_certificate_authority": "acm-pca:CreateCertificateAuthority",
    "aws_acmpca_certificate_authority_certificate": "acm-pca:ImportCertificateAuthorityCertificate",
    "aws_appautoscaling_policy": "application-autoscaling:PutScalingPolicy",
    "aws_appautoscaling_target": "application-autoscaling:RegisterScalableTarget",
    "aws_autoscaling_group": "autoscaling:CreateAutoScalingGroup",
    "aws_autoscaling_schedule": "autoscaling:PutScheduledUpdateGroupAction",
    "aws_backup_plan": "backup:CreateBackupPlan",
    "aws_backup_vault_policy": "backup:PutBackupVaultAccessPolicy",
    "aws_budgets_budget": "budgets:CreateBudget",
    "aws_cloudfront_distribution": "cloudfront:CreateDistributionWithTags",
    "aws_cloudtrail": "cloudtrail:CreateTrail",
    "aws_cloudwatch_event_rule": "events:PutRule",
    "aws_cloudwatch_event_target": "events:PutTargets",
    "aws_cloudwatch_log_group": "logs:CreateLogGroup",
    "aws_codeconnections_connection": "codeconnections:CreateConnection",
    "aws_codepipeline": "codepipeline:CreatePipeline",
    "aws_config_configuration_recorder": "config:PutConfigurationRecorder",
    "aws_config_configuration_recorder_status": "config:StartConfigurationRecorder",
    "aws_db_parameter_group": "rds:CreateDBParameterGroup",
    "aws_db_proxy": "rds:CreateDBProxy",
    "aws_db_proxy_default_target_group": "rds:ModifyDBProxyTargetGroup",
    "aws_db_proxy_target": "rds:RegisterDBProxyTargets",
    "aws_db_subnet_group": "rds:CreateDBSubnetGroup",
    "aws_default_security_group": "ec2:RevokeSecurityGroupIngress",
    "aws_dynamodb_table": "dynamodb:CreateTable",
    "aws_ecs_service": "ecs:CreateService",
    "aws_eip": "ec2:AllocateAddress",
    "aws_eks_node_group": "eks:CreateNodegroup",
    "aws_elasticache_parameter_group": "elasticache:CreateCacheParameterGroup",
    "aws_flow_log": "ec2:CreateFlowLogs",
    "aws_guardduty_detector": "guardduty:CreateDetector",
    "aws_iam_group_policy_attachment": "iam:AttachGroupPolicy",
    "aws_iam_openid_connect_provider": "iam:CreateOpenIDConnectProvider",
    "aws_iam_role_policy_attachment": "iam:AttachRolePolicy",
    "aws_inspector2_enabler": "inspector2:Enable",
    "aws_kms_replica_key": "kms:ReplicateKey",
    "aws_lambda_permission": "lambda:AddPermission",
    "aws_lb": "elbv2:CreateLoadBalancer",
    "aws_lb_listener": "elbv2:CreateListener",
    "aws_macie2_account": "macie2:EnableMacie",
    "aws_nat_gateway": "ec2:CreateNatGateway",
    "aws_network_acl_rule": "ec2:CreateNetworkAclEntry",
    "aws_networkfirewall_firewall": "network-firewall:CreateFirewall",
    "aws_prometheus_workspace": "amp:CreateWorkspace",
    "aws_rds_cluster": "rds:CreateDBCluster",
    "aws_rds_cluster_instance": "rds:CreateDBInstance",
    "aws_rds_cluster_parameter_group": "rds:CreateDBClusterParameterGroup",
    "aws_resourcegroups_group": "resource-groups:CreateGroup",
    "aws_route53_record": "route53:ChangeResourceRecordSets",
    "aws_route53_resolver_firewall_rule_group_association": "route53resolver:AssociateFirewallRuleGroup",
    "aws_route53_resolver_query_log_config_association": "route53resolver:AssociateResolverQueryLogConfig",
    "aws_route53_zone": "route53:CreateHostedZone",
    "aws_route_table_association": "ec2:AssociateRouteTable",
    "aws_s3_bucket_public_access_block": "s3:PutPublicAccessBlock",
    "aws_secretsmanager_secret": "secretsmanager:CreateSecret",
    "aws_secretsmanager_secret_policy": "secretsmanager:PutResourcePolicy",
    "aws_secretsmanager_secret_rotation": "secretsmanager:RotateSecret",
    "aws_secretsmanager_secret_version": "secretsmanager:PutSecretValue",
    "aws_security_group": "ec2:CreateSecurityGroup",
    "aws_securityhub_account": "securityhub:EnableSecurityHub",
    "aws_securityhub_standards_subscription": "securityhub:BatchEnableStandards",
    "aws_sns_topic_policy": "sns:SetTopicAttributes",
    "aws_sns_topic_subscription": "sns:Subscribe",
    "aws_vpc_security_group_egress_rule": "ec2:AuthorizeSecurityGroupEgress",
    "aws_vpc_security_group_ingress_rule": "ec2:AuthorizeSecurityGroupIngress",
    "aws_vpclattice_service_network_vpc_association": "vpc-lattice:CreateServiceNetworkVpcAssociation",
    "aws_wafv2_ip_set": "wafv2:CreateIPSet",
    "aws_wafv2_web_acl": "wafv2:CreateWebACL",
    "aws_wafv2_web_acl_association": "wafv2:AssociateWebACL",
}
"""The calls that make what no name tells."""


def program(only: Sequence[str] = ()) -> str:
    """The configuration of all parts, or of some."""
    build = Build()
    for name, part in ALL.items():
        if not only or name in only:
            part(build)
    return build.text()


def maker(type_: str, calls: Mapping[str, str]) -> str:
    """The call that creates a type: the one whose name has most of its words; empty when none is near."""
    if MAKERS.get(type_) in calls:
        return MAKERS[type_]
    wanted = set(type_.removeprefix("aws_").split("_"))
    scored = [(_likeness(wanted, call), call) for call in calls if _MAKES.match(call.partition(":")[2])]
    best, call = max(scored, default=(0.0, ""))
    return call if best >= 0.5 else ""


def _likeness(wanted: set[str], call: str) -> float:
    service, _, operation = call.partition(":")
    words = {word.lower() for word in _WORDS.findall(operation)}
    verb = _MAKES.match(operation)
    words -= {verb[0].lower()} if verb else set()
    named = {word for word in wanted if word in service or any(word.startswith(part) for part in service.split("-"))}
    rest = wanted - named
    both = rest & words
    return len(both) / max(1, len(rest | words)) + (0.1 if named else 0.0)


def measured(found: Rehearsal) -> dict[str, Any]:
    """What was measured, by type."""
    of_type: dict[str, list[ResourceOutcome]] = {}
    for one in found.resources:
        of_type.setdefault(one.type, []).append(one)
    return {type_: _type(type_, ones, found) for type_, ones in sorted(of_type.items())}


def _type(type_: str, ones: Sequence[ResourceOutcome], found: Rehearsal) -> dict[str, Any]:
    fates = {one.fate for one in ones}
    applies = not fates & {Fate.REFUSED, Fate.NOT_REACHED, Fate.NOT_REHEARSED}
    call = maker(type_, found.calls)
    destroyed = any(step.step is Step.DESTROY for step in found.steps) and Fate.NOT_DESTROYED not in fates
    told: dict[str, Any] = {
        "instances": len(ones),
        "applies": applies,
        "settles": applies and Fate.UNSETTLED not in fates,
        "destroys": applies and destroyed,
        "call": call,
        "answered_by": found.calls.get(call, ""),
        "seconds": round(max(one.seconds for one in ones)),
    }
    reasons = [one.gap or one.message or ", ".join(one.changes) for one in ones if one.fate is not Fate.CREATED]
    return {**told, "why": reasons[0][:300]} if reasons else told


def _progress(step: Step, event: Event | None) -> None:
    if event is None:
        print(f"{step.value} ...", file=sys.stderr)
    elif event.type == "diagnostic" and event.severity == "error":
        print(f"  {event.address}: {event.message.splitlines()[0][:300]}", file=sys.stderr)


def main() -> int:
    """Measure; 1 when a type does not apply, settle or destroy."""
    parser = argparse.ArgumentParser(prog="python -m tools.oracle_emulator.run", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", action="append", default=[], choices=[*ALL])
    parser.add_argument("--record", action="store_true", help="rewrite the record and the page")
    given = parser.parse_args()
    folder: Path = given.folder / "program"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "main.tf.json").write_text(program(given.only), encoding="utf-8")
    try:
        found = rehearse(folder, root=folder, logs=given.folder / "logs", strict=False, progress=_progress)
    except Unavailable as lacking:
        print(f"{lacking.message}: nothing to measure with", file=sys.stderr)
        return 0
    (given.folder / "rehearsal.json").write_text(json.dumps(found.data(), indent=1) + "\n", encoding="utf-8")
    types = measured(found)
    steps = {step.step.value: round(step.seconds) for step in found.steps}
    record = {"engine": found.engine, "provider": found.provider, "moto": _moto(), "steps": steps, "types": types}
    if given.record:
        if given.only and RECORD.exists():
            before = json.loads(RECORD.read_bytes())
            record = {**before, "types": dict(sorted({**before["types"], **types}.items()))}
        RECORD.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
        write(record)
    bad = {name: one for name, one in types.items() if not (one["applies"] and one["settles"] and one["destroys"])}
    for name, one in bad.items():
        print(name, one)
    print(f"{PROVIDER}: {len(types)} types, {len(types) - len(bad)} apply, settle and are destroyed; {steps}")
    return int(bool(bad))


def _moto() -> str:
    from importlib.metadata import version

    return version("moto")


if __name__ == "__main__":
    sys.exit(main())
