"""Buckets by kind, each with its side resources."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, Literal

from constructs import Construct

from onetake.model.records import record
from onetake.platforms.constructs.declaring import OWN, declare
from onetake.platforms.constructs.keys import KmsKey
from onetake.platforms.constructs.policies import Statement, document, only_encrypted, statement
from onetake.platforms.context import Context
from onetake.platforms.parameters import chosen, whole
from onetake.platforms.refusals import Refused

Kind = Literal["data", "logs", "artifact", "audit"]
KINDS: Final = ("data", "logs", "artifact", "audit")


@record
class Lock:
    """For how long nobody may delete what is written.

    Attributes:
        mode: in ``GOVERNANCE`` those with a special permission may, in ``COMPLIANCE`` nobody.
        days: from when it is written.
    """

    mode: Literal["GOVERNANCE", "COMPLIANCE"]
    days: int


class Bucket(Construct):
    """A private, versioned, encrypted bucket that refuses connections without TLS.

    Args:
        component: part of its name.
        kind: ``data`` and ``audit`` are encrypted with a key of ours, and ``audit`` has a lock; ``logs`` are not, since
            load balancers and S3 itself cannot write to a bucket whose default is one; ``artifact`` may be either.
        key: encrypts it; required unless the kind is ``logs``.
        logs: the bucket that takes its access logs; required unless the kind is ``logs``.
        lock: required for ``audit``, and only there.
        statements: more statements of its policy, made of the bucket's ARN.
        expire_after: days after which objects are deleted; kept for ever if not given.
        archive: whether objects go to cheaper storage after 30 and 90 days.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        component: str,
        kind: Kind,
        key: KmsKey | None = None,
        logs: Bucket | None = None,
        lock: Lock | None = None,
        statements: Callable[[str], Sequence[Statement]] = lambda _: (),
        expire_after: int | None = None,
        archive: bool = False,
    ) -> None:
        super().__init__(scope, name)
        self._context = context
        _judge(kind, key, logs, lock)
        if expire_after is not None:
            whole("expire_after", expire_after, 1, 3653)
        self.bucket = declare(
            self,
            "aws_s3_bucket",
            OWN,
            bucket=context.names.bucket(component, context.account, context.region_name),
            force_destroy=not context.profile.protected,
            object_lock_enabled=True if lock else None,
            provider=context.provider,
            lifecycle=context.keep,
        )
        self.name: str = self.bucket.bucket
        self.arn: str = self.bucket.arn
        self.id: str = self.bucket.id
        self.versioning = self._side("versioning", versioning_configuration={"status": "Enabled"})
        self._side("server_side_encryption_configuration", rule=[_encryption(key)])
        block = self._side(
            "public_access_block",
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
        )
        self._side("ownership_controls", rule={"object_ownership": "BucketOwnerEnforced"})
        both = [self.arn, f"{self.arn}/*"]
        rules = [*_tls_only(both), *(_right_key(self.arn, key.arn) if key else ()), *statements(self.arn)]
        # S3 takes one change of a bucket at a time: a policy while the public access block is set is a conflict.
        self.policy = self._side("policy", policy=document(self, "policy_document", rules), depends_on=[block])
        if lock:
            retention = {"mode": lock.mode, "days": lock.days}
            self._side("object_lock_configuration", rule={"default_retention": retention}, depends_on=[self.versioning])
        self._side(
            "lifecycle_configuration", rule=_lifecycle(expire_after, archive=archive), depends_on=[self.versioning]
        )
        if logs is not None:
            self._side("logging", target_bucket=logs.id, target_prefix=f"{component}/", depends_on=[logs.policy])

    def _side(self, what: str, **arguments: Any) -> Any:
        kind = f"aws_s3_bucket_{what}"
        return declare(self, kind, what, bucket=self.id, provider=self._context.provider, **arguments)


def access_logs(
    scope: Construct,
    *,
    context: Context,
    component: str = "access-logs",
    name: str = "access_logs",
    statements: Callable[[str], Sequence[Statement]] | None = None,
) -> Bucket:
    """The bucket that takes access logs and keeps them for 90 days at least.

    Args:
        scope: what it belongs to.
        context: of the platform.
        component: part of its name.
        name: of the construct, where a scope has several.
        statements: who writes them, made of the bucket's ARN; S3 itself, about other buckets, if not given.
    """
    return Bucket(
        scope,
        name,
        context=context,
        component=component,
        kind="logs",
        statements=statements or bucket_logs(context),
        expire_after=max(context.profile.log_retention, 90),
    )


def bucket_logs(context: Context) -> Callable[[str], list[Statement]]:
    """What a bucket of the kind ``logs`` has to admit, so that S3 writes access logs of other buckets to it."""

    def statements(arn: str) -> list[Statement]:
        ours = [("StringEquals", "aws:SourceAccount", [context.account])]
        service = [context.service("logging.s3")]
        return [statement("AccessLogs", ["s3:PutObject"], [f"{arn}/*"], services=service, when=ours)]

    return statements


def _judge(kind: str, key: KmsKey | None, logs: Bucket | None, lock: Lock | None) -> None:
    chosen("kind", kind, KINDS)
    if kind == "logs" and key is not None:
        raise Refused("key", key, "logs cannot be delivered to a bucket that encrypts with a key of ours")
    if kind in ("data", "audit") and key is None:
        raise Refused("key", key, f"a bucket of the kind {kind!r} needs a KmsKey")
    if kind != "logs" and logs is None:
        raise Refused("logs", logs, f"a bucket of the kind {kind!r} needs one of the kind 'logs' for its access logs")
    if (kind == "audit") != (lock is not None):
        raise Refused("lock", lock, "a bucket of the kind 'audit' has a Lock, and no other")


def _encryption(key: KmsKey | None) -> dict[str, Any]:
    if key is None:
        return {"apply_server_side_encryption_by_default": {"sse_algorithm": "AES256"}}
    default = {"sse_algorithm": "aws:kms", "kms_master_key_id": key.arn}
    return {"apply_server_side_encryption_by_default": default, "bucket_key_enabled": True}


def _tls_only(resources: list[str]) -> list[Statement]:
    old = [("NumericLessThan", "s3:TlsVersion", ["1.2"])]
    return [
        only_encrypted(["s3:*"], resources),
        statement("DenyOldTls", ["s3:*"], resources, deny=True, anybody=True, when=old),
    ]


def _right_key(arn: str, key: str) -> list[Statement]:
    # A write that names no encryption gets the bucket's; these refuse those that name another.
    another = [
        ("Null", "s3:x-amz-server-side-encryption", ["false"]),
        ("StringNotEquals", "s3:x-amz-server-side-encryption", ["aws:kms"]),
    ]
    wrong = [
        ("Null", "s3:x-amz-server-side-encryption-aws-kms-key-id", ["false"]),
        ("ArnNotEquals", "s3:x-amz-server-side-encryption-aws-kms-key-id", [key]),
    ]
    return [
        statement("DenyOtherEncryption", ["s3:PutObject"], [f"{arn}/*"], deny=True, anybody=True, when=another),
        statement("DenyOtherKey", ["s3:PutObject"], [f"{arn}/*"], deny=True, anybody=True, when=wrong),
    ]


def _lifecycle(expire_after: int | None, *, archive: bool) -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = [
        {
            "id": "tidy",
            "status": "Enabled",
            "filter": [{"prefix": ""}],
            "noncurrent_version_expiration": [{"noncurrent_days": 90}],
            "abort_incomplete_multipart_upload": [{"days_after_initiation": 7}],
        }
    ]
    if archive:
        steps = [{"days": 30, "storage_class": "STANDARD_IA"}, {"days": 90, "storage_class": "GLACIER_IR"}]
        rules.append({"id": "archive", "status": "Enabled", "filter": [{"prefix": ""}], "transition": steps})
    if expire_after is not None:
        expiry = [{"days": expire_after}]
        rules.append({"id": "expire", "status": "Enabled", "filter": [{"prefix": ""}], "expiration": expiry})
    return rules
