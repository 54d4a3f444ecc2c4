"""Tasks on Fargate: without root, without a file system to write to, and without a way in for people in prod."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs import OWN, KmsKey, LogGroup, Role, SecurityGroup, declare
from onetake.platforms.constructs.fargate_cluster import Cluster
from onetake.platforms.constructs.fargate_scaling import CPU, Capacity, TaskScaling
from onetake.platforms.constructs.fargate_task import SERVICE, container, task_definition
from onetake.platforms.context import Context
from onetake.platforms.parameters import Environment
from onetake.platforms.zerotrust.lattice import PORT
from onetake.platforms.zerotrust.network import InspectedNetwork

CAPACITIES: Final[Mapping[Environment, Capacity]] = {
    "dev": Capacity(1, 1),
    "staging": Capacity(2, 2),
    "prod": Capacity(3, 20, cpu=1024, memory=2048),
}
"""How many tasks a service has, and how big they are."""
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
        self._capacity = CAPACITIES[context.environment]
        self.cluster = Cluster(self, OWN, context=context, component="services", spot=False, session_key=key)

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
        listens = {"container_name": service, "container_port": PORT}
        made = declare(
            self,
            "aws_ecs_service",
            service,
            name=context.names.of(service),
            cluster=self.cluster.arn,
            task_definition=self._definition(service, image, role, log, environment).arn,
            desired_count=self._capacity.tasks if self._tag else 0,
            launch_type="FARGATE",
            enable_execute_command=False,
            enable_ecs_managed_tags=True,
            **SERVICE,
            health_check_grace_period_seconds=60 if balanced else None,
            network_configuration={
                "subnets": self._network.subnet_ids("app"),
                "security_groups": [group.id],
                "assign_public_ip": False,
            },
            load_balancer=[{"target_group_arn": balanced.arn, **listens}] if balanced else None,
            vpc_lattice_configurations=[
                {"role_arn": called[1].arn, "target_group_arn": called[0].arn, "port_name": _PORT_NAME}
            ]
            if called
            else None,
            # How many run is decided by scaling once it exists.
            lifecycle={"ignore_changes": ["desired_count"]} if self._tag else None,
            depends_on=[*self._execution.grants, *after],
        )
        if self._tag:
            self._scale(service, made)
        return made

    def _definition(self, service: str, image: str, role: Role, log: LogGroup, environment: Mapping[str, str]) -> Any:
        runs = container(
            service,
            image=f"{image}:{self._tag or 'none'}",
            context=self._context,
            log=log,
            scratch=_SCRATCH,
            environment={"TMPDIR": _SCRATCH, **environment},
            user=_USER,
            linuxParameters={"initProcessEnabled": True, "capabilities": {"drop": ["ALL"]}},
            portMappings=[{"name": _PORT_NAME, "containerPort": PORT, "hostPort": PORT, "protocol": "tcp"}],
            stopTimeout=30,
        )
        return task_definition(
            self,
            service,
            context=self._context,
            component=service,
            capacity=self._capacity,
            starter=self._execution,
            role=role,
            containers=[runs],
        )

    def _scale(self, service: str, made: Any) -> None:
        grows = self._capacity.most > self._capacity.tasks
        off_hours = self._context.profile.off_hours
        if grows or off_hours:
            TaskScaling(
                self,
                service,
                context=self._context,
                component=service,
                cluster=self.cluster,
                service=made.name,
                capacity=self._capacity,
                measures={"cpu": CPU} if grows else {},
                off_hours=off_hours,
            )
