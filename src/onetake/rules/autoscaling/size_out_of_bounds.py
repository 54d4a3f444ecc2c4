"""Auto Scaling group whose sizes contradict each other.

The minimum lies above the maximum, or the desired capacity outside of both. Sizes that are not known are not judged.
"""

from collections.abc import Iterator

from onetake.aws.autoscaling import Group
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

ANSWERS = {language: Answer(Stage.CREATE) for language in Language}


def check(group: Group) -> Iterator[Fault]:
    """Compare those of the three sizes that are known."""
    match group.minimum, group.maximum:
        case Known(least), Known(most, where) if least > most:
            yield Fault(where, f"{group.address} has at least {least} instances, but at most {most}")
            return
    match group.minimum, group.desired:
        case Known(least), Known(desired, where) if desired < least:
            yield Fault(where, f"{group.address} shall start with {desired} instances, but has at least {least}")
    match group.maximum, group.desired:
        case Known(most), Known(desired, where) if desired > most:
            yield Fault(where, f"{group.address} shall start with {desired} instances, but has at most {most}")


RULE = Rule(
    name="autoscaling-size-out-of-bounds",
    view=Group,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="The desired capacity of a group must lie between its minimum and its maximum.",
    fix="Let minimum, desired capacity and maximum be in this order.",
    evidence=(
        "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html",
        "https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-capacity-limits.html",
    ),
)
