"""A service on Fargate: its tasks, what they may do, and how many of them run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs.declaring import OWN, declare
from onetake.platforms.constructs.fargate_cluster import Cluster
from onetake.platforms.constructs.fargate_scaling import CPU, MEMORY, Capacity, Measure, TaskScaling
from onetake.platforms.constructs.fargate_task import SERVICE, Volume, container, task_definition
from onetake.platforms.constructs.keys import KmsKey
from onetake.platforms.constructs.logs import LogGroup
from onetake.platforms.constructs.network import Network
from onetake.platforms.constructs.policies import Statement, statement
from onetake.platforms.constructs.roles import Role
from onetake.platforms.constructs.security_groups import SecurityGroup
from onetake.platforms.context import Context
from onetake.platforms.parameters import text, whole

PLACEHOLDER: Final = "public.ecr.aws/docker/library/busybox:1.37"
"""Runs until there is an image of one's own, so that the first deployment has something that becomes healthy."""
_SCRATCH: Final = "/tmp"  # noqa: S108 - of a container, whose own file system cannot be written
_IMAGE: Final = re.compile(r"[\w./:@${}-]+")


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
        Refused: a parameter is wrong.
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
        whole("port", port, 1024, 65_535)
        self._context = context
        self._component = component
        self.log = LogGroup(self, "log", context=context, group=context.names.path("tasks", component), key=key)
        self._build_roles(secrets or {}, secrets_key, allows or {}, boundary, volume)
        self.task = task_definition(
            self,
            "task",
            context=context,
            component=component,
            capacity=capacity,
            starter=self.starter,
            role=self.role,
            containers=[self._container(port, image, volume, environment or {}, secrets or {})],
            volume=volume,
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
            enable_execute_command=execute,
            force_delete=not context.profile.protected,
            **SERVICE,
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
        measures: dict[str, Measure] = {"cpu": CPU, "memory": MEMORY}
        if request_label is not None:
            requests = {"predefined_metric_type": "ALBRequestCountPerTarget", "resource_label": request_label}
            measures["requests"] = (requests, 1000)
        TaskScaling(
            self,
            OWN,
            context=context,
            component=component,
            cluster=cluster,
            service=self.name,
            capacity=capacity,
            measures=measures,
            off_hours=off_hours,
        )

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
        return container(
            self._component,
            image=image or PLACEHOLDER,
            context=self._context,
            log=self.log,
            scratch=_SCRATCH,
            environment=environment,
            volume=volume,
            portMappings=[{"containerPort": port, "protocol": "tcp"}],
            secrets=[{"name": name, "valueFrom": arn} for name, arn in sorted(secrets.items())],
            **({} if image else {"command": ["sh", "-c", serve]}),
        )
