"""Network Firewall: rule groups, policies, and firewalls with an endpoint in each subnet."""

import secrets
from collections.abc import Mapping
from typing import Any

from onetake.emulator.moto_extension.calls import AwsError, Call
from onetake.emulator.moto_extension.generic.hints import Hint
from onetake.emulator.moto_extension.generic.store import Store, tags_in

_BASE = "arn:aws:network-firewall:{region}:{account}"
HINTS = {
    "RuleGroup": Hint(
        arn=_BASE + ":stateful-rulegroup/{RuleGroupName}",
        key=("RuleGroupName", "RuleGroupArn"),
        values={"RuleGroupStatus": "ACTIVE"},
    ),
    "FirewallPolicy": Hint(
        arn=_BASE + ":firewall-policy/{FirewallPolicyName}",
        key=("FirewallPolicyName", "FirewallPolicyArn"),
        values={"FirewallPolicyStatus": "ACTIVE"},
    ),
}
_TABLE = "firewalls"
_CHANGES = {
    "UpdateFirewallDeleteProtection": "DeleteProtection",
    "UpdateFirewallPolicyChangeProtection": "FirewallPolicyChangeProtection",
    "UpdateSubnetChangeProtection": "SubnetChangeProtection",
    "UpdateFirewallDescription": "Description",
    "AssociateFirewallPolicy": "FirewallPolicyArn",
}


def _create(call: Call, store: Store) -> Mapping[str, Any]:
    name = str(call.get("FirewallName"))
    arn = f"arn:aws:network-firewall:{call.region}:{call.account}:firewall/{name}"
    usual = {"DeleteProtection": False, "SubnetChangeProtection": False, "FirewallPolicyChangeProtection": False}
    firewall = {**usual, **call.parameters, "FirewallArn": arn, "FirewallId": secrets.token_hex(8)}
    firewall["Tags"] = call.get("Tags", [])
    made = {"Firewall": firewall, "FirewallStatus": _status(call), "logs": {"LogDestinationConfigs": []}}
    store.table(call, _TABLE)[arn] = made
    store.tags[arn] = tags_in(call.parameters)
    return _told(made)


def _status(call: Call) -> dict[str, Any]:
    from moto.ec2 import ec2_backends

    network = ec2_backends[call.account][call.region]
    states = {}
    for given in call.get("SubnetMappings", []):
        subnet = network.get_subnet(given["SubnetId"])
        # Routes lead to the endpoint, so there has to be one.
        endpoint = network.create_vpc_endpoint(
            vpc_id=subnet.vpc_id,
            service_name=f"com.amazonaws.vpce.{call.region}.firewall",
            endpoint_type="GatewayLoadBalancer",
            policy_document=None,
            route_table_ids=[],
            subnet_ids=[subnet.id],
        )
        attachment = {"SubnetId": subnet.id, "EndpointId": endpoint.id, "Status": "READY"}
        states[subnet.availability_zone] = {"Attachment": attachment}
    return {"Status": "READY", "ConfigurationSyncStateSummary": "IN_SYNC", "SyncStates": states}


def _told(made: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"Firewall": made["Firewall"], "FirewallStatus": made["FirewallStatus"], "UpdateToken": "1"}


def _find(call: Call, store: Store) -> dict[str, Any]:
    name, arn = call.get("FirewallName"), call.get("FirewallArn")
    for held, made in store.table(call, _TABLE).items():
        if arn == held or (name and made["Firewall"]["FirewallName"] == name):
            return made  # type: ignore[no-any-return]
    raise AwsError("ResourceNotFoundException", "Unable to locate resource by supplied parameters", 400)


def _describe(call: Call, store: Store) -> Mapping[str, Any]:
    return _told(_find(call, store))


def _change(call: Call, store: Store) -> Mapping[str, Any]:
    firewall = _find(call, store)["Firewall"]
    member = _CHANGES[call.name]
    firewall[member] = call.get(member)
    return {**{name: firewall.get(name) for name in ("FirewallArn", "FirewallName", member)}, "UpdateToken": "1"}


def _delete(call: Call, store: Store) -> Mapping[str, Any]:
    made = _find(call, store)
    if made["Firewall"]["DeleteProtection"]:
        raise AwsError("InvalidOperationException", "Unable to delete, firewall delete protection is enabled", 400)
    from moto.ec2 import ec2_backends

    states = made["FirewallStatus"]["SyncStates"].values()
    ec2_backends[call.account][call.region].delete_vpc_endpoints([one["Attachment"]["EndpointId"] for one in states])
    del store.table(call, _TABLE)[made["Firewall"]["FirewallArn"]]
    return _told({**made, "FirewallStatus": {**made["FirewallStatus"], "Status": "DELETING"}})


def _set_logs(call: Call, store: Store) -> Mapping[str, Any]:
    made = _find(call, store)
    made["logs"] = call.get("LoggingConfiguration") or {"LogDestinationConfigs": []}
    return _logs(call, store)


def _logs(call: Call, store: Store) -> Mapping[str, Any]:
    made = _find(call, store)
    return {"FirewallArn": made["Firewall"]["FirewallArn"], "LoggingConfiguration": made["logs"]}


THINGS = (_TABLE,)
OPERATIONS = {
    "CreateFirewall": _create,
    "DescribeFirewall": _describe,
    "DeleteFirewall": _delete,
    "UpdateLoggingConfiguration": _set_logs,
    "DescribeLoggingConfiguration": _logs,
    **dict.fromkeys(_CHANGES, _change),
}
