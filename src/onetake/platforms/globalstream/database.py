"""The database of both regions: an Aurora global database, replicated by its storage within about a second."""

from __future__ import annotations

from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs import DatabaseCredentials, LogGroup, declare
from onetake.platforms.globalstream.region import Region
from onetake.platforms.globalstream.sizes import Size

ENGINE: Final = "aurora-postgresql"
VERSION: Final = "16.8"
FAMILY: Final = "aurora-postgresql16"
PORT: Final = 5432


class Database(Construct):
    """A global database with a cluster in each region.

    RDS cannot keep the master password of a global database: it is an ephemeral value, in a secret that the second
    region has a copy of, and in neither state nor plan.

    Args:
        primary: the region that writes.
        secondary: the region that follows.
        size: of the environment.
        followers: instances of the second region; without any its cluster is headless.
    """

    def __init__(
        self, scope: Construct, name: str, *, primary: Region, secondary: Region, size: Size, followers: int
    ) -> None:
        super().__init__(scope, name)
        self._size = size
        context = primary.context
        protected = context.profile.protected
        self.whole = declare(
            self,
            "aws_rds_global_cluster",
            "global",
            global_cluster_identifier=context.names.of("global", "database"),
            engine=ENGINE,
            engine_version=VERSION,
            database_name="stream",
            storage_encrypted=True,
            deletion_protection=protected,
            force_destroy=not protected,
            lifecycle=context.keep,
        )
        self.credentials = DatabaseCredentials(
            self,
            "credentials",
            context=context,
            component="database",
            key=primary.keys.data,
            in_global_database=True,
            replicas={secondary.context.region_name: secondary.keys.data.arn},
        )
        self.primary = self._cluster("primary", primary, self.credentials.cluster_arguments, [])
        self.writers = self._instances("primary", primary, self.primary, size.instances)
        # The second cluster copies the first, which has to be there with what writes to it.
        self.secondary = self._cluster("secondary", secondary, {}, self.writers)
        self._instances("secondary", secondary, self.secondary, followers)

    def _cluster(self, name: str, region: Region, credentials: dict[str, Any], after: list[Any]) -> Any:
        context, network = region.context, region.network
        identifier = context.names.of("database", "database")
        group = region.store_group(self, name, component="database", port=PORT, protocol="PostgreSQL")
        log = LogGroup(
            self,
            f"{name}_log",
            context=context,
            group=f"/aws/rds/cluster/{identifier}/postgresql",
            key=region.keys.logs,
        )
        subnets = declare(
            self,
            "aws_db_subnet_group",
            name,
            name=context.names.of("database"),
            subnet_ids=network.subnet_ids("data"),
            provider=context.provider,
        )
        parameters = declare(
            self,
            "aws_rds_cluster_parameter_group",
            name,
            name=context.names.of("database"),
            family=FAMILY,
            parameter=[
                {"name": "rds.force_ssl", "value": "1", "apply_method": "pending-reboot"},
                {"name": "log_statement", "value": "ddl", "apply_method": "immediate"},
                {"name": "log_connections", "value": "1", "apply_method": "immediate"},
            ],
            provider=context.provider,
        )
        serverless = self._size.instance_class == "db.serverless"
        least, most = self._size.capacity
        protected = context.profile.protected
        return declare(
            self,
            "aws_rds_cluster",
            name,
            cluster_identifier=identifier,
            global_cluster_identifier=self.whole.id,
            engine=ENGINE,
            engine_version=VERSION,
            **credentials,
            database_name=self.whole.database_name if credentials else None,
            db_subnet_group_name=subnets.name,
            db_cluster_parameter_group_name=parameters.name,
            vpc_security_group_ids=[group.id],
            storage_encrypted=True,
            kms_key_id=region.keys.data.arn,
            iam_database_authentication_enabled=True,
            enabled_cloudwatch_logs_exports=["postgresql"],
            backup_retention_period=context.profile.backup_retention,
            copy_tags_to_snapshot=True,
            deletion_protection=protected,
            skip_final_snapshot=not protected,
            final_snapshot_identifier=context.names.of("database-final", "database") if protected else None,
            serverlessv2_scaling_configuration={"min_capacity": least, "max_capacity": most} if serverless else None,
            tags={"Backup": context.names.of("data")},
            depends_on=[log.group, *after],
            provider=context.provider,
            # AWS changes both when it promotes a region or upgrades all of them.
            lifecycle={"ignore_changes": ["replication_source_identifier", "engine_version"]} | (context.keep or {}),
        )

    def _instances(self, name: str, region: Region, cluster: Any, count: int) -> list[Any]:
        context = region.context
        return [
            declare(
                self,
                "aws_rds_cluster_instance",
                f"{name}_{number}",
                identifier=context.names.of(f"database-{number}", "database"),
                cluster_identifier=cluster.id,
                engine=cluster.engine,
                engine_version=VERSION,
                instance_class=self._size.instance_class,
                publicly_accessible=False,
                auto_minor_version_upgrade=False,
                performance_insights_enabled=context.environment == "prod",
                performance_insights_kms_key_id=region.keys.data.arn if context.environment == "prod" else None,
                provider=context.provider,
                lifecycle={"ignore_changes": ["engine_version"]},
            )
            for number in range(count)
        ]
