"""A NAT gateway for each zone in an environment that is no production.

Each gateway costs its hours whether it is used or not; a test environment does with one.
"""

from collections.abc import Iterator

from onetake.aws.ec2 import NatGateway, Subnet
from onetake.aws.lookup import target, views
from onetake.mechanisms.environment import is_production
from onetake.mechanisms.placement import same_vpc
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.rules.rule import Answer, Fault, Rule


def check(gateway: NatGateway) -> Iterator[Fault]:
    """The second gateway of a network tells it for all."""
    if is_production(gateway.stack) is not Truth.NO:
        return
    own = target(gateway.subnet, gateway.stack, Subnet)
    if own is None:
        return
    same = [
        other
        for other in views(gateway.stack, NatGateway)
        if other is gateway
        or ((subnet := target(other.subnet, gateway.stack, Subnet)) and same_vpc(own, subnet) is Truth.YES)
    ]
    if len(same) > 1 and same[1] is gateway:
        yield Fault(
            gateway,
            f"{len(same)} NAT gateways in one network of an environment that is no production",
            related=tuple(other for other in same if other is not gateway),
        )


RULE = Rule(
    name="ec2-nat-gateway-per-zone-outside-production",
    view=NatGateway,
    check=check,
    severity=Severity.LOW,
    answers={Language.TERRAFORM: Answer(Stage.RUN), Language.CLOUDFORMATION: Answer(Stage.RUN)},
    cause="A NAT gateway is paid by the hour; one for each zone buys availability that a test does not need.",
    fix="Use one NAT gateway outside production, and one for each zone in production.",
    evidence=("https://aws.amazon.com/vpc/pricing/",),
)
