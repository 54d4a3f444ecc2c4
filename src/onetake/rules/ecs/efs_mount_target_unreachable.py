"""ECS service whose tasks cannot reach the mount targets of their file system.

NFS needs TCP 2049 from the tasks' security groups to those of the mount targets. Judged when every rule of the groups
is known.
"""

from collections.abc import Iterator

from onetake.aws.ecs import Service
from onetake.mechanisms.reachability import Port, can_reach
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.rules.ecs._efs import mounted
from onetake.rules.rule import Answer, Fault, Rule

NFS = 2049


def check(service: Service) -> Iterator[Fault]:
    """Every mount target surely refuses the tasks."""
    for mount in mounted(service):
        refused = [one for one in mount.targets if can_reach(service, one, Port(NFS)) is Truth.NO]
        if refused and mount.targets.complete and len(refused) == len(mount.targets):
            yield Fault(
                service,
                f"no security group rule lets the tasks of {service.address} reach {refused[0].address} on port {NFS}",
                related=(*refused, mount.system),
            )


RULE = Rule(
    name="ecs-efs-mount-target-unreachable",
    view=Service,
    check=check,
    severity=Severity.CRITICAL,
    answers={Language.TERRAFORM: Answer(Stage.STABILIZE), Language.CLOUDFORMATION: Answer(Stage.STABILIZE)},
    cause="The mount times out when no rule admits NFS (TCP 2049) from the tasks to the mount targets.",
    fix="Admit TCP 2049 to the mount targets' security group from the group of the service.",
    evidence=("https://docs.aws.amazon.com/efs/latest/ug/network-access.html",),
)
