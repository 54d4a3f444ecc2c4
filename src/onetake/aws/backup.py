"""AWS Backup: plans, their rules, vaults and selections."""

from onetake.aws.view import Attribute, Blocks, View
from onetake.model.language import Language


class BackupRule(View):
    """When a plan backs up, and how long it keeps what it made."""

    name = Attribute(str, tf="rule_name", cfn="RuleName")
    vault = Attribute(str, tf="target_vault_name", cfn="TargetBackupVault")
    schedule = Attribute(str, tf="schedule", cfn="ScheduleExpression")
    continuous = Attribute(bool, tf="enable_continuous_backup", cfn="EnableContinuousBackup", default=False)
    cold_after = Attribute(int, tf="lifecycle.cold_storage_after", cfn="Lifecycle.MoveToColdStorageAfterDays")
    """In days."""
    delete_after = Attribute(int, tf="lifecycle.delete_after", cfn="Lifecycle.DeleteAfterDays")
    """In days."""
    start_window = Attribute(int, tf="start_window", cfn="StartWindowMinutes")
    completion_window = Attribute(int, tf="completion_window", cfn="CompletionWindowMinutes")


class Plan(View):
    """A backup plan."""

    KINDS = {Language.TERRAFORM: "aws_backup_plan", Language.CLOUDFORMATION: "AWS::Backup::BackupPlan"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="BackupPlan.BackupPlanName")
    rules = Blocks(BackupRule, tf="rule", cfn="BackupPlan.BackupPlanRule")


class Vault(View):
    """Where recovery points lie."""

    KINDS = {Language.TERRAFORM: "aws_backup_vault", Language.CLOUDFORMATION: "AWS::Backup::BackupVault"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="BackupVaultName")
    key = Attribute(str, tf="kms_key_arn", cfn="EncryptionKeyArn")
    force_destroy = Attribute(bool, tf="force_destroy", cfn=None, default=False)
