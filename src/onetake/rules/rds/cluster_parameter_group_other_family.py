"""Cluster with a parameter group that was made for another engine or version.

The family of a cluster's group (``aurora-mysql8.0``, ``aurora-postgresql16``) has to be that of the cluster. AWS's own
groups tell theirs by their names (``default.aurora-postgresql16``). Judged as far as engine and version are known.
"""

from collections.abc import Iterator

from onetake.aws.lookup import target
from onetake.aws.rds import Cluster, ClusterParameterGroup
from onetake.mechanisms.succession import made
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.rds._families import mistaken
from onetake.rules.rule import Answer, Fault, Rule

SAYS = (
    "The Parameter Group {group} with DBParameterGroupFamily {family} cannot be used for this instance. Please use a "
    "Parameter Group with DBParameterGroupFamily {wanted}"
)


def check(cluster: Cluster) -> Iterator[Fault]:
    """The family of the group against that of the engine."""
    if made(cluster):
        group = target(cluster.parameter_group, cluster.stack, ClusterParameterGroup)
        yield from mistaken(cluster, cluster.parameter_group, group, cluster.engine, cluster.engine_version)


RULE = Rule(
    name="rds-cluster-parameter-group-other-family",
    view=Cluster,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidParameterCombination: {SAYS}"),
        Language.CLOUDFORMATION: Answer(Stage.CREATE, SAYS),
    },
    cause="Parameters belong to an engine and its major version; a group can only be used with these.",
    fix="Give the parameter group the family of the cluster's version, kept beside the version.",
    evidence=(
        "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_WorkingWithParamGroups.html",
        "https://github.com/hashicorp/terraform-provider-aws/pull/28848",
        "https://github.com/awslabs/aws-rails-provisioner/issues/5",
    ),
)
