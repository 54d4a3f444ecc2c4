"""Budgets that tell before and when money is spent."""

from __future__ import annotations

from typing import Any

from constructs import Construct

from onetake.platforms.constructs.declaring import declare
from onetake.platforms.constructs.monitoring import Topic
from onetake.platforms.context import Context


def monthly_budget(scope: Construct, *, context: Context, topic: Topic, tag: str | None = None) -> Any:
    """The profile's monthly budget: told when 80 % of it are forecast, and when all of it is spent.

    Args:
        scope: what it belongs to.
        context: of the platform.
        topic: who is told; its publishers have to include ``budgets``.
        tag: a tag and its value, as ``user:Platform$shop``, whose costs count; those of the whole account if not given.
    """
    return declare(
        scope,
        "aws_budgets_budget",
        "budget",
        name=context.names.of("monthly"),
        budget_type="COST",
        limit_amount=f"{context.profile.monthly_budget}.0",
        limit_unit="USD",
        time_unit="MONTHLY",
        cost_filter=[{"name": "TagKeyValue", "values": [tag]}] if tag else None,
        notification=[
            {
                "comparison_operator": "GREATER_THAN",
                "threshold": threshold,
                "threshold_type": "PERCENTAGE",
                "notification_type": kind,
                "subscriber_sns_topic_arns": [topic.arn],
            }
            for threshold, kind in ((80, "FORECASTED"), (100, "ACTUAL"))
        ],
        depends_on=[topic.policy],
    )
