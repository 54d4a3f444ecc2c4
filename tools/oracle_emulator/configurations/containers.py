"""A service of containers: registry, cluster, files, cache, scaling."""

from tools.oracle_emulator.building import Build, Ref, key, network, role, statement


def build(b: Build) -> None:
    """Every type of it."""
    vpc, subnets = network(b)
    group = b("aws_security_group", name="run-dev", vpc_id=vpc.id, description="run")
    _registry(b)
    files = _files(b, subnets, group)
    _service(b, vpc, subnets, group, files)
    _cache(b, subnets, group)


def _registry(b: Build) -> None:
    repository = b("aws_ecr_repository", name="app-dev", image_tag_mutability="IMMUTABLE", force_delete=True,
                   image_scanning_configuration={"scan_on_push": True})  # fmt: skip
    rules = ('{"rules":[{"rulePriority":1,"description":"few","selection":{"tagStatus":"any",'
             '"countType":"imageCountMoreThan","countNumber":10},"action":{"type":"expire"}}]}')  # fmt: skip
    b("aws_ecr_lifecycle_policy", repository=repository.name, policy=rules)
    b("aws_ecr_repository_policy", repository=repository.name,
      policy=statement(Sid="pull", Principal="*", Action="ecr:BatchGetImage"))  # fmt: skip
    b("aws_ecr_pull_through_cache_rule", ecr_repository_prefix="ecr-public", upstream_registry_url="public.ecr.aws")
    b("aws_ecr_registry_scanning_configuration", scan_type="ENHANCED",
      rule=[{"scan_frequency": "SCAN_ON_PUSH", "repository_filter": [{"filter": "*", "filter_type": "WILDCARD"}]}])  # fmt: skip
    b("aws_ecr_replication_configuration", replication_configuration={
        "rule": [{"destination": [{"region": "us-west-2", "registry_id": "123456789012"}]}]})  # fmt: skip


def _files(b: Build, subnets: list[Ref], group: Ref) -> Ref:
    files = b("aws_efs_file_system", creation_token="run-dev", encrypted=True, throughput_mode="elastic")
    for subnet in subnets:
        b("aws_efs_mount_target", file_system_id=files.id, subnet_id=subnet.id, security_groups=[group.id])
    b("aws_efs_access_point", file_system_id=files.id, posix_user={"uid": 1000, "gid": 1000},
      root_directory={"path": "/app", "creation_info": {"owner_uid": 1000, "owner_gid": 1000,
                                                        "permissions": "0750"}})  # fmt: skip
    b("aws_efs_backup_policy", file_system_id=files.id, backup_policy={"status": "ENABLED"})
    b("aws_efs_file_system_policy", file_system_id=files.id,
      policy=statement(Principal={"AWS": "*"}, Action="elasticfilesystem:ClientMount", Resource=files.arn))  # fmt: skip
    other = b("aws_efs_file_system", creation_token="copy-dev", encrypted=True)
    b("aws_efs_replication_configuration", source_file_system_id=other.id, destination={"region": "us-west-2"})
    return files


def _service(b: Build, vpc: Ref, subnets: list[Ref], group: Ref, files: Ref) -> None:
    logs = b("aws_cloudwatch_log_group", name="/run/dev", retention_in_days=30)
    r = role(b, "ecs-tasks", "run-dev")
    cluster = b("aws_ecs_cluster", name="run-dev", setting=[{"name": "containerInsights", "value": "enabled"}])
    b("aws_ecs_cluster_capacity_providers", cluster_name=cluster.name, capacity_providers=["FARGATE", "FARGATE_SPOT"],
      default_capacity_provider_strategy=[{"capacity_provider": "FARGATE", "weight": 1, "base": 1}])  # fmt: skip
    container = ('[{{"name":"app","image":"nginx","essential":true,"portMappings":[{{"containerPort":8080,'
                 '"hostPort":8080,"protocol":"tcp"}}],"logConfiguration":{{"logDriver":"awslogs","options":'
                 '{{"awslogs-group":"{}","awslogs-region":"us-east-1","awslogs-stream-prefix":"a"}}}}}}]')  # fmt: skip
    volume = {"name": "files", "efs_volume_configuration": {"file_system_id": files.id,
              "transit_encryption": "ENABLED"}}  # fmt: skip
    task = b("aws_ecs_task_definition", family="run-dev", cpu="256", memory="512", network_mode="awsvpc",
             requires_compatibilities=["FARGATE"], execution_role_arn=r.arn, volume=[volume],
             container_definitions=container.format(logs.name))  # fmt: skip
    balancer = b("aws_lb", name="run-dev", subnets=[one.id for one in subnets], internal=True,
                 load_balancer_type="application", security_groups=[group.id])  # fmt: skip
    target = b("aws_lb_target_group", name="run-dev", port=8080, protocol="HTTP", vpc_id=vpc.id, target_type="ip")
    listener = b("aws_lb_listener", load_balancer_arn=balancer.arn, port=80, protocol="HTTP",
                 default_action={"type": "forward", "target_group_arn": target.arn})  # fmt: skip
    service = b("aws_ecs_service", name="run-dev", cluster=cluster.id, task_definition=task.arn, desired_count=2,
                launch_type="FARGATE", enable_execute_command=True, health_check_grace_period_seconds=60,
                network_configuration={"subnets": [one.id for one in subnets], "security_groups": [group.id]},
                load_balancer=[{"target_group_arn": target.arn, "container_name": "app", "container_port": 8080}],
                deployment_circuit_breaker={"enable": True, "rollback": True}, after=[listener])  # fmt: skip
    b("aws_ecs_service", name="spot-dev", cluster=cluster.id, task_definition=task.arn, desired_count=1,
      capacity_provider_strategy=[{"capacity_provider": "FARGATE_SPOT", "weight": 1}],
      network_configuration={"subnets": [subnets[0].id], "security_groups": [group.id]}, after=[listener])  # fmt: skip
    scaled = b("aws_appautoscaling_target", service_namespace="ecs", scalable_dimension="ecs:service:DesiredCount",
               resource_id=f"service/{cluster.name}/{service.name}", min_capacity=1, max_capacity=4)  # fmt: skip
    same = {"service_namespace": "ecs", "scalable_dimension": "ecs:service:DesiredCount",
            "resource_id": scaled.resource_id}  # fmt: skip
    b("aws_appautoscaling_policy", name="cpu", policy_type="TargetTrackingScaling", **same,
      target_tracking_scaling_policy_configuration={"target_value": 60, "predefined_metric_specification": {
          "predefined_metric_type": "ECSServiceAverageCPUUtilization"}})  # fmt: skip
    b("aws_appautoscaling_scheduled_action", name="night", schedule="cron(0 20 * * ? *)", **same,
      scalable_target_action={"min_capacity": 0, "max_capacity": 0})  # fmt: skip


def _cache(b: Build, subnets: list[Ref], group: Ref) -> None:
    place = b("aws_elasticache_subnet_group", name="run-dev", subnet_ids=[one.id for one in subnets])
    settings = b("aws_elasticache_parameter_group", name="run-dev", family="redis7",
                 parameter=[{"name": "timeout", "value": "300"}])  # fmt: skip
    logs = b("aws_cloudwatch_log_group", name="/run/cache-dev", retention_in_days=30)
    k = key(b)
    b("aws_elasticache_replication_group", replication_group_id="run-dev", description="cache", engine="redis",
      engine_version="7.1", node_type="cache.m6g.large", num_cache_clusters=2, automatic_failover_enabled=True,
      multi_az_enabled=True, subnet_group_name=place.name, parameter_group_name=settings.name,
      security_group_ids=[group.id], at_rest_encryption_enabled=True, transit_encryption_enabled=True,
      kms_key_id=k.arn,
      log_delivery_configuration=[{"destination": logs.name, "destination_type": "cloudwatch-logs",
                                   "log_format": "json", "log_type": "slow-log"}])  # fmt: skip
