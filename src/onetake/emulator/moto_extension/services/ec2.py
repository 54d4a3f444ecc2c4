"""EC2: defaults of an account and region; options of flow logs; descriptions of rules."""

from collections.abc import Callable, Mapping
from typing import Any

from onetake.emulator.moto_extension.calls import Call
from onetake.emulator.moto_extension.generic.store import Store

_TABLE = "defaults"


def _key(call: Call, store: Store) -> Mapping[str, Any]:
    own = f"arn:aws:kms:{call.region}:{call.account}:alias/aws/ebs"
    return {"KmsKeyId": store.table(call, _TABLE).get("key", own)}


def _set_key(call: Call, store: Store) -> Mapping[str, Any]:
    store.table(call, _TABLE)["key"] = call.get("KmsKeyId")
    return _key(call, store)


def _reset_key(call: Call, store: Store) -> Mapping[str, Any]:
    store.table(call, _TABLE).pop("key", None)
    return _key(call, store)


def _block(call: Call, store: Store) -> Mapping[str, Any]:
    state = store.table(call, _TABLE)["block"] = str(call.get("State", "unblocked"))
    return {"State": state}


def _blocked(call: Call, store: Store) -> Mapping[str, Any]:
    return {"State": store.table(call, _TABLE).get("block", "unblocked"), "ManagedBy": "account"}


def _set_metadata(call: Call, store: Store) -> Mapping[str, Any]:
    level = store.table(call, _TABLE).setdefault("metadata", {})
    for name in ("HttpTokens", "HttpPutResponseHopLimit", "HttpEndpoint", "InstanceMetadataTags"):
        value = call.get(name)
        if value in ("no-preference", -1):
            level.pop(name, None)
        elif value is not None:
            level[name] = value
    return {"Return": True}


def _metadata(call: Call, store: Store) -> Mapping[str, Any]:
    level = store.table(call, _TABLE).get("metadata", {})
    return {"AccountLevel": {**level, "ManagedBy": "account"}}


def _flow_log(call: Call, store: Store, answer: dict[str, Any]) -> None:
    for identity in answer.get("FlowLogIds", []):
        store.table(call, "flow logs")[identity] = call.get("DestinationOptions")


def _flow_logs(call: Call, store: Store, answer: dict[str, Any]) -> None:
    usual = {"FileFormat": "plain-text", "HiveCompatiblePartitions": False, "PerHourPartition": False}
    for one in answer.get("FlowLogs", []):
        given = store.table(call, "flow logs").get(one.get("FlowLogId"))
        if given:
            one["DestinationOptions"] = {**usual, **given}


def _versions(_call: Call, _store: Store, answer: dict[str, Any]) -> None:
    """The tags of a launch template are not those of what it launches; moto puts the two together."""
    for version in answer.get("LaunchTemplateVersions", []):
        data = version.get("LaunchTemplateData") or {}
        given = [one for one in data.get("TagSpecifications", []) if one.get("ResourceType") != "launch-template"]
        if "TagSpecifications" in data:
            data["TagSpecifications"] = given


OPERATIONS = {
    "GetEbsDefaultKmsKeyId": _key,
    "ModifyEbsDefaultKmsKeyId": _set_key,
    "ResetEbsDefaultKmsKeyId": _reset_key,
    "EnableSnapshotBlockPublicAccess": _block,
    "DisableSnapshotBlockPublicAccess": _block,
    "GetSnapshotBlockPublicAccessState": _blocked,
    "ModifyInstanceMetadataDefaults": _set_metadata,
    "GetInstanceMetadataDefaults": _metadata,
}
AMENDMENTS = {
    "CreateFlowLogs": _flow_log,
    "DescribeFlowLogs": _flow_logs,
    "DescribeLaunchTemplateVersions": _versions,
}


def repair() -> None:
    """Moto keeps some things to itself, and some after what they belong to is gone."""
    from moto.ec2.models import EC2Backend
    from moto.ec2.models.security_groups import SecurityGroupRule

    SecurityGroupRule.__init__ = _with_description(SecurityGroupRule.__init__)
    SecurityGroupRule.description = property(_description)
    EC2Backend.delete_vpc = _with_access_list(EC2Backend.delete_vpc)
    EC2Backend.delete_nat_gateway = _with_interface(EC2Backend.delete_nat_gateway)


def _with_description(make: Callable[..., None]) -> Callable[..., None]:
    """What a rule about a prefix list says of itself is kept."""

    def __init__(self: Any, *given: Any, **named: Any) -> None:  # noqa: N807 - it stands for the original
        make(self, *given, **named)
        peers = (one for one in (*given, *named.values()) if isinstance(one, Mapping) and "PrefixListId" in one)
        self.told_of_list = next((one.get("Description") for one in peers), None)

    return __init__


def _description(rule: Any) -> str | None:
    """Of a rule about addresses, a group or a prefix list; moto tells that of the first only."""
    told = rule.ip_range.get("Description") or rule.source_group.get("Description") or rule.told_of_list
    return str(told) if told else None


def _with_access_list(delete: Callable[..., Any]) -> Callable[..., Any]:
    """The access list that came with a VPC goes with it."""

    def delete_vpc(self: Any, vpc_id: str) -> Any:
        gone = delete(self, vpc_id)
        for name, one in [*self.network_acls.items()]:
            if one.vpc_id == vpc_id:
                del self.network_acls[name]
        return gone

    return delete_vpc


def _with_interface(delete: Callable[..., Any]) -> Callable[..., Any]:
    """The interface of a NAT gateway goes with it, and leaves its address."""

    def delete_nat_gateway(self: Any, nat_gateway_id: str) -> Any:
        gone = delete(self, nat_gateway_id)
        left = [self.enis.pop(one["networkInterfaceId"], None) for one in gone.address_set]
        for address in self.addresses:
            if address.eni is not None and address.eni in left:
                address.eni = address.association_id = None
        return gone

    return delete_nat_gateway
