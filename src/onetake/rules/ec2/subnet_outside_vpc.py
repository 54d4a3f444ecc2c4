"""Subnet whose range lies outside every range of its VPC.

Judged when the VPC is made by the same program and all its ranges are known, those associated later included.
"""

from collections.abc import Iterator

from onetake.aws.ec2 import Subnet, Vpc
from onetake.aws.lookup import target
from onetake.mechanisms.placement import ranges, subnet_inside_vpc
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "The CIDR '{cidr}' is invalid."
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidSubnet.Range: {SAYS}"),
    Language.CLOUDFORMATION: Answer(Stage.CREATE, SAYS),
}


def check(subnet: Subnet) -> Iterator[Fault]:
    """A known range, surely in none of the network's."""
    vpc = target(subnet.vpc, subnet.stack, Vpc)
    match subnet.cidr:
        case Known(str() as cidr) if vpc is not None and subnet_inside_vpc(subnet) is Truth.NO:
            spread = " and ".join(one.value for one in ranges(vpc).known if isinstance(one, Known))
            yield Fault(
                subnet.cidr,
                f"{cidr} does not lie in {vpc.address}, which has {spread}",
                related=(vpc,),
                words={"cidr": cidr},
            )
        case _:
            return


RULE = Rule(
    name="ec2-subnet-outside-vpc",
    view=Subnet,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="A subnet takes its addresses from a range of its VPC; a range outside is refused.",
    fix="Choose a range inside the VPC's, or associate a further range with the VPC.",
    evidence=(
        "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
        "https://github.com/pulumi/pulumi-awsx/issues/111",
    ),
    covers=("cfn-subnet-outside-vpc",),
)
