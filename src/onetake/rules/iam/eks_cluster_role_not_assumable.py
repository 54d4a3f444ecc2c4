"""EKS cluster whose role does not let EKS assume it.

The cluster's role is for the control plane (``eks.amazonaws.com``); the role of the nodes, which trusts
``ec2.amazonaws.com``, is another one.
"""

from collections.abc import Iterator

from onetake.aws.eks import Cluster
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.iam._trust import refused
from onetake.rules.rule import Answer, Fault, Rule

SERVICE = "eks.amazonaws.com"
SAYS = "Role with arn: {role}, could not be assumed because it does not exist or the trusted entity is not correct"
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidParameterException: {SAYS}"),
    Language.CLOUDFORMATION: Answer(Stage.CREATE),
}


def check(cluster: Cluster) -> Iterator[Fault]:
    """The role is one of the program, and surely does not trust the service."""
    yield from refused(cluster, cluster.role, SERVICE)


RULE = Rule(
    name="eks-cluster-role-not-assumable",
    view=Cluster,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="EKS manages the cluster with this role, and tries it when the cluster is created.",
    fix="Let eks.amazonaws.com do sts:AssumeRole in the trust policy of the role.",
    evidence=(
        "https://docs.aws.amazon.com/eks/latest/userguide/cluster-iam-role.html",
        "https://github.com/terraform-aws-modules/terraform-aws-eks/issues/2406",
    ),
)
