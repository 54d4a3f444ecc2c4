"""The cache of both regions."""

from __future__ import annotations

from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs import LogGroup, declare
from onetake.platforms.globalstream.region import Region
from onetake.platforms.globalstream.sizes import Size

ENGINE: Final = "valkey"
VERSION: Final = "8.0"
FAMILY: Final = "valkey8"
PORT: Final = 6379
USER: Final = "stream"
LOGS: Final = ("slow-log", "engine-log")


class Cache(Construct):
    """A cache in each region that has one; in prod they are one datastore, written in the first region.

    Tasks sign in with their role: there is no password that anybody would have to keep or rotate.

    Args:
        primary: the first region.
        secondary: the second region, or None where it has no cache until it takes over.
        size: of the environment.
    """

    def __init__(self, scope: Construct, name: str, *, primary: Region, secondary: Region | None, size: Size) -> None:
        super().__init__(scope, name)
        self._size = size
        own = {
            "engine": ENGINE,
            "engine_version": VERSION,
            "node_type": size.node,
            "at_rest_encryption_enabled": "true",  # a string in the bindings, since 6.0 of the provider
            "transit_encryption_enabled": True,
            "transit_encryption_mode": "required",
        }
        self.primary = self._group("primary", primary, own)
        self.datastore: Any = None
        self.secondary: Any = None
        if secondary is None:
            return
        if size.global_cache:
            self.datastore = declare(
                self,
                "aws_elasticache_global_replication_group",
                "datastore",
                global_replication_group_id_suffix=primary.context.names.of("cache", "replication group"),
                global_replication_group_description="The cache of both regions",
                primary_replication_group_id=self.primary.id,
            )
            own = {"global_replication_group_id": self.datastore.global_replication_group_id}
        self.secondary = self._group("secondary", secondary, own)

    def _group(self, name: str, region: Region, own: dict[str, Any]) -> Any:
        context, network = region.context, region.network
        identifier = context.names.of("cache", "replication group")
        group = region.store_group(self, name, component="cache", port=PORT, protocol="Valkey over TLS")
        logs = [
            LogGroup(
                self,
                f"{name}_{kind}",
                context=context,
                group=f"/aws/elasticache/{identifier}/{kind}",
                key=region.keys.logs,
            )
            for kind in LOGS
        ]

        def add(kind: str, suffix: str = "", **arguments: Any) -> Any:
            return declare(self, kind, f"{name}{suffix}", provider=context.provider, **arguments)

        subnets = add("aws_elasticache_subnet_group", name=identifier, subnet_ids=network.subnet_ids("data"))
        follows = "global_replication_group_id" in own
        parameters = (
            None
            if follows
            else add(
                "aws_elasticache_parameter_group",
                name=identifier,
                family=FAMILY,
                parameter=[{"name": "maxmemory-policy", "value": "allkeys-lru"}],
            )
        )
        user = add(
            "aws_elasticache_user",
            user_id=context.names.of(USER),
            user_name=context.names.of(USER),
            engine=ENGINE,
            access_string="on ~* +@all -@dangerous",
            authentication_mode={"type": "iam"},
        )
        users = add(
            "aws_elasticache_user_group",
            user_group_id=context.names.of("users"),
            engine=ENGINE,
            user_ids=[user.user_id],
        )
        several = self._size.nodes > 1
        return add(
            "aws_elasticache_replication_group",
            replication_group_id=identifier,
            description="Cache of the service; what is lost is read again",
            **own,
            num_cache_clusters=self._size.nodes,
            automatic_failover_enabled=several,
            multi_az_enabled=several,
            port=PORT,
            parameter_group_name=parameters.name if parameters else None,
            subnet_group_name=subnets.name,
            security_group_ids=[group.id],
            user_group_ids=[users.user_group_id],
            kms_key_id=region.keys.data.arn,
            snapshot_retention_limit=0 if context.environment == "dev" else context.profile.backup_retention,
            log_delivery_configuration=[
                {
                    "destination": log.name,
                    "destination_type": "cloudwatch-logs",
                    "log_format": "json",
                    "log_type": kind,
                }
                for kind, log in zip(LOGS, logs, strict=True)
            ],
            apply_immediately=True,
            # Its engine is the datastore's and may not be given; the provider takes that for redis, and would replace
            # it in every run: https://github.com/hashicorp/terraform-provider-aws/issues/40786
            lifecycle={"ignore_changes": ["engine"]} if follows else None,
            depends_on=[log.group for log in logs],
        )
