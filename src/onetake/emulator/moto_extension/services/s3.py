"""S3: conditions in bucket policies; replication as it was configured."""

import json
from typing import Any

from onetake.emulator.moto_extension.calls import Call
from onetake.emulator.moto_extension.generic.store import Store


def _replicates(call: Call, store: Store, _answer: dict[str, Any]) -> None:
    store.table(call, "replication", "global")[str(call.get("Bucket"))] = call.get("ReplicationConfiguration")


def _replication(call: Call, store: Store, answer: dict[str, Any]) -> None:
    given = store.table(call, "replication", "global").get(str(call.get("Bucket")))
    if given:
        answer["ReplicationConfiguration"] = given


AMENDMENTS = {"PutBucketReplication": _replicates, "GetBucketReplication": _replication}


def repair() -> None:
    """Moto applies statements whose condition it does not look at: a bucket closed to plain HTTP is closed to all."""
    from moto.iam.access_control import IAMPolicy, PermissionResult
    from moto.s3.models import FakeBucket

    def permission(self: Any, action: str, resource: str) -> Any:
        if self.policy is None:
            return PermissionResult.NEUTRAL
        policy = json.loads(self.policy.decode())
        statements = policy.get("Statement", [])
        plain = [
            one for one in (statements if isinstance(statements, list) else [statements]) if "Condition" not in one
        ]
        if not plain:
            return PermissionResult.NEUTRAL
        return IAMPolicy(json.dumps({**policy, "Statement": plain})).is_action_permitted(action, resource)

    FakeBucket.get_permission = permission
