"""Keys for logs, for the cluster's secrets, for data and for notifications."""

from __future__ import annotations

from constructs import Construct

from onetake.platforms.constructs import KmsKey
from onetake.platforms.constructs.keys import logs, services, through
from onetake.platforms.context import Context


class Keys(Construct):
    """The keys of the platform.

    Args:
        cluster: the cluster's name, part of the name of its log group.
    """

    def __init__(self, scope: Construct, name: str, *, context: Context, cluster: str) -> None:
        super().__init__(scope, name)
        names = context.names
        self.logs = KmsKey(
            self,
            "logs",
            context=context,
            domain="logs",
            description="Log groups of the cluster and its services",
            uses=[
                logs(
                    f"/{names.prefix}/{names.suffix}/*",
                    f"/aws/eks/{cluster}/cluster",
                    f"aws-waf-logs-{names.of('web')}",
                )
            ],
        )
        # EKS takes a grant on it from the cluster's role; no service principal uses it.
        self.cluster = KmsKey(
            self,
            "cluster",
            context=context,
            domain="cluster",
            description="Envelope encryption of Kubernetes secrets",
            uses=[],
        )
        self.data = KmsKey(
            self,
            "data",
            context=context,
            domain="data",
            description="Images, secrets, queues and volumes of the services",
            uses=[through("ecr", "secretsmanager", "sqs", "ec2")],
        )
        self.notifications = KmsKey(
            self,
            "notifications",
            context=context,
            domain="notifications",
            description="Alarms on their way to those who read them",
            uses=[services("cloudwatch", "events")],
        )
