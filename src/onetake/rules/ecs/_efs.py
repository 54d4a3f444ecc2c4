"""The file systems that a service's tasks mount, and their mount targets."""

from __future__ import annotations

from collections.abc import Iterator

from onetake.aws.ecs import Service, TaskDefinition
from onetake.aws.efs import FileSystem, MountTarget
from onetake.aws.lookup import companions, target
from onetake.aws.view import Items
from onetake.model.records import record


@record
class Mounted:
    """One file system of the stack that the tasks of a service mount."""

    system: FileSystem
    targets: Items[MountTarget]
    task: TaskDefinition


def mounted(service: Service) -> Iterator[Mounted]:
    """The file systems that the service's tasks surely mount."""
    task = target(service.task_definition, service.stack, TaskDefinition)
    for volume in task.volumes if task else ():
        system = target(volume.file_system, service.stack, FileSystem)
        if task is not None and system is not None:
            yield Mounted(system, companions(system, MountTarget, "file_system"), task)
