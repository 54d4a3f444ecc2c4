"""Database subnet group whose subnets all lie in one availability zone.

RDS wants at least two zones. Judged only when every subnet's zone is known.
"""

from collections.abc import Iterator

from onetake.aws.ec2 import Subnet
from onetake.aws.lookup import targets
from onetake.aws.rds import SubnetGroup
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.text import same
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

SAYS = (
    "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: {zone}. Add "
    "subnets to cover at least 2 AZs."
)
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"DBSubnetGroupDoesNotCoverEnoughAZs: {SAYS}"),
    Language.CLOUDFORMATION: Answer(
        Stage.CREATE, f'Resource handler returned message: "{SAYS} (Service: Rds, Status Code: 400)"'
    ),
}


def check(group: SubnetGroup) -> Iterator[Fault]:
    """All subnets known, all in the zone of the first."""
    subnets = targets(group.subnets, group.stack, Subnet)
    if not subnets.complete or not subnets.known:
        return
    first = subnets.known[0]
    if all(other is first or same(first.zone, other.zone) is Truth.YES for other in subnets):
        named = first.zone.value if isinstance(first.zone, Known) else ""
        yield Fault(
            group.subnets,
            f"{group.address} covers one availability zone" + (f", {named}" if named else ""),
            related=subnets.known,
            words={"zone": named} if named else {},
        )


RULE = Rule(
    name="rds-subnet-group-one-zone",
    view=SubnetGroup,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="A DB subnet group must cover at least two availability zones, even for a single instance.",
    fix="Add a subnet of another availability zone to the group.",
    evidence=("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",),
)
