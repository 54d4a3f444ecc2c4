"""Internet-facing load balancer in a VPC without an internet gateway.

The gateway must be attached before the load balancer is created. A VPC that the stack does not make is not judged.
"""

from collections.abc import Iterator

from onetake.aws.ec2 import Subnet, Vpc
from onetake.aws.elb import LoadBalancer
from onetake.aws.lookup import target, targets
from onetake.mechanisms.placement import internet_gateway_attached
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "VPC {vpc} has no internet gateway"
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidSubnet: {SAYS}"),
    Language.CLOUDFORMATION: Answer(
        Stage.CREATE, f"{SAYS} (Service: AmazonElasticLoadBalancingV2; Status Code: 400; Error Code: InvalidSubnet)"
    ),
}


def check(balancer: LoadBalancer) -> Iterator[Fault]:
    """Surely public, in a VPC of the stack that surely gets no gateway."""
    match balancer.internal:
        case Known(False):
            pass
        case _:
            return
    for subnet in targets(balancer.subnets, balancer.stack, Subnet).known[:1]:
        vpc = target(subnet.vpc, balancer.stack, Vpc)
        if vpc is not None and internet_gateway_attached(vpc) is Truth.NO:
            yield Fault(
                balancer,
                f"{balancer.address} faces the internet, but {vpc.address} has no internet gateway",
                related=(vpc, subnet),
            )


RULE = Rule(
    name="elb-public-without-internet-gateway",
    view=LoadBalancer,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="An internet-facing load balancer is refused in a VPC without an attached internet gateway.",
    fix="Attach an internet gateway to the VPC and create the load balancer after it, or make it internal.",
    evidence=("https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html",),
)
