"""Fargate profile in a public subnet.

Fargate pods run in private subnets only. A subnet is public when its route table sends everything to an internet
gateway; one whose routes cannot be known is not judged.
"""

from collections.abc import Iterator

from onetake.aws.ec2 import Subnet
from onetake.aws.eks import FargateProfile
from onetake.aws.lookup import targets
from onetake.mechanisms.placement import is_public, public_route
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "Subnet {subnet} provided in Fargate Profile is not a private subnet"
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidParameterException: {SAYS}"),
    Language.CLOUDFORMATION: Answer(
        Stage.CREATE, f"{SAYS} (Service: Eks, Status Code: 400) (InvalidParameterException)"
    ),
}


def check(profile: FargateProfile) -> Iterator[Fault]:
    """The subnets that are surely public, told together."""
    public = [one for one in targets(profile.subnets, profile.stack, Subnet) if is_public(one) is Truth.YES]
    if public:
        routes = [route for route in map(public_route, public) if route is not None]
        names = " and ".join(subnet.address for subnet in public)
        yield Fault(
            profile.subnets,
            f"{profile.address} uses {names}, routed to an internet gateway",
            related=(*public, *routes),
        )


RULE = Rule(
    name="eks-fargate-profile-public-subnet",
    view=FargateProfile,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="Fargate pods run in private subnets only: subnets without a direct route to an internet gateway.",
    fix="List private subnets, which reach the internet through a NAT gateway or VPC endpoints.",
    evidence=("https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html",),
)
