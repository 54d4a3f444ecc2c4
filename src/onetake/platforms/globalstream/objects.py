"""The objects of both regions."""

from __future__ import annotations

from constructs import Construct

from onetake.platforms.constructs import Bucket, Role, access_logs, declare, statement
from onetake.platforms.globalstream.region import Region
from onetake.platforms.globalstream.sizes import OBJECTIVE


class Objects(Construct):
    """A bucket in each region; what is written to the first is in the second within 15 minutes, which AWS promises.

    Args:
        primary: the region that writes.
        secondary: the region that follows.
    """

    def __init__(self, scope: Construct, name: str, *, primary: Region, secondary: Region) -> None:
        super().__init__(scope, name)
        self.buckets = {
            side: Bucket(
                self,
                side,
                context=region.context,
                component="objects",
                kind="data",
                key=region.keys.data,
                logs=access_logs(self, context=region.context, name=f"{side}_logs"),
                archive=True,
            )
            for side, region in (("primary", primary), ("secondary", secondary))
        }
        source, target = self.buckets["primary"], self.buckets["secondary"]
        role = self._role(primary, secondary, source, target)
        minutes = {"status": "Enabled"}
        self.replication = declare(
            self,
            "aws_s3_bucket_replication_configuration",
            "replication",
            bucket=source.id,
            role=role.arn,
            rule=[
                {
                    "id": "everything",
                    "status": "Enabled",
                    "priority": 1,
                    "filter": {"prefix": ""},
                    "delete_marker_replication": {"status": "Enabled"},
                    "source_selection_criteria": {"sse_kms_encrypted_objects": {"status": "Enabled"}},
                    "destination": {
                        "bucket": target.arn,
                        "storage_class": "STANDARD",
                        "encryption_configuration": {"replica_kms_key_id": secondary.keys.data.arn},
                        "replication_time": minutes | {"time": {"minutes": OBJECTIVE // 60}},
                        "metrics": minutes | {"event_threshold": {"minutes": OBJECTIVE // 60}},
                    },
                }
            ],
            # Both sides keep versions before anything is replicated.
            depends_on=[source.versioning, target.versioning, *role.grants],
        )

    def _role(self, primary: Region, secondary: Region, source: Bucket, target: Bucket) -> Role:
        objects = ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"]
        copies = ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"]
        return Role(
            self,
            "role",
            context=primary.context,
            component="replication",
            description="Copies objects to the second region",
            services=["s3"],
            allows={
                "replicate": [
                    statement("ReadBucket", ["s3:GetReplicationConfiguration", "s3:ListBucket"], [source.arn]),
                    statement("ReadObjects", objects, [f"{source.arn}/*"]),
                    statement("WriteCopies", copies, [f"{target.arn}/*"]),
                    statement("Decrypt", ["kms:Decrypt"], [primary.keys.data.arn]),
                    statement("Encrypt", ["kms:Encrypt", "kms:GenerateDataKey"], [secondary.keys.data.arn]),
                ]
            },
        )
