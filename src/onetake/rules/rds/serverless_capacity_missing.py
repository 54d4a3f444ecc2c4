"""Serverless instance in a cluster without a capacity range.

Instances of the class ``db.serverless`` need the cluster's ``serverlessv2_scaling_configuration``, the range in which
they scale. ``scaling_configuration`` is that of Serverless v1. Clusters that are restored are not judged.
"""

from collections.abc import Iterator

from onetake.aws.lookup import target
from onetake.aws.rds import Cluster
from onetake.aws.view import Attribute, View
from onetake.mechanisms.succession import made
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Absent, Known
from onetake.rules.rule import Answer, Fault, Rule

CLASS = "db.serverless"
SAYS = (
    "Set the Serverless v2 scaling configuration on the parent DB cluster before creating a Serverless v2 DB instance."
)


class Member(View):
    """An instance of a cluster."""

    KINDS = {Language.TERRAFORM: "aws_rds_cluster_instance", Language.CLOUDFORMATION: "AWS::RDS::DBInstance"}

    cluster = Attribute(str, tf="cluster_identifier", cfn="DBClusterIdentifier")
    instance_class = Attribute(str, tf="instance_class", cfn="DBInstanceClass")


class Restorable(Cluster):
    """A cluster, with what it may be restored from."""

    point_in_time = Attribute(object, tf="restore_to_point_in_time", cfn="SourceDBClusterIdentifier")
    backup = Attribute(object, tf="s3_import", cfn=None)


def check(member: Member) -> Iterator[Fault]:
    """The cluster is one of the program, and surely has no range."""
    cluster = target(member.cluster, member.stack, Restorable)
    if cluster is None or not made(member) or not made(cluster):
        return
    absent = (cluster.serverless, cluster.snapshot, cluster.point_in_time, cluster.backup)
    match member.instance_class:
        case Known(name, where) if name == CLASS and all(isinstance(value, Absent) for value in absent):
            message = f"{member.address} is serverless, but {cluster.address} has no capacity range"
            yield Fault(where, message, related=(cluster,))


RULE = Rule(
    name="rds-serverless-capacity-missing",
    view=Member,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidDBClusterStateFault: {SAYS}"),
        Language.CLOUDFORMATION: Answer(Stage.CREATE, SAYS),
    },
    cause="A serverless instance scales between the capacities of its cluster, which have to be set first.",
    fix="Give the cluster serverlessv2_scaling_configuration (ServerlessV2ScalingConfiguration) with both capacities.",
    evidence=(
        "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.requirements.html",
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/"
        "aws-properties-rds-dbcluster-serverlessv2scalingconfiguration.html",
        "https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1153",
    ),
)
