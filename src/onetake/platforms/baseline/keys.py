"""One key for each kind of data, so that reading one never means reading another."""

from __future__ import annotations

from constructs import Construct

from onetake.platforms.constructs import KmsKey
from onetake.platforms.constructs.keys import cloudtrail, logs, services, through
from onetake.platforms.context import Context


class Keys(Construct):
    """The keys for logs, data at rest, the audit trail and notifications.

    Args:
        trail: the name of the trail that is encrypted with the audit key.
    """

    def __init__(self, scope: Construct, name: str, *, context: Context, trail: str) -> None:
        super().__init__(scope, name)
        self.logs = KmsKey(
            self,
            "logs",
            context=context,
            domain="logs",
            description="Log groups of the security baseline",
            uses=[logs(f"/{context.names.prefix}/{context.names.suffix}/*")],
        )
        self.data = KmsKey(
            self,
            "data",
            context=context,
            domain="data",
            description="Volumes, and data of which no platform has its own key",
            uses=[through("ec2", "rds", "elasticfilesystem", "secretsmanager")],
        )
        self.audit = KmsKey(
            self,
            "audit",
            context=context,
            domain="audit",
            description="The audit trail and the history of the configuration",
            uses=[cloudtrail(trail), services("config")],
        )
        self.notifications = KmsKey(
            self,
            "notifications",
            context=context,
            domain="notifications",
            description="Alarms and findings on their way to those who read them",
            uses=[services("cloudwatch", "events", "budgets", "costalerts")],
        )
