"""Public NAT gateway in a VPC without an internet gateway.

It sends everything on through the VPC's internet gateway, and fails where there is none. A private NAT gateway needs
none; a VPC that the program does not make is not judged.
"""

from collections.abc import Iterator

from onetake.aws.ec2 import NatGateway, Subnet, Vpc
from onetake.aws.lookup import target
from onetake.mechanisms.placement import internet_gateway_attached
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

SAYS = Answer(Stage.STABILIZE, "Network {vpc} has no Internet gateway attached")


def check(nat: NatGateway) -> Iterator[Fault]:
    """Surely public, in a network of the program that surely gets no gateway."""
    match nat.connectivity:
        case Known("public"):
            subnet = target(nat.subnet, nat.stack, Subnet)
        case _:
            return
    vpc = target(subnet.vpc, nat.stack, Vpc) if subnet is not None else None
    if subnet is not None and vpc is not None and internet_gateway_attached(vpc) is Truth.NO:
        yield Fault(
            nat.subnet,
            f"{nat.address} is a public NAT gateway, but {vpc.address} has no internet gateway",
            related=(subnet, vpc),
        )


RULE = Rule(
    name="ec2-nat-gateway-without-internet-gateway",
    view=NatGateway,
    check=check,
    severity=Severity.CRITICAL,
    answers={Language.TERRAFORM: SAYS, Language.CLOUDFORMATION: SAYS},
    cause="A public NAT gateway goes to the state failed in a VPC to which no internet gateway is attached.",
    fix="Attach an internet gateway to the VPC before the NAT gateway is created, or make the NAT gateway private.",
    evidence=(
        "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html",
        "https://github.com/giantswarm/aws-operator/pull/1234",
    ),
)
