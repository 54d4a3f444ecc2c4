"""What runs in a task on Fargate: a container that cannot write to its own file system."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from constructs import Construct

from onetake.model.records import record
from onetake.platforms.constructs.declaring import declare
from onetake.platforms.constructs.fargate_scaling import Capacity
from onetake.platforms.constructs.logs import LogGroup
from onetake.platforms.constructs.roles import Role
from onetake.platforms.context import Context

SERVICE: Final[Mapping[str, Any]] = {
    "platform_version": "LATEST",
    "propagate_tags": "SERVICE",
    "deployment_minimum_healthy_percent": 100,
    "deployment_maximum_percent": 200,
    "deployment_circuit_breaker": {"enable": True, "rollback": True},
}
"""What every service is told of how to replace its tasks: new ones first, and back to the old ones if they fail."""


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


def container(
    name: str,
    *,
    image: str,
    context: Context,
    log: LogGroup,
    scratch: str,
    environment: Mapping[str, str],
    volume: Volume | None = None,
    **more: Any,
) -> dict[str, Any]:
    """A container as a task definition writes it.

    Args:
        name: of the container.
        image: that it runs.
        context: of the platform.
        log: where it logs to; when that is slow it loses lines rather than time.
        scratch: the folder that it may write to.
        environment: its variables; never a secret.
        volume: a file system that it mounts.
        more: as ECS names it.
    """
    mounts = [{"sourceVolume": "scratch", "containerPath": scratch, "readOnly": False}]
    if volume is not None:
        mounts.append({"sourceVolume": "files", "containerPath": volume.path, "readOnly": False})
    return {
        "name": name,
        "image": image,
        "essential": True,
        "readonlyRootFilesystem": True,
        "mountPoints": mounts,
        "environment": [{"name": key, "value": value} for key, value in sorted(environment.items())],
        "logConfiguration": {
            "logDriver": "awslogs",
            "options": {
                "awslogs-group": log.name,
                "awslogs-region": context.region,
                "awslogs-stream-prefix": name,
                "mode": "non-blocking",
                "max-buffer-size": "4m",
            },
        },
        **more,
    }


def task_definition(
    scope: Construct,
    name: str,
    *,
    context: Context,
    component: str,
    capacity: Capacity,
    starter: Role,
    role: Role,
    containers: Sequence[Mapping[str, Any]],
    volume: Volume | None = None,
) -> Any:
    """A task on ARM, with a volume ``scratch`` that goes with it.

    Args:
        scope: owns it.
        name: of it in the scope.
        context: of the platform.
        component: names its family.
        capacity: its size.
        starter: the role that pulls its images and writes its logs.
        role: its own.
        containers: as ``container`` makes them.
        volume: a file system that they mount as ``files``.
    """
    volumes: list[dict[str, Any]] = [{"name": "scratch"}]
    if volume is not None:
        mounted = {
            "file_system_id": volume.file_system,
            "transit_encryption": "ENABLED",
            "authorization_config": {"access_point_id": volume.access_point, "iam": "ENABLED"},
        }
        volumes.append({"name": "files", "efs_volume_configuration": mounted})
    return declare(
        scope,
        "aws_ecs_task_definition",
        name,
        family=context.names.of(component),
        requires_compatibilities=["FARGATE"],
        network_mode="awsvpc",
        cpu=str(capacity.cpu),
        memory=str(capacity.memory),
        runtime_platform={"operating_system_family": "LINUX", "cpu_architecture": "ARM64"},
        execution_role_arn=starter.arn,
        task_role_arn=role.arn,
        container_definitions=json.dumps(list(containers)),
        volume=volumes,
        provider=context.provider,
    )
