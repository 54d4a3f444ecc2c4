"""Tasks on Fargate: without root, without a file system to write to, and without a way in for people in prod."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs import OWN, KmsKey, LogGroup, Role, SecurityGroup, declare
from onetake.platforms.context import Context
from onetake.platforms.parameters import Environment
from onetake.platforms.zerotrust.lattice import PORT
from onetake.platforms.zerotrust.network import InspectedNetwork

COUNTS: Final[Mapping[Environment, tuple[int, int]]] = {"dev": (1, 1), "staging": (2, 2), "prod": (3, 20)}
"""How many tasks a service has, at least and at most."""
_PORT_NAME: Final = "https"
_SCRATCH: Final = "/scratch"
_USER: Final = "10001:10001"


class Tasks(Construct):
    """The cluster, and the services that are run on it.

    Args:
        network: tasks run in its application subnets.
        key: encrypts sessions in tasks, which only exist outside prod.
        execution: the role that starts tasks.
        tag: of the images; no task is started without one.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        network: InspectedNetwork,
        key: KmsKey,
        execution: Role,
        tag: str | None,
    ) -> None:
        super().__init__(scope, name)
        self._context = context
        self._network = network
        self._execution = execution
        self._tag = tag
        self.cluster = declare(
            self,
            "aws_ecs_cluster",
            OWN,
            name=context.names.of("services", "cluster"),
            setting=[{"name": "containerInsights", "value": "enabled"}],
            configuration={"execute_command_configuration": {"kms_key_id": key.arn, "logging": "DEFAULT"}},
        )
        declare(
            self,
            "aws_ecs_cluster_capacity_providers",
            "providers",
            cluster_name=self.cluster.name,
            capacity_providers=["FARGATE"],
        )

    def run(
        self,
        service: str,
        *,
        image: str,
        role: Role,
        group: SecurityGroup,
        log: LogGroup,
        environment: Mapping[str, str],
        balanced: Any,
        called: tuple[Any, Role] | None,
        after: Sequence[Any],
    ) -> Any:
        """Run a service.

        Args:
            service: its name.
            image: without its tag.
            role: of its tasks.
            group: of its tasks.
            log: where they log to.
            environment: what they are told.
            balanced: a target group of a load balancer that they belong to, or None.
            called: a target group of Lattice that they belong to, and the role that registers them; or None.
            after: what has to exist before the first task.
        """
        context = self._context
        least, most = COUNTS[context.environment]
        task = self._definition(service, image, role, log, environment)
        container = {"container_name": service, "container_port": PORT}
        made = declare(
            self,
            "aws_ecs_service",
            service,
            name=context.names.of(service),
            cluster=self.cluster.id,
            task_definition=task.arn,
            desired_count=least if self._tag else 0,
            launch_type="FARGATE",
            platform_version="LATEST",
            enable_execute_command=False,
            enable_ecs_managed_tags=True,
            propagate_tags="SERVICE",
            deployment_circuit_breaker={"enable": True, "rollback": True},
            deployment_minimum_healthy_percent=100,
            deployment_maximum_percent=200,
            health_check_grace_period_seconds=60 if balanced else None,
            network_configuration={
                "subnets": self._network.subnet_ids("app"),
                "security_groups": [group.id],
                "assign_public_ip": False,
            },
            load_balancer=[{"target_group_arn": balanced.arn, **container}] if balanced else None,
            vpc_lattice_configurations=[
                {"role_arn": called[1].arn, "target_group_arn": called[0].arn, "port_name": _PORT_NAME}
            ]
            if called
            else None,
            # How many run is decided by scaling once it exists.
            lifecycle={"ignore_changes": ["desired_count"]} if self._tag else None,
            depends_on=[*self._execution.grants, *after],
        )
        if self._tag and (most > least or context.profile.off_hours):
            self._scale(service, made, least, most)
        return made

    def _definition(self, service: str, image: str, role: Role, log: LogGroup, environment: Mapping[str, str]) -> Any:
        container = {
            "name": service,
            "image": f"{image}:{self._tag or 'none'}",
            "essential": True,
            "user": _USER,
            "readonlyRootFilesystem": True,
            "linuxParameters": {"initProcessEnabled": True, "capabilities": {"drop": ["ALL"]}},
            "portMappings": [{"name": _PORT_NAME, "containerPort": PORT, "hostPort": PORT, "protocol": "tcp"}],
            "environment": [
                {"name": name, "value": value} for name, value in sorted({"TMPDIR": _SCRATCH, **environment}.items())
            ],
            "mountPoints": [{"sourceVolume": "scratch", "containerPath": _SCRATCH, "readOnly": False}],
            "logConfiguration": {
                "logDriver": "awslogs",
                "options": {
                    "awslogs-group": log.name,
                    "awslogs-region": self._context.region,
                    "awslogs-stream-prefix": service,
                    "mode": "non-blocking",
                    "max-buffer-size": "4m",
                },
            },
            "stopTimeout": 30,
        }
        production = self._context.environment == "prod"
        return declare(
            self,
            "aws_ecs_task_definition",
            service,
            family=self._context.names.of(service),
            requires_compatibilities=["FARGATE"],
            network_mode="awsvpc",
            cpu="1024" if production else "256",
            memory="2048" if production else "512",
            execution_role_arn=self._execution.arn,
            task_role_arn=role.arn,
            runtime_platform={"operating_system_family": "LINUX", "cpu_architecture": "ARM64"},
            volume=[{"name": "scratch"}],
            container_definitions=json.dumps([container]),
        )

    def _scale(self, service: str, made: Any, least: int, most: int) -> None:
        target = declare(
            self,
            "aws_appautoscaling_target",
            service,
            service_namespace="ecs",
            scalable_dimension="ecs:service:DesiredCount",
            resource_id=f"service/{self.cluster.name}/{made.name}",
            min_capacity=least,
            max_capacity=most,
        )
        whose = {
            "service_namespace": target.service_namespace,
            "scalable_dimension": target.scalable_dimension,
            "resource_id": target.resource_id,
        }
        names = self._context.names
        if most > least:
            declare(
                self,
                "aws_appautoscaling_policy",
                f"{service}_cpu",
                name=names.of(f"{service}-cpu"),
                policy_type="TargetTrackingScaling",
                target_tracking_scaling_policy_configuration={
                    "target_value": 60,
                    "scale_in_cooldown": 300,
                    "scale_out_cooldown": 60,
                    "predefined_metric_specification": {"predefined_metric_type": "ECSServiceAverageCPUUtilization"},
                },
                **whose,
            )
        if self._context.profile.off_hours:
            for when, cron, (low, high) in (
                ("night", "cron(0 20 * * ? *)", (0, 0)),
                ("morning", "cron(0 6 ? * MON-FRI *)", (least, most)),
            ):
                declare(
                    self,
                    "aws_appautoscaling_scheduled_action",
                    f"{service}_{when}",
                    name=names.of(f"{service}-{when}"),
                    schedule=cron,
                    timezone="UTC",
                    scalable_target_action={"min_capacity": str(low), "max_capacity": str(high)},
                    **whose,
                )
