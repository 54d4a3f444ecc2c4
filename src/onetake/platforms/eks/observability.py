"""What is measured and who is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from constructs import Construct

from onetake.platforms.constructs import AlarmSet, Dashboard, KmsKey, LogGroup, Topic, declare
from onetake.platforms.context import Context

_CONTROL_PLANE = {
    "api_server_errors": ("apiserver_request_total_5XX", "The API server answers with errors", 50.0),
    "failed_scheduling": (
        "scheduler_schedule_attempts_UNSCHEDULABLE",
        "Pods find no place: no Fargate profile matches them, or the subnets have no addresses left",
        10.0,
    ),
}
"""Metrics that EKS itself publishes to AWS/EKS: metric, meaning, and how many in five minutes are too many."""


class Observability(Construct):
    """The topic, alarms on the control plane, the services and their queues, and a dashboard.

    Args:
        cluster: the cluster's name.
        pod_log: the group to which pods log, a line of JSON for each event.
        dead_letters: by service, the queue of what it failed to handle.
        key: encrypts the notifications.
        email: who reads them.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        cluster: str,
        pod_log: LogGroup,
        dead_letters: Mapping[str, Any],
        key: KmsKey,
        email: str | None,
    ) -> None:
        super().__init__(scope, name)
        self.topic = Topic(
            self, "topic", context=context, component="alarms", key=key, publishers=["cloudwatch"], email=email
        )
        alarms = AlarmSet(self, "alarms", context=context, topic=self.topic)
        for alarm, (metric, meaning, threshold) in _CONTROL_PLANE.items():
            alarms.add(
                alarm,
                description=meaning,
                namespace="AWS/EKS",
                metric=metric,
                dimensions={"ClusterName": cluster},
                threshold=threshold,
                periods=3,
            )
        namespace = context.names.of("services")
        declare(
            self,
            "aws_cloudwatch_log_metric_filter",
            "server_errors",
            name=context.names.of("server-errors"),
            log_group_name=pod_log.name,
            pattern="{ $.status >= 500 }",
            metric_transformation={"name": "server_errors", "namespace": namespace, "value": "1"},
        )
        alarms.add(
            "server_errors",
            description="Services answer with errors of their own (5xx)",
            namespace=namespace,
            metric="server_errors",
            threshold=10,
        )
        for service, queue in dead_letters.items():
            alarms.add(
                f"{service.replace('-', '_')}_dead_letters",
                description=f"{service} gave up on messages; they wait in its dead-letter queue",
                namespace="AWS/SQS",
                metric="ApproximateNumberOfMessagesVisible",
                dimensions={"QueueName": queue.name},
                statistic="Maximum",
                threshold=1,
            )
        if context.environment == "prod":
            alarms.summarize("platform_unhealthy", description="Something is wrong: see which alarm is on")
        graphs: dict[str, list[list[str]]] = {
            "API server errors": [["AWS/EKS", "apiserver_request_total_5XX", "ClusterName", cluster]],
            "Pods without a place": [["AWS/EKS", "scheduler_pending_pods", "ClusterName", cluster]],
            "Errors of services": [[namespace, "server_errors"]],
            "Dead letters": [
                ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", queue.name]
                for queue in dead_letters.values()
            ],
        }
        Dashboard(self, "dashboard", context=context, component="services", graphs=graphs)
