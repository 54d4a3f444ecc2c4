"""Load balancing: trust stores, listeners that check certificates of clients, security groups of network balancers."""

import secrets
from collections.abc import Mapping
from typing import Any

from onetake.emulator.moto_extension.calls import AwsError, Call
from onetake.emulator.moto_extension.generic.store import Store, tags_in

_TABLE = "trust stores"


def _create(call: Call, store: Store) -> Mapping[str, Any]:
    name = str(call.get("Name"))
    arn = f"arn:aws:elasticloadbalancing:{call.region}:{call.account}:truststore/{name}/{secrets.token_hex(8)}"
    made = {
        "Name": name,
        "TrustStoreArn": arn,
        "Status": "ACTIVE",
        "NumberOfCaCertificates": 1,
        "TotalRevokedEntries": 0,
    }
    store.table(call, _TABLE)[arn] = made
    store.tags[arn] = tags_in(call.parameters)
    return {"TrustStores": [made]}


def _describe(call: Call, store: Store) -> Mapping[str, Any]:
    arns, names = call.get("TrustStoreArns", []), call.get("Names", [])
    found = [
        one
        for arn, one in store.table(call, _TABLE).items()
        if (not arns or arn in arns) and (not names or one["Name"] in names)
    ]
    if (arns or names) and not found:
        raise AwsError("TrustStoreNotFound", "Trust store not found", 400)
    return {"TrustStores": found}


def _modify(call: Call, store: Store) -> Mapping[str, Any]:
    return {"TrustStores": [store.table(call, _TABLE)[str(call.get("TrustStoreArn"))]]}


def _delete(call: Call, store: Store) -> Mapping[str, Any]:
    store.table(call, _TABLE).pop(str(call.get("TrustStoreArn")), None)
    return {}


def _tags(call: Call, store: Store) -> Mapping[str, Any] | None:
    arns = [arn for arn in call.get("ResourceArns", []) if ":truststore/" in arn]
    if not arns:
        return None
    return {
        "TagDescriptions": [
            {"ResourceArn": arn, "Tags": [{"Key": k, "Value": v} for k, v in store.tags.get(arn, {}).items()]}
            for arn in arns
        ]
    }


def _made(call: Call, store: Store, answer: dict[str, Any]) -> None:
    for one in answer.get("Listeners", []):
        if call.get("MutualAuthentication"):
            store.table(call, "mutual")[one["ListenerArn"]] = call.get("MutualAuthentication")
    _shown(call, store, answer)


def _shown(call: Call, store: Store, answer: dict[str, Any]) -> None:
    for one in answer.get("Listeners", []):
        mutual = store.table(call, "mutual").get(one["ListenerArn"])
        if mutual:
            one["MutualAuthentication"] = mutual


def _associations(call: Call, store: Store) -> Mapping[str, Any]:
    from moto.elbv2.models import elbv2_backends

    balancers = elbv2_backends[call.account][call.region].load_balancers.values()
    listeners = {arn for one in balancers for arn in one.listeners}
    arn = call.get("TrustStoreArn")
    using = [name for name, mutual in store.table(call, "mutual").items() if mutual.get("TrustStoreArn") == arn]
    return {"TrustStoreAssociations": [{"ResourceArn": name} for name in using if name in listeners]}


_PRIVATE_LINK = "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"


def _groups_set(call: Call, store: Store, answer: dict[str, Any]) -> None:
    if call.get(_PRIVATE_LINK):
        store.table(call, "private link")[str(call.get("LoadBalancerArn"))] = call.get(_PRIVATE_LINK)
        answer[_PRIVATE_LINK] = call.get(_PRIVATE_LINK)


def _balancers(call: Call, store: Store, answer: dict[str, Any]) -> None:
    for one in answer.get("LoadBalancers", []):
        given = store.table(call, "private link").get(one["LoadBalancerArn"])
        if given:
            one[_PRIVATE_LINK] = given


THINGS = (_TABLE,)
OPERATIONS = {
    "DescribeTrustStoreAssociations": _associations,
    "CreateTrustStore": _create,
    "DescribeTrustStores": _describe,
    "ModifyTrustStore": _modify,
    "DeleteTrustStore": _delete,
    "DescribeTags": _tags,
}
AMENDMENTS = {
    "CreateListener": _made,
    "ModifyListener": _made,
    "DescribeListeners": _shown,
    "SetSecurityGroups": _groups_set,
    "DescribeLoadBalancers": _balancers,
}
