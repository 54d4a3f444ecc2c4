"""S3: conditions in bucket policies, and who may deliver logs; replication as it was configured."""

import json
from collections.abc import Iterator
from fnmatch import fnmatchcase
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
    """Moto applies statements whose condition it does not look at: a bucket closed to plain HTTP is closed to all.

    It also fails at policies with a statement about everybody where it looks for the service that delivers logs.
    """
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
    FakeBucket._log_permissions_enabled_policy = staticmethod(_takes_logs)  # noqa: SLF001 - a defect is mended where it is


def _takes_logs(target_bucket: Any, target_prefix: str | None) -> bool:
    """Whether the policy of a bucket lets S3 deliver logs below a prefix."""
    policy = json.loads(target_bucket.policy.decode()) if target_bucket.policy else {}
    wanted = f"arn:{target_bucket.partition}:s3:::{target_bucket.name}/{target_prefix or ''}log"
    for one in _listed(policy.get("Statement")):
        principal = one.get("Principal")
        services = _listed(principal.get("Service")) if isinstance(principal, dict) else ()
        if (
            one.get("Effect") == "Allow"
            and "logging.s3.amazonaws.com" in services
            and any(fnmatchcase("s3:PutObject", action) for action in _listed(one.get("Action")))
            and any(fnmatchcase(wanted, resource) for resource in _listed(one.get("Resource")))
        ):
            return True
    return False


def _listed(value: Any) -> Iterator[Any]:
    """The items of what may be one thing or a list."""
    yield from value if isinstance(value, list) else () if value is None else (value,)
