"""Node group whose smallest, desired and largest sizes contradict one another.

The smallest size may not exceed the desired one, nor the desired one the largest.
"""

from collections.abc import Iterator

from onetake.aws.eks import NodeGroup
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, "InvalidParameterException: {relation}"),
    Language.CLOUDFORMATION: Answer(Stage.CREATE, "{relation}"),
}


def check(group: NodeGroup) -> Iterator[Fault]:
    """The two comparisons that EKS makes, where both sizes are known."""
    match group.minimum, group.desired:
        case Known(int() as smallest), Known(int() as desired) if smallest > desired:
            yield Fault(
                group.desired,
                f"{group.address} wants {desired} nodes, but {smallest} at least",
                words={"relation": "minSize can't be greater than desiredSize"},
            )
            return
        case _:
            pass
    match group.desired, group.maximum:
        case Known(int() as desired), Known(int() as largest) if desired > largest:
            yield Fault(
                group.desired,
                f"{group.address} wants {desired} nodes, but {largest} at most",
                words={"relation": "desiredSize can't be greater than maxSize"},
            )
        case _:
            return


RULE = Rule(
    name="eks-nodegroup-sizes-contradict",
    view=NodeGroup,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="EKS refuses a desired size that does not lie between the smallest and the largest.",
    fix="Choose sizes with min <= desired <= max.",
    evidence=(
        "https://docs.aws.amazon.com/eks/latest/APIReference/API_NodegroupScalingConfig.html",
        "https://github.com/sassoftware/viya4-iac-aws/issues/298",
        "https://github.com/ministryofjustice/cloud-platform-infrastructure/pull/4595",
    ),
)
