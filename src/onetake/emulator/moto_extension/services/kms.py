"""KMS: periods of rotation; replicas that are what they were given, and leave their primary what it is."""

from copy import copy
from typing import Any

from onetake.emulator.moto_extension.calls import Call
from onetake.emulator.moto_extension.generic.store import Store, tags_in

USUAL_PERIOD = 365
"""Days."""


def _rotates(call: Call, store: Store, _answer: dict[str, Any]) -> None:
    store.table(call, "rotation")[_key(call)] = call.get("RotationPeriodInDays", USUAL_PERIOD)


def _rotation(call: Call, store: Store, answer: dict[str, Any]) -> None:
    if answer.get("KeyRotationEnabled"):
        answer["RotationPeriodInDays"] = store.table(call, "rotation").get(_key(call), USUAL_PERIOD)


def _replicated(call: Call, _store: Store, answer: dict[str, Any]) -> None:
    from moto.kms.models import kms_backends

    there = kms_backends[call.account][str(call.get("ReplicaRegion"))]
    replica = there.keys[_key(call)]
    # https://docs.aws.amazon.com/kms/latest/APIReference/API_ReplicateKey.html: without one it gets the default.
    replica.policy = call.get("Policy") or replica.generate_default_policy()
    replica.description = call.get("Description") or ""
    tags = tags_in(call.parameters)
    if tags:
        there.tag_resource(replica.id, tags)
    answer["ReplicaKeyMetadata"]["Description"] = replica.description


def _key(call: Call) -> str:
    return str(call.get("KeyId")).rpartition("/")[2]


AMENDMENTS = {"ReplicateKey": _replicated, "EnableKeyRotation": _rotates, "GetKeyRotationStatus": _rotation}


def repair() -> None:
    """A replica is a key of its own: with its own aliases, and the primary stays the primary."""
    from moto.kms import models

    def replicate(self: Any, key_id: str, replica_region: str) -> Any:
        primary = self.keys[self.get_key_id(key_id)]
        replica = copy(primary)
        replica.region, replica.aliases, replica.grants = replica_region, {}, {}
        replica.arn = primary.arn.replace(self.region_name, replica_region)
        own = primary.multi_region_configuration
        own["ReplicaKeys"] = [one for one in own["ReplicaKeys"] if one["Region"] != replica_region]
        own["ReplicaKeys"].append({"Arn": replica.arn, "Region": replica_region})
        replica.multi_region_configuration = {**own, "MultiRegionKeyType": "REPLICA"}
        models.kms_backends[self.account_id][replica_region].keys[replica.id] = replica
        return replica

    models.KmsBackend.replicate_key = replicate
