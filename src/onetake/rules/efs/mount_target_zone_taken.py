"""Second mount target of a file system in one availability zone.

A file system has at most one mount target in a zone. Two in one subnet, or in subnets whose zones are surely the
same, conflict; the CDK's ``FileSystem`` already makes one for each private subnet.
"""

from collections.abc import Iterator

from onetake.aws.ec2 import Subnet
from onetake.aws.efs import MountTarget
from onetake.aws.lookup import target, views
from onetake.mechanisms.placement import same_zone
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.text import same
from onetake.model.values import origin
from onetake.rules.rule import Answer, Fault, Rule

ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE),
    Language.CLOUDFORMATION: Answer(Stage.CREATE),
}


def check(mount: MountTarget) -> Iterator[Fault]:
    """An earlier mount target of the same file system surely lies in the same zone."""
    for other in views(mount.stack, MountTarget):
        if other is mount:
            return
        if same_thing(mount.file_system, other.file_system) and _same_zone(mount, other):
            yield Fault(
                mount,
                f"{mount.address} is a second mount target in the zone of {other.address}",
                related=(other,),
            )
            return


def same_thing(one: object, other: object) -> bool:
    """Whether two values surely mean the same resource."""
    from onetake.model.values import Absent, Known, Unknown

    if not isinstance(one, (Known, Unknown, Absent)) or not isinstance(other, (Known, Unknown, Absent)):
        return False
    source = origin(one)
    if source is not None and origin(other) is not None:
        return source == origin(other)
    return same(one, other) is Truth.YES


def _same_zone(one: MountTarget, other: MountTarget) -> bool:
    if same_thing(one.subnet, other.subnet):
        return True
    first, second = (target(mount.subnet, mount.stack, Subnet) for mount in (one, other))
    return first is not None and second is not None and same_zone(first, second) is Truth.YES


RULE = Rule(
    name="efs-mount-target-zone-taken",
    view=MountTarget,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="A file system has at most one mount target in an availability zone.",
    fix="Keep one mount target for each zone; the CDK's FileSystem makes its own.",
    evidence=(
        "https://docs.aws.amazon.com/efs/latest/ug/accessing-fs.html",
        "https://docs.aws.amazon.com/efs/latest/ug/API_CreateMountTarget.html",
    ),
)
