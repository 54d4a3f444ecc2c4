"""The checks of GlobalStream; each test is named after its check."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from onetake.platforms import Refused
from onetake.platforms.parameters import ENVIRONMENTS
from tests.platforms.synthesized import Copy, condition_keys, make, plain

STREAM = "globalstream"
OBJECTIVE = 900
"""Seconds: the recovery point objective."""
# What each store is replicated by, and the metric that tells how far behind it is, with the seconds in one unit of it.
STORES = {
    "aws_rds_cluster": ("aws_rds_global_cluster", "AuroraGlobalDBReplicationLag", 0.001),
    "aws_efs_file_system": ("aws_efs_replication_configuration", "TimeSinceLastSync", 1),
    "aws_s3_bucket": ("aws_s3_bucket_replication_configuration", "ReplicationLatency", 1),
}
TASKS = ("primary_tasks", "secondary_tasks")
CACHE = ("aws_elasticache_global_replication_group", "GlobalDatastoreReplicationLag", 1)


@pytest.fixture(params=ENVIRONMENTS)
def stream(request: pytest.FixtureRequest, copy_of: Callable[..., Copy]) -> Copy:
    return copy_of(STREAM, request.param)


def only(found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    (one,) = found.values()
    return one


def synthesized(tmp_path: Path, environment: str = "dev", suffix: str = "dev", **more: Any) -> Copy:
    return Copy(STREAM, environment, make(STREAM, environment, suffix, tmp_path, **more))


def second(arguments: dict[str, Any]) -> bool:
    """Whether something stands in the second region."""
    return bool(arguments.get("provider") == "aws.secondary")


def alarm_on(copy: Copy, metric: str) -> dict[str, Any]:
    return only({n: one for n, one in copy.of("aws_cloudwatch_metric_alarm").items() if one["metric_name"] == metric})


def measured(copy: Copy) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Region, metric and dimensions of everything on dashboards."""
    for one in copy.of("aws_cloudwatch_dashboard").values():
        for widget in json.loads(one["dashboard_body"])["widgets"]:
            shown = widget["properties"]
            for _, metric, *rest in shown["metrics"]:
                names = [part for part in rest if isinstance(part, str)]
                options = next((part for part in rest if isinstance(part, dict)), {})
                pairs = dict(zip(names[::2], names[1::2], strict=True))
                yield options.get("region", shown["region"]), metric, pairs


def replicated(stream: Copy) -> list[tuple[str, str, float]]:
    return [*STORES.values(), *([CACHE] if stream.environment == "prod" else [])]


def test_gs_01_every_store_is_replicated_and_its_lag_is_alarmed(stream: Copy):
    for kind in STORES:
        assert {second(one) for one in stream.of(kind).values()} == {True, False}, kind
    for replication, metric, unit in replicated(stream):
        assert stream.count(replication) == 1
        alarm = alarm_on(stream, metric)
        assert 0 < alarm["threshold"] * unit <= OBJECTIVE, metric
        assert alarm["comparison_operator"].startswith("Greater"), metric
        assert alarm["alarm_actions"], metric
        topic = stream.target(alarm["alarm_actions"][0])[1]
        assert second(topic) == second(alarm), metric
    global_cluster = "${aws_rds_global_cluster.database_global.id}"
    assert {one["global_cluster_identifier"] for one in stream.of("aws_rds_cluster").values()} == {global_cluster}
    assert alarm_on(stream, "OperationsFailedReplication")["threshold"] == 1


def test_gs_01_objects_are_replicated_within_the_time_that_aws_promises(stream: Copy):
    replication = only(stream.of("aws_s3_bucket_replication_configuration"))
    (rule,) = replication["rule"]
    target = rule["destination"]
    assert target["replication_time"] == {"status": "Enabled", "time": {"minutes": 15}}
    assert target["metrics"] == {"status": "Enabled", "event_threshold": {"minutes": 15}}
    assert rule["delete_marker_replication"] == {"status": "Enabled"}
    assert rule["source_selection_criteria"] == {"sse_kms_encrypted_objects": {"status": "Enabled"}}
    source, copied = stream.target(replication["bucket"]), stream.target(target["bucket"])
    assert [second(source[1]), second(copied[1])] == [False, True]
    _, key = stream.target(target["encryption_configuration"]["replica_kms_key_id"])
    assert second(key)
    for address, _ in (source, copied):
        versioning = next(
            name for name, one in stream.of("aws_s3_bucket_versioning").items() if one["bucket"] == f"${{{address}.id}}"
        )
        assert f"aws_s3_bucket_versioning.{versioning}" in replication["depends_on"]


def test_gs_01_the_dashboard_shows_what_the_alarms_measure(stream: Copy):
    """A graph whose dimensions or region are not those of the metric stays empty, and nothing tells so."""
    shown = list(measured(stream))
    regions = {False: "${data.aws_region.current.id}", True: "${data.aws_region.secondary.id}"}
    for _, metric, _ in replicated(stream):
        alarm = alarm_on(stream, metric)
        assert (regions[second(alarm)], metric, alarm["dimensions"]) in shown, metric


def test_gs_02_backups_are_made_every_hour_and_copied(stream: Copy):
    vaults = {second(one): f"${{aws_backup_vault.{name}.arn}}" for name, one in stream.of("aws_backup_vault").items()}
    rules = {one["rule_name"]: one for one in only(stream.of("aws_backup_plan"))["rule"]}
    assert rules.keys() == {"hourly", "daily", *(["monthly"] if stream.environment == "prod" else [])}
    assert rules["hourly"]["schedule"] == "cron(0 * * * ? *)"
    for one in rules.values():
        assert 60 <= one["start_window"] < one["completion_window"]
        (copy,) = one["copy_action"]
        assert copy["destination_vault_arn"] == vaults[True]
        assert copy["lifecycle"]["delete_after"] >= one["lifecycle"]["delete_after"]
    selected = {r for one in stream.of("aws_backup_selection").values() for r in one.get("resources", ())}
    assert {stream.target(one)[0].partition(".")[0] for one in selected} == STORES.keys()
    assert stream.count("aws_backup_vault_lock_configuration") == (2 if stream.environment == "prod" else 0)
    assert stream.count("aws_backup_vault_notifications") == 2
    for metric in ("NumberOfBackupJobsFailed", "NumberOfCopyJobsFailed"):
        assert alarm_on(stream, metric)["threshold"] == 1


def test_gs_02_a_plan_that_tests_restoring_says_what_it_restores(stream: Copy):
    plans, selections = (stream.of(f"aws_backup_restore_testing_{one}") for one in ("plan", "selection"))
    assert len(plans) == (stream.environment == "prod")
    for name in plans:
        own = f"${{aws_backup_restore_testing_plan.{name}.name}}"
        assert [one for one in selections.values() if one["restore_testing_plan_name"] == own], name


def test_gs_03_the_service_waits_for_mount_targets_and_listener(stream: Copy):
    services = stream.of("aws_ecs_service")
    expected = [False] if stream.environment == "dev" else [False, True]
    assert sorted(second(one) for one in services.values()) == expected
    for service in services.values():
        side = second(service)
        targets = {
            f"aws_efs_mount_target.{n}" for n, one in stream.of("aws_efs_mount_target").items() if second(one) == side
        }
        assert targets
        assert targets <= set(service["depends_on"])
        # The rule of the listener that forwards to the service's target group.
        (balanced,) = service["load_balancer"]
        rules = [
            f"aws_lb_listener_rule.{name}"
            for name, one in stream.of("aws_lb_listener_rule").items()
            if one["action"][0].get("target_group_arn") == balanced["target_group_arn"]
        ]
        assert rules
        assert set(rules) <= set(service["depends_on"])
        assert service["deployment_circuit_breaker"] == {"enable": True, "rollback": True}
        assert service["health_check_grace_period_seconds"] > 0
        assert service["network_configuration"]["assign_public_ip"] is False


def test_gs_03_there_is_a_mount_target_in_every_subnet_of_tasks(stream: Copy):
    apps = {f"${{aws_subnet.{n}.id}}" for n, one in stream.of("aws_subnet").items() if one["tags"]["Tier"] == "app"}
    assert sorted(one["subnet_id"] for one in stream.of("aws_efs_mount_target").values()) == sorted(apps)


def test_gs_03_files_are_reached_by_tasks_only(stream: Copy):
    groups = {group for one in stream.of("aws_efs_mount_target").values() for group in one["security_groups"]}
    assert len(groups) == 2
    tasks = {
        second(one): f"${{aws_security_group.{n}.id}}"
        for n, one in stream.of("aws_security_group").items()
        if n in TASKS
    }
    for rule in stream.of("aws_vpc_security_group_ingress_rule").values():
        if rule["security_group_id"] not in groups:
            continue
        assert (rule["from_port"], rule["to_port"], rule["ip_protocol"]) == (2049, 2049, "tcp")
        assert not {"cidr_ipv4", "cidr_ipv6", "prefix_list_id"} & rule.keys()
        assert rule["referenced_security_group_id"] == tasks[second(rule)]
        groups.discard(rule["security_group_id"])
    assert groups == set()
    for service in stream.of("aws_ecs_service").values():
        assert service["network_configuration"]["security_groups"] == [tasks[second(service)]]


def test_gs_03_files_are_mounted_through_an_access_point_with_the_own_role_over_tls(stream: Copy):
    for service in stream.of("aws_ecs_service").values():
        _, task = stream.target(service["task_definition"])
        (volume,) = [one for one in task["volume"] if "efs_volume_configuration" in one]
        mounted = volume["efs_volume_configuration"]
        assert mounted["transit_encryption"] == "ENABLED"
        assert mounted["authorization_config"]["iam"] == "ENABLED"
        _, point = stream.target(mounted["authorization_config"]["access_point_id"])
        assert point["file_system_id"] == mounted["file_system_id"]
        assert point["posix_user"] == {"uid": 1000, "gid": 1000}
        (container,) = json.loads(task["container_definitions"])
        assert container["readonlyRootFilesystem"] is True
        assert volume["name"] in {one["sourceVolume"] for one in container["mountPoints"]}
    for policy in stream.of("aws_efs_file_system_policy").values():
        denied = [one for one in stream.statements(policy["policy"]) if one["effect"] == "Deny"]
        keys = {key for one in denied for key in condition_keys(one)}
        assert keys == {"aws:SecureTransport", "elasticfilesystem:AccessPointArn"}


def test_gs_04_both_logs_of_a_cache_are_there_before_it(stream: Copy):
    caches = stream.of("aws_elasticache_replication_group")
    assert len(caches) == (1 if stream.environment == "dev" else 2)
    for cache in caches.values():
        logs = {one["log_type"]: one for one in cache["log_delivery_configuration"]}
        assert logs.keys() == {"slow-log", "engine-log"}
        for one in logs.values():
            assert (one["log_format"], one["destination_type"]) == ("json", "cloudwatch-logs")
            address, group = stream.target(one["destination"])
            assert address in cache["depends_on"]
            assert second(group) == second(cache)


def test_gs_04_no_burstable_node_is_in_a_global_datastore(stream: Copy):
    primary = next(one for one in stream.of("aws_elasticache_replication_group").values() if not second(one))
    datastores = stream.count("aws_elasticache_global_replication_group")
    assert datastores == (stream.environment == "prod")
    assert not (datastores and primary["node_type"].startswith("cache.t"))
    for one in stream.of("aws_elasticache_replication_group").values():
        follows = "global_replication_group_id" in one
        assert follows == (datastores == 1 and second(one))
        # These come from the datastore, and are refused beside it.
        assert not (follows and {"node_type", "engine", "engine_version", "parameter_group_name"} & one.keys())
        assert follows or one["transit_encryption_enabled"] is True


def test_gs_05_the_password_is_in_no_state_and_the_secret_has_a_replica(stream: Copy):
    for cluster in stream.of("aws_rds_cluster").values():
        assert not {"manage_master_user_password", "master_password"} & cluster.keys()
        assert ("master_password_wo" in cluster) is not second(cluster)
        # The second cluster takes its users from the first.
        assert ("master_username" in cluster) is not second(cluster)
    primary = next(one for one in stream.of("aws_rds_cluster").values() if not second(one))
    password = primary["master_password_wo"]
    assert password.startswith("${ephemeral.aws_secretsmanager_random_password.")
    version = only(stream.of("aws_secretsmanager_secret_version"))
    assert "secret_string" not in version
    assert password in version["secret_string_wo"]
    _, secret = stream.target(version["secret_id"])
    (replica,) = secret["replica"]
    assert replica["region"] == "us-west-2"
    assert second(stream.target(replica["kms_key_id"])[1])
    everything = json.dumps(plain(stream.json["output"])) + json.dumps([*stream.of("aws_ssm_parameter").values()])
    assert "master_password" not in everything
    assert "random_password" not in everything


def test_gs_07_the_pipeline_goes_from_a_connection_to_both_regions(stream: Copy):
    pipeline = only(stream.of("aws_codepipeline"))
    assert pipeline["pipeline_type"] == "V2"
    actions = [(stage["name"], one) for stage in pipeline["stage"] for one in stage["action"]]
    source = actions[0][1]
    assert (source["category"], source["provider"]) == ("Source", "CodeStarSourceConnection")
    assert stream.target(source["configuration"]["ConnectionArn"])[0].startswith("aws_codeconnections_connection.")
    deploys = [(place, one) for place, (_, one) in enumerate(actions) if one["category"] == "Deploy"]
    regions = ["us-east-1"] if stream.environment == "dev" else ["us-east-1", "us-west-2"]
    assert [one["region"] for _, one in deploys] == regions
    services = {one["name"] for one in stream.of("aws_ecs_service").values()}
    assert {one["configuration"]["ServiceName"] for _, one in deploys} == services
    approvals = [place for place, (_, one) in enumerate(actions) if one["category"] == "Approval"]
    assert bool(approvals) == (stream.environment == "prod")
    assert all(place < deploys[0][0] for place in approvals)
    # A pipeline that stays in its region names none.
    stores = {one.get("region"): one for one in pipeline["artifact_store"]}
    assert stores.keys() == ({None} if stream.environment == "dev" else set(regions))
    assert all(one["encryption_key"]["type"] == "KMS" for one in stores.values())
    assert "codecommit" not in stream.path.read_text().lower()
    privileged = {n for n, one in stream.of("aws_codebuild_project").items() if one["environment"]["privileged_mode"]}
    assert privileged == {"pipeline_build"}


def test_both_regions_answer_for_one_name(stream: Copy):
    records = [one for one in stream.of("aws_route53_record").values() if "failover_routing_policy" in one]
    kinds = {one["failover_routing_policy"]["type"]: one for one in records}
    assert kinds.keys() == {"PRIMARY", "SECONDARY"}
    assert len({one["name"] for one in records}) == len({one["zone_id"] for one in records}) == 1
    for kind, one in kinds.items():
        assert second(stream.target(one["alias"]["name"])[1]) == (kind == "SECONDARY")
        assert stream.target(one["health_check_id"])[1]["type"] == "HTTPS"


# How the APIs that the runbook calls are named in policies, where botocore calls them otherwise.
PREFIXES = {"efs": "elasticfilesystem"}


def actions_of(stream: Copy) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, document in stream.of("aws_ssm_document").items():
        assert second(document), name  # the first region's documents are lost with it
        for step in json.loads(document["content"])["mainSteps"]:
            yield name, step


def test_the_runbook_calls_what_aws_has_and_what_its_role_may(stream: Copy):
    session = pytest.importorskip("botocore.session").get_session()
    (role,) = {json.loads(one["content"])["assumeRole"] for one in stream.of("aws_ssm_document").values()}
    name = stream.target(role)[0].partition(".")[2]
    policies = [one for one in stream.of("aws_iam_role_policy").values() if f"aws_iam_role.{name}." in one["role"]]
    allowed = {a for one in policies for s in stream.statements(one["policy"]) for a in s["actions"]}
    called = 0
    for where, step in actions_of(stream):
        inputs = dict(step["inputs"])
        if "Service" not in inputs:
            continue
        called += 1
        service, api = inputs.pop("Service"), inputs.pop("Api")
        operation = session.get_service_model(service).operation_model(api)
        given = inputs.keys() - {"PropertySelector", "DesiredValues"}
        assert given <= operation.input_shape.members.keys(), (where, api)
        assert set(operation.input_shape.required_members) <= given, (where, api)
        assert f"{PREFIXES.get(service, service)}:{api}" in allowed, (where, api)
    assert called >= 3


def test_the_runbook_takes_its_steps_in_order(stream: Copy):
    whole = [step for name, step in actions_of(stream) if name == "runbook_failover"]
    steps = [stream.target(one["inputs"]["DocumentName"])[1]["name"] for one in whole]
    # Those that are not the whole are numbered in their order.
    assert steps == sorted(one["name"] for n, one in stream.of("aws_ssm_document").items() if n != "runbook_failover")
    words = [one["name"] for one in whole]
    # A headless cluster gets an instance before it is promoted.
    headless = ["add_instance"] if stream.environment == "dev" else []
    assert words[: len(headless) + 2] == [*headless, "promote_database", "release_files"]
    assert (words[-2:] == ["scale_service", "verify"]) == (stream.environment != "dev")


def changed(before: Copy, after: Copy) -> set[str]:
    old, new = ({f"{k}.{n}": plain(a) for k, n, a in one.resources()} for one in (before, after))
    return {address for address in old.keys() | new.keys() if old.get(address) != new.get(address)}


def test_gs_06_a_pilot_light_becomes_a_standby_by_scaling_only(tmp_path: Path):
    light, warm = (
        synthesized(tmp_path / mode, "staging", "st", dr_mode=mode) for mode in ("pilot-light", "warm-standby")
    )
    tasks = [next(one for one in made.of("aws_ecs_service").values() if second(one)) for made in (light, warm)]

    assert [one["desired_count"] for one in tasks] == [0, 1]
    assert changed(light, warm) <= {
        "aws_ecs_service.compute_secondary",
        "aws_appautoscaling_target.compute_secondary_tasks",
    }


@pytest.mark.parametrize(
    ("environment", "mode", "instances", "tasks"),
    [("dev", "backup-restore", 0, None), ("staging", "pilot-light", 1, 0), ("prod", "warm-standby", 1, 1)],
)
def test_how_ready_the_second_region_is(
    *, environment: str, mode: str, instances: int, tasks: int | None, copy_of: Callable[..., Copy], tmp_path: Path
):
    usual = copy_of(STREAM, environment)
    assert sum(second(one) for one in usual.of("aws_rds_cluster_instance").values()) == instances
    assert [one["desired_count"] for one in usual.of("aws_ecs_service").values() if second(one)] == (
        [] if tasks is None else [tasks]
    )
    assert changed(usual, synthesized(tmp_path, environment, "abcdefghijk1", dr_mode=mode)) == set()


@pytest.mark.parametrize(
    ("first", "other", "providers"),
    [
        ("us-east-1", "sa-east-1", {None, "secondary"}),
        ("eu-central-1", "eu-west-1", {None, "secondary", "witness"}),
        ("eu-central-1", "us-east-1", {None, "secondary"}),
    ],
)
def test_any_two_regions_will_do(first: str, other: str, providers: set[str | None], tmp_path: Path):
    made = synthesized(tmp_path, "prod", "prod", aws_region=first, secondary_region=other)

    found = {one.get("alias"): one["region"] for one in made.json["provider"]["aws"]}
    assert found.keys() == providers
    assert (found[None], found["secondary"]) == (first, other)
    # Route 53 tells of health checks in us-east-1 only.
    alarms = [one for one in made.of("aws_cloudwatch_metric_alarm").values() if one["namespace"] == "AWS/Route53"]
    assert {found[(one.get("provider") or "").partition(".")[2] or None] for one in alarms} == {"us-east-1"}
    assert len(alarms) == 2
    assert "us-west-2" not in made.path.read_text()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"secondary_region": "us-east-1"}, "secondary_region='us-east-1': it has to be another region"),
        ({"secondary_region": "west"}, "secondary_region='west'"),
        ({"dr_mode": "hot"}, "dr_mode='hot': it has to be one of 'backup-restore', 'pilot-light', 'warm-standby'"),
        ({"secondary_vpc_cidr": "10.50.0.0/16"}, "secondary_vpc_cidr='10.50.0.0/16'"),
        ({"domain_name": "no name"}, "domain_name='no name'"),
        ({"hosted_zone_id": None}, "hosted_zone_id=None"),
        ({"repository": "stream"}, "repository='stream'"),
        ({"repository_host": "CodeCommit"}, "repository_host='CodeCommit': it has to be one of 'GitHub', 'GitLab'"),
    ],
)
def test_all_14_what_is_wrong_is_named(given: dict[str, Any], told: str, tmp_path: Path):
    with pytest.raises(Refused, match=re.escape(told)):
        synthesized(tmp_path, **given)
