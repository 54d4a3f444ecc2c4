"""Managed node group whose role does not let EC2 assume it.

Nodes are instances, so their role trusts ``ec2.amazonaws.com``, not ``eks.amazonaws.com``.
"""

from collections.abc import Iterator

from onetake.aws.eks import NodeGroup
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.iam._trust import refused
from onetake.rules.rule import Answer, Fault, Rule

SERVICE = "ec2.amazonaws.com"
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE),
    Language.CLOUDFORMATION: Answer(Stage.CREATE),
}


def check(group: NodeGroup) -> Iterator[Fault]:
    """The role is one of the program, and surely does not trust the service."""
    yield from refused(group, group.role, SERVICE)


RULE = Rule(
    name="eks-node-role-not-assumable",
    view=NodeGroup,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="The nodes are instances and get this role from EC2; EKS checks the trust policy before it makes the group.",
    fix="Let ec2.amazonaws.com do sts:AssumeRole in the trust policy of the role.",
    evidence=("https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html",),
)
