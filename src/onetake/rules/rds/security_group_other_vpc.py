"""Database with a security group of another VPC.

Without a subnet group the instance goes to the account's default VPC; with one it goes to the VPC of its subnets. A
security group of another VPC is refused.
"""

from collections.abc import Iterator

from onetake.aws.ec2 import SecurityGroup, Vpc
from onetake.aws.lookup import target, targets
from onetake.aws.rds import Instance, SubnetGroup
from onetake.mechanisms.placement import same_vpc
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Absent
from onetake.rules.rule import Answer, Fault, Rule

SAYS = (
    "The DB instance and EC2 security group are in different VPCs. The DB instance is in {vpc} and the EC2 security "
    "group is in {other_vpc}"
)
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidParameterCombination: {SAYS}"),
    Language.CLOUDFORMATION: Answer(
        Stage.CREATE,
        f'Resource handler returned message: "{SAYS} (Service: Rds, Status Code: 400)" (InvalidParameterCombination)',
    ),
}


def check(database: Instance) -> Iterator[Fault]:
    """The groups against the default VPC, or the VPC of the subnet group."""
    source = database.resource.arguments
    if (
        not isinstance(database.cluster, Absent)
        or "replicate_source_db" in source
        or "SourceDBInstanceIdentifier" in source
    ):
        return
    groups = targets(database.security_groups, database.stack, SecurityGroup)
    if isinstance(database.subnet_group, Absent):
        for group in groups:
            vpc = target(group.vpc, database.stack, Vpc)
            if vpc is not None and vpc.resource.type in ("aws_vpc", "AWS::EC2::VPC"):
                yield Fault(
                    database.security_groups,
                    f"{database.address} goes to the default VPC, but its security group {group.address} lies in "
                    f"{vpc.address}",
                    related=(group, vpc),
                    fix="Give a DB subnet group of the security group's VPC.",
                )
        return
    home = target(database.subnet_group, database.stack, SubnetGroup)
    for group in groups if home else ():
        if home and same_vpc(home, group) is Truth.NO:
            yield Fault(
                database.security_groups,
                f"{database.address} lies in the VPC of {home.address}, its security group {group.address} in another",
                related=(group, home),
            )


RULE = Rule(
    name="rds-security-group-other-vpc",
    view=Instance,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="A security group works only in its own VPC; without a subnet group a database goes to the default VPC.",
    fix="Use a subnet group and security groups of the same VPC.",
    evidence=("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",),
)
