"""Which types of resources a picture shows, where, and by which name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

COLUMNS: Final = ("Entry", "Network", "Compute", "Data")
"""From the client to what is kept."""
BANDS: Final = ("Security", "Operations")
"""What stands around it, below the columns."""

SHOWN: Final[Mapping[str, tuple[str, str]]] = {
    "aws_route53_record": ("Entry", "DNS record"),
    "aws_route53_health_check": ("Entry", "health check"),
    "aws_cloudfront_distribution": ("Entry", "CloudFront distribution"),
    "aws_wafv2_web_acl": ("Entry", "web ACL"),
    "aws_lb": ("Entry", "load balancer"),
    "aws_vpc_endpoint_service": ("Entry", "PrivateLink service"),
    "aws_lb_trust_store": ("Entry", "trust store"),
    "aws_vpc": ("Network", "VPC"),
    "aws_subnet": ("Network", "subnet"),
    "aws_nat_gateway": ("Network", "NAT gateway"),
    "aws_internet_gateway": ("Network", "internet gateway"),
    "aws_networkfirewall_firewall": ("Network", "Network Firewall"),
    "aws_route53_resolver_firewall_rule_group": ("Network", "DNS firewall"),
    "aws_vpc_endpoint": ("Network", "VPC endpoint"),
    "aws_vpclattice_service_network": ("Network", "Lattice network"),
    "aws_autoscaling_group": ("Compute", "Auto Scaling group"),
    "aws_ecs_cluster": ("Compute", "ECS cluster"),
    "aws_ecs_service": ("Compute", "ECS service"),
    "aws_eks_cluster": ("Compute", "EKS cluster"),
    "aws_eks_fargate_profile": ("Compute", "Fargate profile"),
    "aws_eks_node_group": ("Compute", "node group"),
    "aws_lambda_function": ("Compute", "Lambda function"),
    "aws_vpclattice_service": ("Compute", "Lattice service"),
    "aws_codepipeline": ("Compute", "pipeline"),
    "aws_codebuild_project": ("Compute", "build"),
    "aws_rds_cluster": ("Data", "Aurora cluster"),
    "aws_rds_global_cluster": ("Data", "Aurora global database"),
    "aws_db_proxy": ("Data", "RDS Proxy"),
    "aws_dynamodb_table": ("Data", "DynamoDB table"),
    "aws_elasticache_replication_group": ("Data", "ElastiCache group"),
    "aws_elasticache_global_replication_group": ("Data", "global datastore"),
    "aws_efs_file_system": ("Data", "EFS file system"),
    "aws_sqs_queue": ("Data", "SQS queue"),
    "aws_s3_bucket": ("Data", "S3 bucket"),
    "aws_ecr_repository": ("Data", "repository"),
    "aws_secretsmanager_secret": ("Data", "secret"),
    "aws_kms_key": ("Security", "key"),
    "aws_kms_replica_key": ("Security", "replica key"),
    "aws_guardduty_detector": ("Security", "GuardDuty detector"),
    "aws_securityhub_account": ("Security", "Security Hub"),
    "aws_inspector2_enabler": ("Security", "Inspector"),
    "aws_macie2_account": ("Security", "Macie"),
    "aws_accessanalyzer_analyzer": ("Security", "Access Analyzer"),
    "aws_config_configuration_recorder": ("Security", "Config recorder"),
    "aws_config_config_rule": ("Security", "Config rule"),
    "aws_iam_role": ("Security", "role"),
    "aws_iam_group": ("Security", "group"),
    "aws_acmpca_certificate_authority": ("Security", "Private CA"),
    "aws_acm_certificate": ("Security", "certificate"),
    "aws_cloudtrail": ("Operations", "trail"),
    "aws_cloudwatch_log_group": ("Operations", "log group"),
    "aws_cloudwatch_log_metric_filter": ("Operations", "metric filter"),
    "aws_cloudwatch_metric_alarm": ("Operations", "alarm"),
    "aws_cloudwatch_composite_alarm": ("Operations", "composite alarm"),
    "aws_cloudwatch_dashboard": ("Operations", "dashboard"),
    "aws_cloudwatch_event_rule": ("Operations", "event rule"),
    "aws_sns_topic": ("Operations", "topic"),
    "aws_backup_vault": ("Operations", "backup vault"),
    "aws_backup_plan": ("Operations", "backup plan"),
    "aws_budgets_budget": ("Operations", "budget"),
    "aws_ssm_document": ("Operations", "runbook"),
    "aws_ssm_maintenance_window": ("Operations", "maintenance window"),
    "aws_fis_experiment_template": ("Operations", "experiment"),
}
"""By type: the column or band that it stands in, and what one of it is called. Others are parts of these."""


def counted(name: str, count: int) -> str:
    """So many of something."""
    if count == 1:
        return name[0].upper() + name[1:]
    return f"{count} {name[:-1]}ies" if name.endswith("ory") else f"{count} {name}s"
