"""Application load balancer whose subnets all lie in one availability zone.

It wants subnets of two zones at least; only on an Outpost and in a local zone one is enough. Judged when every subnet
is made by the same program and surely lies in the zone of the others.
"""

from collections.abc import Iterator

from onetake.aws.ec2 import Subnet
from onetake.aws.elb import LoadBalancer
from onetake.mechanisms.placement import distinct_zones, subnets_of
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Absent, Known
from onetake.rules.rule import Answer, Fault, Rule

ORDINARY = 3
"""The dashes of an ordinary zone's name, at most: ``us-gov-west-1a``."""
SAYS = "At least two subnets in two different Availability Zones must be specified"
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"ValidationError: {SAYS}"),
    Language.CLOUDFORMATION: Answer(
        Stage.CREATE, f"{SAYS} (Service: AmazonElasticLoadBalancingV2; Status Code: 400; Error Code: ValidationError)"
    ),
}


def check(balancer: LoadBalancer) -> Iterator[Fault]:
    """All subnets known, all of one ordinary zone; an Outpost or a local zone may stand alone."""
    match balancer.kind:
        case Known("application") if "customer_owned_ipv4_pool" not in balancer.resource.arguments:
            subnets = subnets_of(balancer)
        case _:
            return
    if any(not isinstance(subnet.outpost, Absent) or _local(subnet) for subnet in subnets):
        return
    if subnets.known and distinct_zones(subnets).reach(2) is Truth.NO:
        yield Fault(
            balancer.subnets if isinstance(balancer.subnets, Known) else balancer,
            f"the subnets of {balancer.address} all lie in one availability zone",
            related=subnets.known,
        )


def _local(subnet: Subnet) -> bool:
    """Whether it lies in a local zone, whose name has more parts (``us-west-2-lax-1a``)."""
    return isinstance(subnet.zone, Known) and subnet.zone.value.count("-") > ORDINARY


RULE = Rule(
    name="elb-load-balancer-one-zone",
    view=LoadBalancer,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="An application load balancer is refused unless its subnets lie in at least two availability zones.",
    fix="Give it a subnet of another availability zone, too.",
    evidence=(
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html",
        "https://github.com/kasmtech/terraform/issues/5",
        "https://github.com/aws-cloudformation/cfn-lint/issues/638",
    ),
)
