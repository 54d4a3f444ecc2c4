"""Record whose name does not lie in its hosted zone.

Route 53 takes a record only in the zone that its name ends with. Terraform completes a name that does not end with the
zone's name, so that there the mistake makes a record of an unexpected name instead of an error; it is judged in
CloudFormation only, for zones of the same program and zones that are named.
"""

from collections.abc import Iterator

from onetake.aws.lookup import target
from onetake.aws.route53 import Record, Zone
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.text import suffix
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule


def check(record: Record) -> Iterator[Fault]:
    """Compare the end of the record's name with the name of the zone."""
    zone = target(record.zone, record.stack, Zone)
    match record.zone_name if zone is None else zone.name:
        case Known(name):
            wanted = name.lower().strip(".")
        case _:
            return
    ends = suffix(record.name).lower().rstrip(".")
    whole = isinstance(record.name, Known)
    if not ends or "\\" in ends or f".{ends}".endswith(f".{wanted}"):
        return
    if not whole and (f".{wanted}".endswith(ends) or ends.endswith(f".{wanted}")):
        return
    shown = ends if whole else "..." + ends.lstrip(".")
    yield Fault(
        record.name.where,
        f"{record.address} is named {shown}, which does not lie in the zone {wanted}",
        related=(zone,) if zone is not None else (),
        words={"record": f"{shown}.", "zone": f"{wanted}."},
    )


RULE = Rule(
    name="route53-record-outside-zone",
    view=Record,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.CLOUDFORMATION: Answer(Stage.CREATE, "RRSet with DNS name {record} is not permitted in zone {zone}")
    },
    cause="A hosted zone holds only records whose names end with its own name.",
    fix="Write the record's full name, ending with the zone's name, or choose the zone that it belongs to.",
    evidence=(
        "https://github.com/getmoto/moto/pull/916",
        "https://github.com/amazon-archives/service-discovery-ecs-dns/issues/3",
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-route53-recordset.html",
    ),
    covers=("cfn-route53-record-outside-zone",),
)
