"""Which services are handed a role by which resources, and what each says when it may not assume it.

Every text was seen in public; the address beside it shows where. ``{role}`` stands for the role's ARN.
"""

from __future__ import annotations

from onetake.model.language import Language
from onetake.model.records import record

_PROVIDER = "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/"


@record
class Handed:
    """A role that one type of resource hands to a service."""

    kinds: tuple[str, str]
    """The type in Terraform, and in CloudFormation."""
    roles: tuple[tuple[str, ...], tuple[str, ...]]
    """The paths at which each language writes the role."""
    service: str
    code: str
    """How the API calls the refusal; Terraform prints it first."""
    says: str
    source: str
    switch: tuple[str, str] | None = None
    """The number in both languages that has to be other than 0 for the role to be looked at."""

    def kind(self, language: Language) -> str:
        """The type in ``language``."""
        return self.kinds[language is Language.CLOUDFORMATION]

    def paths(self, language: Language) -> tuple[tuple[str, ...], ...]:
        """Where ``language`` writes the role, key by key."""
        return tuple(tuple(path.split(".")) for path in self.roles[language is Language.CLOUDFORMATION])


_MONITORING = (
    "monitoring.rds.amazonaws.com",
    "InvalidParameterValue",
    "IAM role ARN value is invalid or does not include the required permissions for: ENHANCED_MONITORING",
    "https://github.com/claranet/terraform-aws-aurora/pull/23",
    ("monitoring_interval", "MonitoringInterval"),
)
_STREAMS = (
    ("extended_s3", "ExtendedS3Destination"),
    ("redshift", "RedshiftDestination"),
    ("opensearch", "AmazonopensearchserviceDestination"),
    ("opensearchserverless", "AmazonOpenSearchServerlessDestination"),
    ("iceberg", "IcebergDestination"),
)

HANDED = (
    Handed(
        ("aws_codebuild_project", "AWS::CodeBuild::Project"),
        (("service_role",), ("ServiceRole",)),
        "codebuild.amazonaws.com",
        "InvalidInputException",
        "CodeBuild is not authorized to perform: sts:AssumeRole on service role. Please verify that: 1) The provided "
        "service role exists, 2) The role name is case-sensitive and matches exactly, and 3) The role has the "
        "necessary trust policy configured.",
        "https://docs.aws.amazon.com/codebuild/latest/userguide/troubleshooting.html",
    ),
    Handed(
        ("aws_codepipeline", "AWS::CodePipeline::Pipeline"),
        (("role_arn",), ("RoleArn",)),
        "codepipeline.amazonaws.com",
        "InvalidStructureException",
        "CodePipeline is not authorized to perform AssumeRole on role {role}",
        "https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-projects-studio-updates.html",
    ),
    Handed(
        ("aws_kinesis_firehose_delivery_stream", "AWS::KinesisFirehose::DeliveryStream"),
        (
            tuple(f"{terraform}_configuration.role_arn" for terraform, _ in _STREAMS),
            tuple(f"{template}Configuration.RoleARN" for _, template in _STREAMS),
        ),
        "firehose.amazonaws.com",
        "InvalidArgumentException",
        "Firehose is unable to assume role {role}. Please check the role provided.",
        f"{_PROVIDER}firehose/delivery_stream.go",
    ),
    Handed(
        ("aws_cloudwatch_event_rule", "AWS::Events::Rule"),
        (("role_arn",), ("RoleArn",)),
        "events.amazonaws.com",
        "ValidationException",
        "Provided role '{role}' cannot be assumed by principal 'events.amazonaws.com'.",
        "https://github.com/Miserlou/Zappa/issues/381",
    ),
    Handed(
        ("aws_api_gateway_account", "AWS::ApiGateway::Account"),
        (("cloudwatch_role_arn",), ("CloudWatchRoleArn",)),
        "apigateway.amazonaws.com",
        "BadRequestException",
        "The role ARN does not have required permissions configured. Please grant trust permission for API Gateway "
        "and add the required role policy.",
        "https://github.com/tmobile/jazz-installer/pull/597",
    ),
    Handed(
        ("aws_db_instance", "AWS::RDS::DBInstance"), (("monitoring_role_arn",), ("MonitoringRoleArn",)), *_MONITORING
    ),
    Handed(("aws_rds_cluster_instance", ""), (("monitoring_role_arn",), ()), *_MONITORING),
    Handed(
        ("aws_glue_crawler", "AWS::Glue::Crawler"),
        (("role",), ("Role",)),
        "glue.amazonaws.com",
        "InvalidInputException",
        "Service is unable to assume provided role. Please verify role's TrustPolicy",
        f"{_PROVIDER}glue/crawler.go",
    ),
    Handed(
        ("aws_cloudtrail", "AWS::CloudTrail::Trail"),
        (("cloud_watch_logs_role_arn",), ("CloudWatchLogsRoleArn",)),
        "cloudtrail.amazonaws.com",
        "InvalidCloudWatchLogsRoleArnException",
        "Access denied. Check the trust relationships for your role.",
        "https://github.com/cloudposse/terraform-aws-cloudtrail-cloudwatch-alarms/issues/2",
    ),
    Handed(
        ("aws_cognito_user_pool", "AWS::Cognito::UserPool"),
        (("sms_configuration.sns_caller_arn",), ("SmsConfiguration.SnsCallerArn",)),
        "cognito-idp.amazonaws.com",
        "InvalidSmsRoleTrustRelationshipException",
        "Role does not have a trust relationship allowing Cognito to assume the role",
        f"{_PROVIDER}cognitoidp/user_pool.go",
    ),
    Handed(
        ("aws_backup_selection", "AWS::Backup::BackupSelection"),
        (("iam_role_arn",), ("BackupSelection.IamRoleArn",)),
        "backup.amazonaws.com",
        "InvalidParameterValueException",
        "IAM Role {role} cannot be assumed by AWS Backup",
        f"{_PROVIDER}backup/selection.go",
    ),
    Handed(
        ("aws_mwaa_environment", "AWS::MWAA::Environment"),
        (("execution_role_arn",), ("ExecutionRoleArn",)),
        "airflow-env.amazonaws.com",
        "ValidationException",
        "Failed to assume role {role}. This could be due to the role's trust policy. Please ensure your role is "
        "assumable by 'airflow-env.amazonaws.com' Service Principal and try again.",
        "https://github.com/idealo/terraform-aws-mwaa/issues/156",
    ),
    Handed(
        ("aws_datasync_location_s3", "AWS::DataSync::LocationS3"),
        (("s3_config.bucket_access_role_arn",), ("S3Config.BucketAccessRoleArn",)),
        "datasync.amazonaws.com",
        "InvalidRequestException",
        "Unable to assume role. Reason: Access denied when calling sts:AssumeRole",
        f"{_PROVIDER}datasync/location_s3.go",
    ),
    Handed(
        ("aws_flow_log", "AWS::EC2::FlowLog"),
        (("iam_role_arn",), ("DeliverLogsPermissionArn",)),
        "vpc-flow-logs.amazonaws.com",
        "InvalidParameter",
        "Unable to assume given IAM role",
        f"{_PROVIDER}ec2/vpc_flow_log.go",
    ),
)
