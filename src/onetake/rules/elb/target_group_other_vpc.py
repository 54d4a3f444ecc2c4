"""Listener of an application load balancer that forwards to a target group of another VPC.

The targets may lie elsewhere, given by address; the group itself belongs to the load balancer's VPC.
"""

from collections.abc import Iterator

from onetake.aws.elb import Listener, LoadBalancer, TargetGroup
from onetake.aws.lookup import target
from onetake.mechanisms.placement import same_vpc, vpc_of
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Absent, Known, Value
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "Target group '{group}' is in a different VPC than load balancer '{balancer}'"
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidConfigurationRequest: {SAYS}"),
    Language.CLOUDFORMATION: Answer(Stage.CREATE, SAYS),
}


def check(listener: Listener) -> Iterator[Fault]:
    """Each group that the default actions forward to, against the network of the subnets."""
    balancer = target(listener.load_balancer, listener.stack, LoadBalancer)
    if balancer is None or not (isinstance(balancer.kind, Known) and balancer.kind.value == "application"):
        return
    home = vpc_of(balancer)
    for written, group in _groups(listener) if home.vpc is not None else ():
        if isinstance(group.vpc, Absent) or vpc_of(group).vpc is None:
            continue
        if same_vpc(home, group) is Truth.NO:
            yield Fault(
                written,
                f"{group.address} lies in another VPC than {balancer.address}, which forwards to it",
                related=(group, balancer),
            )


def _groups(listener: Listener) -> Iterator[tuple[Value[str], TargetGroup]]:
    for action in listener.actions:
        for place in (action, *action.forward):
            written: Value[str] = place.target_group
            found = target(written, listener.stack, TargetGroup)
            if found is not None:
                yield written, found


RULE = Rule(
    name="elb-target-group-other-vpc",
    view=Listener,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="A load balancer forwards only to target groups of its own VPC.",
    fix="Give the target group the VPC of the load balancer's subnets.",
    evidence=(
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html",
        "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1045",
    ),
)
