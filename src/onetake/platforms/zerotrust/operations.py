"""How operators get to what runs: through Session Manager, recorded; what is patched, and what is known of it."""

from __future__ import annotations

import json
from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs import KmsKey, LogGroup, declare
from onetake.platforms.context import Context

_PLATFORM: Final = "tag:EnvironmentSuffix"


class Operations(Construct):
    """The session document, the patch baseline, the inventory and the window in which patches are installed.

    There is no SSH, no key pair and no bastion. Instances that are added to the network are found by their tag
    ``EnvironmentSuffix``.

    Args:
        key: encrypts the log of sessions.
    """

    def __init__(self, scope: Construct, name: str, *, context: Context, key: KmsKey) -> None:
        super().__init__(scope, name)
        self.log = LogGroup(self, "log", context=context, group=context.names.path("sessions"), key=key)
        self.session = declare(
            self,
            "aws_ssm_document",
            "session",
            name=context.names.of("session"),
            document_type="Session",
            document_format="JSON",
            content=json.dumps(
                {
                    "schemaVersion": "1.0",
                    "description": "A session that is recorded and encrypted with a key of the platform",
                    "sessionType": "Standard_Stream",
                    "inputs": {
                        "cloudWatchLogGroupName": self.log.name,
                        "cloudWatchEncryptionEnabled": True,
                        "cloudWatchStreamingEnabled": True,
                        "kmsKeyId": key.arn,
                        "runAsEnabled": False,
                        "idleSessionTimeout": "15",
                        "maxSessionDuration": "60",
                    },
                },
                sort_keys=True,
            ),
        )
        targets: list[dict[str, Any]] = [{"key": _PLATFORM, "values": [context.names.suffix]}]
        declare(
            self,
            "aws_ssm_association",
            "inventory",
            name="AWS-GatherSoftwareInventory",
            association_name=context.names.of("inventory"),
            schedule_expression="rate(12 hours)",
            targets=targets,
        )
        self._patch(context, targets)

    def _patch(self, context: Context, targets: list[dict[str, Any]]) -> None:
        filters = {"CLASSIFICATION": ["Security", "Bugfix"], "SEVERITY": ["Critical", "Important"]}
        baseline = declare(
            self,
            "aws_ssm_patch_baseline",
            "patches",
            name=context.names.of("patches"),
            description="Security patches, a week after they appear",
            operating_system="AMAZON_LINUX_2023",
            approval_rule=[
                {
                    "approve_after_days": 7,
                    "compliance_level": "CRITICAL",
                    "patch_filter": [{"key": key, "values": values} for key, values in filters.items()],
                }
            ],
        )
        declare(
            self, "aws_ssm_patch_group", "patches", baseline_id=baseline.id, patch_group=context.names.of("patches")
        )
        window = declare(
            self,
            "aws_ssm_maintenance_window",
            "window",
            name=context.names.of("patches"),
            description="Patches are installed on Sunday nights",
            schedule="cron(0 2 ? * SUN *)",
            schedule_timezone="UTC",
            duration=3,
            cutoff=1,
        )
        target = declare(
            self,
            "aws_ssm_maintenance_window_target",
            "instances",
            window_id=window.id,
            name=context.names.of("instances"),
            resource_type="INSTANCE",
            targets=targets,
        )
        declare(
            self,
            "aws_ssm_maintenance_window_task",
            "patch",
            window_id=window.id,
            name=context.names.of("patch"),
            task_type="RUN_COMMAND",
            task_arn="AWS-RunPatchBaseline",
            priority=1,
            max_concurrency="25%",
            max_errors="1",
            targets=[{"key": "WindowTargetIds", "values": [target.id]}],
            task_invocation_parameters={
                "run_command_parameters": {
                    "timeout_seconds": 3600,
                    "parameter": [
                        {"name": "Operation", "values": ["Install"]},
                        {"name": "RebootOption", "values": ["RebootIfNeeded"]},
                    ],
                }
            },
        )
