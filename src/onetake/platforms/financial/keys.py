"""One key for each kind of data."""

from __future__ import annotations

from constructs import Construct

from onetake.platforms.constructs import KmsKey
from onetake.platforms.constructs.keys import cloudfront, logs, services, through
from onetake.platforms.context import Context


class Keys(Construct):
    """The keys of the platform, and one in us-east-1, where CloudFront's firewall and alarms live.

    Args:
        edge: the context of us-east-1.
        cluster: the database cluster's name, part of the name of its log group.
        distribution_arn: a reference to the distribution that reads the site.
    """

    def __init__(
        self, scope: Construct, name: str, *, context: Context, edge: Context, cluster: str, distribution_arn: str
    ) -> None:
        super().__init__(scope, name)
        names = context.names
        self.logs = KmsKey(
            self,
            "logs",
            context=context,
            domain="logs",
            description="Log groups of the platform",
            uses=[
                logs(
                    f"/{names.prefix}/{names.suffix}/*",
                    f"/aws/rds/cluster/{cluster}/*",
                    f"/aws/rds/proxy/{cluster}",
                    f"aws-waf-logs-{names.of('balancer')}",
                ),
            ],
        )
        self.data = KmsKey(
            self,
            "data",
            context=context,
            domain="data",
            description="Database, documents, volumes, queues and backups",
            uses=[through("rds", "ec2", "sqs", "backup")],
        )
        self.secrets = KmsKey(
            self,
            "secrets",
            context=context,
            domain="secrets",
            description="Credentials of the database and of the way from CloudFront to the load balancer",
            uses=[through("secretsmanager")],
        )
        self.site = KmsKey(
            self,
            "site",
            context=context,
            domain="site",
            description="The site's files, which CloudFront reads",
            uses=[cloudfront(distribution_arn)],
        )
        self.notifications = KmsKey(
            self,
            "notifications",
            context=context,
            domain="notifications",
            description="Alarms on their way to those who read them",
            # Auto Scaling publishes by its service-linked role, through the topic.
            uses=[services("cloudwatch", "events", "events.rds", "budgets", "backup"), through("sns")],
        )
        self.edge = KmsKey(
            self,
            "edge",
            context=edge,
            domain="edge",
            description="Logs and alarms of what stands before the platform",
            uses=[logs(f"aws-waf-logs-{names.of('edge')}"), services("cloudwatch")],
        )
