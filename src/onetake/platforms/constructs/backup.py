"""Backups: vaults that keep recovery points, and plans that make them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from constructs import Construct

from onetake.model.records import record
from onetake.platforms.constructs.declaring import OWN, declare
from onetake.platforms.constructs.keys import KmsKey
from onetake.platforms.constructs.monitoring import Topic
from onetake.platforms.constructs.roles import Role
from onetake.platforms.context import Context
from onetake.platforms.parameters import flag, text, whole
from onetake.platforms.refusals import Refused

EVENTS: Final = ("COPY_JOB_FAILED", "RESTORE_JOB_COMPLETED", "RECOVERY_POINT_MODIFIED")
"""What a vault tells. Failed backups are no event of their own any more: alarm on ``NumberOfBackupJobsFailed``."""

_SCHEDULE: Final = re.compile(r"cron\((?P<minute>\S+) (?P<hour>\S+) \S+ \S+ \S+ \S+\)")
_COLD: Final = 90  # days for which what is moved to cold storage has to stay there
_CONTINUOUS: Final = 35  # days: continuous backups reach no further back


@record
class VaultLock:
    """For how long recovery points have to be kept, whoever asks.

    Attributes:
        min_days: a plan whose retention is shorter fails.
        max_days: a plan whose retention is longer fails.
        changeable_for: days after which nobody, not even AWS, can remove the lock; None means that those with a
            special permission can at any time. At least 3.
    """

    min_days: int
    max_days: int
    changeable_for: int | None = None


@record
class BackupRule:
    """When backups are made, and for how long they are kept.

    Attributes:
        name: of the rule.
        schedule: as AWS writes it, such as ``cron(0 3 * * ? *)``, in UTC; hourly is the shortest that AWS Backup has.
        delete_after: days.
        continuous: whether any second of that time can be restored, where the service can; 35 days at most.
        start_window: minutes within which a job has to begin, 60 at least.
        completion_window: minutes after which it is given up; 60 more than the start window at least.
        cold_after: days after which it goes to cold storage, 90 days before it is deleted at least.
        copy_to: ARN of the vault, usually of another region, that gets a copy.
        copy_delete_after: days for which the copy is kept; as long as the original if not given.
    """

    name: str
    schedule: str
    delete_after: int
    continuous: bool = False
    start_window: int = 60
    completion_window: int = 180
    cold_after: int | None = None
    copy_to: str | None = None
    copy_delete_after: int | None = None


class BackupVault(Construct):
    """A vault, encrypted with a key of ours.

    Args:
        component: part of its name.
        key: encrypts the recovery points; its policy has to admit ``through("backup")``.
        lock: for how long they have to be kept; a locked vault cannot be emptied, so only where nothing is destroyed.
        topic: who is told what happens to them; its publishers have to include ``backup``.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        component: str,
        key: KmsKey,
        lock: VaultLock | None = None,
        topic: Topic | None = None,
    ) -> None:
        super().__init__(scope, name)
        self.lock = lock
        if lock is not None:
            _judge_lock(lock, protected=context.profile.protected)
        self.vault = declare(
            self,
            "aws_backup_vault",
            OWN,
            name=context.names.of(component, "backup vault"),
            kms_key_arn=key.arn,
            force_destroy=not context.profile.protected,
            provider=context.provider,
            lifecycle=context.keep,
        )
        self.name: str = self.vault.name
        self.arn: str = self.vault.arn
        if lock is not None:
            declare(
                self,
                "aws_backup_vault_lock_configuration",
                "lock",
                backup_vault_name=self.name,
                min_retention_days=lock.min_days,
                max_retention_days=lock.max_days,
                changeable_for_days=lock.changeable_for,
                provider=context.provider,
            )
        if topic is not None:
            declare(
                self,
                "aws_backup_vault_notifications",
                "notifications",
                backup_vault_name=self.name,
                sns_topic_arn=topic.arn,
                backup_vault_events=list(EVENTS),
                provider=context.provider,
                depends_on=[topic.policy],
            )


class BackupPlan(Construct):
    """A plan, the role by which it is carried out, and what it is for.

    Args:
        component: part of its name.
        vault: where recovery points go.
        rules: when they are made.
        tags: resources with all of these tags are backed up.
        resources: ARNs of resources that are backed up, besides or instead.
        role: carries it out; made if not given. A second region's plan takes the first one's, since roles are global.

    Raises:
        Refused: a rule contradicts itself or the vault's lock, or nothing is selected.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        component: str,
        vault: BackupVault,
        rules: Sequence[BackupRule],
        tags: Mapping[str, str] | None = None,
        resources: Sequence[str] = (),
        role: Role | None = None,
    ) -> None:
        super().__init__(scope, name)
        if not rules:
            raise Refused("rules", rules, "a plan without rules backs nothing up")
        if not tags and not resources:
            raise Refused("tags", tags, "give tags or resources: a plan that selects nothing backs nothing up")
        for rule in rules:
            _judge_rule(rule, vault.lock)
        named = context.names.of(component)
        self.plan = declare(
            self,
            "aws_backup_plan",
            OWN,
            name=named,
            rule=[_rule(rule, vault) for rule in rules],
            provider=context.provider,
        )
        self.role = role or backup_role(self, context=context, component=component)
        # What has all the tags: the conditions of one selection are met together, its tags one by one.
        own = [{"key": f"aws:ResourceTag/{key}", "value": value} for key, value in (tags or {}).items()]
        for kind, arguments in (
            ("tagged", {"resources": ["*"], "condition": [{"string_equals": own}]} if tags else None),
            ("named", {"resources": list(resources)} if resources else None),
        ):
            if arguments is not None:
                declare(
                    self,
                    "aws_backup_selection",
                    kind,
                    name=f"{named}-{kind}",
                    plan_id=self.plan.id,
                    iam_role_arn=self.role.arn,
                    provider=context.provider,
                    depends_on=self.role.grants,
                    **arguments,
                )


def backup_role(scope: Construct, *, context: Context, component: str) -> Role:
    """The role that AWS Backup acts by: it makes backups and restores them."""
    policies = {"back_up": "AWSBackupServiceRolePolicyForBackup", "restore": "AWSBackupServiceRolePolicyForRestores"}
    managed = {
        key: f"arn:{context.partition}:iam::aws:policy/service-role/{policy}" for key, policy in policies.items()
    }
    return Role(
        scope,
        "role",
        context=context,
        component=component,
        description="Makes backups and restores them",
        services=["backup"],
        managed=managed,
    )


def _rule(rule: BackupRule, vault: BackupVault) -> dict[str, Any]:
    life = {"delete_after": rule.delete_after, "cold_storage_after": rule.cold_after}
    copied = {"delete_after": rule.copy_delete_after or rule.delete_after}
    return {
        "rule_name": rule.name,
        "target_vault_name": vault.name,
        "schedule": rule.schedule,
        "start_window": rule.start_window,
        "completion_window": rule.completion_window,
        "enable_continuous_backup": True if rule.continuous else None,
        "lifecycle": life,
        "copy_action": [{"destination_vault_arn": rule.copy_to, "lifecycle": copied}] if rule.copy_to else None,
    }


def _judge_rule(rule: BackupRule, lock: VaultLock | None) -> None:
    where = f"rules[{rule.name!r}]"
    found = _SCHEDULE.fullmatch(rule.schedule) if isinstance(rule.schedule, str) else None
    if found is None:
        raise Refused(f"{where}.schedule", rule.schedule, "it has to be a schedule such as 'cron(0 3 * * ? *)'")
    text(f"{where}.schedule", found["minute"], re.compile(r"\d{1,2}"), "AWS Backup makes one backup an hour at most")
    whole(f"{where}.delete_after", rule.delete_after, 1, 36_500)
    whole(f"{where}.start_window", rule.start_window, 60, 100_000)
    whole(f"{where}.completion_window", rule.completion_window, rule.start_window + 60, 100_000)
    if flag(f"{where}.continuous", rule.continuous):
        whole(f"{where}.delete_after", rule.delete_after, 1, _CONTINUOUS)
        if rule.cold_after is not None:
            raise Refused(f"{where}.cold_after", rule.cold_after, "continuous backups do not go to cold storage")
    if rule.cold_after is not None:
        whole(f"{where}.cold_after", rule.cold_after, 1, max(rule.delete_after - _COLD, 0))
    if lock is not None:
        whole(f"{where}.delete_after", rule.delete_after, lock.min_days, lock.max_days)


def _judge_lock(lock: VaultLock, *, protected: bool) -> None:
    if not protected:
        raise Refused("lock", lock, "what is locked cannot be destroyed, and this copy is meant to be")
    whole("lock.min_days", lock.min_days, 1, 36_500)
    whole("lock.max_days", lock.max_days, lock.min_days, 36_500)
    if lock.changeable_for is not None:
        whole("lock.changeable_for", lock.changeable_for, 3, 36_500)
