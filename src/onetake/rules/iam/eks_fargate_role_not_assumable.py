"""Fargate profile whose pod execution role does not let Fargate assume it.

The role trusts ``eks-fargate-pods.amazonaws.com``, neither ``eks.amazonaws.com`` nor ``ecs-tasks.amazonaws.com``.
"""

from collections.abc import Iterator

from onetake.aws.eks import FargateProfile
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.iam._trust import refused
from onetake.rules.rule import Answer, Fault, Rule

SERVICE = "eks-fargate-pods.amazonaws.com"
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE),
    Language.CLOUDFORMATION: Answer(Stage.CREATE),
}


def check(profile: FargateProfile) -> Iterator[Fault]:
    """The role is one of the program, and surely does not trust the service."""
    yield from refused(profile, profile.pod_role, SERVICE)


RULE = Rule(
    name="eks-fargate-role-not-assumable",
    view=FargateProfile,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="Fargate runs the pods with this role, and EKS checks its trust policy when the profile is created.",
    fix="Let eks-fargate-pods.amazonaws.com do sts:AssumeRole in the trust policy of the role.",
    evidence=("https://docs.aws.amazon.com/eks/latest/userguide/pod-execution-role.html",),
)
