"""What arguments that the AWS provider took away are written as now.

Sources: the upgrade guide of version 6, and for ``tags`` of ``aws_autoscaling_group`` that of version 5; for
``aws_db_instance`` https://github.com/hashicorp/terraform-provider-aws/issues/31818, and for
``aws_elasticache_replication_group`` https://github.com/hashicorp/terraform-provider-aws/issues/18440 and the refusal
in https://github.com/hashicorp/terraform-provider-aws/issues/33045. The tests hold every line against the schemas.
"""

from __future__ import annotations

MOVED = {
    ("aws_autoscaling_group", "tags"): ("tag", "Write a tag block for each tag."),
    ("aws_batch_compute_environment", "compute_environment_name"): ("name", "Write name."),
    ("aws_db_instance", "name"): ("db_name", "Write db_name."),
    ("aws_ecs_task_definition", "inference_accelerator"): ("", "Take it away: Elastic Inference has ended."),
    ("aws_eip", "vpc"): ("domain", 'Write domain = "vpc".'),
    ("aws_eks_addon", "resolve_conflicts"): (
        "resolve_conflicts_on_create",
        "Write resolve_conflicts_on_create and resolve_conflicts_on_update.",
    ),
    ("aws_elasticache_replication_group", "number_cache_clusters"): ("num_cache_clusters", "Write num_cache_clusters."),
    ("aws_elasticache_replication_group", "replication_group_description"): ("description", "Write description."),
    ("aws_instance", "cpu_core_count"): ("cpu_options", "Write core_count in a block cpu_options."),
    ("aws_instance", "cpu_threads_per_core"): ("cpu_options", "Write threads_per_core in a block cpu_options."),
    ("aws_launch_template", "elastic_gpu_specifications"): ("", "Take it away: Elastic Graphics has ended."),
    ("aws_launch_template", "elastic_inference_accelerator"): ("", "Take it away: Elastic Inference has ended."),
    ("aws_redshift_cluster", "logging"): ("", "Declare a resource aws_redshift_logging."),
    ("aws_redshift_cluster", "snapshot_copy"): ("", "Declare a resource aws_redshift_snapshot_copy."),
}
"""By type and name: the name that replaced it in the same type (empty if none did), and what to do."""
