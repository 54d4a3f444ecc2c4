"""What is kept: tokens in a vault, messages in queues, files that partners fetch, and the audit trail under lock."""

from __future__ import annotations

from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs import Bucket, KmsKey, access_logs, audit_bucket, balancer_logs, declare
from onetake.platforms.constructs.buckets import bucket_logs
from onetake.platforms.constructs.policies import Statement
from onetake.platforms.context import Context
from onetake.platforms.zerotrust.keys import Keys

SEVEN_YEARS: Final = 2557
"""Days, with two leap days."""
_WEEKS: Final = 1_209_600
"""Two weeks in seconds, the longest that SQS keeps a message."""


class Data(Construct):
    """The vault, the queues with what was given up on, and the buckets.

    Args:
        keys: of the platform.
        trail_arn: ARN of the trail that is delivered to the audit bucket.
    """

    def __init__(self, scope: Construct, name: str, *, context: Context, keys: Keys, trail_arn: str) -> None:
        super().__init__(scope, name)
        self._context = context
        self.trail_arn = trail_arn
        self._build_buckets(keys)
        self._build_vault(keys.tokens)
        self._build_queues(keys.messaging)

    def _build_buckets(self, keys: Keys) -> None:
        context = self._context
        production = context.environment == "prod"
        self.logs = access_logs(self, context=context, statements=self._writers)
        self.audit = audit_bucket(
            self, context=context, key=keys.audit, logs=self.logs, trail_arn=self.trail_arn, retention=SEVEN_YEARS
        )
        self.files = Bucket(
            self,
            "files",
            context=context,
            component="files",
            kind="data",
            key=keys.cardholder,
            logs=self.logs,
            expire_after=400 if production else 30,
        )

    def _writers(self, arn: str) -> list[Statement]:
        return [*bucket_logs(self._context)(arn), *balancer_logs(self._context)(arn)]

    def _build_vault(self, key: KmsKey) -> None:
        context = self._context
        self.vault = declare(
            self,
            "aws_dynamodb_table",
            "vault",
            name=context.names.of("vault"),
            billing_mode="PAY_PER_REQUEST",
            hash_key="token",
            attribute=[{"name": "token", "type": "S"}],
            server_side_encryption={"enabled": True, "kms_key_arn": key.arn},
            point_in_time_recovery={"enabled": True},
            deletion_protection_enabled=context.profile.protected,
            lifecycle=context.keep,
        )
        declare(self, "aws_dynamodb_contributor_insights", "vault_readers", table_name=self.vault.name)

    def _build_queues(self, key: KmsKey) -> None:
        """Captured payments wait for settlement, in order; what settlement gives up on waits for people."""
        self.dead_letters = self._queue("settlements-dead", "settlements_dead", key)
        self.settlements = self._queue(
            "settlements",
            "settlements",
            key,
            visibility_timeout_seconds=120,
            redrive_policy=f'{{"deadLetterTargetArn":"{self.dead_letters.arn}","maxReceiveCount":5}}',
        )

    def _queue(self, component: str, name: str, key: KmsKey, **more: Any) -> Any:
        names = self._context.names
        return declare(
            self,
            "aws_sqs_queue",
            name,
            name=names.checked(f"{names.of(component, 'queue')}.fifo", "queue"),
            fifo_queue=True,
            # The sender says what is one and the same message: a payment that is captured twice is settled once.
            content_based_deduplication=False,
            kms_master_key_id=key.arn,
            kms_data_key_reuse_period_seconds=300,
            message_retention_seconds=_WEEKS,
            **more,
        )
