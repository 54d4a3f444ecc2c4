"""Backups of both regions: against corruption and deletion. They are not what meets the recovery point objective.

AWS Backup makes one backup an hour at most; replication loses seconds, and copies mistakes as faithfully.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from constructs import Construct

from onetake.platforms.constructs import (
    BackupPlan,
    BackupRule,
    BackupVault,
    Bucket,
    Role,
    VaultLock,
    access_logs,
    declare,
    statement,
)
from onetake.platforms.constructs.policies import Statement
from onetake.platforms.globalstream.region import Region

_POLICIES: Final = {
    "back_up": "service-role/AWSBackupServiceRolePolicyForBackup",
    "restore": "service-role/AWSBackupServiceRolePolicyForRestores",
    "back_up_objects": "AWSBackupServiceRolePolicyForS3Backup",
    "restore_objects": "AWSBackupServiceRolePolicyForS3Restore",
}
_RESTORED: Final = ("Aurora", "EFS")
"""What is restored every week: what is restored as a whole, and is gone again an hour later."""
_KEPT: Final = VaultLock(min_days=7, max_days=400)


class Backups(Construct):
    """A vault in each region, and a plan that copies what it makes from the first to the second.

    Args:
        primary: the region that is backed up.
        secondary: the region that keeps copies.
        resources: ARNs of what is backed up, by the kind of each as AWS Backup names it.
    """

    def __init__(
        self, scope: Construct, name: str, *, primary: Region, secondary: Region, resources: Mapping[str, str]
    ) -> None:
        super().__init__(scope, name)
        context = primary.context
        production = context.environment == "prod"
        self.vaults = {
            side: BackupVault(
                self,
                f"{side}_vault",
                context=region.context,
                component="vault",
                key=region.keys.data,
                lock=_KEPT if region.context.profile.protected else None,
                topic=region.topic,
            )
            for side, region in (("primary", primary), ("secondary", secondary))
        }
        copies = self.vaults["secondary"].arn
        rules = [
            BackupRule("hourly", "cron(0 * * * ? *)", delete_after=7, copy_to=copies),
            BackupRule("daily", "cron(30 3 * * ? *)", delete_after=35, continuous=True, copy_to=copies),
        ]
        if production:
            rules.append(BackupRule("monthly", "cron(30 4 1 * ? *)", delete_after=365, copy_to=copies))
        self.role = Role(
            self,
            "role",
            context=context,
            component="backup",
            description="Makes backups and restores them",
            services=["backup"],
            managed={key: f"arn:{context.partition}:iam::aws:policy/{policy}" for key, policy in _POLICIES.items()},
        )
        self.plan = BackupPlan(
            self,
            "plan",
            context=context,
            component="stream",
            vault=self.vaults["primary"],
            rules=rules,
            resources=list(resources.values()),
            role=self.role,
        )
        self.reports: Bucket | None = None
        if production:
            self._prove(primary, resources)

    def _prove(self, primary: Region, resources: Mapping[str, str]) -> None:
        """Restore a recovery point every week, and report what jobs did."""
        context = primary.context
        word = f"{context.names.prefix}_stream_{context.names.suffix.replace('-', '_')}"

        def from_backup(arn: str) -> list[Statement]:
            return [
                statement(
                    "Reports",
                    ["s3:PutObject"],
                    [f"{arn}/*"],
                    # AWS makes that role with the first report; a policy may not name a role that is not there yet.
                    principals=[context.arn("iam", "root", region=False)],
                    when=[("ArnEquals", "aws:PrincipalArn", [context.arn("iam", _REPORTER, region=False)])],
                )
            ]

        self.reports = access_logs(self, context=context, component="report-logs", statements=from_backup)
        plan = declare(
            self,
            "aws_backup_restore_testing_plan",
            "weekly",
            name=word,
            schedule_expression="cron(0 5 ? * SUN *)",
            start_window_hours=4,
            recovery_point_selection=[
                {
                    "algorithm": "LATEST_WITHIN_WINDOW",
                    "include_vaults": [self.vaults["primary"].arn],
                    "recovery_point_types": ["SNAPSHOT"],
                    "selection_window_days": 7,
                }
            ],
        )
        for kind in _RESTORED:
            declare(
                self,
                "aws_backup_restore_testing_selection",
                kind.lower(),
                name=f"{word}_{kind.lower()}",
                restore_testing_plan_name=plan.name,
                protected_resource_type=kind,
                protected_resource_arns=[resources[kind]],
                iam_role_arn=self.role.arn,
                validation_window_hours=1,
                depends_on=self.role.grants,
            )
        declare(
            self,
            "aws_backup_report_plan",
            "jobs",
            name=word,
            description="What backup jobs did",
            report_delivery_channel={"s3_bucket_name": self.reports.id, "formats": ["CSV"]},
            report_setting={"report_template": "BACKUP_JOB_REPORT"},
            depends_on=[self.reports.policy],
        )


_REPORTER: Final = "role/aws-service-role/reports.backup.amazonaws.com/AWSServiceRoleForBackupReports"
