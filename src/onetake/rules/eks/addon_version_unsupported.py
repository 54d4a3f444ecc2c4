"""EKS add-on pinned to a version that the cluster's Kubernetes version does not have.

Two things are certain enough to judge: versions that were refused in real deployments (a dated table), and a
``kube-proxy`` newer than the cluster. Everything else only ``DescribeAddonVersions`` knows.
"""

import re
from collections.abc import Iterator

from onetake.aws.eks import Addon, Cluster
from onetake.aws.lookup import target
from onetake.knowledge.tables import table
from onetake.model.findings import Action, Confidence, Edit, Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

ANSWERS = {
    Language.TERRAFORM: Answer(
        Stage.CREATE,
        "Error: creating EKS Add-On ({cluster}:{addon}): InvalidParameterException: Addon version specified is not "
        "supported",
    ),
    Language.CLOUDFORMATION: Answer(Stage.CREATE, "Addon version specified is not supported"),
}
MINOR = re.compile(r"v?1\.(\d+)")


def check(addon: Addon) -> Iterator[Fault]:
    """The add-on, its version and the cluster's version are all known."""
    cluster = target(addon.cluster, addon.stack, Cluster)
    match addon.name, addon.version, cluster.version if cluster else None:
        case Known(name), Known(version, where), Known(kubernetes) if cluster:
            reason = _refused(name, version, kubernetes)
            if reason:
                label = cluster.name.value if isinstance(cluster.name, Known) else cluster.address
                yield Fault(
                    where,
                    f"{name} {version} is not offered for Kubernetes {kubernetes} ({reason})",
                    related=(cluster,),
                    words={"cluster": label, "addon": name},
                    edits=(Edit(where, Action.REMOVE),),
                )


def _refused(name: str, version: str, kubernetes: str) -> str:
    seen = table("eks_addon_refusals")
    if version in seen.values.get(kubernetes, {}).get(name, ()):
        return f"refused in a deployment, as known on {seen.as_of.isoformat()}"
    addon, cluster = MINOR.match(version), MINOR.match(kubernetes)
    if name == "kube-proxy" and addon and cluster and int(addon[1]) > int(cluster[1]):
        return "kube-proxy may not be newer than the cluster"
    return ""


RULE = Rule(
    name="eks-addon-version-unsupported",
    view=Addon,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="Each Kubernetes version has its own list of versions for every add-on.",
    fix="Leave the version out, so that EKS takes the default, or look it up (data.aws_eks_addon_version).",
    evidence=(
        "https://docs.aws.amazon.com/eks/latest/userguide/managing-add-ons.html",
        "https://docs.aws.amazon.com/eks/latest/userguide/managing-kube-proxy.html",
    ),
    confidence=Confidence.MODEL,
)
