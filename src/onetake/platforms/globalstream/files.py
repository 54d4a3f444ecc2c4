"""The files of both regions."""

from __future__ import annotations

from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs import declare, document, statement
from onetake.platforms.constructs.fargate_task import Volume
from onetake.platforms.constructs.policies import only_encrypted
from onetake.platforms.globalstream.region import Region

PORT: Final = 2049
PATH: Final = "/files"
_OWNER: Final = 1000


class Files(Construct):
    """A file system in each region, mounted by tasks over TLS through an access point, and nothing else.

    EFS keeps the second one at most 15 minutes behind the first. Until that replication is deleted the second is read
    only, whatever its policy says.

    Args:
        primary: the region that writes.
        secondary: the region that follows.
    """

    def __init__(self, scope: Construct, name: str, *, primary: Region, secondary: Region) -> None:
        super().__init__(scope, name)
        self.systems: dict[str, Any] = {}
        self.volumes: dict[str, Volume] = {}
        self._build("primary", primary, follows=False)
        self._build("secondary", secondary, follows=True)
        self.replication = declare(
            self,
            "aws_efs_replication_configuration",
            "replication",
            source_file_system_id=self.systems["primary"].id,
            destination={
                "region": secondary.context.region_name,
                "file_system_id": self.systems["secondary"].id,
            },
        )

    def _build(self, name: str, region: Region, *, follows: bool) -> None:
        context, network = region.context, region.network

        def add(kind: str, suffix: str = "", **arguments: Any) -> Any:
            return declare(self, kind, f"{name}{suffix}", provider=context.provider, **arguments)

        system = add(
            "aws_efs_file_system",
            creation_token=context.names.of("files"),
            encrypted=True,
            kms_key_id=region.keys.data.arn,
            throughput_mode="elastic",
            lifecycle_policy=[
                {"transition_to_ia": "AFTER_30_DAYS"},
                {"transition_to_primary_storage_class": "AFTER_1_ACCESS"},
            ],
            # What replicates into a file system overwrites it, so AWS wants to be told that it may.
            protection={"replication_overwrite": "DISABLED"} if follows else None,
            tags={"Name": context.names.of("files"), "Backup": context.names.of("data")},
            lifecycle=({"ignore_changes": ["protection"]} if follows else {}) | (context.keep or {}) or None,
        )
        group = region.store_group(self, name, component="files", port=PORT, protocol="NFS")
        targets = [
            add(
                "aws_efs_mount_target",
                f"_{zone}",
                file_system_id=system.id,
                subnet_id=subnet.id,
                security_groups=[group.id],
            )
            for zone, subnet in enumerate(network.subnets["app"])
        ]
        point = add(
            "aws_efs_access_point",
            file_system_id=system.id,
            posix_user={"uid": _OWNER, "gid": _OWNER},
            root_directory={
                "path": "/stream",
                "creation_info": {"owner_uid": _OWNER, "owner_gid": _OWNER, "permissions": "0750"},
            },
            tags={"Name": context.names.of("files")},
        )
        self._restrict(name, region, system, point)
        self.systems[name] = system
        self.volumes[name] = Volume(system.id, point.id, PATH, tuple(targets))

    def _restrict(self, name: str, region: Region, system: Any, point: Any) -> None:
        arn = system.arn
        elsewhere = [("StringNotEquals", "elasticfilesystem:AccessPointArn", [point.arn])]
        mounts = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
        inside = [
            ("StringEquals", "aws:PrincipalAccount", [region.context.account]),
            ("Bool", "elasticfilesystem:AccessedViaMountTarget", ["true"]),
        ]
        statements = [
            statement("Mount", mounts, [arn], anybody=True, when=inside),
            only_encrypted(["*"], [arn]),
            statement("DenyWithoutAccessPoint", mounts, [arn], deny=True, anybody=True, when=elsewhere),
        ]
        declare(
            self,
            "aws_efs_file_system_policy",
            name,
            file_system_id=system.id,
            policy=document(self, f"{name}_policy", statements),
            provider=region.context.provider,
        )
