"""Who did what with the vault and the audit bucket, and what the account is judged by where nobody else judges it."""

from __future__ import annotations

from typing import Any, Final

from constructs import Construct

from onetake.platforms.baseline.configuration import Configuration
from onetake.platforms.baseline.detection import Detection
from onetake.platforms.constructs import OWN, Bucket, Trail, declare
from onetake.platforms.context import Context
from onetake.platforms.zerotrust.data import SEVEN_YEARS, Data
from onetake.platforms.zerotrust.keys import Keys

PCI_RULES: Final = {
    "VaultEncrypted": "DYNAMODB_TABLE_ENCRYPTED_KMS",
    "VaultRecoverable": "DYNAMODB_PITR_ENABLED",
    "BalancersListenEncrypted": "ELB_TLS_HTTPS_LISTENERS_ONLY",
    "BalancersBehindFirewall": "ALB_WAF_ENABLED",
    "SecretsRotate": "SECRETSMANAGER_ROTATION_ENABLED_CHECK",
    "SecretsWithOwnKey": "SECRETSMANAGER_USING_CMK",
    "LogGroupsEncrypted": "CLOUDWATCH_LOG_GROUP_ENCRYPTED",
    "BucketsWithOwnKey": "S3_DEFAULT_ENCRYPTION_KMS",
    "TasksWithoutRoot": "ECS_CONTAINERS_READONLY_ACCESS",
    "NoUserHasPolicies": "IAM_USER_NO_POLICIES_CHECK",
}
"""The rules of the conformance pack: AWS's managed rules, by what they ask for."""


class Audit(Construct):
    """The trail, delivered to the locked bucket and to a log group over which alarms watch.

    Args:
        trail: its name.
        keys: of the platform.
        data: whose vault and audit bucket every access is recorded of.
    """

    def __init__(self, scope: Construct, name: str, *, context: Context, trail: str, keys: Keys, data: Data) -> None:
        super().__init__(scope, name)
        recorded = Trail(
            self,
            OWN,
            context=context,
            trail=trail,
            arn=data.trail_arn,
            bucket=data.audit,
            audit_key=keys.audit,
            logs_key=keys.logs,
            days=SEVEN_YEARS if context.environment == "prod" else None,
            selectors=_selectors(data),
        )
        self.group, self.trail = recorded.group, recorded.trail


class Judges(Construct):
    """What judges the account, once in an account and region; the baseline has it where there is one.

    Args:
        keys: of the platform.
        logs: takes access logs.
        files: the bucket in which Macie looks for card numbers, in prod.
    """

    def __init__(
        self, scope: Construct, name: str, *, context: Context, keys: Keys, logs: Bucket, files: Bucket
    ) -> None:
        super().__init__(scope, name)
        configuration = Configuration(
            self, "configuration", context=context, key=keys.audit, logs=logs, creates_role=True
        )
        detection = Detection(self, "detection", context=context, pci=True)
        lines = ["Resources:"]
        for rule, identifier in PCI_RULES.items():
            lines += [f"  {rule}:", "    Type: AWS::Config::ConfigRule", "    Properties:"]
            lines += [f"      ConfigRuleName: {context.names.of(identifier.lower().replace('_', '-'), 'group')}"]
            lines += ["      Source:", "        Owner: AWS", f"        SourceIdentifier: {identifier}"]
        declare(
            self,
            "aws_config_conformance_pack",
            "pci",
            name=context.names.of("pci"),
            template_body="\n".join(lines) + "\n",
            depends_on=[configuration.status],
        )
        if context.environment == "prod":
            declare(
                self,
                "aws_macie2_classification_job",
                "files",
                name=context.names.of("files"),
                job_type="SCHEDULED",
                schedule_frequency={"daily_schedule": True},
                sampling_percentage=100,
                s3_job_definition={"bucket_definitions": [{"account_id": context.account, "buckets": [files.name]}]},
                depends_on=[detection],
            )


def _selectors(data: Data) -> list[dict[str, Any]]:
    def field(name: str, *values: str, how: str = "equal_to") -> dict[str, Any]:
        return {"field": name, how: list(values)}

    def accesses(name: str, kind: str, arn: str, how: str) -> dict[str, Any]:
        category, resource = field("eventCategory", "Data"), field("resources.type", kind)
        return {"name": name, "field_selector": [category, resource, field("resources.ARN", arn, how=how)]}

    return [
        {"name": "Management", "field_selector": [field("eventCategory", "Management")]},
        accesses("Vault", "AWS::DynamoDB::Table", data.vault.arn, "equal_to"),
        accesses("Audit bucket", "AWS::S3::Object", f"{data.audit.arn}/", "starts_with"),
    ]
