"""Two subnets of one VPC whose ranges have addresses in common.

The one that is created second is refused; which of them that is depends on the run.
"""

from collections.abc import Iterator
from itertools import takewhile
from typing import cast

from onetake.aws.ec2 import Subnet, Vpc
from onetake.aws.lookup import target, views
from onetake.mechanisms.placement import overlaps
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "The CIDR '{cidr}' conflicts with another subnet"
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidSubnet.Conflict: {SAYS}"),
    Language.CLOUDFORMATION: Answer(
        Stage.CREATE, f"{SAYS} (Service: AmazonEC2; Status Code: 400; Error Code: InvalidSubnet.Conflict)"
    ),
}


def check(subnet: Subnet) -> Iterator[Fault]:
    """The later of two in the program is shown, with the first that it meets."""
    if subnet.exists is not Truth.YES or not isinstance(subnet.cidr, Known):
        return
    vpc = target(subnet.vpc, subnet.stack, Vpc)
    for earlier in _before(subnet, vpc) if vpc is not None else ():
        if isinstance(earlier.cidr, Known) and overlaps(subnet.cidr, earlier.cidr) is Truth.YES:
            cidr = subnet.cidr.value
            yield Fault(
                subnet.cidr,
                f"{cidr} overlaps {earlier.cidr.value} of {earlier.address}, which lies in the same VPC",
                related=(earlier,),
                words={"cidr": cidr},
            )
            return


def _before(subnet: Subnet, vpc: Vpc) -> Iterator[Subnet]:
    """The subnets of the same network that stand earlier in the program and surely exist."""
    key = (_before, vpc.address)
    members = cast("list[Subnet] | None", subnet.stack.memo.get(key))
    if members is None:
        for other in views(subnet.stack, Subnet):
            home = target(other.vpc, subnet.stack, Vpc)
            if home is not None and other.exists is Truth.YES:
                group = subnet.stack.memo.setdefault((_before, home.address), [])
                cast("list[Subnet]", group).append(other)
        members = cast("list[Subnet]", subnet.stack.memo.setdefault(key, []))
    return takewhile(lambda other: other is not subnet, members)


RULE = Rule(
    name="ec2-subnets-overlap",
    view=Subnet,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="An address belongs to one subnet of a VPC only: the second subnet that claims it is refused.",
    fix="Give each subnet a range of its own.",
    evidence=(
        "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
        "https://github.com/hashicorp/terraform/issues/33470",
        "https://github.com/waterbear-cloud/paco/issues/40",
    ),
    covers=("cfn-subnets-overlap",),
)
