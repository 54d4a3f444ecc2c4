"""ECS service whose tasks mount a file system that has no mount target.

The mount fails, the tasks stop, and the service never becomes stable (or its circuit breaker rolls back). A file
system from elsewhere, or part of a program that was not read, is not judged.
"""

from collections.abc import Iterator

from onetake.aws.ecs import Service
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.ecs._efs import mounted
from onetake.rules.rule import Answer, Fault, Rule


def check(service: Service) -> Iterator[Fault]:
    """Surely no mount target at all."""
    for mount in mounted(service):
        if mount.targets.surely_empty:
            yield Fault(
                service,
                f"the tasks of {service.address} mount {mount.system.address}, which has no mount target",
                related=(mount.system, mount.task),
            )


RULE = Rule(
    name="ecs-efs-volume-without-mount-target",
    view=Service,
    check=check,
    severity=Severity.CRITICAL,
    answers={Language.TERRAFORM: Answer(Stage.STABILIZE), Language.CLOUDFORMATION: Answer(Stage.STABILIZE)},
    cause="Tasks reach a file system through a mount target in their zone; without one the mount fails.",
    fix="Add a mount target in every zone where tasks run, and let the service wait for them.",
    evidence=(
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html",
        "https://docs.aws.amazon.com/efs/latest/ug/accessing-fs.html",
    ),
)
