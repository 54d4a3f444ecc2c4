"""Services on Fargate: a cluster, tasks that cannot write to their own file system, and how many of them run."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from constructs import Construct

from onetake.model.records import record
from onetake.platforms.constructs.declaring import OWN, declare
from onetake.platforms.constructs.keys import KmsKey
from onetake.platforms.constructs.logs import LogGroup
from onetake.platforms.constructs.network import Network
from onetake.platforms.constructs.policies import Statement, statement
from onetake.platforms.constructs.roles import Role
from onetake.platforms.constructs.security_groups import SecurityGroup
from onetake.platforms.context import Context
from onetake.platforms.parameters import text, whole
from onetake.platforms.refusals import Refused

PLACEHOLDER: Final = "public.ecr.aws/docker/library/busybox:1.37"
"""Runs until there is an image of one's own, so that the first deployment has something that becomes healthy."""
SIZES: Final[Mapping[int, tuple[int, ...]]] = {
    256: (512, 1024, 2048),
    512: tuple(range(1024, 4097, 1024)),
    1024: tuple(range(2048, 8193, 1024)),
    2048: tuple(range(4096, 16_385, 1024)),
    4096: tuple(range(8192, 30_721, 1024)),
}
"""Memory in MiB that Fargate offers with so many CPU units; 1,024 units are a virtual CPU."""
OFF_HOURS: Final = {"evening": "cron(0 20 * * ? *)", "morning": "cron(0 6 ? * MON-FRI *)"}
"""When capacity is taken away and given back, in UTC."""
_SCRATCH: Final = "/tmp"  # noqa: S108 - of a container, whose own file system cannot be written
_IMAGE: Final = re.compile(r"[\w./:@${}-]+")


@record
class Volume:
    """A file system that tasks mount, as an access point and with the task's own role.

    Attributes:
        file_system: its id.
        access_point: its id.
        path: where it is mounted.
        ready: what has to exist before a task starts: its mount targets.
    """

    file_system: str
    access_point: str
    path: str
    ready: tuple[Any, ...]


@record
class Capacity:
    """How many tasks run.

    Attributes:
        tasks: at least.
        most: at most.
        cpu: units of each.
        memory: MiB of each.
        spot: whether spare capacity is taken, which AWS may take back.
    """

    tasks: int
    most: int
    cpu: int = 256
    memory: int = 512
    spot: bool = False


class Cluster(Construct):
    """A cluster of ECS on Fargate.

    Args:
        component: part of its name.
        spot: whether its services may run on spare capacity.
    """

    def __init__(self, scope: Construct, name: str, *, context: Context, component: str, spot: bool) -> None:
        super().__init__(scope, name)
        self.cluster = declare(
            self,
            "aws_ecs_cluster",
            OWN,
            name=context.names.of(component, "cluster"),
            setting=[{"name": "containerInsights", "value": "enabled"}],
            provider=context.provider,
        )
        self.name: str = self.cluster.name
        self.arn: str = self.cluster.arn
        providers = ["FARGATE", "FARGATE_SPOT"] if spot else ["FARGATE"]
        self.providers = declare(
            self,
            "aws_ecs_cluster_capacity_providers",
            "providers",
            cluster_name=self.name,
            capacity_providers=providers,
            default_capacity_provider_strategy=[{"capacity_provider": providers[-1], "weight": 1, "base": 0}],
            provider=context.provider,
        )


class FargateService(Construct):
    """A service in the application subnets: its task, roles, log group, and the scaling of its tasks.

    Args:
        component: part of its name.
        cluster: that it runs in.
        network: where it runs.
        group: its security group.
        key: encrypts its log group.
        capacity: how many tasks run.
        port: that its container listens on.
        image: of its container; a small server that answers ``/health`` if not given.
        target_group: of a load balancer, that tasks are registered with.
        forwarded_by: the rule of the load balancer, without which tasks would never be found healthy.
        volume: that its tasks mount.
        environment: variables of its container; never a secret.
        secrets: variables of its container, by the ARN of the secret that holds each.
        secrets_key: encrypts those secrets.
        allows: statements of the task's role, by the policy's name.
        boundary: ARN of the roles' permissions boundary.
        execute: whether somebody may open a shell in a task; never in production.
        off_hours: whether it is scaled to nothing at night and on weekends.
        request_label: what the metric of requests calls the load balancer and target group, to scale by it too.

    Raises:
        Refused: Fargate does not offer such a size, or a parameter is wrong.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        component: str,
        cluster: Cluster,
        network: Network,
        group: SecurityGroup,
        key: KmsKey,
        capacity: Capacity,
        port: int = 8080,
        image: str | None = None,
        target_group: Any = None,
        forwarded_by: Any = None,
        volume: Volume | None = None,
        environment: Mapping[str, str] | None = None,
        secrets: Mapping[str, str] | None = None,
        secrets_key: KmsKey | None = None,
        allows: Mapping[str, Sequence[Statement]] | None = None,
        boundary: str | None = None,
        execute: bool = False,
        off_hours: bool = False,
        request_label: str | None = None,
    ) -> None:
        super().__init__(scope, name)
        _judge(capacity, port)
        self._context = context
        self._component = component
        self.log = LogGroup(self, "log", context=context, group=context.names.path("tasks", component), key=key)
        self._build_roles(secrets or {}, secrets_key, allows or {}, boundary, volume)
        self.task = self._add(
            "aws_ecs_task_definition",
            "task",
            family=context.names.of(component),
            requires_compatibilities=["FARGATE"],
            network_mode="awsvpc",
            cpu=str(capacity.cpu),
            memory=str(capacity.memory),
            runtime_platform={"operating_system_family": "LINUX", "cpu_architecture": "ARM64"},
            execution_role_arn=self.starter.arn,
            task_role_arn=self.role.arn,
            container_definitions=json.dumps([self._container(port, image, volume, environment or {}, secrets or {})]),
            volume=[{"name": "scratch"}, *([_mounted(volume)] if volume else [])],
        )
        ready = [*self.role.grants, *self.starter.grants, *(volume.ready if volume else ()), cluster.providers]
        self.service = self._add(
            "aws_ecs_service",
            OWN,
            name=context.names.of(component),
            cluster=cluster.arn,
            task_definition=self.task.arn,
            desired_count=capacity.tasks,
            capacity_provider_strategy=[
                {"capacity_provider": "FARGATE_SPOT" if capacity.spot else "FARGATE", "weight": 1, "base": 0}
            ],
            platform_version="LATEST",
            enable_execute_command=execute,
            propagate_tags="SERVICE",
            force_delete=not context.profile.protected,
            deployment_minimum_healthy_percent=100,
            deployment_maximum_percent=200,
            deployment_circuit_breaker={"enable": True, "rollback": True},
            health_check_grace_period_seconds=60 if target_group else None,
            network_configuration={
                "subnets": network.subnet_ids("app"),
                "security_groups": [group.id],
                "assign_public_ip": False,
            },
            load_balancer=[{"target_group_arn": target_group.arn, "container_name": component, "container_port": port}]
            if target_group
            else None,
            # A task starts by itself: everything that it needs has to be there.
            depends_on=[*ready, *network.ways_out, *([forwarded_by] if forwarded_by else [])],
            # What is deployed and scaled later is not taken back by the next run.
            lifecycle={"ignore_changes": ["task_definition", "desired_count"]},
        )
        self.name: str = self.service.name
        self._scale(cluster, capacity, request_label, off_hours=off_hours)

    def _add(self, kind: str, name: str, /, **arguments: Any) -> Any:
        return declare(self, kind, name, provider=self._context.provider, **arguments)

    def _build_roles(
        self,
        secrets: Mapping[str, str],
        key: KmsKey | None,
        allows: Mapping[str, Sequence[Statement]],
        boundary: str | None,
        volume: Volume | None,
    ) -> None:
        context = self._context
        start = [
            statement("WriteLogs", ["logs:CreateLogStream", "logs:PutLogEvents"], [self.log.arn, f"{self.log.arn}:*"]),
            statement("SignIn", ["ecr:GetAuthorizationToken"], ["*"]),
            statement(
                "Pull",
                ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"],
                [context.arn("ecr", f"repository/{context.names.prefix}/{context.names.suffix}/*")],
            ),
        ]
        if secrets:
            start.append(statement("ReadSecrets", ["secretsmanager:GetSecretValue"], sorted(set(secrets.values()))))
        if key is not None:
            start.append(statement("Decrypt", ["kms:Decrypt"], [key.arn]))
        self.starter = Role(
            self,
            "starter",
            context=context,
            component=f"{self._component}-start",
            description=f"Starts tasks of {self._component}: pulls images, writes logs",
            services=["ecs-tasks"],
            allows={"start": start},
            boundary=boundary,
        )
        mount = {}
        if volume is not None:
            system = context.arn("elasticfilesystem", f"file-system/{volume.file_system}")
            point = context.arn("elasticfilesystem", f"access-point/{volume.access_point}")
            own = [("StringEquals", "elasticfilesystem:AccessPointArn", [point])]
            actions = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
            mount = {"mount": [statement("Mount", actions, [system], when=own)]}
        self.role = Role(
            self,
            "task_role",
            context=context,
            component=self._component,
            description=f"What {self._component} may do",
            services=["ecs-tasks"],
            allows=mount | dict(allows),
            boundary=boundary,
        )

    def _container(
        self,
        port: int,
        image: str | None,
        volume: Volume | None,
        environment: Mapping[str, str],
        secrets: Mapping[str, str],
    ) -> dict[str, Any]:
        if image is not None:
            text("image", image, _IMAGE, "it has to be the name of an image")
        serve = f"mkdir -p {_SCRATCH}/www && cd {_SCRATCH}/www && echo ok > health && exec httpd -f -p {port} -h ."
        mounts = [{"sourceVolume": "scratch", "containerPath": _SCRATCH, "readOnly": False}]
        if volume is not None:
            mounts.append({"sourceVolume": "files", "containerPath": volume.path, "readOnly": False})
        return {
            "name": self._component,
            "image": image or PLACEHOLDER,
            "essential": True,
            "readonlyRootFilesystem": True,
            "portMappings": [{"containerPort": port, "protocol": "tcp"}],
            "mountPoints": mounts,
            "environment": [{"name": name, "value": value} for name, value in sorted(environment.items())],
            "secrets": [{"name": name, "valueFrom": arn} for name, arn in sorted(secrets.items())],
            "logConfiguration": {
                "logDriver": "awslogs",
                "options": {
                    "awslogs-group": self.log.name,
                    "awslogs-region": self._context.region,
                    "awslogs-stream-prefix": self._component,
                },
            },
        } | ({} if image else {"command": ["sh", "-c", serve]})

    def _scale(self, cluster: Cluster, capacity: Capacity, request_label: str | None, *, off_hours: bool) -> None:
        target = self._add(
            "aws_appautoscaling_target",
            "tasks",
            service_namespace="ecs",
            scalable_dimension="ecs:service:DesiredCount",
            resource_id=f"service/{cluster.name}/{self.name}",
            min_capacity=capacity.tasks,
            max_capacity=capacity.most,
        )
        of = {
            "service_namespace": target.service_namespace,
            "scalable_dimension": target.scalable_dimension,
            "resource_id": target.resource_id,
        }
        measures: dict[str, tuple[dict[str, str], float]] = {
            "cpu": ({"predefined_metric_type": "ECSServiceAverageCPUUtilization"}, 60),
            "memory": ({"predefined_metric_type": "ECSServiceAverageMemoryUtilization"}, 75),
        }
        if request_label is not None:
            metric = {"predefined_metric_type": "ALBRequestCountPerTarget", "resource_label": request_label}
            measures["requests"] = (metric, 1000)
        for name, (metric, value) in measures.items():
            self._add(
                "aws_appautoscaling_policy",
                name,
                name=self._context.names.of(f"{self._component}-{name}"),
                policy_type="TargetTrackingScaling",
                target_tracking_scaling_policy_configuration={
                    "predefined_metric_specification": metric,
                    "target_value": value,
                    "scale_in_cooldown": 300,
                    "scale_out_cooldown": 60,
                },
                **of,
            )
        if off_hours and capacity.tasks:
            for name, schedule in OFF_HOURS.items():
                tasks = (capacity.tasks, capacity.most) if name == "morning" else (0, 0)
                self._add(
                    "aws_appautoscaling_scheduled_action",
                    name,
                    name=self._context.names.of(f"{self._component}-{name}"),
                    schedule=schedule,
                    scalable_target_action={"min_capacity": str(tasks[0]), "max_capacity": str(tasks[1])},
                    **of,
                )


def _judge(capacity: Capacity, port: int) -> None:
    whole("port", port, 1024, 65_535)
    whole("capacity.tasks", capacity.tasks, 0, 1000)
    whole("capacity.most", capacity.most, max(capacity.tasks, 0), 1000)
    if capacity.memory not in SIZES.get(capacity.cpu, ()):
        offered = SIZES.get(capacity.cpu)
        told = f"with {capacity.cpu} CPU units Fargate offers {offered}" if offered else f"CPU units: {tuple(SIZES)}"
        raise Refused("capacity", (capacity.cpu, capacity.memory), told)


def _mounted(volume: Volume) -> dict[str, Any]:
    return {
        "name": "files",
        "efs_volume_configuration": {
            "file_system_id": volume.file_system,
            "transit_encryption": "ENABLED",
            "authorization_config": {"access_point_id": volume.access_point, "iam": "ENABLED"},
        },
    }
