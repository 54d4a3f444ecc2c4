"""Application load balancer whose subnets all lie in one availability zone.

It wants subnets of two zones at least. Judged only when every subnet's zone can be told.
"""

from collections.abc import Iterator

from onetake.aws.elb import LoadBalancer
from onetake.aws.lookup import given
from onetake.mechanisms.placement import distinct_zones, subnets_of
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Absent, Known
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "At least two subnets in two different Availability Zones must be specified"
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"ValidationError: {SAYS}"),
    Language.CLOUDFORMATION: Answer(
        Stage.CREATE, f"{SAYS} (Service: AmazonElasticLoadBalancingV2; Status Code: 400; Error Code: ValidationError)"
    ),
}


def check(balancer: LoadBalancer) -> Iterator[Fault]:
    """One subnet, whatever it is; or several known ones of one zone."""
    match balancer.kind:
        case Known("application"):
            pass
        case _:
            return
    if "AWS_OUTPOST" in str(balancer.resource.arguments.get("customer_owned_ipv4_pool", "")):
        return
    match balancer.subnets:
        case Known((only,)) if balancer.mappings.surely_empty and not (given(only) or isinstance(only, Absent)):
            yield Fault(balancer.subnets, f"{balancer.address} is given one subnet only")
            return
        case _:
            subnets = subnets_of(balancer)
    if subnets.known and distinct_zones(subnets).reach(2) is Truth.NO:
        yield Fault(
            balancer.subnets,
            f"the subnets of {balancer.address} all lie in one availability zone",
            related=subnets.known,
        )


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
