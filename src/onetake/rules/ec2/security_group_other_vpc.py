"""Instance with a security group of another VPC than its subnet's.

Without a subnet an instance goes to the account's default VPC, where no group of a VPC of the program works.
"""

from collections.abc import Iterator

from onetake.aws.ec2 import Instance, SecurityGroup
from onetake.aws.lookup import targets
from onetake.mechanisms.placement import same_vpc, vpc_of
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "Security group {group} and subnet {subnet} belong to different networks."
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidParameter: {SAYS}"),
    Language.CLOUDFORMATION: Answer(Stage.CREATE, SAYS),
}


def check(instance: Instance) -> Iterator[Fault]:
    """Every group against the network of the instance, where both are known."""
    home = vpc_of(instance)
    for group in targets(instance.security_groups, instance.stack, SecurityGroup) if home.known else ():
        other = vpc_of(group)
        if other.vpc is None and not (other.default and home.vpc is not None):
            continue
        if same_vpc(home, other) is Truth.NO:
            place = home.vpc.address if home.vpc is not None else "the default VPC"
            lies = other.vpc.address if other.vpc is not None else "the default VPC"
            yield Fault(
                instance.security_groups,
                f"{instance.address} goes to {place}, but its security group {group.address} lies in {lies}",
                related=(group,),
            )


RULE = Rule(
    name="ec2-security-group-other-vpc",
    view=Instance,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="A security group works only in its own VPC; without a subnet an instance goes to the default VPC.",
    fix="Give the instance a subnet and security groups of the same VPC.",
    evidence=(
        "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html",
        "https://github.com/QT-DevOps/DevOpsIssues/issues/256",
        "https://github.com/ansible/ansible-modules-core/issues/347",
    ),
)
