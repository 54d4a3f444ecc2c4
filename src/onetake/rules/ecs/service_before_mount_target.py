"""ECS service that does not wait for the mount targets of the file system its tasks mount.

Nothing in the service refers to the mount targets, so they are created side by side; tasks that start first cannot
mount, and a deployment circuit breaker may roll the whole stack back.
"""

from collections.abc import Iterator

from onetake.aws.ecs import Service
from onetake.mechanisms.ordering import unordered
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.ecs._efs import mounted
from onetake.rules.rule import Answer, Fault, Rule


def check(service: Service) -> Iterator[Fault]:
    """No mount target of a mounted file system is surely there first."""
    for mount in mounted(service):
        late = unordered(service.stack, service, mount.targets)
        if late and mount.targets.complete and len(late) == len(mount.targets):
            yield Fault(
                service,
                f"{service.address} does not wait for {late[0].address}, through which its tasks mount "
                f"{mount.system.address}",
                related=(*late, mount.system),
                condition=f"Is {late[0].address} there before the first tasks start? Nothing orders the two.",
            )


RULE = Rule(
    name="ecs-service-before-mount-target",
    view=Service,
    check=check,
    severity=Severity.CRITICAL,
    answers={Language.TERRAFORM: Answer(Stage.STABILIZE), Language.CLOUDFORMATION: Answer(Stage.STABILIZE)},
    cause="Nothing orders the service after the mount targets, so its first tasks may find none.",
    fix="Make the service depend on the mount targets.",
    evidence=("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html",),
)
