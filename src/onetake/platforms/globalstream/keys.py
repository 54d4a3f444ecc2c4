"""The keys of one region."""

from __future__ import annotations

from constructs import Construct

from onetake.platforms.constructs import KmsKey
from onetake.platforms.constructs.keys import logs, services, through
from onetake.platforms.context import Context


class Keys(Construct):
    """Keys of one region: its own for logs and notifications, and for data one that both regions share.

    What one region encrypts the other can decrypt, under the same key id: objects, secrets and images are replicated
    without being sent through the first region once it is lost.

    Args:
        web_acl: the name of the region's web ACL, part of the name of its log group.
        primary: the keys of the first region, of whose data key this region gets a replica.
    """

    def __init__(
        self, scope: Construct, name: str, *, context: Context, web_acl: str, primary: Keys | None = None
    ) -> None:
        super().__init__(scope, name)
        names = context.names
        self.logs = KmsKey(
            self,
            "logs",
            context=context,
            domain="logs",
            description="Log groups of the region",
            uses=[
                logs(
                    f"/{names.prefix}/{names.suffix}/*",
                    f"/aws/rds/cluster/{names.prefix}-*",
                    f"/aws/elasticache/{names.prefix}-*",
                    f"aws-waf-logs-{web_acl}",
                )
            ],
        )
        self.notifications = KmsKey(
            self,
            "notifications",
            context=context,
            domain="notifications",
            description="Alarms on their way to those who read them",
            uses=[services("cloudwatch", "events", "backup", "codestar-notifications")],
        )
        self.data: KmsKey = KmsKey(
            self,
            "data",
            context=context,
            domain="data",
            description="Data of both regions: database, files, objects, secrets, images, backups",
            uses=[through("rds", "elasticfilesystem", "s3", "secretsmanager", "ecr", "elasticache", "backup")],
            multi_region=primary is None,
            replica_of=primary.data if primary else None,
        )
