"""S3: conditions in bucket policies, and who may deliver logs; replication as it was configured."""

import json
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from onetake.emulator.moto_extension.calls import AwsError, Call
from onetake.emulator.moto_extension.generic.store import Store


def _replicates(call: Call, store: Store, _answer: dict[str, Any]) -> None:
    store.table(call, "replication", "global")[str(call.get("Bucket"))] = call.get("ReplicationConfiguration")


def _replication(call: Call, store: Store, answer: dict[str, Any]) -> None:
    given = store.table(call, "replication", "global").get(str(call.get("Bucket")))
    if given:
        answer["ReplicationConfiguration"] = given


def _retention(call: Call, _store: Store) -> Mapping[str, Any]:
    from moto.s3.models import s3_backends

    held = s3_backends[call.account]["aws"].get_object(call.get("Bucket"), call.get("Key"), call.get("VersionId"))
    if held is None:
        raise AwsError("NoSuchKey", "The specified key does not exist.", 404)
    if not held.lock_mode:
        told = "The specified object does not have a ObjectLock configuration"
        raise AwsError("NoSuchObjectLockConfiguration", told, 404)
    return {"Retention": {"Mode": held.lock_mode, "RetainUntilDate": held.lock_until}}


OPERATIONS = {"GetObjectRetention": _retention}
AMENDMENTS = {"PutBucketReplication": _replicates, "GetBucketReplication": _replication}


def repair() -> None:
    """Moto applies statements whose condition it does not look at: a bucket closed to plain HTTP is closed to all.

    It also fails at policies with a statement about everybody where it looks for the service that delivers logs, and
    changes how objects are locked in empty buckets only, as AWS did until 2023.
    """
    from moto.iam.access_control import IAMPolicy, PermissionResult
    from moto.s3.exceptions import InvalidBucketState
    from moto.s3.models import FakeBucket, S3Backend

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

    def lock(self: Any, name: str, enabled: bool, *default: Any) -> None:
        bucket = self.get_bucket(name)
        if not bucket.is_versioned:
            raise InvalidBucketState("Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration")
        bucket.object_lock_enabled = bucket.object_lock_enabled or enabled
        bucket.default_lock_mode, bucket.default_lock_days, bucket.default_lock_years = (*default, None, None, None)[:3]

    S3Backend.put_object_lock_configuration = lock


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
