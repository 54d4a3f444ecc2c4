"""AWS Backup: selections, policies and notifications of vaults."""

from onetake.emulator.moto_extension.generic.hints import Hint

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
