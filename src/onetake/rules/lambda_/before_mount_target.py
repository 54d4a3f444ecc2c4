"""Function that mounts a file system without waiting for its mount targets.

Lambda refuses the function until the mount targets in its subnets are available. Nothing in the function refers to
them, so the order must be written down.
"""

from collections.abc import Iterator

from onetake.aws.awslambda import Function
from onetake.aws.efs import AccessPoint, FileSystem, MountTarget
from onetake.aws.lookup import companions, target
from onetake.mechanisms.ordering import surely_before
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.rules.rule import Answer, Fault, Rule

SAYS = (
    "EFS file system {file_system_arn} referenced by access point {access_point_arn} has mount targets created in all "
    "availability zones the function will execute in, but not all are in the available life cycle state yet. Please "
    "wait for them to become available and try the request again."
)
ANSWERS = {
    Language.TERRAFORM: Answer(
        Stage.CREATE, f"InvalidParameterValueException: {SAYS.removesuffix(' ' + SAYS.split('. ', 1)[1])}"
    ),
    Language.CLOUDFORMATION: Answer(
        Stage.CREATE, f'Resource handler returned message: "{SAYS} (Service: Lambda, Status Code: 400)"'
    ),
}


def check(function: Function) -> Iterator[Fault]:
    """Mount targets of the mounted file system that the function surely does not wait for."""
    for mount in function.file_systems:
        point = target(mount.access_point, function.stack, AccessPoint)
        system = target(point.file_system, function.stack, FileSystem) if point else None
        if point is None or system is None:
            continue
        late = [
            one
            for one in companions(system, MountTarget, "file_system")
            if surely_before(function.stack, one, function) is Truth.NO
        ]
        if late:
            yield Fault(
                mount,
                f"{function.address} mounts {system.address} but does not wait for {late[0].address}",
                related=(*late, point, system),
            )


RULE = Rule(
    name="lambda-before-mount-target",
    view=Function,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="A function refers to the access point only, so nothing makes it wait for the mount targets.",
    fix="Make the function depend on the mount targets.",
    evidence=("https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem.html",),
)
