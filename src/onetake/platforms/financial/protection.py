"""Backups of the database, and a budget."""

from __future__ import annotations

from typing import Final

from constructs import Construct

from onetake.platforms.constructs import (
    BackupPlan,
    BackupRule,
    BackupVault,
    KmsKey,
    Topic,
    VaultLock,
    monthly_budget,
)
from onetake.platforms.context import Context

TAG: Final = "BackupPlan"
_KEPT: Final = (7, 400)  # days for which a locked vault keeps recovery points, at least and at most


class Protection(Construct):
    """The vault, and a plan that backs up what carries its tag: continuously, and once a day.

    Args:
        key: encrypts the recovery points.
        topic: is told what happens to them.
        lock_after: days after which nobody can remove the vault's lock any more; None keeps it removable by those with
            a special permission. Only protected copies have a lock.
    """

    def __init__(
        self, scope: Construct, name: str, *, context: Context, key: KmsKey, topic: Topic, lock_after: int | None
    ) -> None:
        super().__init__(scope, name)
        days = context.profile.backup_retention
        lock = VaultLock(min(_KEPT[0], days), _KEPT[1], lock_after) if context.profile.protected else None
        self.vault = BackupVault(self, "vault", context=context, component="vault", key=key, lock=lock, topic=topic)
        BackupPlan(
            self,
            "plan",
            context=context,
            component="backup",
            vault=self.vault,
            rules=[
                BackupRule("continuous", "cron(0 1 * * ? *)", days, continuous=True),
                BackupRule("daily", "cron(0 3 * * ? *)", days),
            ],
            tags=tag(context),
        )


def tag(context: Context) -> dict[str, str]:
    """What the plan backs up carries this tag."""
    return {TAG: context.names.of("backup")}


class Cost(Construct):
    """A monthly budget of what carries the platform's tag, once that tag is activated for cost allocation.

    Args:
        platform: the tag's value.
        topic: who is told.
    """

    def __init__(self, scope: Construct, name: str, *, context: Context, platform: str, topic: Topic) -> None:
        super().__init__(scope, name)
        monthly_budget(self, context=context, topic=topic, tag=f"user:Platform${platform}")
