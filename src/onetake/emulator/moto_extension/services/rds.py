"""RDS: what moto makes up of a cluster, or does not keep of an instance."""

from collections.abc import Mapping
from typing import Any

from onetake.emulator.moto_extension.calls import Call, not_found
from onetake.emulator.moto_extension.generic.store import Operation, Store

_KEPT = ("EnablePerformanceInsights", "PerformanceInsightsKMSKeyId", "PerformanceInsightsRetentionPeriod")
_TABLE = "insights"


def _clusters(_call: Call, _store: Store, answer: dict[str, Any]) -> None:
    for cluster in [*answer.get("DBClusters", []), *([answer["DBCluster"]] if "DBCluster" in answer else [])]:
        if cluster.get("EngineMode") != "serverless":
            cluster.pop("ScalingConfigurationInfo", None)


def _made(call: Call, store: Store, answer: dict[str, Any]) -> None:
    kept = store.table(call, _TABLE).setdefault(str(call.get("DBInstanceIdentifier")).lower(), {})
    kept.update({member: call.parameters[member] for member in _KEPT if call.get(member) is not None})
    _shown(call, store, answer)


def _shown(call: Call, store: Store, answer: dict[str, Any]) -> None:
    for one in [*answer.get("DBInstances", []), *([answer["DBInstance"]] if "DBInstance" in answer else [])]:
        kept = store.table(call, _TABLE).get(str(one.get("DBInstanceIdentifier")).lower(), {})
        if kept.get("EnablePerformanceInsights"):
            one["PerformanceInsightsEnabled"] = True
            own = f"arn:aws:kms:{call.region}:{call.account}:key/aws-rds"
            one["PerformanceInsightsKMSKeyId"] = kept.get("PerformanceInsightsKMSKeyId", own)
            one["PerformanceInsightsRetentionPeriod"] = kept.get("PerformanceInsightsRetentionPeriod", 7)


def _parameters(_call: Call, _store: Store, answer: dict[str, Any]) -> None:
    for one in answer.get("Parameters", []):
        one.setdefault("Source", "user")
        one.setdefault("ApplyMethod", "immediate")


def _global(call: Call, store: Store, answer: dict[str, Any]) -> None:
    """Moto forgets the name and the tags of a global database, and which one was asked for."""
    named, wanted = store.table(call, "names", "global"), call.get("GlobalClusterIdentifier")
    if call.name == "DescribeGlobalClusters" and wanted:
        answer["GlobalClusters"] = [
            one for one in answer.get("GlobalClusters", []) if one.get("GlobalClusterIdentifier") == wanted
        ]
    if call.name == "CreateGlobalCluster" and call.get("DatabaseName"):
        named[str(call.get("GlobalClusterIdentifier"))] = call.get("DatabaseName")
    for one in [*answer.get("GlobalClusters", []), *([answer["GlobalCluster"]] if "GlobalCluster" in answer else [])]:
        if one.get("GlobalClusterIdentifier") in named:
            one["DatabaseName"] = named[one["GlobalClusterIdentifier"]]
        tags = store.tags.get(str(one.get("GlobalClusterArn")), {})
        one["TagList"] = one.get("TagList") or [{"Key": key, "Value": value} for key, value in tags.items()]


def _ended(call: Call, store: Store, answer: dict[str, Any]) -> None:
    """The snapshots that RDS made of a cluster go with it, unless its owner wants to keep them."""
    from moto.rds import rds_backends

    _clusters(call, store, answer)
    if call.get("DeleteAutomatedBackups") is False:
        return
    kept, gone = rds_backends[call.account][call.region].cluster_snapshots, str(call.get("DBClusterIdentifier")).lower()
    for name, one in [*kept.items()]:
        if one.snapshot_type == "automated" and one.db_cluster_identifier == gone:
            del kept[name]


def _asked(call: Call, _store: Store) -> None:
    """Moto tells of all global databases, whichever was asked for; there may be none of that name."""
    if call.get("GlobalClusterIdentifier"):
        _whole(call)


def _whole(call: Call) -> Any:
    """A global database, as moto has it in one of the regions; or there is none."""
    from moto.rds import rds_backends

    identifier = call.get("GlobalClusterIdentifier")
    for backend in [*rds_backends[call.account].values()]:
        if identifier in backend.global_clusters:
            return backend.global_clusters[identifier]
    raise not_found(call.operation, f"{identifier} not found")


def _left(call: Call, _store: Store) -> Mapping[str, Any]:
    """A cluster leaves its global database; moto looks for that in the cluster's region only."""
    whole, arn = _whole(call), call.get("DbClusterIdentifier")
    whole.members[:] = [one for one in whole.members if one.arn != arn]
    return {"GlobalCluster": {"GlobalClusterIdentifier": call.get("GlobalClusterIdentifier"), "Status": "available"}}


OPERATIONS: Mapping[str, Operation] = {"DescribeGlobalClusters": _asked, "RemoveFromGlobalCluster": _left}
AMENDMENTS = {
    **dict.fromkeys(("CreateGlobalCluster", "ModifyGlobalCluster", "DescribeGlobalClusters"), _global),
    **dict.fromkeys(("CreateDBCluster", "ModifyDBCluster", "DescribeDBClusters"), _clusters),
    "DeleteDBCluster": _ended,
    **dict.fromkeys(("CreateDBInstance", "ModifyDBInstance"), _made),
    "DescribeDBInstances": _shown,
    **dict.fromkeys(("DescribeDBParameters", "DescribeDBClusterParameters"), _parameters),
}
