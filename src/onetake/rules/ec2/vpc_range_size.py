"""VPC whose IPv4 range is larger than /16 or smaller than /28."""

from collections.abc import Iterator
from ipaddress import IPv4Network

from onetake.aws.ec2 import Vpc
from onetake.mechanisms.placement.addresses import network
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

LARGEST = 16
SMALLEST = 28
ANSWERS = {
    Language.TERRAFORM: Answer(
        Stage.VALIDATE,
        'expected "cidr_block" to contain a network Value with between 16 and 28 significant bits, got: {bits}',
    ),
    Language.CLOUDFORMATION: Answer(Stage.CREATE),
}


def check(vpc: Vpc) -> Iterator[Fault]:
    """A range that is known."""
    found = network(vpc.cidr) if isinstance(vpc.cidr, Known) and "/" in vpc.cidr.value else None
    if isinstance(found, IPv4Network) and not LARGEST <= found.prefixlen <= SMALLEST:
        size = "larger than /16" if found.prefixlen < LARGEST else "smaller than /28"
        yield Fault(vpc.cidr, f"{found} is {size}", words={"bits": str(found.prefixlen)})


RULE = Rule(
    name="ec2-vpc-range-size",
    view=Vpc,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="A range of a VPC has between 16 addresses (/28) and 65536 (/16).",
    fix="Choose a range from /16 to /28, and associate further ranges where one is too small.",
    evidence=(
        "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
        "https://github.com/hashicorp/terraform-provider-aws/issues/14133",
    ),
)
