"""ElastiCache: groups with the clusters they consist of, parameter groups, global groups."""

import re
from collections.abc import Mapping
from typing import Any

from onetake.emulator.moto_extension.calls import AwsError, Call
from onetake.emulator.moto_extension.generic.hints import Hint
from onetake.emulator.moto_extension.generic.store import Store, tags_in

_GROUPS, _CLUSTERS, _SETTINGS, _GLOBAL = "groups", "clusters", "settings", "global groups"


def _arn(call: Call, kind: str, name: str) -> str:
    return f"arn:aws:elasticache:{call.region}:{call.account}:{kind}:{name}"


def _tag(call: Call, store: Store, arn: str) -> None:
    store.tags[arn] = tags_in(call.parameters)


def _create_group(call: Call, store: Store) -> Mapping[str, Any]:
    name = str(call.get("ReplicationGroupId")).lower()
    whole = _of_global(call, store)
    members = [f"{name}-{number:03}" for number in range(1, _size(call) + 1)]
    shards = int(call.get("NumNodeGroups") or 1)
    given = {key: call.parameters[key] for key in _GIVEN if key in call.parameters}
    group = {
        "Engine": "redis",
        "SnapshotRetentionLimit": 0,
        **whole,
        **given,
        "ReplicationGroupId": name,
        "Description": call.get("ReplicationGroupDescription", ""),
        "ARN": _arn(call, "replicationgroup", name),
        "Status": "available",
        "MemberClusters": members,
        "NodeGroups": [_shard(call, name, members, place, shards) for place in range(shards)],
        "ClusterEnabled": shards > 1 or "cluster.on" in str(call.get("CacheParameterGroupName")),
        "ClusterMode": "enabled" if shards > 1 else "disabled",
        "AutomaticFailover": "enabled" if _fails_over(call, whole) else "disabled",
        "MultiAZ": "enabled" if call.get("MultiAZEnabled") else "disabled",
        "SnapshotWindow": call.get("SnapshotWindow", "05:00-06:00"),
        "LogDeliveryConfigurations": _logs(call),
        "PendingModifiedValues": {},
        "AuthTokenEnabled": bool(call.get("AuthToken")),
        "DataTiering": "disabled",
    }
    store.table(call, _GROUPS)[name] = group
    for member in members:
        store.table(call, _CLUSTERS)[member] = _cluster(call, group, member)
    if whole:
        _join(call, store, group)
    _tag(call, store, group["ARN"])
    return {"ReplicationGroup": group}


_GIVEN = (
    "CacheNodeType",
    "AutoMinorVersionUpgrade",
    "AtRestEncryptionEnabled",
    "TransitEncryptionEnabled",
    "TransitEncryptionMode",
    "KmsKeyId",
    "Engine",
    "SnapshotRetentionLimit",
    "NetworkType",
    "IpDiscovery",
    "UserGroupIds",
)


def _fails_over(call: Call, whole: Mapping[str, Any]) -> bool:
    """A group that joins others is not asked: it does what the first of them does."""
    given = call.get("AutomaticFailoverEnabled")
    return whole.get("AutomaticFailover") == "enabled" if given is None else bool(given)


def _size(call: Call) -> int:
    shards = call.get("NumNodeGroups")
    if shards:
        return int(shards) * (1 + int(call.get("ReplicasPerNodeGroup") or 0))
    return int(call.get("NumCacheClusters") or 1)


def _shard(call: Call, name: str, members: list[str], place: int, shards: int) -> dict[str, Any]:
    each = max(1, len(members) // shards)
    mine = members[place * each : (place + 1) * each]
    host = f"{name}.emulated.{call.region}.cache.amazonaws.com"
    port = int(call.get("Port") or 6379)
    roles = ("primary", *("replica" for _ in mine[1:]))
    return {
        "NodeGroupId": f"{place + 1:04}",
        "Status": "available",
        "PrimaryEndpoint": {"Address": f"master.{host}", "Port": port},
        "ReaderEndpoint": {"Address": f"replica.{host}", "Port": port},
        "NodeGroupMembers": [
            {
                "CacheClusterId": one,
                "CacheNodeId": "0001",
                "CurrentRole": role,
                "PreferredAvailabilityZone": f"{call.region}{'ab'[number % 2]}",
            }
            for number, (one, role) in enumerate(zip(mine, roles, strict=True))
        ],
    }


def _cluster(call: Call, group: Mapping[str, Any], name: str) -> dict[str, Any]:
    version = str(call.get("EngineVersion") or group.get("EngineVersion") or "7.1")
    settings = call.get("CacheParameterGroupName") or group.get("CacheParameterGroupName") or "default.redis7"
    return {
        "CacheClusterId": name,
        "ARN": _arn(call, "cluster", name),
        "CacheClusterStatus": "available",
        "CacheNodeType": group.get("CacheNodeType"),
        "Engine": group["Engine"],
        "EngineVersion": version if version.count(".") > 1 or not version.startswith(("5", "6")) else f"{version}.0",
        "NumCacheNodes": 1,
        "PreferredMaintenanceWindow": call.get("PreferredMaintenanceWindow", "sun:05:00-sun:06:00"),
        "CacheParameterGroup": {"CacheParameterGroupName": settings, "ParameterApplyStatus": "in-sync"},
        "CacheSubnetGroupName": call.get("CacheSubnetGroupName", "default"),
        "SecurityGroups": [{"SecurityGroupId": one, "Status": "active"} for one in call.get("SecurityGroupIds", [])],
        "ReplicationGroupId": group["ReplicationGroupId"],
        "SnapshotRetentionLimit": group["SnapshotRetentionLimit"],
        "SnapshotWindow": group["SnapshotWindow"],
        "AutoMinorVersionUpgrade": call.get("AutoMinorVersionUpgrade", True),
        "TransitEncryptionEnabled": call.get("TransitEncryptionEnabled", False),
        **({"TransitEncryptionMode": group["TransitEncryptionMode"]} if group.get("TransitEncryptionMode") else {}),
        "AtRestEncryptionEnabled": call.get("AtRestEncryptionEnabled", False),
        "CacheNodes": [{"CacheNodeId": "0001", "CacheNodeStatus": "available",
                        "Endpoint": {"Address": f"{name}.emulated.cache.amazonaws.com", "Port": 6379}}],
    }  # fmt: skip


def _logs(call: Call) -> list[dict[str, Any]]:
    return [
        {**one, "Status": "active"} for one in call.get("LogDeliveryConfigurations", []) if one.get("Enabled", True)
    ]


def _groups(call: Call, store: Store) -> Mapping[str, Any]:
    return {"ReplicationGroups": _found(call, store, _GROUPS, "ReplicationGroupId", "ReplicationGroupNotFoundFault")}


def _clusters(call: Call, store: Store) -> Mapping[str, Any] | None:
    name = call.get("CacheClusterId")
    clusters = store.table(call, _CLUSTERS)
    if name and name not in clusters:
        return None
    return {"CacheClusters": [clusters[name]] if name else [*clusters.values()]}


def _found(call: Call, store: Store, table: str, name: str, error: str) -> list[Any]:
    wanted, held = call.get(name), store.table(call, table)
    if wanted is None:
        return [*held.values()]
    if str(wanted).lower() not in held:
        raise AwsError(error, f"{name} {wanted} not found.", 404)
    return [held[str(wanted).lower()]]


def _modify_group(call: Call, store: Store) -> Mapping[str, Any]:
    group = _found(call, store, _GROUPS, "ReplicationGroupId", "ReplicationGroupNotFoundFault")[0]
    group.update({key: call.parameters[key] for key in _GIVEN if key in call.parameters})
    if call.get("ReplicationGroupDescription"):
        group["Description"] = call.get("ReplicationGroupDescription")
    if call.get("LogDeliveryConfigurations"):
        group["LogDeliveryConfigurations"] = _logs(call)
    return {"ReplicationGroup": group}


def _delete_group(call: Call, store: Store) -> Mapping[str, Any]:
    group = _found(call, store, _GROUPS, "ReplicationGroupId", "ReplicationGroupNotFoundFault")[0]
    del store.table(call, _GROUPS)[group["ReplicationGroupId"]]
    for member in group["MemberClusters"]:
        store.table(call, _CLUSTERS).pop(member, None)
    return {"ReplicationGroup": {**group, "Status": "deleting"}}


def _create_settings(call: Call, store: Store) -> Mapping[str, Any]:
    name = str(call.get("CacheParameterGroupName")).lower()
    made = {
        "CacheParameterGroupName": name,
        "CacheParameterGroupFamily": call.get("CacheParameterGroupFamily"),
        "Description": call.get("Description", ""),
        "IsGlobal": False,
        "ARN": _arn(call, "parametergroup", name),
    }
    store.table(call, _SETTINGS)[name] = {"group": made, "parameters": {}}
    _tag(call, store, made["ARN"])
    return {"CacheParameterGroup": made}


def _settings(call: Call, store: Store) -> Mapping[str, Any]:
    held = _found(call, store, _SETTINGS, "CacheParameterGroupName", "CacheParameterGroupNotFound")
    return {"CacheParameterGroups": [one["group"] for one in held]}


def _parameters(call: Call, store: Store) -> Mapping[str, Any]:
    held = _found(call, store, _SETTINGS, "CacheParameterGroupName", "CacheParameterGroupNotFound")[0]
    return {"Parameters": [
        {"ParameterName": name, "ParameterValue": value, "Source": "user"} for name, value in held["parameters"].items()
    ]}  # fmt: skip


def _set_parameters(call: Call, store: Store) -> Mapping[str, Any]:
    held = _found(call, store, _SETTINGS, "CacheParameterGroupName", "CacheParameterGroupNotFound")[0]
    for one in call.get("ParameterNameValues", []):
        if call.name.startswith("Reset"):
            held["parameters"].pop(one["ParameterName"], None)
        else:
            held["parameters"][one["ParameterName"]] = one.get("ParameterValue", "")
    return {"CacheParameterGroupName": call.get("CacheParameterGroupName")}


def _delete_settings(call: Call, store: Store) -> Mapping[str, Any]:
    _found(call, store, _SETTINGS, "CacheParameterGroupName", "CacheParameterGroupNotFound")
    del store.table(call, _SETTINGS)[str(call.get("CacheParameterGroupName")).lower()]
    return {}


def _everywhere(call: Call, store: Store) -> dict[str, Any]:
    return store.table(call, _GLOBAL, "global")


def _create_global(call: Call, store: Store) -> Mapping[str, Any]:
    primary = _found(call, store, _GROUPS, "PrimaryReplicationGroupId", "ReplicationGroupNotFoundFault")[0]
    name = f"emul1-{call.get('GlobalReplicationGroupIdSuffix')}"
    member = store.table(call, _CLUSTERS)[primary["MemberClusters"][0]]
    made = {
        "GlobalReplicationGroupId": name,
        "GlobalReplicationGroupDescription": call.get("GlobalReplicationGroupDescription", ""),
        "Status": "available",
        "CacheNodeType": primary.get("CacheNodeType"),
        "Engine": primary["Engine"],
        "EngineVersion": member["EngineVersion"],
        "ClusterEnabled": primary["ClusterEnabled"],
        "AuthTokenEnabled": primary["AuthTokenEnabled"],
        "TransitEncryptionEnabled": primary.get("TransitEncryptionEnabled", False),
        "AtRestEncryptionEnabled": primary.get("AtRestEncryptionEnabled", False),
        "GlobalNodeGroups": [{"GlobalNodeGroupId": f"{name}-0001", "Slots": "0-16383"}],
        "ARN": f"arn:aws:elasticache::{call.account}:globalreplicationgroup:{name}",
        "Members": [_member(call, primary, "PRIMARY")],
    }
    primary["GlobalReplicationGroupInfo"] = {
        "GlobalReplicationGroupId": name,
        "GlobalReplicationGroupMemberRole": "PRIMARY",
    }
    _everywhere(call, store)[name] = made
    return {"GlobalReplicationGroup": made}


def _member(call: Call, group: Mapping[str, Any], role: str) -> dict[str, Any]:
    return {
        "ReplicationGroupId": group["ReplicationGroupId"],
        "ReplicationGroupRegion": call.region,
        "Role": role,
        "AutomaticFailover": group["AutomaticFailover"],
        "Status": "associated",
    }


def _of_global(call: Call, store: Store) -> dict[str, Any]:
    """What a group takes over from the global group that it joins."""
    name = call.get("GlobalReplicationGroupId")
    if not name:
        return {}
    whole = _everywhere(call, store).get(name)
    if whole is None:
        raise AwsError("GlobalReplicationGroupNotFoundFault", f"Global Replication Group {name} not found", 404)
    taken = ("CacheNodeType", "Engine", "EngineVersion", "TransitEncryptionEnabled", "AtRestEncryptionEnabled")
    return {key: whole[key] for key in taken} | {"AutomaticFailover": whole["Members"][0]["AutomaticFailover"]}


def _join(call: Call, store: Store, group: dict[str, Any]) -> None:
    name = call.get("GlobalReplicationGroupId")
    _everywhere(call, store)[name]["Members"].append(_member(call, group, "SECONDARY"))
    info = {"GlobalReplicationGroupId": name, "GlobalReplicationGroupMemberRole": "SECONDARY"}
    group["GlobalReplicationGroupInfo"] = info


def _global(call: Call, store: Store) -> dict[str, Any]:
    name = str(call.get("GlobalReplicationGroupId"))
    found = _everywhere(call, store).get(name)
    if found is None:
        raise AwsError("GlobalReplicationGroupNotFoundFault", f"Global Replication Group {name} not found", 404)
    return dict(found) if call.name.startswith("Describe") else found


def _globals(call: Call, store: Store) -> Mapping[str, Any]:
    held = _everywhere(call, store)
    return {
        "GlobalReplicationGroups": [_global(call, store)] if call.get("GlobalReplicationGroupId") else [*held.values()]
    }


def _modify_global(call: Call, store: Store) -> Mapping[str, Any]:
    return {"GlobalReplicationGroup": _global(call, store)}


def _leave(call: Call, store: Store) -> Mapping[str, Any]:
    found = _global(call, store)
    leaving = call.get("ReplicationGroupId")
    found["Members"] = [one for one in found["Members"] if one["ReplicationGroupId"] != leaving]
    region = call.get("ReplicationGroupRegion") or call.region
    group = store.table(call, _GROUPS, region).get(str(leaving))
    if group:
        group.pop("GlobalReplicationGroupInfo", None)
    return {"GlobalReplicationGroup": found}


def _delete_global(call: Call, store: Store) -> Mapping[str, Any]:
    found = _global(call, store)
    del _everywhere(call, store)[found["GlobalReplicationGroupId"]]
    for member in found["Members"]:
        group = store.table(call, _GROUPS, member["ReplicationGroupRegion"]).get(member["ReplicationGroupId"])
        if group:
            group.pop("GlobalReplicationGroupInfo", None)
    return {"GlobalReplicationGroup": {**found, "Status": "deleting"}}


def _tags(call: Call, store: Store) -> Mapping[str, Any] | None:
    arn = str(call.get("ResourceName"))
    if not re.search(r":(replicationgroup|parametergroup|cluster|globalreplicationgroup|usergroup):", arn):
        return None
    return {"TagList": [{"Key": key, "Value": value} for key, value in store.tags.get(arn, {}).items()]}


def _delete_subnets(call: Call, _store: Store) -> Mapping[str, Any]:
    from moto.elasticache.models import elasticache_backends

    name = str(call.get("CacheSubnetGroupName"))
    if elasticache_backends[call.account][call.region].cache_subnet_groups.pop(name, None) is None:
        raise AwsError("CacheSubnetGroupNotFoundFault", f"CacheSubnetGroup {name} not found.", 400)
    return {}


THINGS = (_GROUPS, _CLUSTERS, _SETTINGS, _GLOBAL)
HINTS = {
    "UserGroup": Hint(
        arn="arn:aws:elasticache:{region}:{account}:usergroup:{UserGroupId}",
        id="{UserGroupId}",
        key=("UserGroupId",),
        values={"Status": "active", "MinimumEngineVersion": "6.0", "ReplicationGroups": []},
    ),
}
OWN = {"UserGroup"}
OPERATIONS = {
    "DeleteCacheSubnetGroup": _delete_subnets,
    "CreateReplicationGroup": _create_group,
    "DescribeReplicationGroups": _groups,
    "ModifyReplicationGroup": _modify_group,
    "DeleteReplicationGroup": _delete_group,
    "DescribeCacheClusters": _clusters,
    "CreateCacheParameterGroup": _create_settings,
    "DescribeCacheParameterGroups": _settings,
    "DescribeCacheParameters": _parameters,
    "ModifyCacheParameterGroup": _set_parameters,
    "ResetCacheParameterGroup": _set_parameters,
    "DeleteCacheParameterGroup": _delete_settings,
    "CreateGlobalReplicationGroup": _create_global,
    "DescribeGlobalReplicationGroups": _globals,
    "ModifyGlobalReplicationGroup": _modify_global,
    "DisassociateGlobalReplicationGroup": _leave,
    "DeleteGlobalReplicationGroup": _delete_global,
    "ListTagsForResource": _tags,
}
