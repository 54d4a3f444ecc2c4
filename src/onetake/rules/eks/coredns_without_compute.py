"""CoreDNS add-on on a cluster that has nothing to run it on.

Without nodes, and without a Fargate profile that selects ``kube-system``, the CoreDNS pods stay pending and the
add-on never becomes active. A stack that may get nodes in another way (launch templates, modules that were not read)
is not judged.
"""

from collections.abc import Iterator

from onetake.aws.eks import Addon
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Known
from onetake.rules.eks._clusters import SYSTEM, cluster_of, has_ec2_nodes, profiles, runs
from onetake.rules.rule import Answer, Fault, Rule

SAYS = (
    "Error: waiting for EKS Add-On ({cluster}:coredns) create: timeout while waiting for state to become 'ACTIVE' "
    "(last state: 'CREATING', timeout: 20m0s)"
)
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.STABILIZE, SAYS),
    Language.CLOUDFORMATION: Answer(Stage.STABILIZE),
}


def check(addon: Addon) -> Iterator[Fault]:
    """No EC2 nodes, and no profile for kube-system."""
    cluster = cluster_of(addon)
    match addon.name:
        case Known("coredns") if cluster is not None and has_ec2_nodes(cluster) is Truth.NO:
            found = profiles(cluster)
            if found.complete and all(runs(profile, SYSTEM) is Truth.NO for profile in found):
                name = cluster.name.value if isinstance(cluster.name, Known) else cluster.address
                yield Fault(
                    addon,
                    f"CoreDNS has nowhere to run: {cluster.address} has no nodes and no Fargate profile for {SYSTEM}",
                    related=(cluster, *found),
                    words={"cluster": name},
                )


RULE = Rule(
    name="eks-coredns-without-compute",
    view=Addon,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="The CoreDNS pods stay pending when no node and no Fargate profile takes pods of kube-system.",
    fix="Add a Fargate profile for kube-system (or a node group), create the add-on after it, and on Fargate set its "
    'computeType to "Fargate".',
    evidence=(
        "https://docs.aws.amazon.com/eks/latest/userguide/fargate-getting-started.html#fargate-gs-coredns",
        "https://docs.aws.amazon.com/eks/latest/userguide/managing-coredns.html",
    ),
)
