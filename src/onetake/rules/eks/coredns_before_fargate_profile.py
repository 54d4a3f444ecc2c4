"""CoreDNS add-on that does not wait for the Fargate profile its pods need.

On a cluster without EC2 nodes the add-on becomes active only when a profile selects ``kube-system``. If nothing
orders the two, they are created side by side, and the add-on may time out. In CDKTF ``node.add_dependency`` writes no
``depends_on``.
"""

from collections.abc import Iterator

from onetake.aws.eks import Addon
from onetake.mechanisms.ordering import surely_before
from onetake.model.findings import Severity
from onetake.model.language import Truth
from onetake.model.values import Known
from onetake.rules.eks._clusters import SYSTEM, cluster_of, has_ec2_nodes, profiles, runs
from onetake.rules.eks.coredns_without_compute import ANSWERS
from onetake.rules.rule import Fault, Rule


def check(addon: Addon) -> Iterator[Fault]:
    """Some profile takes kube-system, and the add-on surely waits for none of them."""
    cluster = cluster_of(addon)
    if cluster is None or not (isinstance(addon.name, Known) and addon.name.value == "coredns"):
        return
    if has_ec2_nodes(cluster) is not Truth.NO:
        return
    found = profiles(cluster)
    able = [profile for profile in found if runs(profile, SYSTEM) is not Truth.NO]
    if able and found.complete and all(surely_before(addon.stack, one, addon) is Truth.NO for one in able):
        name = cluster.name.value if isinstance(cluster.name, Known) else cluster.address
        yield Fault(
            addon,
            f"CoreDNS does not wait for {able[0].address}, the Fargate profile that is to run it",
            related=(*able, cluster),
            words={"cluster": name},
        )


RULE = Rule(
    name="eks-coredns-before-fargate-profile",
    view=Addon,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="Nothing orders the add-on after the profile, so its pods may have nowhere to run until it times out.",
    fix="Make the add-on depend on the profile: depends_on (in CDKTF the depends_on argument), or DependsOn.",
    evidence=(
        "https://docs.aws.amazon.com/eks/latest/userguide/fargate-getting-started.html#fargate-gs-coredns",
        "https://github.com/open-constructs/cdk-terrain/issues/354",
    ),
)
