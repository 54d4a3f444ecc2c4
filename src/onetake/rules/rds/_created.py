"""Databases that are made from nothing, as both languages write them."""

from __future__ import annotations

from onetake.aws.view import Attribute, View
from onetake.mechanisms.succession import made
from onetake.model.language import Language
from onetake.model.values import Absent


class Created(View):
    """An instance or a cluster."""

    KINDS = {
        Language.TERRAFORM: ("aws_db_instance", "aws_rds_cluster"),
        Language.CLOUDFORMATION: ("AWS::RDS::DBInstance", "AWS::RDS::DBCluster"),
    }

    engine = Attribute(str, tf="engine", cfn="Engine")
    version = Attribute(str, tf="engine_version", cfn="EngineVersion")

    @property
    def from_nothing(self) -> bool:
        """Whether nothing else decides about its engine: a snapshot, a database that it copies, a cluster."""
        return made(self) and all(isinstance(self.resource.argument(name), Absent) for name in _ORIGINS[self.language])


_ORIGINS = {
    Language.TERRAFORM: (
        "snapshot_identifier",
        "replicate_source_db",
        "replication_source_identifier",
        "restore_to_point_in_time",
        "s3_import",
        "global_cluster_identifier",
    ),
    Language.CLOUDFORMATION: (
        "DBSnapshotIdentifier",
        "DBClusterSnapshotIdentifier",
        "SnapshotIdentifier",
        "SourceDBInstanceIdentifier",
        "SourceDBClusterIdentifier",
        "SourceDBInstanceAutomatedBackupsArn",
        "SourceDbiResourceId",
        "ReplicationSourceIdentifier",
        "GlobalClusterIdentifier",
        "DBClusterIdentifier",
    ),
}
