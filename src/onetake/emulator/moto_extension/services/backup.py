"""AWS Backup: selections, policies and notifications of vaults; tags."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from onetake.emulator.moto_extension.calls import Call
from onetake.emulator.moto_extension.generic.hints import Hint
from onetake.emulator.moto_extension.generic.store import Store

HINTS = {
    "BackupSelection": Hint(key=("BackupPlanId", "SelectionId")),
    "BackupVaultAccessPolicy": Hint(key=("BackupVaultName",)),
    "BackupVaultNotification": Hint(
        key=("BackupVaultName",), arn="arn:aws:backup:{region}:{account}:backup-vault:{BackupVaultName}"
    ),
    "RestoreTestingPlan": Hint(
        arn="arn:aws:backup:{region}:{account}:restore-testing-plan:{RestoreTestingPlanName}-{id}",
        values={"ScheduleExpressionTimezone": "Etc/UTC", "StartWindowHours": 24},
    ),
}


def _tags(call: Call, store: Store) -> Mapping[str, Any]:
    """Moto takes the wrong part of the path for the ARN."""
    from moto.backup.models import backup_backends

    arn = unquote(str(call.get("ResourceArn")))
    return {"Tags": {**store.tags.get(arn, {}), **backup_backends[call.account][call.region].list_tags(arn)}}


def _points(_call: Call, _store: Store) -> Mapping[str, Any]:
    """Nothing is ever backed up here."""
    return {"RecoveryPoints": []}


OPERATIONS = {"ListTags": _tags, "ListRecoveryPointsByBackupVault": _points}
