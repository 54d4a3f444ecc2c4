"""What the platform in two regions has to show while it stands."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from onetake.emulator import Account

DATABASES = ("aws_rds_cluster.database_primary", "aws_rds_cluster.database_secondary")
FAILS_OVER = {"backup-restore": "pilot-light", "pilot-light": "warm-standby", "warm-standby": "pilot-light"}
"""Which mode a mode is switched to: the next one, or back from the last."""
USUAL = {"dev": "backup-restore", "staging": "pilot-light", "prod": "warm-standby"}
SCALING = {
    "aws_appautoscaling_policy",
    "aws_appautoscaling_target",
    "aws_cloudwatch_dashboard",
    "aws_cloudwatch_metric_alarm",
    "aws_ecs_service",
    "aws_rds_cluster_instance",
    "aws_ssm_document",
    "aws_ssm_parameter",
}
"""What changes between a second region whose services wait and one whose services run, and what tells of them."""


RUNBOOK = {"aws_ssm_document"}
"""Steps of a failover: texts with their numbers in their names, so a mode with other steps replaces them."""


def gs_05(account: Account) -> None:
    """RDS keeps no password of a global database; it is in a secret, which both regions have, and in no state."""
    database = account.client("rds")
    for address in DATABASES:
        if address in account.resources:
            one = account.resources[address]
            assert not one["manage_master_user_password"]
            region = one["arn"].split(":")[3]
            (shown,) = account.client("rds", region).describe_db_clusters(DBClusterIdentifier=one["id"])["DBClusters"]
            assert not shown.get("MasterUserSecret")
    assert database.describe_global_clusters()["GlobalClusters"]

    secret = str(account.outputs["database_secret_arn"])
    manager = account.client("secretsmanager")
    password = json.loads(manager.get_secret_value(SecretId=secret)["SecretString"])["password"]
    assert password
    assert password not in account.state
    (replica,) = manager.describe_secret(SecretId=secret)["ReplicationStatus"]
    assert replica["Region"] != account.region
    there = secret.replace(
        f":{account.region}:", f":{replica['Region']}:"
    )  # a replica's ARN differs in the region only
    copied = account.client("secretsmanager", replica["Region"]).get_secret_value(SecretId=there)["SecretString"]
    assert json.loads(copied)["password"] == password


def gs_06(account: Account) -> None:
    """Both regions have what is theirs, names fail over by health, and a failover changes how much runs."""
    resources = account.resources
    second = resources["aws_rds_cluster.database_secondary"]["arn"].split(":")[3]
    for service, kind in (("ec2", "vpcs"), ("kms", "keys"), ("rds", "clusters"), ("efs", "file_systems_by_id")):
        regions = {one.region for one in account.inventory() if (one.service, one.kind) == (service, kind)}
        assert regions >= {account.region, second}, (service, kind, regions)

    entry = resources["aws_route53_record.entry_primary"]
    records = account.client("route53").list_resource_record_sets(HostedZoneId=entry["zone_id"])["ResourceRecordSets"]
    ours = [one for one in records if one["Name"].rstrip(".") == entry["name"].rstrip(".") and "Failover" in one]
    assert sorted(one["Failover"] for one in ours) == ["PRIMARY", "SECONDARY"]
    checks = {one["Id"] for one in account.client("route53").list_health_checks()["HealthChecks"]}
    assert {one["HealthCheckId"] for one in ours} <= checks

    environment = resources["aws_ecs_cluster.primary_cluster"]["tags_all"]["Environment"]
    suffix = resources["aws_ecs_cluster.primary_cluster"]["tags_all"]["EnvironmentSuffix"]
    mode = USUAL[environment]
    with tempfile.TemporaryDirectory() as folder:
        changes = account.plan(_synthesized(environment, suffix, FAILS_OVER[mode], Path(folder)))
    what = {address: one["actions"] for address, one in changes.items() if one["actions"] != ["read"]}
    assert what
    if "warm-standby" in {mode, FAILS_OVER[mode]}:
        assert {address.partition(".")[0] for address in what} <= SCALING, what
    else:  # what runs nothing has nothing that could run: it is created, beside what there is
        gone = {address.partition(".")[0] for address, actions in what.items() if "delete" in actions}
        assert gone <= RUNBOOK, what


def _synthesized(environment: str, suffix: str, mode: str, folder: Path) -> Path:
    from tests.platforms.rehearsed import synthesized

    return synthesized("globalstream", environment, suffix, folder, dr_mode=mode)
