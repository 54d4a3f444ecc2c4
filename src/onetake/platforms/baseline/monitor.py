"""Who is told, and of what: alarms over the trail, findings of the detecting services, and one page to look at."""

from __future__ import annotations

from typing import Any, Final

from constructs import Construct

from onetake.platforms.baseline.patterns import WATCHES
from onetake.platforms.constructs import AlarmSet, Dashboard, KmsKey, Topic, declare, tell_of
from onetake.platforms.constructs.logs import LogGroup
from onetake.platforms.context import Context

PUBLISHERS: Final = ("cloudwatch", "events", "budgets", "costalerts")

FINDINGS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "guardduty": (
        "Findings of GuardDuty of high severity",
        {
            "source": ["aws.guardduty"],
            "detail-type": ["GuardDuty Finding"],
            "detail": {"severity": [{"numeric": [">=", 7]}]},
        },
    ),
    "securityhub": (
        "New critical findings of Security Hub",
        {
            "source": ["aws.securityhub"],
            "detail-type": ["Security Hub Findings - Imported"],
            "detail": {
                "findings": {
                    "Severity": {"Label": ["CRITICAL"]},
                    "Workflow": {"Status": ["NEW"]},
                    "RecordState": ["ACTIVE"],
                }
            },
        },
    ),
    "access-analyzer": (
        "Something became reachable from outside the account",
        {
            "source": ["aws.access-analyzer"],
            "detail-type": ["Access Analyzer Finding"],
            "detail": {"status": ["ACTIVE"]},
        },
    ),
    "root-sign-in": (
        "The root user signed in to the console",
        {
            "detail-type": ["AWS Console Sign In via CloudTrail"],
            "detail": {"userIdentity": {"type": ["Root"]}},
        },
    ),
}


class Monitor(Construct):
    """The topic, fifteen watches with an alarm each, rules for findings, a dashboard and a summary.

    Args:
        group: the trail's log group.
        key: encrypts the notifications.
        email: who reads them.
        break_glass: name of the role whose every use is told.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        group: LogGroup,
        key: KmsKey,
        email: str | None,
        break_glass: str,
    ) -> None:
        super().__init__(scope, name)
        self._context = context
        self.topic = Topic(
            self,
            "topic",
            context=context,
            component="security",
            key=key,
            publishers=PUBLISHERS,
            email=email,
        )
        self._watch(group)
        self._tell(break_glass)

    def _watch(self, group: LogGroup) -> None:
        names = self._context.names
        namespace = names.of("trail")
        alarms = AlarmSet(self, "alarms", context=self._context, topic=self.topic)
        for name, watch in WATCHES.items():
            declare(
                self,
                "aws_cloudwatch_log_metric_filter",
                name,
                name=names.of(name.replace("_", "-"), "alarm"),
                log_group_name=group.name,
                pattern=watch.pattern,
                metric_transformation={"name": name, "namespace": namespace, "value": "1"},
            )
            alarms.add(
                name,
                description=watch.meaning,
                namespace=namespace,
                metric=name,
                threshold=watch.threshold,
            )
        alarms.summarize("account_unsafe", description="Something in the account needs eyes: see which alarm is on")
        graphs = {watch.meaning: [[namespace, name]] for name, watch in WATCHES.items()}
        self.dashboard = Dashboard(self, "dashboard", context=self._context, component="security", graphs=graphs)

    def _tell(self, break_glass: str) -> None:
        used = {
            "source": ["aws.sts"],
            "detail-type": ["AWS API Call via CloudTrail"],
            "detail": {
                "eventName": ["AssumeRole"],
                "requestParameters": {"roleArn": [self._context.arn("iam", f"role/{break_glass}", region=False)]},
            },
        }
        rules = {**FINDINGS, "break-glass": ("The role for emergencies was used", used)}
        tell_of(self, context=self._context, topic=self.topic, events=rules)
