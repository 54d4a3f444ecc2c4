"""Vaults and plans."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from onetake.platforms.refusals import Refused
from tests.platforms.synthesized import key, plain

Synth = Callable[..., dict[str, Any]]
COPY = "arn:aws:backup:us-west-2:123456789012:backup-vault:other"
DAILY: dict[str, Any] = {"name": "daily", "schedule": "cron(0 3 * * ? *)", "delete_after": 35}


def plan(stack: Any, context: Any, *, lock: Any = None, rules: Any = None, **given: Any) -> Any:
    from onetake.platforms.constructs import BackupPlan, BackupRule, BackupVault

    vault = BackupVault(stack, "vault", context=context, component="vault", key=key(stack, context), lock=lock)
    made = [BackupRule(**rule) for rule in ([DAILY] if rules is None else rules)]
    selected = {"tags": {"Platform": "test"}} | given
    return BackupPlan(stack, "plan", context=context, component="backup", vault=vault, rules=made, **selected)


def test_a_plan_selects_what_has_all_the_tags(synth: Synth):
    hourly = {"name": "hourly", "schedule": "cron(0 * * * ? *)", "delete_after": 7, "copy_to": COPY}
    found = synth(
        lambda stack, context: plan(
            stack, context, rules=[DAILY | {"continuous": True}, hourly], tags={"Platform": "test", "Copy": "dev"}
        )
    )["resource"]

    daily, copied = plain(found["aws_backup_plan"]["plan"]["rule"])
    assert daily["enable_continuous_backup"] is True
    assert (daily["start_window"], daily["completion_window"]) == (60, 180)
    assert copied["copy_action"] == [{"destination_vault_arn": COPY, "lifecycle": {"delete_after": 7}}]
    selection = plain(found["aws_backup_selection"]["plan_tagged"])
    # Tags of selection_tag would select what has any of them: every copy of the platform, not this one.
    assert "selection_tag" not in selection
    assert selection["condition"] == [
        {
            "string_equals": [
                {"key": "aws:ResourceTag/Platform", "value": "test"},
                {"key": "aws:ResourceTag/Copy", "value": "dev"},
            ]
        }
    ]
    assert selection["depends_on"] == [
        "aws_iam_role_policy_attachment.plan_role_back_up",
        "aws_iam_role_policy_attachment.plan_role_restore",
    ]
    assert found["aws_backup_vault"]["vault"]["force_destroy"] is True


def test_in_prod_the_vault_is_kept_and_may_be_locked(synth: Synth):
    from onetake.platforms.constructs import VaultLock

    found = synth(lambda stack, context: plan(stack, context, lock=VaultLock(7, 400, 3)), "prod")["resource"]

    assert found["aws_backup_vault"]["vault"]["lifecycle"] == {"prevent_destroy": True}
    assert plain(found["aws_backup_vault_lock_configuration"]["vault_lock"]) == {
        "backup_vault_name": "${aws_backup_vault.vault.name}",
        "min_retention_days": 7,
        "max_retention_days": 400,
        "changeable_for_days": 3,
    }


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"rules": []}, r"rules=\[\]: a plan without rules backs nothing up"),
        ({"tags": None}, "tags=None: give tags or resources"),
        ({"rules": [DAILY | {"schedule": "daily"}]}, r"schedule='daily': it has to be a schedule"),
        ({"rules": [DAILY | {"schedule": "cron(0/15 * * * ? *)"}]}, "AWS Backup makes one backup an hour at most"),
        ({"rules": [DAILY | {"start_window": 30}]}, "start_window=30: it has to be a whole number from 60"),
        ({"rules": [DAILY | {"completion_window": 90}]}, "completion_window=90: it has to be a whole number from 120"),
        ({"rules": [DAILY | {"continuous": True, "delete_after": 36}]}, "delete_after=36: .* from 1 to 35"),
        ({"rules": [DAILY | {"cold_after": 30}]}, "cold_after=30"),
    ],
)
def test_a_plan_refuses_what_aws_would(given: dict[str, Any], told: str, synth: Synth):
    with pytest.raises(Refused, match=told):
        synth(lambda stack, context: plan(stack, context, **given))


def test_a_lock_is_for_what_is_not_destroyed_and_agrees_with_the_plan(synth: Synth):
    from onetake.platforms.constructs import VaultLock

    with pytest.raises(Refused, match="what is locked cannot be destroyed"):
        synth(lambda stack, context: plan(stack, context, lock=VaultLock(7, 35)))
    with pytest.raises(Refused, match=r"delete_after=35: it has to be a whole number from 7 to 30"):
        synth(lambda stack, context: plan(stack, context, lock=VaultLock(7, 30)), "prod")
