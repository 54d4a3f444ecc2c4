"""EKS: access entries, their policies, add-ons; what a cluster was given, and the security group that it makes."""

import datetime
import secrets
from collections.abc import Mapping
from typing import Any

from onetake.emulator.moto_extension.calls import Call, not_found
from onetake.emulator.moto_extension.generic.hints import Hint
from onetake.emulator.moto_extension.generic.store import Store

_BASE = "arn:aws:eks:{region}:{account}"
HINTS = {
    "Addon": Hint(
        arn=_BASE + ":addon/{clusterName}/{addonName}/{id}",
        key=("clusterName", "addonName"),
        values={"addonVersion": "", "health": {"issues": []}},
    ),
    "AccessEntry": Hint(
        arn=_BASE + ":access-entry/{clusterName}/role/{id}",
        key=("clusterName", "principalArn"),
        values={"type": "STANDARD", "username": "{principalArn}", "kubernetesGroups": []},
    ),
    "PodIdentityAssociation": Hint(arn=_BASE + ":podidentityassociation/{clusterName}/{id}", id="a-{hex17}"),
}
_POLICIES, _CLUSTERS, _VERSIONS = "access policies", "clusters", "versions"
ADDON_VERSION = "v0.0.0-onetake.1"
"""The one version that the emulator has of any add-on; which ones AWS has is for onetake check to know."""


def _entry(call: Call) -> str:
    return f"{call.get('clusterName')}|{call.get('principalArn')}"


def _associate(call: Call, store: Store) -> Mapping[str, Any]:
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    made = {
        "policyArn": call.get("policyArn"),
        "accessScope": {"namespaces": [], **(call.get("accessScope") or {})},
        "associatedAt": now,
        "modifiedAt": now,
    }
    store.table(call, _POLICIES).setdefault(_entry(call), {})[call.get("policyArn")] = made
    return {
        "clusterName": call.get("clusterName"),
        "principalArn": call.get("principalArn"),
        "associatedAccessPolicy": made,
    }


def _associated(call: Call, store: Store) -> Mapping[str, Any]:
    found = store.table(call, _POLICIES).get(_entry(call), {})
    return {
        "clusterName": call.get("clusterName"),
        "principalArn": call.get("principalArn"),
        "associatedAccessPolicies": [*found.values()],
    }


def _disassociate(call: Call, store: Store) -> Mapping[str, Any]:
    found = store.table(call, _POLICIES).get(_entry(call), {})
    if found.pop(call.get("policyArn"), None) is None:
        raise not_found(call.operation, f"No such policy association: {call.get('policyArn')}")
    return {}


def _cluster(call: Call, store: Store, answer: dict[str, Any]) -> None:
    name = str(call.get("name"))
    kept = store.table(call, _CLUSTERS).setdefault(name, {})
    for member in ("accessConfig", "upgradePolicy", "deletionProtection", "zonalShiftConfig"):
        if call.get(member) is not None:
            kept[member] = {**kept.get(member, {}), **call.get(member)}
    cluster = answer.get("cluster") or {}
    if cluster.get("version"):
        store.table(call, _VERSIONS)[name] = cluster["version"]
    if call.name == "CreateCluster" and cluster:
        kept["vpc"] = _network(call, name, cluster)
        # moto gives every cluster of an account the same one.
        kept["issuer"] = f"https://oidc.eks.{call.region}.amazonaws.com/id/{secrets.token_hex(16).upper()}"
    _fill(kept, answer.get("cluster"))


def _network(call: Call, name: str, cluster: Mapping[str, Any]) -> Mapping[str, str]:
    """The VPC of a cluster, and the security group that EKS makes in it for its nodes and its control plane."""
    from moto.ec2 import ec2_backends

    network = ec2_backends[call.account][call.region]
    wanted = set((cluster.get("resourcesVpcConfig") or {}).get("subnetIds", ()))
    vpc = next((one.vpc_id for one in network.describe_subnets() if one.id in wanted), "")
    if not vpc:
        return {}
    group = network.create_security_group(
        f"eks-cluster-sg-{name}-{secrets.token_hex(4)}", "EKS created security group", vpc_id=vpc
    )
    return {"vpcId": vpc, "clusterSecurityGroupId": group.id}


def _removed(call: Call, store: Store, _answer: dict[str, Any]) -> None:
    from moto.ec2 import ec2_backends

    kept = store.table(call, _CLUSTERS).pop(str(call.get("name")), {})
    group = kept.get("vpc", {}).get("clusterSecurityGroupId")
    if group:
        ec2_backends[call.account][call.region].delete_security_group(group_id=group)


def _addon_versions(call: Call, _store: Store) -> Mapping[str, Any]:
    """Every add-on exists, in one version that fits every cluster."""
    fits = {"clusterVersion": call.get("kubernetesVersion", "*"), "platformVersions": ["*"], "defaultVersion": True}
    version = {"addonVersion": ADDON_VERSION, "architecture": ["amd64", "arm64"], "compatibilities": [fits]}
    name = call.get("addonName")
    return {"addons": [{"addonName": name, "type": "networking", "addonVersions": [version]}] if name else []}


def _fill(kept: Mapping[str, Any], cluster: dict[str, Any] | None) -> None:
    if cluster is None:
        return
    (cluster.get("resourcesVpcConfig") or {}).update(kept.get("vpc", {}))
    if "issuer" in kept:
        cluster["identity"] = {"oidc": {"issuer": kept["issuer"]}}
    mode = {"authenticationMode": "CONFIG_MAP"}
    cluster["accessConfig"] = {**mode, **kept.get("accessConfig", {})}
    cluster["upgradePolicy"] = {"supportType": "EXTENDED", **kept.get("upgradePolicy", {})}
    cluster.update({name: value for name, value in kept.items() if name == "zonalShiftConfig"})


def _shown(call: Call, store: Store, answer: dict[str, Any]) -> None:
    _fill(store.table(call, _CLUSTERS).get(str(call.get("name")), {}), answer.get("cluster"))


def _node_group_made(call: Call, store: Store, answer: dict[str, Any]) -> None:
    given = {
        name: call.parameters[name] for name in ("remoteAccess", "updateConfig", "nodeRepairConfig") if call.get(name)
    }
    cluster = store.table(call, _VERSIONS).get(str(call.get("clusterName")))
    version = call.get("version") or cluster
    if version:
        given["version"] = version
    store.table(call, "node groups")[_node_group_name(call)] = given
    _node_group(call, store, answer)


def _node_group_name(call: Call) -> str:
    return f"{call.get('clusterName')}|{call.get('nodegroupName')}"


def _node_group(call: Call, store: Store, answer: dict[str, Any]) -> None:
    group = answer.get("nodegroup")
    given = store.table(call, "node groups").get(_node_group_name(call))
    if group is None or given is None:
        return
    if "remoteAccess" not in given:
        # moto makes one up, with a key pair that nobody has.
        group.pop("remoteAccess", None)
        (group.get("resources") or {}).pop("remoteAccessSecurityGroup", None)
    group.update(given)


def _addons(call: Call, store: Store) -> Mapping[str, Any]:
    """Add-ons are listed by their names."""
    made = [one.values for one in store.records(call, "Addon")]
    return {"addons": [one["addonname"] for one in made if one.get("clustername") == call.get("clusterName")]}


THINGS = (_POLICIES,)
OPERATIONS = {
    "ListAddons": _addons,
    "DescribeAddonVersions": _addon_versions,
    "AssociateAccessPolicy": _associate,
    "ListAssociatedAccessPolicies": _associated,
    "DisassociateAccessPolicy": _disassociate,
}
AMENDMENTS = {
    "CreateCluster": _cluster,
    "UpdateClusterConfig": _cluster,
    "DescribeCluster": _shown,
    "DeleteCluster": _removed,
    "CreateNodegroup": _node_group_made,
    "DescribeNodegroup": _node_group,
}
