"""Topics, alarms and dashboards."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from constructs import Construct

from onetake.platforms.constructs.declaring import OWN, declare
from onetake.platforms.constructs.keys import KmsKey
from onetake.platforms.constructs.policies import document, only_encrypted, statement
from onetake.platforms.context import Context
from onetake.platforms.parameters import whole

Missing = Literal["notBreaching", "breaching", "ignore", "missing"]


class Topic(Construct):
    """An encrypted topic to which services of this account may publish, and an address that reads it.

    Args:
        component: part of its name.
        key: encrypts it; its policy has to admit the publishers.
        publishers: services, such as ``["cloudwatch"]``.
        email: who reads it; nobody yet if not given.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        component: str,
        key: KmsKey,
        publishers: Sequence[str],
        email: str | None,
    ) -> None:
        super().__init__(scope, name)
        self.topic = declare(
            self,
            "aws_sns_topic",
            OWN,
            name=context.names.of(component, "topic"),
            kms_master_key_id=key.arn,
            provider=context.provider,
        )
        self.arn: str = self.topic.arn
        publish = [
            statement(
                "Publish",
                ["sns:Publish"],
                [self.arn],
                services=[context.service(service) for service in publishers],
                when=[("StringEquals", "aws:SourceAccount", [context.account])],
            ),
            only_encrypted(["sns:Publish"], [self.arn]),
        ]
        self.policy = declare(
            self,
            "aws_sns_topic_policy",
            "policy",
            arn=self.arn,
            policy=document(self, "policy_document", publish),
            provider=context.provider,
        )
        if email is not None:
            declare(
                self,
                "aws_sns_topic_subscription",
                "email",
                topic_arn=self.arn,
                protocol="email",
                endpoint=email,
                provider=context.provider,
            )


def tell_of(
    scope: Construct, *, context: Context, topic: Topic, events: Mapping[str, tuple[str, Mapping[str, Any]]]
) -> None:
    """Let a topic tell of events.

    Args:
        scope: what the rules belong to.
        context: of the platform.
        topic: that tells; its publishers have to include ``events``.
        events: by the rule's name, what an event means and the pattern by which it is known.
    """
    for name, (meaning, pattern) in events.items():
        key = name.replace("-", "_")
        rule = declare(
            scope,
            "aws_cloudwatch_event_rule",
            key,
            name=context.names.of(name, "rule"),
            description=meaning,
            event_pattern=json.dumps(pattern),
            provider=context.provider,
        )
        declare(
            scope,
            "aws_cloudwatch_event_target",
            f"{key}_target",
            rule=rule.name,
            target_id="topic",
            arn=topic.arn,
            provider=context.provider,
            depends_on=[topic.policy],
        )


class AlarmSet(Construct):
    """Alarms that go to one topic, and one that tells whether any of them is on.

    Args:
        topic: where they go.
    """

    def __init__(self, scope: Construct, name: str, *, context: Context, topic: Topic) -> None:
        super().__init__(scope, name)
        self._context = context
        self._topic = topic
        self.alarms: dict[str, Any] = {}

    def add(
        self,
        name: str,
        *,
        description: str,
        namespace: str,
        metric: str,
        threshold: float,
        dimensions: Mapping[str, str] | None = None,
        statistic: str = "Sum",
        comparison: str = "GreaterThanOrEqualToThreshold",
        period: int = 300,
        periods: int = 1,
        missing: Missing = "notBreaching",
    ) -> Any:
        """An alarm on one metric.

        Args:
            name: part of its name, with underscores.
            description: what it means and what to do.
            namespace: of the metric.
            metric: its name.
            threshold: in the metric's unit.
            dimensions: of the metric.
            statistic: such as ``Sum`` or ``p99``.
            comparison: of the statistic with the threshold.
            period: seconds over which the statistic is taken.
            periods: how many in a row have to breach.
            missing: what no data means.
        """
        whole("period", period, 10, 86_400)
        extended = statistic.startswith("p")
        made = declare(
            self,
            "aws_cloudwatch_metric_alarm",
            name,
            alarm_name=self._context.names.of(name.replace("_", "-"), "alarm"),
            alarm_description=description,
            namespace=namespace,
            metric_name=metric,
            dimensions=dict(dimensions) if dimensions else None,
            statistic=None if extended else statistic,
            extended_statistic=statistic if extended else None,
            comparison_operator=comparison,
            threshold=threshold,
            period=period,
            evaluation_periods=periods,
            treat_missing_data=missing,
            alarm_actions=[self._topic.arn],
            ok_actions=[self._topic.arn],
            provider=self._context.provider,
        )
        self.alarms[name] = made
        return made

    def ratio(
        self,
        name: str,
        *,
        description: str,
        namespace: str,
        part: str,
        whole_of: str,
        percent: float,
        dimensions: Mapping[str, str],
        periods: int = 3,
    ) -> Any:
        """An alarm on the share that one count has of another, over five minutes.

        Args:
            name: part of its name, with underscores.
            description: what it means and what to do.
            namespace: of both metrics.
            part: the metric that is counted.
            whole_of: the metric of which it is a share.
            percent: from which on it is too much.
            dimensions: of both metrics.
            periods: how many in a row have to breach.
        """
        counts = [
            {
                "id": key,
                "metric": {
                    "namespace": namespace,
                    "metric_name": metric,
                    "dimensions": dict(dimensions),
                    "stat": "Sum",
                    "period": 300,
                },
            }
            for key, metric in (("part", part), ("all", whole_of))
        ]
        share = {"id": "share", "expression": "100 * part / all", "label": "percent", "return_data": True}
        made = declare(
            self,
            "aws_cloudwatch_metric_alarm",
            name,
            alarm_name=self._context.names.of(name.replace("_", "-"), "alarm"),
            alarm_description=description,
            metric_query=[share, *counts],
            comparison_operator="GreaterThanOrEqualToThreshold",
            threshold=percent,
            evaluation_periods=periods,
            treat_missing_data="notBreaching",
            alarm_actions=[self._topic.arn],
            ok_actions=[self._topic.arn],
            provider=self._context.provider,
        )
        self.alarms[name] = made
        return made

    def summarize(self, name: str, *, description: str) -> Any:
        """A composite alarm that is on when any of the others is."""
        names = [alarm.alarm_name for alarm in self.alarms.values()]
        return declare(
            self,
            "aws_cloudwatch_composite_alarm",
            name,
            alarm_name=self._context.names.of(name.replace("_", "-"), "alarm"),
            alarm_description=description,
            alarm_rule=" OR ".join(f'ALARM("{one}")' for one in names),
            alarm_actions=[self._topic.arn],
            provider=self._context.provider,
        )


class Dashboard(Construct):
    """A dashboard of metrics, three graphs in a row.

    Args:
        component: part of its name.
        graphs: by title, metrics as CloudWatch writes them: namespace, name, dimensions in turn, and at last options
            such as the region of a metric that is measured elsewhere.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        component: str,
        graphs: Mapping[str, Sequence[Sequence[Any]]],
    ) -> None:
        super().__init__(scope, name)
        widgets = [
            {
                "type": "metric",
                "x": 8 * (place % 3),
                "y": 6 * (place // 3),
                "width": 8,
                "height": 6,
                "properties": {
                    "title": title,
                    "region": context.region,
                    "stat": "Sum",
                    "period": 300,
                    "view": "timeSeries",
                    "metrics": [list(metric) for metric in metrics],
                },
            }
            for place, (title, metrics) in enumerate(graphs.items())
        ]
        self.dashboard = declare(
            self,
            "aws_cloudwatch_dashboard",
            OWN,
            dashboard_name=context.names.of(component, "dashboard"),
            dashboard_body=json.dumps({"widgets": widgets}),
            provider=context.provider,
        )
