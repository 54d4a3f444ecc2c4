"""Databases, alone or in a cluster that says for all of its members what they run."""

from __future__ import annotations

from onetake.aws.lookup import target
from onetake.aws.rds import Cluster
from onetake.aws.view import Attribute, View
from onetake.model.language import Language
from onetake.model.values import Value


class Database(View):
    """An instance, alone or in a cluster."""

    KINDS = {
        Language.TERRAFORM: ("aws_db_instance", "aws_rds_cluster_instance"),
        Language.CLOUDFORMATION: "AWS::RDS::DBInstance",
    }

    own_engine = Attribute(str, tf="engine", cfn="Engine")
    own_version = Attribute(str, tf="engine_version", cfn="EngineVersion")
    cluster = Attribute(str, tf="cluster_identifier", cfn="DBClusterIdentifier")

    @property
    def engine(self) -> tuple[Value[str], Value[str]]:
        """Engine and version, of the cluster where there is one."""
        cluster = target(self.cluster, self.stack, Cluster)
        return (cluster.engine, cluster.engine_version) if cluster else (self.own_engine, self.own_version)
