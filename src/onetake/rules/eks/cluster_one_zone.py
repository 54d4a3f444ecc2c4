"""Cluster whose subnets all lie in one availability zone.

The control plane is spread over two zones at least. Judged when every subnet's zone can be told; a cluster on an
Outpost stands alone.
"""

from collections.abc import Iterator

from onetake.aws.eks import Cluster
from onetake.mechanisms.placement import distinct_zones, subnets_of
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "Subnets specified must be in at least two different AZs"
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidParameterException: {SAYS}"),
    Language.CLOUDFORMATION: Answer(Stage.CREATE, SAYS),
}


def check(cluster: Cluster) -> Iterator[Fault]:
    """All subnets known, none in a second zone."""
    if any(name in cluster.resource.arguments for name in ("outpost_config", "OutpostConfig")):
        return
    subnets = subnets_of(cluster)
    if subnets.known and distinct_zones(subnets).reach(2) is Truth.NO:
        yield Fault(
            cluster.subnets,
            f"the subnets of {cluster.address} all lie in one availability zone",
            related=subnets.known,
        )


RULE = Rule(
    name="eks-cluster-one-zone",
    view=Cluster,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="EKS refuses a cluster whose subnets do not cover at least two availability zones.",
    fix="Give the cluster a subnet of another availability zone, too; its nodes may keep to one.",
    evidence=(
        "https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html",
        "https://github.com/rancher/rancher/issues/24380",
        "https://github.com/pulumi/pulumi-eks/issues/311",
    ),
)
