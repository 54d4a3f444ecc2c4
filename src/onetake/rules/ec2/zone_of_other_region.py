"""Subnet, instance or volume in an availability zone that does not belong to its region.

The name of a zone begins with that of its region (``eu-west-1a``; also local zones: ``us-west-2-lax-1a``). Often the
region of the provider was changed and a literal zone was not. Zones that a region does not have by letter depend on the
account and are not judged.
"""

from collections.abc import Iterator

from onetake.aws.view import Attribute, View
from onetake.mechanisms.placement import region
from onetake.mechanisms.policies.names import region_open
from onetake.mechanisms.succession import made
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule


class Zoned(View):
    """Something that lies in one zone."""

    KINDS = {
        Language.TERRAFORM: "aws_subnet",
        Language.CLOUDFORMATION: "AWS::EC2::Subnet",
    }

    zone = Attribute(str, tf="availability_zone", cfn="AvailabilityZone")


def check(one: Zoned) -> Iterator[Fault]:
    """The zone's name against the region's."""
    match one.zone, region(one):
        case Known(zone, where), Known(name) if zone and not zone.startswith(name) and made(one):
            assumed = region_open(one.stack)
            yield Fault(
                where,
                f"{one.address} is to lie in {zone}, but is made in the region {name}",
                words={"zone": zone},
                condition=f"Is this deployed in {name}? The program names no region." if assumed else "",
            )
        case Known(zone, where), Known(name) if zone == name and made(one):
            yield Fault(where, f"{zone} is a region, not an availability zone", words={"zone": zone})


RULE = Rule(
    name="ec2-zone-of-other-region",
    view=Zoned,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(
            Stage.CREATE,
            "InvalidParameterValue: Value ({zone}) for parameter availabilityZone is invalid. Subnets can currently "
            "only be created in the following availability zones: <zones>.",
        ),
        Language.CLOUDFORMATION: Answer(
            Stage.CREATE,
            "Value ({zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the "
            "following availability zones: <zones>.",
        ),
    },
    cause="A subnet lies in a zone of the region in which it is made.",
    fix="Take the zones from the region: data.aws_availability_zones, Fn::GetAZs.",
    evidence=(
        "https://github.com/TheSudoYT/terraform-aws-palworld/issues/9",
        "https://github.com/crossplane-contrib/provider-aws/issues/1048",
    ),
)
