"""What the account costs, told before the invoice does."""

from __future__ import annotations

from constructs import Construct

from onetake.platforms.constructs import Topic, declare, monthly_budget
from onetake.platforms.context import Context


class Cost(Construct):
    """A monthly budget and the detection of anomalies; the latter an account has once.

    Args:
        topic: who is told.
        watches_anomalies: whether to create the account's monitor.
    """

    def __init__(self, scope: Construct, name: str, *, context: Context, topic: Topic, watches_anomalies: bool) -> None:
        super().__init__(scope, name)
        monthly_budget(self, context=context, topic=topic)
        if not watches_anomalies:
            return
        monitor = declare(
            self,
            "aws_ce_anomaly_monitor",
            "anomalies",
            name=context.names.of("anomalies"),
            monitor_type="DIMENSIONAL",
            monitor_dimension="SERVICE",
        )
        declare(
            self,
            "aws_ce_anomaly_subscription",
            "anomalies_told",
            name=context.names.of("anomalies"),
            frequency="IMMEDIATE",
            monitor_arn_list=[monitor.arn],
            subscriber=[{"type": "SNS", "address": topic.arn}],
            threshold_expression={
                "dimension": {
                    "key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
                    "match_options": ["GREATER_THAN_OR_EQUAL"],
                    "values": ["50"],
                }
            },
            depends_on=[topic.policy],
        )
