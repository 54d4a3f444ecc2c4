"""Estimates of cost: every resource is counted, paid by use or free, and the sums follow from the table of prices."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from onetake.platforms.costs import estimate, prices
from onetake.platforms.costs.prices import by_use
from onetake.platforms.costs.quantities import QUANTITIES
from onetake.platforms.costs.schedules import share_of_week
from onetake.platforms.synthesized import Synthesized
from tests.platforms.synthesized import Copy

FREE = (
    *("aws_acm_", "aws_appautoscaling_", "aws_autoscaling_", "aws_budgets_", "aws_ce_", "aws_cloudwatch_event_"),
    *("aws_cloudwatch_log_", "aws_cloudwatch_query_", "aws_config_", "aws_default_security_group", "aws_iam_"),
    *("aws_internet_gateway", "aws_network_acl", "aws_route", "aws_s3_", "aws_security_group", "aws_subnet"),
    *("aws_vpc", "aws_kms_alias", "aws_sns_", "aws_sqs_", "aws_ssm_", "aws_lb_", "aws_wafv2_", "aws_secretsmanager_"),
    *("aws_ecr_", "aws_ecs_", "aws_eks_", "aws_efs_", "aws_elasticache_", "aws_rds_", "aws_db_", "aws_backup_"),
    *("aws_account_", "aws_accessanalyzer_", "aws_ebs_", "aws_ec2_", "aws_guardduty_", "aws_securityhub_"),
    *("aws_cloudfront_", "aws_launch_template", "aws_lambda_", "aws_dynamodb_", "aws_networkfirewall_", "aws_codest"),
    *("aws_code", "aws_vpclattice_", "aws_acmpca_", "aws_inspector2_", "aws_macie2_", "aws_fis_", "aws_resource"),
)


def test_every_type_is_counted_paid_by_use_or_free(copy: Copy):
    kinds = {kind for kind, _, _ in copy.resources()}

    assert [
        kind for kind in kinds if kind not in QUANTITIES and kind not in by_use() and not kind.startswith(FREE)
    ] == []


def test_what_stands_costs_less_than_the_budget_of_which_it_tells(copy: Copy):
    found = estimate(Synthesized(copy.path.parent))

    assert found.monthly > 0
    for budget in copy.of("aws_budgets_budget").values():
        assert found.monthly < float(budget["limit_amount"])
    assert sum(found.modules().values()) == pytest.approx(found.monthly)


def test_gateways_and_addresses_follow_the_zones(copy_of: Callable[..., Copy]):
    for environment, gateways in (("dev", 1), ("staging", 1), ("prod", 3)):
        found = estimate(Synthesized(copy_of("eks-microservices", environment).path.parent))
        parts = {what: sum(one.monthly for one in found.charges if one.what == what) for what in ("gateway", "cluster")}
        assert parts == {"gateway": pytest.approx(gateways * 32.85), "cluster": pytest.approx(73)}


def test_prices_are_dated_and_have_a_page():
    assert len(prices()) > 20
    for one in prices().values():
        assert one.usd > 0
        assert one.page.startswith("https://aws.amazon.com/")
        assert datetime.date(2024, 1, 1) < one.seen <= datetime.date.today()
        assert one.at


@pytest.mark.parametrize(
    ("schedules", "share"),
    [
        ([], 1.0),
        ([("0 20 * * *", 0), ("0 6 * * 1-5", 1)], 5 * 14 / 168),
        ([("0 20 * * *", 0), ("0 6 * * MON-FRI", 1)], 5 * 14 / 168),
        ([("0 0 * * 6", 0), ("0 0 * * 1", 2)], 5 / 7),
        ([("every night", 0), ("0 6 * * *", 1)], 1.0),
        ([("0 6 * * *", 1)], 1.0),
    ],
)
def test_scheduled_groups_run_part_of_the_week(schedules: list[tuple[str, int]], share: float, tmp_path: Path):
    def noted(name: str, **arguments: object) -> dict[str, object]:
        return {"//": {"metadata": {"path": f"stack/compute/{name}"}}} | arguments

    document = {
        "resource": {
            "aws_autoscaling_group": {"app": noted("app", min_size=1)},
            "aws_autoscaling_schedule": {
                f"s{number}": noted(
                    f"s{number}",
                    autoscaling_group_name="${aws_autoscaling_group.app.name}",
                    recurrence=recurrence,
                    min_size=size,
                )
                for number, (recurrence, size) in enumerate(schedules)
            },
        }
    }
    (tmp_path / "cdk.tf.json").write_text(json.dumps(document))
    stack = Synthesized(tmp_path)

    assert share_of_week(stack, stack.by_address["aws_autoscaling_group.app"]) == pytest.approx(share)
