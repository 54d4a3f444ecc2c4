"""Secrets Manager: rotation by a schedule expression; the keys of replicas."""

from typing import Any

from onetake.emulator.moto_extension.calls import Call
from onetake.emulator.moto_extension.generic.store import Store


def _rotates(call: Call, store: Store, answer: dict[str, Any]) -> None:
    rotation = {
        name: call.parameters[name] for name in ("RotationRules", "RotationLambdaARN") if name in call.parameters
    }
    store.table(call, "rotation")[str(answer.get("ARN"))] = rotation


def _ends(call: Call, store: Store, answer: dict[str, Any]) -> None:
    store.table(call, "rotation").pop(str(answer.get("ARN")), None)


def _shown(call: Call, store: Store, answer: dict[str, Any]) -> None:
    rotation = store.table(call, "rotation").get(str(answer.get("ARN")))
    if rotation:
        answer.update(rotation, RotationEnabled=True)
    keys = store.table(call, "replicas").get(str(answer.get("ARN")), {})
    for replica in answer.get("ReplicationStatus", []):
        if replica.get("Region") in keys:
            replica["KmsKeyId"] = keys[replica["Region"]]


def _replicated(call: Call, store: Store, answer: dict[str, Any]) -> None:
    held = store.table(call, "replicas").setdefault(str(answer.get("ARN")), {})
    for one in call.get("AddReplicaRegions", []):
        if one.get("KmsKeyId"):
            held[one["Region"]] = one["KmsKeyId"]


AMENDMENTS = {
    "CreateSecret": _replicated,
    "ReplicateSecretToRegions": _replicated,
    "RotateSecret": _rotates,
    "CancelRotateSecret": _ends,
    "DescribeSecret": _shown,
}
