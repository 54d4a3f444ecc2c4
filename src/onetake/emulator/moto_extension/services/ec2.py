"""EC2: defaults of an account and region; options of flow logs."""

from collections.abc import Mapping
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
AMENDMENTS = {"CreateFlowLogs": _flow_log, "DescribeFlowLogs": _flow_logs}
