"""Who is told when something is refused: each refusal is a control that works, and somebody who tries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from constructs import Construct

from onetake.model.records import record
from onetake.platforms.constructs import AlarmSet, Dashboard, KmsKey, LogGroup, Topic, declare, tell_of
from onetake.platforms.context import Context


@record
class Watch:
    """What is looked for in a log.

    Attributes:
        log: which log, by its name in ``Monitoring``.
        pattern: of CloudWatch Logs.
        meaning: of a match, and what to do.
        threshold: matches in five minutes that are too many.
    """

    log: str
    pattern: str
    meaning: str
    threshold: int = 1


WATCHES: Final[Mapping[str, Watch]] = {
    "calls_denied": Watch(
        "calls", "{ $.responseCode = 403 }", "Lattice refused calls between services: who called whom is in the log", 5
    ),
    "egress_dropped": Watch(
        "firewall", '{ $.event.alert.action = "blocked" }', "The firewall dropped connections to names on no list", 10
    ),
    "names_blocked": Watch(
        "dns", '{ $.firewall_rule_action = "BLOCK" }', "Names were asked for that are on no list", 10
    ),
    "key_denied": Watch(
        "trail",
        '{ ($.eventSource = "kms.amazonaws.com") && ($.errorCode = "*AccessDenied*") }',
        "Somebody was refused the use of a key",
    ),
    "lock_changed": Watch(
        "trail",
        "{ ($.eventName = PutBucketObjectLockConfiguration) || ($.eventName = PutObjectRetention) || "
        "($.eventName = PutObjectLegalHold) || ($.eventName = DeleteBucketLifecycle) }",
        "Somebody changed for how long the audit trail is kept, or tried to",
    ),
    "root_used": Watch(
        "trail",
        '{ ($.userIdentity.type = "Root") && ($.userIdentity.invokedBy NOT EXISTS) && '
        '($.eventType != "AwsServiceEvent") }',
        "The root user of the account did something",
    ),
    "keys_changed": Watch(
        "trail",
        "{ ($.eventSource = kms.amazonaws.com) && (($.eventName = DisableKey) || "
        "($.eventName = ScheduleKeyDeletion) || ($.eventName = PutKeyPolicy)) }",
        "Somebody changed a key's policy, disabled a key, or scheduled its deletion",
    ),
}
"""By the name of the metric."""


class Monitoring(Construct):
    """The topic, an alarm for each kind of refusal, rules for findings and the role for emergencies, a dashboard.

    Args:
        key: encrypts what is told.
        email: who reads it.
        logs: by the name that watches use, log groups; what watches a log that is not there is left out.
        balancer: what metrics call the load balancer.
        queues: queues of what was given up on, by what gave up.
        break_glass: name of the role whose every use is told.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        key: KmsKey,
        email: str | None,
        logs: Mapping[str, LogGroup],
        balancer: str,
        queues: Mapping[str, Any],
        break_glass: str,
    ) -> None:
        super().__init__(scope, name)
        self._context = context
        self.topic = Topic(
            self,
            "topic",
            context=context,
            component="alarms",
            key=key,
            publishers=["cloudwatch", "events"],
            email=email,
        )
        self._alarms = AlarmSet(self, "alarms", context=context, topic=self.topic)
        graphs = self._watch(logs) | self._measure(balancer, queues)
        if context.environment == "prod":
            self._alarms.summarize("platform_unsafe", description="Something needs eyes: see which alarm is on")
        self._tell(break_glass)
        self.dashboard = Dashboard(self, "dashboard", context=context, component="security", graphs=graphs)

    def _watch(self, logs: Mapping[str, LogGroup]) -> dict[str, list[list[str]]]:
        names = self._context.names
        namespace = names.of("refusals")
        graphs = {}
        for name, watch in WATCHES.items():
            if watch.log not in logs:
                continue
            declare(
                self,
                "aws_cloudwatch_log_metric_filter",
                name,
                name=names.of(name.replace("_", "-"), "alarm"),
                log_group_name=logs[watch.log].name,
                pattern=watch.pattern,
                metric_transformation={"name": name, "namespace": namespace, "value": "1"},
            )
            self._alarms.add(
                name, description=watch.meaning, namespace=namespace, metric=name, threshold=watch.threshold
            )
            graphs[watch.meaning] = [[namespace, name]]
        return graphs

    def _measure(self, balancer: str, queues: Mapping[str, Any]) -> dict[str, list[list[str]]]:
        application, queue_space = "AWS/ApplicationELB", "AWS/SQS"
        handshakes, errors = "ClientTLSNegotiationErrorCount", "HTTPCode_Target_5XX_Count"
        for name, metric, meaning, threshold in (
            ("handshakes_failed", handshakes, "Clients showed no certificate, or none that an authority signed", 10),
            ("services_fail", errors, "Services answer with errors of their own (5xx)", 10),
        ):
            self._alarms.add(
                name,
                description=meaning,
                namespace=application,
                metric=metric,
                dimensions={"LoadBalancer": balancer},
                threshold=threshold,
            )
        waiting = "ApproximateNumberOfMessagesVisible"
        for name, queue in queues.items():
            self._alarms.add(
                f"{name}_gave_up",
                description=f"{name.capitalize()} gave up on messages; they wait in {name}'s dead-letter queue",
                namespace=queue_space,
                metric=waiting,
                dimensions={"QueueName": queue.name},
                statistic="Maximum",
                threshold=1,
            )
        return {
            "Handshakes of clients that failed": [[application, handshakes, "LoadBalancer", balancer]],
            "Errors of services": [[application, errors, "LoadBalancer", balancer]],
            "Given up": [[queue_space, waiting, "QueueName", queue.name] for queue in queues.values()],
        }

    def _tell(self, break_glass: str) -> None:
        used = self._context.arn("iam", f"role/{break_glass}", region=False)
        rules: dict[str, tuple[str, dict[str, Any]]] = {
            "access-analyzer": (
                "Something became reachable from outside the account",
                {
                    "source": ["aws.access-analyzer"],
                    "detail-type": ["Access Analyzer Finding"],
                    "detail": {"status": ["ACTIVE"]},
                },
            ),
            "break-glass": (
                "The role for emergencies was used",
                {
                    "source": ["aws.sts"],
                    "detail-type": ["AWS API Call via CloudTrail"],
                    "detail": {"eventName": ["AssumeRole"], "requestParameters": {"roleArn": [used]}},
                },
            ),
        }
        tell_of(self, context=self._context, topic=self.topic, events=rules)
