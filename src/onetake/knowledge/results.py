"""Attributes that the provider computes, and that are always equal to an argument.

Terraform AWS provider 5.100, documentation of each resource under "Attribute Reference" and "Import": the id of
these resources is the name that the program gives them.
"""

from __future__ import annotations

from collections.abc import Mapping

_ID: Mapping[str, tuple[str, ...]] = {
    "name": (
        "aws_autoscaling_group",
        "aws_cloudwatch_log_group",
        "aws_db_option_group",
        "aws_db_parameter_group",
        "aws_db_subnet_group",
        "aws_docdb_cluster_parameter_group",
        "aws_docdb_subnet_group",
        "aws_dynamodb_table",
        "aws_ecr_repository",
        "aws_eks_cluster",
        "aws_elasticache_parameter_group",
        "aws_elasticache_subnet_group",
        "aws_glue_job",
        "aws_iam_group",
        "aws_iam_instance_profile",
        "aws_iam_role",
        "aws_iam_user",
        "aws_kms_alias",
        "aws_launch_configuration",
        "aws_neptune_parameter_group",
        "aws_neptune_subnet_group",
        "aws_rds_cluster_parameter_group",
        "aws_redshift_parameter_group",
        "aws_redshift_subnet_group",
        "aws_ssm_parameter",
    ),
    "bucket": (
        "aws_s3_bucket",
        "aws_s3_bucket_notification",
        "aws_s3_bucket_ownership_controls",
        "aws_s3_bucket_policy",
        "aws_s3_bucket_public_access_block",
    ),
    "cluster_id": ("aws_elasticache_cluster",),
    "cluster_identifier": ("aws_docdb_cluster", "aws_neptune_cluster", "aws_rds_cluster", "aws_redshift_cluster"),
    "function_name": ("aws_lambda_function",),
    "key_name": ("aws_key_pair",),
    "replication_group_id": ("aws_elasticache_replication_group",),
}

TERRAFORM_RESULTS: Mapping[str, Mapping[str, str]] = {
    kind: {"id": argument} for argument, kinds in _ID.items() for kind in kinds
}
"""For each resource type, its computed attributes and the arguments they equal."""
