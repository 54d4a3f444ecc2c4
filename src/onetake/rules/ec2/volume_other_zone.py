"""Volume attached to an instance of another availability zone.

The instance's zone is its own, or its subnet's. Judged when both zones are known.
"""

from collections.abc import Iterator

from onetake.aws.ec2 import Instance, Subnet, Volume, VolumeAttachment
from onetake.aws.lookup import target
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.text import same
from onetake.model.values import Absent, Value
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "The volume '{volume}' is not in the same availability zone as instance '{instance}'"
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidVolume.ZoneMismatch: {SAYS}"),
    Language.CLOUDFORMATION: Answer(Stage.CREATE, SAYS),
}


def check(attachment: VolumeAttachment) -> Iterator[Fault]:
    """Two zones that are certainly different."""
    volume = target(attachment.volume, attachment.stack, Volume)
    instance = target(attachment.instance, attachment.stack, Instance)
    if volume is not None and instance is not None and same(volume.zone, _zone(instance)) is Truth.NO:
        yield Fault(
            attachment,
            f"{volume.address} lies in another availability zone than {instance.address}",
            related=(volume, instance),
        )


def _zone(instance: Instance) -> Value[str]:
    if not isinstance(instance.zone, Absent):
        return instance.zone
    subnet = target(instance.subnet, instance.stack, Subnet)
    return subnet.zone if subnet is not None else instance.zone


RULE = Rule(
    name="ec2-volume-other-zone",
    view=VolumeAttachment,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="A volume can be attached only to instances of its own availability zone.",
    fix="Create the volume in the zone of the instance.",
    evidence=(
        "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-attaching-volume.html",
        "https://github.com/linuxkit/linuxkit/issues/2388",
    ),
)
