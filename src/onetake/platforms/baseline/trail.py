"""Who did what: a trail of every region, in a bucket from which nobody can delete it."""

from __future__ import annotations

from typing import Any

from constructs import Construct

from onetake.platforms.constructs import Bucket, KmsKey, Lock, LogGroup, Role, access_logs, declare, statement
from onetake.platforms.constructs.policies import Statement
from onetake.platforms.context import Context


class Trail(Construct):
    """The trail, its locked bucket, the bucket of access logs beside it, and its log group.

    Args:
        trail: its name.
        audit_key: encrypts the trail.
        logs_key: encrypts its log group.
    """

    def __init__(
        self, scope: Construct, name: str, *, context: Context, trail: str, audit_key: KmsKey, logs_key: KmsKey
    ) -> None:
        super().__init__(scope, name)
        self._context = context
        self._arn = context.arn("cloudtrail", f"trail/{trail}")
        self.logs = access_logs(self, context=context)
        # What is locked for good cannot be destroyed: outside prod it ends after a day and yields to a permission.
        production = context.environment == "prod"
        self.bucket = Bucket(
            self,
            "audit",
            context=context,
            component="audit",
            kind="audit",
            key=audit_key,
            logs=self.logs,
            lock=Lock("COMPLIANCE", 400) if production else Lock("GOVERNANCE", 1),
            statements=self._deliveries,
            archive=production,
        )
        self.group = LogGroup(self, "log", context=context, group=context.names.path("trail"), key=logs_key)
        writer = Role(
            self,
            "log_writer",
            context=context,
            component="trail",
            description="Writes the trail to its log group",
            services=["cloudtrail"],
            when=[("StringEquals", "aws:SourceArn", [self._arn])],
            allows={
                "write": [
                    statement("WriteTrail", ["logs:CreateLogStream", "logs:PutLogEvents"], [f"{self.group.arn}:*"])
                ]
            },
        )
        self.trail = declare(
            self,
            "aws_cloudtrail",
            "trail",
            name=context.names.checked(trail, "trail"),
            s3_bucket_name=self.bucket.id,
            kms_key_id=audit_key.arn,
            cloud_watch_logs_group_arn=f"{self.group.arn}:*",
            cloud_watch_logs_role_arn=writer.arn,
            is_multi_region_trail=True,
            include_global_service_events=True,
            enable_log_file_validation=True,
            advanced_event_selector=_selectors() if production else None,
            insight_selector=_insights() if production else None,
            depends_on=[self.bucket.policy, *writer.grants],
        )

    def _deliveries(self, arn: str) -> list[Statement]:
        service = [self._context.service("cloudtrail")]
        ours = ("StringEquals", "aws:SourceArn", [self._arn])
        owned = ("StringEquals", "s3:x-amz-acl", ["bucket-owner-full-control"])
        everything = [f"{arn}/AWSLogs/{self._context.account}/*"]
        return [
            statement("TrailLooks", ["s3:GetBucketAcl"], [arn], services=service, when=[ours]),
            statement("TrailWrites", ["s3:PutObject"], everything, services=service, when=[ours, owned]),
        ]


def _selectors() -> list[dict[str, Any]]:
    def of(name: str, resource: str) -> dict[str, Any]:
        category = {"field": "eventCategory", "equal_to": ["Data"]}
        return {"name": name, "field_selector": [category, {"field": "resources.type", "equal_to": [resource]}]}

    management = {"name": "Management", "field_selector": [{"field": "eventCategory", "equal_to": ["Management"]}]}
    return [management, of("Objects", "AWS::S3::Object"), of("Functions", "AWS::Lambda::Function")]


def _insights() -> list[dict[str, Any]]:
    return [{"insight_type": kind} for kind in ("ApiCallRateInsight", "ApiErrorRateInsight")]
