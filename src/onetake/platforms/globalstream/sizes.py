"""What stands in each region, by environment and by how ready the second region is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from onetake.model.records import record, replace
from onetake.platforms.constructs.fargate_scaling import Capacity
from onetake.platforms.parameters import Environment

Mode = Literal["backup-restore", "pilot-light", "warm-standby"]
MODES: Final[tuple[Mode, ...]] = ("backup-restore", "pilot-light", "warm-standby")
USUAL: Final[Mapping[Environment, Mode]] = {"dev": "backup-restore", "staging": "pilot-light", "prod": "warm-standby"}
OBJECTIVE: Final = 900
"""Seconds of data that may be lost: the recovery point objective."""


@record
class Size:
    """What an environment takes.

    Attributes:
        tasks: of the service in the primary region.
        most: tasks, when there is much to do.
        cpu: units of each task.
        memory: MiB of each task.
        instances: of the database in the primary region.
        instance_class: of the database.
        capacity: least and most capacity units of a serverless database.
        node: the type of the cache's nodes.
        nodes: of the cache in each region.
        global_cache: whether the caches of both regions are one datastore.
    """

    tasks: int
    most: int
    cpu: int
    memory: int
    instances: int
    instance_class: str
    capacity: tuple[float, float]
    node: str
    nodes: int
    global_cache: bool


_SIZES: Final[Mapping[Environment, Size]] = {
    "dev": Size(1, 2, 256, 512, 1, "db.serverless", (0.5, 2), "cache.t4g.micro", 1, False),
    "staging": Size(2, 4, 512, 1024, 2, "db.serverless", (0.5, 8), "cache.t4g.small", 2, False),
    "prod": Size(3, 12, 1024, 2048, 3, "db.r6g.large", (0.5, 16), "cache.r7g.large", 2, True),
}


def size(environment: Environment, *, multi_az: bool) -> Size:
    """What an environment takes.

    Args:
        environment: whose.
        multi_az: whether database and caches have at least one node that stands by, or only the one that writes.
    """
    usual = _SIZES[environment]
    if multi_az:
        return replace(usual, instances=max(usual.instances, 2), nodes=max(usual.nodes, 2))
    return replace(usual, instances=1, nodes=1)


@record
class Standby:
    """What the second region has running.

    Attributes:
        service: whether there is a service at all.
        tasks: of it.
        instances: of the database; without any it is headless, which costs storage only.
        cache: whether there is one.
    """

    service: bool
    tasks: int
    instances: int
    cache: bool


def standby(mode: Mode, size: Size) -> Standby:
    """What the second region has running: nothing, everything at nothing, or a third of the first."""
    if mode == "backup-restore":
        return Standby(service=False, tasks=0, instances=0, cache=False)
    third = max(1, size.tasks // 3)
    return Standby(service=True, tasks=third if mode == "warm-standby" else 0, instances=1, cache=True)


def capacity(size: Size, tasks: int, *, spot: bool) -> Capacity:
    """The tasks of one region."""
    return Capacity(tasks=tasks, most=size.most, cpu=size.cpu, memory=size.memory, spot=spot)
