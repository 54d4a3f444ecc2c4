"""What is measured, and who is told."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs import (
    AlarmSet,
    Dashboard,
    KmsKey,
    LogGroup,
    Network,
    RotationLambda,
    Topic,
    declare,
    tell_of,
)
from onetake.platforms.context import Context
from onetake.platforms.financial.compute import Compute
from onetake.platforms.financial.database import Database
from onetake.platforms.financial.edge import Edge
from onetake.platforms.financial.entry import Entry
from onetake.platforms.financial.protection import Protection
from onetake.platforms.financial.sizes import Size

PUBLISHERS: Final = ("cloudwatch", "events", "events.rds", "budgets", "backup")
CARD_NUMBERS: Final = ("CreditCardNumber", "CreditCardSecurityCode")
_DAY: Final = 86_400


class Monitoring(Construct):
    """Alarms on every hop from the viewer to the database, events that need eyes, a dashboard, and masked logs.

    Args:
        edge_context: the context of us-east-1, where CloudFront's metrics are.
        topic: who is told.
        edge: CloudFront.
        entry: the load balancer.
        compute: the instances.
        database: the database.
        rotation: the function that rotates the user of the application.
        protection: the backups.
        network: whose gateways may run out of ports.
        edge_key: encrypts the notifications of us-east-1.
        keys: whose deletion is told.
        size: what is too little, and too much.
        email: who reads the notifications of us-east-1.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        edge_context: Context,
        topic: Topic,
        edge: Edge,
        entry: Entry,
        compute: Compute,
        database: Database,
        rotation: RotationLambda,
        protection: Protection,
        network: Network,
        edge_key: KmsKey,
        keys: Sequence[KmsKey],
        size: Size,
        email: str | None,
    ) -> None:
        super().__init__(scope, name)
        self._context = context
        self._production = context.environment == "prod"
        self._alarms = AlarmSet(self, "alarms", context=context, topic=topic)
        self._balancer = {"LoadBalancer": entry.balancer.dimension}
        self._watch_entry(entry)
        self._watch_compute(compute, size)
        self._watch_database(database, size)
        self._watch_chores(rotation, protection, network)
        if self._production:
            self._alarms.summarize("platform_unhealthy", description="Something is wrong: see which alarm is on")
        self._watch_edge(edge_context, edge, edge_key, email)
        self._tell_events(topic, keys)
        for group in (compute.log, compute.audit):
            self._mask(group)
        self.dashboard = Dashboard(
            self,
            "dashboard",
            context=context,
            component="platform",
            graphs=self._graphs(entry, compute, database, rotation),
        )

    def _watch_entry(self, entry: Entry) -> None:
        targets = self._balancer | {"TargetGroup": entry.targets.arn_suffix}
        namespace = "AWS/ApplicationELB"
        self._alarms.ratio(
            "server_errors",
            description="One request in twenty ends in an error of the application (5xx)",
            namespace=namespace,
            part="HTTPCode_Target_5XX_Count",
            whole_of="RequestCount",
            percent=5,
            dimensions=self._balancer,
        )
        for name, metric, statistic, threshold, description in (
            (
                "balancer_errors",
                "HTTPCode_ELB_5XX_Count",
                "Sum",
                10,
                "The load balancer finds nobody who answers (5xx)",
            ),
            ("latency", "TargetResponseTime", "p99", 2, "One request in a hundred takes two seconds or more"),
            ("refused_targets", "TargetConnectionErrorCount", "Sum", 10, "Instances refuse connections"),
        ):
            self._alarms.add(
                name,
                description=description,
                namespace=namespace,
                metric=metric,
                dimensions=self._balancer,
                statistic=statistic,
                threshold=threshold,
                periods=3,
            )
        self._alarms.add(
            "unhealthy_hosts",
            description="Instances do not answer the load balancer's health check",
            namespace=namespace,
            metric="UnHealthyHostCount",
            dimensions=targets,
            statistic="Maximum",
            threshold=1,
            periods=3,
        )
        self._alarms.add(
            "blocked_at_balancer",
            description="The firewall of the load balancer blocks unusually much: somebody got past CloudFront's",
            namespace="AWS/WAFV2",
            metric="BlockedRequests",
            dimensions={"WebACL": entry.acl.acl.name, "Region": self._context.region, "Rule": "ALL"},
            threshold=100,
        )
        self._expires("balancer_certificate", entry.certificate_arn, self._alarms)

    def _expires(self, name: str, certificate: str, alarms: AlarmSet) -> None:
        alarms.add(
            name,
            description="A certificate expires within 30 days: its renewal failed",
            namespace="AWS/CertificateManager",
            metric="DaysToExpiry",
            dimensions={"CertificateArn": certificate},
            statistic="Minimum",
            comparison="LessThanOrEqualToThreshold",
            threshold=30,
            period=_DAY,
        )

    def _watch_compute(self, compute: Compute, size: Size) -> None:
        if not self._production:  # elsewhere there are none at night
            return
        self._alarms.add(
            "too_few_instances",
            description="Fewer instances serve than there have to be",
            namespace="AWS/AutoScaling",
            metric="GroupInServiceInstances",
            dimensions={"AutoScalingGroupName": compute.instances.name},
            statistic="Minimum",
            comparison="LessThanThreshold",
            threshold=size.instances[0],
            periods=3,
            missing="breaching",
        )

    def _watch_database(self, database: Database, size: Size) -> None:
        watches: list[tuple[str, str, str, str, float, str]] = [
            ("database_cpu", "CPUUtilization", "Average", "More", 80, "The database's processors are busy"),
            (
                "database_connections",
                "DatabaseConnections",
                "Maximum",
                "More",
                size.connections,
                "Connections to the database run out",
            ),
            (
                "database_memory",
                "FreeableMemory",
                "Minimum",
                "Less",
                size.free_memory,
                "The database is short of memory",
            ),
            ("deadlocks", "Deadlocks", "Sum", "More", 1, "Transactions wait for each other and are given up"),
        ]
        if size.database_instances > 1:
            late = "Readers are two seconds behind the writer"
            watches.append(("replica_lag", "AuroraReplicaLagMaximum", "Maximum", "More", 2000, late))
        for name, metric, statistic, side, threshold, description in watches:
            less = side == "Less"
            self._alarms.add(
                name,
                description=description,
                namespace="AWS/RDS",
                metric=metric,
                dimensions={"DBClusterIdentifier": database.cluster.cluster_identifier},
                statistic=statistic,
                comparison="LessThanThreshold" if less else "GreaterThanOrEqualToThreshold",
                threshold=threshold,
                periods=1 if metric == "Deadlocks" else 3,
            )

    def _watch_chores(self, rotation: RotationLambda, protection: Protection, network: Network) -> None:
        once: list[tuple[str, str, str, dict[str, str], str]] = [
            (
                "rotation_errors",
                "AWS/Lambda",
                "Errors",
                {"FunctionName": rotation.function.function_name},
                "The password of the application's user could not be rotated",
            ),
            (
                "rotation_dead_letters",
                "AWS/SQS",
                "ApproximateNumberOfMessagesVisible",
                {"QueueName": rotation.dead_letters.name},
                "The rotation was given up; what it was asked waits in its queue",
            ),
            (
                "failed_backups",
                "AWS/Backup",
                "NumberOfBackupJobsFailed",
                {"BackupVaultName": protection.vault.name},
                "A backup failed",
            ),
        ]
        once += [
            (
                f"nat_ports_{number}",
                "AWS/NATGateway",
                "ErrorPortAllocation",
                {"NatGatewayId": gateway.id},
                "A gateway has no ports left for connections to one place",
            )
            for number, gateway in enumerate(network.nat_gateways)
        ]
        for name, namespace, metric, dimensions, description in once:
            self._alarms.add(
                name,
                description=description,
                namespace=namespace,
                metric=metric,
                dimensions=dimensions,
                statistic="Maximum" if namespace == "AWS/SQS" else "Sum",
                threshold=1,
            )

    def _watch_edge(self, context: Context, edge: Edge, key: KmsKey, email: str | None) -> None:
        topic = Topic(
            self,
            "edge_topic",
            context=context,
            component="edge-alarms",
            key=key,
            publishers=["cloudwatch"],
            email=email,
        )
        alarms = AlarmSet(self, "edge_alarms", context=context, topic=topic)
        alarms.add(
            "blocked_at_edge",
            description="CloudFront's firewall blocks unusually much: an attack, or a rule that fits customers",
            namespace="AWS/WAFV2",
            metric="BlockedRequests",
            dimensions={"WebACL": edge.acl.acl.name, "Rule": "ALL"},
            threshold=1000,
        )
        alarms.add(
            "edge_errors",
            description="Viewers get errors (5xx) from CloudFront",
            namespace="AWS/CloudFront",
            metric="5xxErrorRate",
            dimensions={"DistributionId": edge.distribution.id, "Region": "Global"},
            statistic="Average",
            threshold=5,
            periods=3,
        )
        self._expires("edge_certificate", edge.certificate_arn, alarms)

    def _tell_events(self, topic: Topic, keys: Sequence[KmsKey]) -> None:
        """Events that CloudTrail tells, where the account has a trail; the security baseline makes one."""
        through_trail = "AWS API Call via CloudTrail"
        rules: dict[str, tuple[str, dict[str, Any]]] = {
            "key-deletion": (
                "A key of the platform was disabled, or is going to be deleted",
                {
                    "source": ["aws.kms"],
                    "detail-type": [through_trail],
                    "detail": {
                        "eventName": ["DisableKey", "ScheduleKeyDeletion"],
                        "requestParameters": {"keyId": [text for key in keys for text in (key.arn, key.key.key_id)]},
                    },
                },
            ),
            "rotation-failed": (
                "Secrets Manager could not rotate a secret",
                {
                    "source": ["aws.secretsmanager"],
                    "detail-type": ["AWS Service Event via CloudTrail"],
                    "detail": {"eventName": ["RotationFailed"]},
                },
            ),
        }
        tell_of(self, context=self._context, topic=topic, events=rules)

    def _mask(self, group: LogGroup) -> None:
        """Card numbers that get into a log are shown to nobody without a permission of their own (PCI DSS 3.4.1)."""
        partition = self._context.partition
        identifiers = [f"arn:{partition}:dataprotection::aws:data-identifier/{name}" for name in CARD_NUMBERS]
        document = {
            "Name": "mask-cards",
            "Version": "2021-06-01",
            "Statement": [
                {
                    "Sid": "Audit",
                    "DataIdentifier": identifiers,
                    "Operation": {"Audit": {"FindingsDestination": {}}},
                },
                {
                    "Sid": "Mask",
                    "DataIdentifier": identifiers,
                    "Operation": {"Deidentify": {"MaskConfig": {}}},
                },
            ],
        }
        declare(
            self,
            "aws_cloudwatch_log_data_protection_policy",
            f"mask_{group.node.id}",
            log_group_name=group.name,
            policy_document=json.dumps(document),
        )

    def _graphs(
        self, entry: Entry, compute: Compute, database: Database, rotation: RotationLambda
    ) -> Mapping[str, Sequence[Sequence[str]]]:
        balancer = ["LoadBalancer", entry.balancer.dimension]
        cluster = ["DBClusterIdentifier", database.cluster.cluster_identifier]
        group = ["AutoScalingGroupName", compute.instances.name]
        return {
            "Requests": [["AWS/ApplicationELB", "RequestCount", *balancer]],
            "Errors": [
                ["AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", *balancer],
                ["AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count", *balancer],
            ],
            "Latency": [["AWS/ApplicationELB", "TargetResponseTime", *balancer]],
            "Instances": [["AWS/AutoScaling", "GroupInServiceInstances", *group]],
            "Processors of instances": [["AWS/EC2", "CPUUtilization", *group]],
            "Processors of the database": [["AWS/RDS", "CPUUtilization", *cluster]],
            "Connections of the database": [["AWS/RDS", "DatabaseConnections", *cluster]],
            "Free memory of the database": [["AWS/RDS", "FreeableMemory", *cluster]],
            "Rotations that failed": [["AWS/Lambda", "Errors", "FunctionName", rotation.function.function_name]],
        }
