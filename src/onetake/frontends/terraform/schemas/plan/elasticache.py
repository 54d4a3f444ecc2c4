"""What is refused of caches and replication groups."""

from onetake.frontends.terraform.schemas.plan.conditions import equal, every, given, lacking, that, unmatched
from onetake.frontends.terraform.schemas.plan.sheets import Refusal, Sheet

_REDIS_VERSION = r"[1-5](\.[0-9]+){2}|[6-9]\.[0-9]+|6\.x|0[0-9].*"
"""A number that begins with 0 is taken as another one, or not at all: nobody writes that."""
_VALKEY_VERSION = r"[7-9]\.[0-9]+"
_MEMCACHED_VERSION = r"[0-9]+(\.[0-9]+){2}"


SHEETS = (
    Sheet(
        ("aws_elasticache_cluster",),
        "internal/service/elasticache/cluster.go",
        (
            Refusal(
                "num_cache_nodes",
                every(equal("engine", "redis", "valkey"), that("num_cache_nodes", lambda value: (value or 0) > 1)),
                'engine "{engine}" does not support num_cache_nodes > 1',
                "is a {engine} cluster of more than one node",
                "Set num_cache_nodes = 1; a replication group has replicas.",
                lasting=True,
            ),
            Refusal(
                "az_mode",
                every(equal("az_mode", "cross-az"), equal("num_cache_nodes", 1)),
                'az_mode "cross-az" is not supported with num_cache_nodes = 1',
                "spreads its one node over zones",
                'Add nodes, or set az_mode = "single-az".',
                lasting=True,
            ),
            Refusal(
                "final_snapshot_identifier",
                every(equal("engine", "memcached"), given("final_snapshot_identifier")),
                'engine "memcached" does not support final_snapshot_identifier',
                "is a memcached cluster, which has no snapshots, and names a final one",
                "Take final_snapshot_identifier away.",
                lasting=True,
            ),
            Refusal(
                "engine_version",
                every(equal("engine", "redis"), unmatched("engine_version", _REDIS_VERSION)),
                "engine_version: {engine_version} is invalid. For Redis v6 or higher, use <major>.<minor>. For "
                "Redis v5 or lower, use <major>.<minor>.<patch>.",
                'names the version "{engine_version}" of Redis in a form that is not taken',
                "Write <major>.<minor> from version 6 on, and <major>.<minor>.<patch> before.",
            ),
            Refusal(
                "engine_version",
                every(equal("engine", "valkey"), unmatched("engine_version", _VALKEY_VERSION)),
                "engine_version: {engine_version} is invalid. For Valkey use <major>.<minor>.",
                'names the version "{engine_version}" of Valkey in a form that is not taken',
                "Write <major>.<minor>.",
            ),
            Refusal(
                "engine_version",
                every(equal("engine", "memcached"), unmatched("engine_version", _MEMCACHED_VERSION)),
                "engine_version: must be a version string matching <major>.<minor>.<patch>",
                'names the version "{engine_version}" of memcached in a form that is not taken',
                "Write <major>.<minor>.<patch>.",
            ),
        ),
    ),
    Sheet(
        ("aws_elasticache_replication_group",),
        "internal/service/elasticache/replication_group.go",
        (
            Refusal(
                "multi_az_enabled",
                every(given("multi_az_enabled"), lacking("automatic_failover_enabled")),
                "automatic_failover_enabled must be true if multi_az_enabled is true",
                "spans zones without failing over by itself",
                "Set automatic_failover_enabled = true.",
                lasting=True,
            ),
            Refusal(
                "num_cache_clusters",
                every(
                    given("automatic_failover_enabled"),
                    that("num_cache_clusters", lambda value: value is not None and value < 2),
                ),
                '"num_cache_clusters": must be at least 2 if automatic_failover_enabled is true',
                "fails over by itself and has nothing to fail over to",
                "Set num_cache_clusters to 2 or more.",
                lasting=True,
            ),
        ),
    ),
    Sheet(
        ("aws_elasticache_global_replication_group",),
        "internal/service/elasticache/global_replication_group.go",
        (
            Refusal(
                "parameter_group_name",
                every(given("parameter_group_name"), lacking("engine_version")),
                "cannot change parameter group name without upgrading major engine version",
                "names a parameter group without a version to upgrade to",
                "Take parameter_group_name away, or set engine_version to a newer major version.",
            ),
        ),
    ),
)
