"""Who did what: a trail of every region, in a bucket from which nobody can delete it, and in a log group for alarms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from constructs import Construct

from onetake.platforms.constructs.buckets import Bucket, Lock
from onetake.platforms.constructs.declaring import declare
from onetake.platforms.constructs.keys import KmsKey
from onetake.platforms.constructs.logs import LogGroup
from onetake.platforms.constructs.policies import Statement, statement
from onetake.platforms.constructs.roles import Role
from onetake.platforms.context import Context


def audit_bucket(
    scope: Construct, *, context: Context, key: KmsKey, logs: Bucket, trail_arn: str, retention: int
) -> Bucket:
    """The locked bucket that a trail is delivered to.

    What is locked for good cannot be destroyed: outside prod the lock ends after a day and yields to a permission.

    Args:
        scope: owns it, by the name ``audit``.
        context: of the platform.
        key: encrypts it.
        logs: takes its access logs.
        trail_arn: ARN of the only trail that may write to it.
        retention: days for which production cannot delete what is in it.
    """
    production = context.environment == "prod"

    def deliveries(arn: str) -> list[Statement]:
        service = [context.service("cloudtrail")]
        ours = ("StringEquals", "aws:SourceArn", [trail_arn])
        owned = ("StringEquals", "s3:x-amz-acl", ["bucket-owner-full-control"])
        everything = [f"{arn}/AWSLogs/{context.account}/*"]
        return [
            statement("TrailLooks", ["s3:GetBucketAcl"], [arn], services=service, when=[ours]),
            statement("TrailWrites", ["s3:PutObject"], everything, services=service, when=[ours, owned]),
        ]

    return Bucket(
        scope,
        "audit",
        context=context,
        component="audit",
        kind="audit",
        key=key,
        logs=logs,
        lock=Lock("COMPLIANCE", retention) if production else Lock("GOVERNANCE", 1),
        statements=deliveries,
        archive=production,
    )


class Trail(Construct):
    """A trail of every region, its log group, and the role that writes to it.

    Args:
        trail: its name.
        arn: its ARN, known before it exists: its role and its bucket trust nothing else.
        bucket: that it is delivered to.
        audit_key: encrypts what is delivered.
        logs_key: encrypts its log group.
        days: that the log group keeps; the environment's if not given.
        selectors: events that are recorded, as ``aws_cloudtrail`` takes them; management events if not given.
        insights: kinds of unusual activity that are told.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        trail: str,
        arn: str,
        bucket: Bucket,
        audit_key: KmsKey,
        logs_key: KmsKey,
        days: int | None = None,
        selectors: Sequence[dict[str, Any]] | None = None,
        insights: Sequence[str] = (),
    ) -> None:
        super().__init__(scope, name)
        self.group = LogGroup(self, "log", context=context, group=context.names.path("trail"), key=logs_key, days=days)
        written = [f"{self.group.arn}:*"]
        writer = Role(
            self,
            "log_writer",
            context=context,
            component="trail",
            description="Writes the trail to its log group",
            services=["cloudtrail"],
            when=[("StringEquals", "aws:SourceArn", [arn])],
            allows={"write": [statement("WriteTrail", ["logs:CreateLogStream", "logs:PutLogEvents"], written)]},
        )
        self.trail: Any = declare(
            self,
            "aws_cloudtrail",
            "trail",
            name=context.names.checked(trail, "trail"),
            s3_bucket_name=bucket.id,
            kms_key_id=audit_key.arn,
            cloud_watch_logs_group_arn=f"{self.group.arn}:*",
            cloud_watch_logs_role_arn=writer.arn,
            is_multi_region_trail=True,
            include_global_service_events=True,
            enable_log_file_validation=True,
            advanced_event_selector=selectors,
            insight_selector=[{"insight_type": kind} for kind in insights] or None,
            depends_on=[bucket.policy, *writer.grants],
        )
