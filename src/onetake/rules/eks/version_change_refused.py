"""Cluster whose Kubernetes version a plan takes back, or moves by more than one minor version.

EKS upgrades one minor version at a time and never downgrades. A configuration that still names the old version after
an upgrade in the console asks for a downgrade.

Judged on plans, whose prior state tells the version that runs.
"""

import re
from collections.abc import Iterator

from onetake.aws.view import Attribute, View
from onetake.mechanisms.succession import changed
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

_VERSION = re.compile(r"1\.(\d+)")


class Cluster(View):
    """A cluster, as far as its version goes."""

    KINDS = {Language.TERRAFORM: "aws_eks_cluster"}

    version = Attribute(str, tf="version", cfn=None)


def check(cluster: Cluster) -> Iterator[Fault]:
    """Not the next minor version."""
    match changed(cluster, cluster.version, "version"):
        case str() as now, Known(str() as then, where):
            running, wanted = _VERSION.fullmatch(now), _VERSION.fullmatch(then)
            steps = int(wanted[1]) - int(running[1]) if running and wanted else 1
            if steps != 1:
                how = "goes back" if steps < 0 else f"moves {steps} minor versions at once"
                yield Fault(where, f"{cluster.address} {how}, from {now} to {then}", words={"now": now, "then": then})


RULE = Rule(
    name="eks-version-change-refused",
    view=Cluster,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(
            Stage.UPDATE,
            "InvalidParameterException: Unsupported Kubernetes minor version update from {now} to {then}",
        ),
    },
    deployed=True,
    cause="EKS moves a cluster to the next minor version only.",
    fix="Name the version that runs or the one after it; apply further versions one by one.",
    evidence=(
        "https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html",
        "https://github.com/terraform-aws-modules/terraform-aws-eks/issues/2607",
    ),
)
