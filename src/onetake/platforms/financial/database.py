"""Aurora PostgreSQL that only speaks TLS, logs who did what, and keeps its master password to itself."""

from __future__ import annotations

from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs import (
    DatabaseCredentials,
    KmsKey,
    LogGroup,
    Role,
    SecurityGroup,
    Topic,
    declare,
    statement,
)
from onetake.platforms.context import Context
from onetake.platforms.financial.network import PORT, FinancialNetwork
from onetake.platforms.financial.sizes import Size

ENGINE: Final = "aurora-postgresql"
DATABASE: Final = "ledger"
_AT_ONCE: Final = {
    "rds.force_ssl": "1",
    "ssl_min_protocol_version": "TLSv1.2",
    "rds.accepted_password_auth_method": "scram",
    "log_statement": "ddl",
    "log_connections": "1",
    "log_disconnections": "1",
    "log_min_duration_statement": "1000",
    "pgaudit.log": "ddl,role",
    "pgaudit.role": "rds_pgaudit",
}
_AT_RESTART: Final = {"shared_preload_libraries": "pg_stat_statements,pgaudit"}


class Database(Construct):
    """The cluster, its instances and groups; in prod a proxy before it.

    Args:
        cluster: its name.
        version: of PostgreSQL, such as ``16.8``.
        network: it stands in the data subnets.
        size: of its instances.
        data_key: encrypts it.
        secrets_key: encrypts the master user's secret.
        logs_key: encrypts its log group.
        topic: is told what happens to it.
        backup_tag: the tag by which the backup plan finds it.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        cluster: str,
        version: str,
        network: FinancialNetwork,
        size: Size,
        data_key: KmsKey,
        secrets_key: KmsKey,
        logs_key: KmsKey,
        topic: Topic,
        backup_tag: dict[str, str],
    ) -> None:
        super().__init__(scope, name)
        self._context = context
        self.name = context.names.checked(cluster, "database")
        self.group = SecurityGroup(
            self,
            "group",
            context=context,
            component="database",
            description="Database; admits the application and the function that rotates its user",
            vpc_id=network.id,
        )
        # RDS writes to a group of this name, and would create one that is kept for ever and encrypted by nobody.
        self.log = LogGroup(
            self, "log", context=context, group=f"/aws/rds/cluster/{self.name}/postgresql", key=logs_key
        )
        subnets = self._add(
            "aws_db_subnet_group",
            "subnets",
            name=self.name,
            description="Isolated subnets of the database",
            subnet_ids=network.subnet_ids("data"),
        )
        credentials = DatabaseCredentials(
            self, "credentials", context=context, component="database", key=secrets_key, username="ledger_master"
        )
        self.cluster = self._make_cluster(version, size, subnets, data_key, credentials, backup_tag)
        self.endpoint: str = self.cluster.endpoint
        self.reader: str = self.cluster.reader_endpoint
        self.master_secret_arn: str = self.cluster.master_user_secret.get(0).secret_arn
        self.instances = self._make_instances(size, version, data_key)
        self._add(
            "aws_db_event_subscription",
            "events",
            name=context.names.of("database"),
            sns_topic=topic.arn,
            source_type="db-cluster",
            source_ids=[self.cluster.id],
            event_categories=["failover", "failure", "maintenance", "deletion"],
            depends_on=[topic.policy],
        )

    def _add(self, kind: str, name: str, /, **arguments: Any) -> Any:
        return declare(self, kind, name, provider=self._context.provider, **arguments)

    def _parameters(self, version: str) -> Any:
        return self._add(
            "aws_rds_cluster_parameter_group",
            "parameters",
            name=self.name,
            family=f"{ENGINE}{version.partition('.')[0]}",
            description="TLS only, SCRAM only, and an audit log",
            parameter=[
                *({"name": key, "value": value, "apply_method": "immediate"} for key, value in _AT_ONCE.items()),
                *(
                    {"name": key, "value": value, "apply_method": "pending-reboot"}
                    for key, value in _AT_RESTART.items()
                ),
            ],
        )

    def _make_cluster(  # noqa: PLR0917 - all of them are named where they are given
        self,
        version: str,
        size: Size,
        subnets: Any,
        key: KmsKey,
        credentials: DatabaseCredentials,
        backup_tag: dict[str, str],
    ) -> Any:
        profile = self._context.profile
        low, high = size.capacity or (None, None)
        return self._add(
            "aws_rds_cluster",
            "cluster",
            cluster_identifier=self.name,
            engine=ENGINE,
            engine_version=version,
            database_name=DATABASE,
            port=PORT,
            db_subnet_group_name=subnets.name,
            vpc_security_group_ids=[self.group.id],
            db_cluster_parameter_group_name=self._parameters(version).name,
            iam_database_authentication_enabled=True,
            storage_encrypted=True,
            kms_key_id=key.arn,
            enabled_cloudwatch_logs_exports=["postgresql"],
            copy_tags_to_snapshot=True,
            backup_retention_period=profile.backup_retention,
            deletion_protection=profile.protected,
            delete_automated_backups=not profile.protected,
            skip_final_snapshot=not profile.protected,
            final_snapshot_identifier=f"{self.name}-final" if profile.protected else None,
            serverlessv2_scaling_configuration=({"min_capacity": low, "max_capacity": high} if size.capacity else None),
            tags=backup_tag,
            lifecycle=self._context.keep,
            depends_on=[self.log.group],
            **credentials.cluster_arguments,
        )

    def _make_instances(self, size: Size, version: str, key: KmsKey) -> list[Any]:
        context = self._context
        watcher = Role(
            self,
            "watcher",
            context=context,
            component="database-monitoring",
            description="Writes what the database's operating systems do",
            services=["monitoring.rds"],
            managed={"watch": f"arn:{context.partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"},
        )
        group = self._add(
            "aws_db_parameter_group",
            "instance_parameters",
            name=f"{self.name}-instance",
            family=f"{ENGINE}{version.partition('.')[0]}",
            description="Tells who waits for whom",
            parameter=[{"name": "log_lock_waits", "value": "1", "apply_method": "immediate"}],
        )
        insights = context.environment == "prod"
        return [
            self._add(
                "aws_rds_cluster_instance",
                f"instance_{number}",
                identifier=context.names.checked(f"{self.name}-{number}", "database"),
                cluster_identifier=self.cluster.id,
                engine=ENGINE,
                engine_version=self.cluster.engine_version,
                instance_class=size.database_class,
                db_parameter_group_name=group.name,
                publicly_accessible=False,
                # A new version is a change of the program, which goes through dev first.
                auto_minor_version_upgrade=False,
                promotion_tier=number,
                monitoring_interval=60,
                monitoring_role_arn=watcher.arn,
                performance_insights_enabled=insights,
                performance_insights_kms_key_id=key.arn if insights else None,
                copy_tags_to_snapshot=True,
                depends_on=watcher.grants,
            )
            for number in range(size.database_instances)
        ]

    def add_proxy(self, *, network: FinancialNetwork, secret_arn: str, secrets_key: KmsKey, logs_key: KmsKey) -> Proxy:
        """A proxy before the cluster, for the user of the application."""
        return Proxy(
            self,
            "proxy",
            context=self._context,
            network=network,
            database=self,
            secret_arn=secret_arn,
            secrets_key=secrets_key,
            logs_key=logs_key,
        )


class Proxy(Construct):
    """A proxy that pools connections, speaks TLS only, and keeps connections open over a failover.

    Args:
        network: it stands in the data subnets.
        database: before which it stands.
        secret_arn: the secret of the user that it connects as.
        secrets_key: encrypts the secret.
        logs_key: encrypts its log group.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        network: FinancialNetwork,
        database: Database,
        secret_arn: str,
        secrets_key: KmsKey,
        logs_key: KmsKey,
    ) -> None:
        super().__init__(scope, name)
        self.group = SecurityGroup(
            self,
            "group",
            context=context,
            component="proxy",
            description="Proxy of the database; admits the application",
            vpc_id=network.id,
        )
        self.group.reach("database", port=PORT, peer=database.group, description="Database")
        database.group.admit("proxy", port=PORT, peer=self.group, description="Proxy of the database")
        through = ("StringEquals", "kms:ViaService", [f"secretsmanager.{context.region}.amazonaws.com"])
        role = Role(
            self,
            "role",
            context=context,
            component="proxy",
            description="Reads the secret of the application's user",
            services=["rds"],
            allows={
                "read": [
                    statement("ReadSecret", ["secretsmanager:GetSecretValue"], [secret_arn]),
                    statement("DecryptSecret", ["kms:Decrypt"], [secrets_key.arn], when=[through]),
                ]
            },
        )
        named = context.names.of("database", "database")
        # As with the cluster: RDS would create it.
        self.log = LogGroup(self, "log", context=context, group=f"/aws/rds/proxy/{named}", key=logs_key)
        self.proxy = declare(
            self,
            "aws_db_proxy",
            "this",
            name=named,
            engine_family="POSTGRESQL",
            role_arn=role.arn,
            vpc_subnet_ids=network.subnet_ids("data"),
            vpc_security_group_ids=[self.group.id],
            require_tls=True,
            idle_client_timeout=1800,
            auth=[{"auth_scheme": "SECRETS", "iam_auth": "DISABLED", "secret_arn": secret_arn}],
            provider=context.provider,
            depends_on=[*role.grants, self.log.group],
        )
        self.endpoint: str = self.proxy.endpoint
        targets = declare(
            self,
            "aws_db_proxy_default_target_group",
            "targets",
            db_proxy_name=self.proxy.name,
            connection_pool_config={"max_connections_percent": 90, "max_idle_connections_percent": 50},
            provider=context.provider,
        )
        declare(
            self,
            "aws_db_proxy_target",
            "target",
            db_proxy_name=self.proxy.name,
            target_group_name=targets.name,
            db_cluster_identifier=database.cluster.id,
            provider=context.provider,
            depends_on=database.instances,
        )
