"""What the second region's runbook does to take over, step by step, and what it has to be allowed for each."""

from __future__ import annotations

from typing import Any

from onetake.platforms.constructs import statement
from onetake.platforms.constructs.fargate_service import FargateService
from onetake.platforms.globalstream.cache import Cache
from onetake.platforms.globalstream.database import Database
from onetake.platforms.globalstream.files import Files
from onetake.platforms.globalstream.region import Region
from onetake.platforms.globalstream.sizes import Size
from onetake.platforms.globalstream.steps import Step, call, wait


def steps(
    *,
    secondary: Region,
    size: Size,
    database: Database,
    headless: bool,
    files: Files,
    cache: Cache,
    service: FargateService | None,
) -> dict[str, Step]:
    """The steps by name, in their order.

    Args:
        secondary: the region that takes over.
        size: what the first region has, and the second is to get.
        database: whose second cluster is promoted.
        headless: whether that cluster has no instance yet.
        files: of which the second region's take writes.
        cache: of which the second region's takes writes, where both are one datastore.
        service: of the second region, if it has one.
    """
    found: dict[str, Step] = {}
    if headless:
        found["add-instance"] = _instance(secondary, size, database)
    found["promote-database"] = _promotion(database)
    found["release-files"] = _release(files)
    if cache.datastore is not None:
        found["move-cache"] = _move(secondary, cache)
    if service is not None:
        found["scale-service"] = _scaling(secondary, size, service)
        found["verify"] = _verification(secondary, service)
    return found


def _instance(secondary: Region, size: Size, database: Database) -> Step:
    """A headless cluster has nothing that could answer."""
    context, follower = secondary.context, database.secondary
    identifier = context.names.of("database-0", "database")
    create = call(
        "create",
        "rds",
        "CreateDBInstance",
        DBInstanceIdentifier=identifier,
        DBClusterIdentifier=follower.cluster_identifier,
        DBInstanceClass=size.instance_class,
        Engine=follower.engine,
    )
    of: dict[str, Any] = {"DBInstanceIdentifier": identifier}
    created = wait("created", "rds", "DescribeDBInstances", "$.DBInstances[0].DBInstanceStatus", ["available"], **of)
    arns = [context.arn("rds", f"db:{identifier}"), follower.arn]
    allowed = statement("AddInstance", ["rds:CreateDBInstance", "rds:DescribeDBInstances"], arns)
    return Step("The second region's database gets an instance", (create, created), (allowed,))


def _promotion(database: Database) -> Step:
    whole, follower = database.whole, database.secondary
    promote = call(
        "promote",
        "rds",
        "FailoverGlobalCluster",
        GlobalClusterIdentifier=whole.id,
        TargetDbClusterIdentifier=follower.arn,
        AllowDataLoss=True,
    )
    of: dict[str, Any] = {"GlobalClusterIdentifier": whole.id}
    promoted = wait("promoted", "rds", "DescribeGlobalClusters", "$.GlobalClusters[0].Status", ["available"], **of)
    arns = [whole.arn, database.primary.arn, follower.arn]
    actions = ["rds:FailoverGlobalCluster", "rds:DescribeGlobalClusters"]
    allowed = statement("PromoteDatabase", actions, arns)
    return Step("The second region's database takes writes", (promote, promoted), (allowed,))


def _release(files: Files) -> Step:
    release = call(
        "release",
        "efs",
        "DeleteReplicationConfiguration",
        SourceFileSystemId=files.systems["primary"].id,
        DeletionMode="LOCAL_CONFIGURATION_ONLY",
    )
    systems = [one.arn for one in files.systems.values()]
    allowed = statement("ReleaseFiles", ["elasticfilesystem:DeleteReplicationConfiguration"], systems)
    return Step("The second region's files take writes", (release,), (allowed,))


def _move(secondary: Region, cache: Cache) -> Step:
    move = call(
        "move",
        "elasticache",
        "FailoverGlobalReplicationGroup",
        GlobalReplicationGroupId=cache.datastore.global_replication_group_id,
        PrimaryRegion=secondary.context.region_name,
        PrimaryReplicationGroupId=cache.secondary.id,
    )
    arns = [cache.datastore.arn, cache.secondary.arn]
    allowed = statement("MoveCache", ["elasticache:FailoverGlobalReplicationGroup"], arns)
    return Step("The second region's cache takes writes", (move,), (allowed,))


def _scaling(secondary: Region, size: Size, service: FargateService) -> Step:
    context, cluster = secondary.context, secondary.cluster.name
    limits = call(
        "raise_limits",
        "application-autoscaling",
        "RegisterScalableTarget",
        ServiceNamespace="ecs",
        ResourceId=f"service/{cluster}/{service.name}",
        ScalableDimension="ecs:service:DesiredCount",
        MinCapacity=size.tasks,
        MaxCapacity=size.most,
    )
    run = call("start_tasks", "ecs", "UpdateService", cluster=cluster, service=service.name, desiredCount=size.tasks)
    allowed = (
        statement("RunService", ["ecs:UpdateService"], [context.arn("ecs", f"service/{cluster}/{service.name}")]),
        statement(
            "RaiseLimits",
            ["application-autoscaling:RegisterScalableTarget"],
            [context.arn("application-autoscaling", "scalable-target/*")],
        ),
    )
    return Step("The second region's service takes all requests", (limits, run), allowed)


def _verification(secondary: Region, service: FargateService) -> Step:
    cluster = secondary.cluster.name
    of: dict[str, Any] = {"cluster": cluster, "services": [service.name]}
    state = "$.services[0].deployments[0].rolloutState"
    running = wait("running", "ecs", "DescribeServices", state, ["COMPLETED"], **of)
    arn = secondary.context.arn("ecs", f"service/{cluster}/{service.name}")
    return Step("The second region's service runs", (running,), (statement("Verify", ["ecs:DescribeServices"], [arn]),))
