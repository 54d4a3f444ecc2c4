"""What the account looked like when, and where it leaves the rules: AWS Config."""

from __future__ import annotations

import json
from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs import Bucket, KmsKey, declare, statement
from onetake.platforms.constructs.policies import Statement
from onetake.platforms.context import Context

RULES: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "s3-bucket-ssl-requests-only": ("S3_BUCKET_SSL_REQUESTS_ONLY", {}),
    "s3-bucket-public-read-prohibited": ("S3_BUCKET_PUBLIC_READ_PROHIBITED", {}),
    "s3-bucket-public-write-prohibited": ("S3_BUCKET_PUBLIC_WRITE_PROHIBITED", {}),
    "s3-bucket-server-side-encryption-enabled": ("S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED", {}),
    "encrypted-volumes": ("ENCRYPTED_VOLUMES", {}),
    "rds-storage-encrypted": ("RDS_STORAGE_ENCRYPTED", {}),
    "rds-instance-public-access-check": ("RDS_INSTANCE_PUBLIC_ACCESS_CHECK", {}),
    "iam-password-policy": (
        "IAM_PASSWORD_POLICY",
        {
            "RequireUppercaseCharacters": "true",
            "RequireLowercaseCharacters": "true",
            "RequireSymbols": "true",
            "RequireNumbers": "true",
            "MinimumPasswordLength": "14",
            "PasswordReusePrevention": "24",
            "MaxPasswordAge": "90",
        },
    ),
    "iam-user-mfa-enabled": ("IAM_USER_MFA_ENABLED", {}),
    "root-account-mfa-enabled": ("ROOT_ACCOUNT_MFA_ENABLED", {}),
    "access-keys-rotated": ("ACCESS_KEYS_ROTATED", {"maxAccessKeyAge": "90"}),
    "iam-policy-no-statements-with-admin-access": ("IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS", {}),
    "cloudtrail-enabled": ("CLOUD_TRAIL_ENABLED", {}),
    "cloud-trail-encryption-enabled": ("CLOUD_TRAIL_ENCRYPTION_ENABLED", {}),
    "cloud-trail-log-file-validation-enabled": ("CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED", {}),
    "vpc-flow-logs-enabled": ("VPC_FLOW_LOGS_ENABLED", {}),
    "vpc-default-security-group-closed": ("VPC_DEFAULT_SECURITY_GROUP_CLOSED", {}),
    "restricted-ssh": ("INCOMING_SSH_DISABLED", {}),
    "cmk-backing-key-rotation-enabled": ("CMK_BACKING_KEY_ROTATION_ENABLED", {}),
    "guardduty-enabled-centralized": ("GUARDDUTY_ENABLED_CENTRALIZED", {}),
    "required-tags": ("REQUIRED_TAGS", {"tag1Key": "Environment", "tag2Key": "ManagedBy"}),
}
"""By the name in the console: the identifier of AWS's managed rule and its parameters."""

PACK: Final = {
    "Ec2ImdsV2": "EC2_IMDSV2_CHECK",
    "SnapshotsNotPublic": "EBS_SNAPSHOT_PUBLIC_RESTORABLE_CHECK",
    "DatabaseSnapshotsNotPublic": "RDS_SNAPSHOTS_PUBLIC_PROHIBITED",
    "FunctionsNotPublic": "LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED",
    "BucketsBlocked": "S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC",
    "TrailInAllRegions": "MULTI_REGION_CLOUD_TRAIL_ENABLED",
    "RootWithoutAccessKey": "IAM_ROOT_ACCESS_KEY_CHECK",
    "UnusedCredentials": "IAM_USER_UNUSED_CREDENTIALS_CHECK",
}
"""The rules of the conformance pack: those that are read together, as one score."""


class Configuration(Construct):
    """The recorder, its channel, the rules and the conformance pack; once in an account and region.

    Args:
        key: encrypts the history.
        logs: takes the bucket's access logs.
        creates_role: whether to create the role of AWS Config, which an account has once.
    """

    def __init__(
        self, scope: Construct, name: str, *, context: Context, key: KmsKey, logs: Bucket, creates_role: bool
    ) -> None:
        super().__init__(scope, name)
        self._context = context
        # Not the audit bucket: AWS Config does not deliver to a bucket whose lock has a default retention.
        self.bucket = Bucket(
            self,
            "history",
            context=context,
            component="config",
            kind="data",
            key=key,
            logs=logs,
            statements=self._deliveries,
            expire_after=max(context.profile.log_retention, 90),
        )
        role = context.arn("iam", "role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig", region=False)
        if creates_role:
            role = declare(self, "aws_iam_service_linked_role", "role", aws_service_name="config.amazonaws.com").arn
        recorder = declare(
            self,
            "aws_config_configuration_recorder",
            "recorder",
            name=context.names.of("recorder"),
            role_arn=role,
            recording_group={"all_supported": True, "include_global_resource_types": True},
        )
        channel = declare(
            self,
            "aws_config_delivery_channel",
            "channel",
            name=context.names.of("channel"),
            s3_bucket_name=self.bucket.id,
            s3_kms_key_arn=key.arn,
            snapshot_delivery_properties={"delivery_frequency": "TwentyFour_Hours"},
            depends_on=[recorder, self.bucket.policy],
        )
        self.status = declare(
            self,
            "aws_config_configuration_recorder_status",
            "status",
            name=recorder.name,
            is_enabled=True,
            depends_on=[channel],
        )
        self._judge()

    def _deliveries(self, arn: str) -> list[Statement]:
        service = [self._context.service("config")]
        ours = ("StringEquals", "aws:SourceAccount", [self._context.account])
        owned = ("StringEquals", "s3:x-amz-acl", ["bucket-owner-full-control"])
        place = [f"{arn}/AWSLogs/{self._context.account}/Config/*"]
        return [
            statement("ConfigLooks", ["s3:GetBucketAcl", "s3:ListBucket"], [arn], services=service, when=[ours]),
            statement("ConfigWrites", ["s3:PutObject"], place, services=service, when=[ours, owned]),
        ]

    def _judge(self) -> None:
        names = self._context.names
        for name, (identifier, parameters) in RULES.items():
            declare(
                self,
                "aws_config_config_rule",
                name.replace("-", "_"),
                name=names.of(name, "group"),
                source={"owner": "AWS", "source_identifier": identifier},
                input_parameters=json.dumps(parameters) if parameters else None,
                depends_on=[self.status],
            )
        lines = ["Resources:"]
        for name, identifier in PACK.items():
            lines += [
                f"  {name}:",
                "    Type: AWS::Config::ConfigRule",
                "    Properties:",
                f"      ConfigRuleName: {names.of(identifier.lower().replace('_', '-'), 'group')}",
                "      Source:",
                "        Owner: AWS",
                f"        SourceIdentifier: {identifier}",
            ]
        declare(
            self,
            "aws_config_conformance_pack",
            "pack",
            name=names.of("operations"),
            template_body="\n".join(lines) + "\n",
            depends_on=[self.status],
        )
