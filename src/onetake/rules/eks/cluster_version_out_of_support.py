"""EKS cluster of a Kubernetes version that has left support.

After extended support no new cluster of the version can be made; in extended support it still can, at six times the
price of a cluster-hour. The verdict depends on the date (``--as-of``) and on the table's own date; a version that is
newer than the table is not judged.
"""

from collections.abc import Iterator

from onetake.aws.eks import Cluster
from onetake.mechanisms.catalogues import Phase, current_eks_versions, eks_version
from onetake.mechanisms.succession import made
from onetake.model.findings import Action, Confidence, Edit, Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule


def check(cluster: Cluster) -> Iterator[Fault]:
    """Look the version up on the day that is judged for."""
    match cluster.version:
        case Known(version, where):
            day = cluster.stack.assumptions.as_of
            status = eks_version(version, day)
            newest = next(iter(current_eks_versions(day)), "")
            edits = (Edit(where, Action.SET, newest),) if newest else ()
            if status.phase is Phase.NO_CREATE and made(cluster):
                yield Fault(
                    where,
                    f"Kubernetes {version} left EKS extended support on {status.since}: no new cluster can be made "
                    f"({status.as_known})",
                    edits=edits,
                )
            elif status.phase is Phase.DEPRECATED:
                yield Fault(
                    where,
                    f"Kubernetes {version} left EKS standard support on {status.since}: each cluster-hour costs six "
                    f"times as much ({status.as_known})",
                    severity=Severity.MEDIUM,
                    stage=Stage.RUN,
                    edits=edits,
                )


RULE = Rule(
    name="eks-cluster-version-out-of-support",
    view=Cluster,
    check=check,
    severity=Severity.CRITICAL,
    answers={Language.TERRAFORM: Answer(Stage.CREATE), Language.CLOUDFORMATION: Answer(Stage.CREATE)},
    cause="EKS offers a Kubernetes version for 14 months of standard and 12 months of extended support.",
    fix="Use a version in standard support, kept in one place.",
    evidence=("https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html",),
    confidence=Confidence.MODEL,
)
