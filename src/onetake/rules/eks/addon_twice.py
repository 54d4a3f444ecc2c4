"""Two add-ons of one name for one cluster.

For CloudFormation the repeated identifier is a schema finding.
"""

from collections.abc import Iterator

from onetake.aws.eks import Addon, Cluster
from onetake.aws.lookup import target, views
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule


def check(addon: Addon) -> Iterator[Fault]:
    """The later of two in the program is shown, with the first."""
    cluster = target(addon.cluster, addon.stack, Cluster)
    if cluster is None or not isinstance(addon.name, Known) or addon.exists is not Truth.YES:
        return
    for earlier in views(addon.stack, Addon):
        if earlier is addon:
            return
        same_name = isinstance(earlier.name, Known) and earlier.name.value == addon.name.value
        if same_name and earlier.exists is Truth.YES and target(earlier.cluster, addon.stack, Cluster) is cluster:
            yield Fault(
                addon.name,
                f"{earlier.address} already puts {addon.name.value} into {cluster.address}",
                related=(earlier, cluster),
            )
            return


RULE = Rule(
    name="eks-addon-twice",
    view=Addon,
    check=check,
    severity=Severity.CRITICAL,
    answers={Language.TERRAFORM: Answer(Stage.CREATE, "ResourceInUseException: Addon already exists.")},
    cause="A cluster has each add-on once; the second creation is refused.",
    fix="Keep one of the two.",
    evidence=(
        "https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAddon.html",
        "https://github.com/aws/eks-hybrid/pull/316",
        "https://github.com/wandb/terraform-aws-wandb/pull/230",
    ),
)
