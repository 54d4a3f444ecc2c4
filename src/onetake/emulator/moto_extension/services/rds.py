"""RDS: what moto makes up of a cluster, or does not keep of an instance."""

from collections.abc import Mapping
from typing import Any

from onetake.emulator.moto_extension.calls import Call, not_found
from onetake.emulator.moto_extension.generic.store import Store

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
    """Moto forgets the name and the tags of a global database."""
    named = store.table(call, "names", "global")
    if call.name == "CreateGlobalCluster" and call.get("DatabaseName"):
        named[str(call.get("GlobalClusterIdentifier"))] = call.get("DatabaseName")
    for one in [*answer.get("GlobalClusters", []), *([answer["GlobalCluster"]] if "GlobalCluster" in answer else [])]:
        if one.get("GlobalClusterIdentifier") in named:
            one["DatabaseName"] = named[one["GlobalClusterIdentifier"]]
        tags = store.tags.get(str(one.get("GlobalClusterArn")), {})
        one["TagList"] = one.get("TagList") or [{"Key": key, "Value": value} for key, value in tags.items()]


def _left(call: Call, _store: Store) -> Mapping[str, Any]:
    """A cluster leaves its global database; moto looks for that in the cluster's region only."""
    from moto.rds import rds_backends

    identifier, arn = call.get("GlobalClusterIdentifier"), call.get("DbClusterIdentifier")
    for backend in [*rds_backends[call.account].values()]:
        whole = backend.global_clusters.get(identifier)
        if whole is not None:
            whole.members[:] = [one for one in whole.members if one.arn != arn]
            return {"GlobalCluster": {"GlobalClusterIdentifier": identifier, "Status": "available"}}
    raise not_found(call.operation, f"{identifier} not found")


OPERATIONS = {"RemoveFromGlobalCluster": _left}
AMENDMENTS = {
    **dict.fromkeys(("CreateGlobalCluster", "ModifyGlobalCluster", "DescribeGlobalClusters"), _global),
    **dict.fromkeys(("CreateDBCluster", "ModifyDBCluster", "DescribeDBClusters", "DeleteDBCluster"), _clusters),
    **dict.fromkeys(("CreateDBInstance", "ModifyDBInstance"), _made),
    "DescribeDBInstances": _shown,
    **dict.fromkeys(("DescribeDBParameters", "DescribeDBClusterParameters"), _parameters),
}
