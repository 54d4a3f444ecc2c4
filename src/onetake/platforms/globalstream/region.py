"""What both regions have alike."""

from __future__ import annotations

from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs import (
    Bucket,
    Certificate,
    LoadBalancer,
    Network,
    SecurityGroup,
    Topic,
    WebAcl,
    access_logs,
    balancer_logs,
)
from onetake.platforms.constructs.fargate_cluster import Cluster
from onetake.platforms.context import Context
from onetake.platforms.globalstream.keys import Keys

ENDPOINTS: Final = ("ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssmmessages", "elasticfilesystem")
PORT: Final = 8080


class Region(Construct):
    """A region: its keys, network, load balancer, cluster, and the groups that tasks and load balancer belong to.

    Args:
        cidr: addresses of its network, a /16 that the other region does not have.
        domain_name: that both regions answer for.
        hosted_zone_id: the zone of that name.
        email: who reads what the region tells.
        primary: the first region, if this is the second.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        cidr: str,
        domain_name: str,
        hosted_zone_id: str,
        email: str | None,
        primary: Region | None = None,
    ) -> None:
        super().__init__(scope, name)
        self.context = context
        self.keys: Keys = Keys(
            self, "keys", context=context, web_acl=context.names.of("web"), primary=primary.keys if primary else None
        )
        self.network = Network(self, "network", context=context, cidr=cidr, key=self.keys.logs, endpoints=ENDPOINTS)
        self.topic = Topic(
            self,
            "topic",
            context=context,
            component="alarms",
            key=self.keys.notifications,
            publishers=["cloudwatch", "events", "backup", "codestar-notifications"],
            email=email,
        )
        self.balancer_logs: Bucket = access_logs(
            self, context=context, component="balancer-logs", statements=balancer_logs(context)
        )
        self._build_groups()
        self.certificate: Certificate = Certificate(
            self,
            "certificate",
            context=context,
            domain_name=domain_name,
            hosted_zone_id=hosted_zone_id,
            beside=primary.certificate if primary else None,
        )
        self._build_entry()
        self.cluster = Cluster(self, "cluster", context=context, component="stream", spot=context.environment == "dev")

    def store_group(self, scope: Construct, side: str, *, component: str, port: int, protocol: str) -> SecurityGroup:
        """The security group of a store that only tasks of the region connect to.

        Args:
            scope: the store, which owns the group.
            side: what the store calls this region.
            component: the store's part of the group's name.
            port: that it listens on.
            protocol: that it speaks, in words.
        """
        group = SecurityGroup(
            scope,
            f"{side}_group",
            context=self.context,
            component=component,
            description=f"The {component}, for the service only",
            vpc_id=self.network.id,
        )
        group.admit("service", port=port, peer=self.tasks, description=f"{protocol} from tasks of the service")
        self.tasks.reach(f"{component}_{side}", port=port, peer=group, description=f"{protocol} of the region")
        return group

    def _build_groups(self) -> None:
        context, network = self.context, self.network
        self.entry = SecurityGroup(
            self,
            "entry",
            context=context,
            component="balancer",
            description="The load balancer of the region",
            vpc_id=network.id,
        )
        self.tasks = SecurityGroup(
            self,
            "tasks",
            context=context,
            component="tasks",
            description="Tasks of the service",
            vpc_id=network.id,
        )
        for port in (80, 443):
            self.entry.admit(
                f"world_{port}", port=port, cidr="0.0.0.0/0", description="Clients; 80 only redirects to 443"
            )
        self.entry.reach("tasks", port=PORT, peer=self.tasks, description="Tasks of the service")
        self.tasks.admit("balancer", port=PORT, peer=self.entry, description="The load balancer of the region")
        self.tasks.reach(
            "https", port=443, cidr="0.0.0.0/0", description="APIs of AWS and images, through NAT or endpoints"
        )

    def _build_entry(self) -> None:
        context = self.context
        self.balancer = LoadBalancer(
            self,
            "balancer",
            context=context,
            component="stream",
            network=self.network,
            group=self.entry,
            logs=self.balancer_logs,
            certificate_arn=self.certificate.arn,
        )
        self.target_group: Any = self.balancer.target_group("stream", port=PORT, protocol="HTTP")
        self.rule: Any = self.balancer.forward("everything", to=self.target_group, priority=100)
        self.acl = WebAcl(self, "web", context=context, component="web", key=self.keys.logs)
        self.balancer.protect(self.acl)
