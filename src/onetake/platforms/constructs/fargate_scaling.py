"""How many tasks of a service run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from constructs import Construct

from onetake.model.records import record
from onetake.platforms.constructs.declaring import declare
from onetake.platforms.constructs.fargate_cluster import Cluster
from onetake.platforms.context import Context
from onetake.platforms.parameters import whole
from onetake.platforms.refusals import Refused

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
CPU: Final = ({"predefined_metric_type": "ECSServiceAverageCPUUtilization"}, 60)
MEMORY: Final = ({"predefined_metric_type": "ECSServiceAverageMemoryUtilization"}, 75)

Measure = tuple[Mapping[str, str], float]
"""A metric, and the value that it is kept at."""


@record
class Capacity:
    """How many tasks run.

    Attributes:
        tasks: at least.
        most: at most.
        cpu: units of each.
        memory: MiB of each.
        spot: whether spare capacity is taken, which AWS may take back.

    Raises:
        Refused: Fargate does not offer such a size, or there would be less at most than at least.
    """

    tasks: int
    most: int
    cpu: int = 256
    memory: int = 512
    spot: bool = False

    def __post_init__(self) -> None:
        whole("capacity.tasks", self.tasks, 0, 1000)
        whole("capacity.most", self.most, self.tasks, 1000)
        if self.memory not in SIZES.get(self.cpu, ()):
            offered = SIZES.get(self.cpu)
            told = f"with {self.cpu} CPU units Fargate offers {offered}" if offered else f"CPU units: {tuple(SIZES)}"
            raise Refused("capacity", (self.cpu, self.memory), told)


class TaskScaling(Construct):
    """What adds tasks to a service and takes them away.

    Args:
        component: part of its names.
        cluster: of the service.
        service: its name.
        capacity: how many tasks run, at least and at most.
        measures: what is kept at which value, by a word for names.
        off_hours: whether the service is scaled to nothing at night and on weekends.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        component: str,
        cluster: Cluster,
        service: str,
        capacity: Capacity,
        measures: Mapping[str, Measure],
        off_hours: bool,
    ) -> None:
        super().__init__(scope, name)
        self._context = context
        self._component = component
        target = self._add(
            "aws_appautoscaling_target",
            "tasks",
            service_namespace="ecs",
            scalable_dimension="ecs:service:DesiredCount",
            resource_id=f"service/{cluster.name}/{service}",
            min_capacity=capacity.tasks,
            max_capacity=capacity.most,
        )
        of = {
            "service_namespace": target.service_namespace,
            "scalable_dimension": target.scalable_dimension,
            "resource_id": target.resource_id,
        }
        for measured, (metric, value) in measures.items():
            self._follow(measured, metric, value, of)
        if off_hours and capacity.tasks:
            self._rest(capacity, of)

    def _add(self, kind: str, name: str, /, **arguments: Any) -> Any:
        return declare(self, kind, name, provider=self._context.provider, **arguments)

    def _follow(self, measured: str, metric: Mapping[str, str], value: float, of: Mapping[str, str]) -> None:
        self._add(
            "aws_appautoscaling_policy",
            measured,
            name=self._context.names.of(f"{self._component}-{measured}"),
            policy_type="TargetTrackingScaling",
            target_tracking_scaling_policy_configuration={
                "predefined_metric_specification": metric,
                "target_value": value,
                "scale_in_cooldown": 300,
                "scale_out_cooldown": 60,
            },
            **of,
        )

    def _rest(self, capacity: Capacity, of: Mapping[str, str]) -> None:
        for when, schedule in OFF_HOURS.items():
            least, most = (capacity.tasks, capacity.most) if when == "morning" else (0, 0)
            self._add(
                "aws_appautoscaling_scheduled_action",
                when,
                name=self._context.names.of(f"{self._component}-{when}"),
                schedule=schedule,
                scalable_target_action={"min_capacity": str(least), "max_capacity": str(most)},
                **of,
            )
