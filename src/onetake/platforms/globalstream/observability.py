"""What is measured in both regions: how far the second is behind, and whether each is well."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs import AlarmSet, Dashboard, tell_of
from onetake.platforms.globalstream.backups import Backups
from onetake.platforms.globalstream.cache import Cache
from onetake.platforms.globalstream.database import Database
from onetake.platforms.globalstream.files import Files
from onetake.platforms.globalstream.objects import Objects
from onetake.platforms.globalstream.region import Region
from onetake.platforms.globalstream.sizes import OBJECTIVE

_ENDED: Final = "EC2 Automation Execution Status-change Notification"


class Observability(Construct):
    """Alarms on everything that is replicated, on both load balancers and on backups, and a dashboard.

    Args:
        primary: the first region.
        secondary: the second region.
        database: whose second cluster follows.
        headless: whether that cluster has no instance, and therefore no metric of its lag.
        cache: of both regions.
        files: of both regions.
        objects: of both regions.
        backups: of both regions.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        primary: Region,
        secondary: Region,
        database: Database,
        headless: bool,
        cache: Cache,
        files: Files,
        objects: Objects,
        backups: Backups,
    ) -> None:
        super().__init__(scope, name)
        self.here = AlarmSet(self, "here", context=primary.context, topic=primary.topic)
        self.there = AlarmSet(self, "there", context=secondary.context, topic=secondary.topic)
        self.lag = self._watch_database(database, headless=headless)
        self._watch_files(files)
        self._watch_objects(objects)
        if cache.datastore is not None:
            self._watch_cache(cache)
        for alarms, region in ((self.here, primary), (self.there, secondary)):
            _watch_entry(alarms, region)
        self._watch_backups(backups)
        self.unhealthy: Any = None
        if primary.context.environment == "prod":
            told = "The first region is not well: see which alarm is on, and whether to fail over"
            self.unhealthy = self.here.summarize("platform_unhealthy", description=told)
        graphs = self._graphs(primary, secondary, database, files, objects)
        if cache.datastore is not None:
            of = ["ReplicationGroupId", cache.secondary.id, {"stat": "Maximum", "region": secondary.context.region}]
            graphs["Cache: seconds behind"] = [["AWS/ElastiCache", "GlobalDatastoreReplicationLag", *of]]
        Dashboard(self, "dashboard", context=primary.context, component="replication", graphs=graphs)
        self._tell_of_state(secondary)

    def _watch_database(self, database: Database, *, headless: bool) -> Any:
        return self.there.add(
            "database_lag",
            description="The second region's database is minutes behind, where a second is usual",
            namespace="AWS/RDS",
            metric="AuroraGlobalDBReplicationLag",
            dimensions={"DBClusterIdentifier": database.secondary.cluster_identifier},
            statistic="Maximum",
            threshold=OBJECTIVE / 15 * 1000,  # milliseconds: a minute, where a second is usual
            periods=3,
            missing="notBreaching" if headless else "breaching",
        )

    def _watch_files(self, files: Files) -> None:
        source, target = files.systems["primary"], files.systems["secondary"]
        self.here.add(
            "files_lag",
            description="Files of the second region are more than the objective behind",
            namespace="AWS/EFS",
            metric="TimeSinceLastSync",
            dimensions={"FileSystemId": source.id, "DestinationFileSystemId": target.id},
            statistic="Maximum",
            threshold=OBJECTIVE,
            periods=2,
            missing="breaching",
        )

    def _watch_objects(self, objects: Objects) -> None:
        of = {
            "SourceBucket": objects.buckets["primary"].name,
            "DestinationBucket": objects.buckets["secondary"].name,
            "RuleId": "everything",
        }
        for alarm, metric, meaning, threshold in (
            (
                "objects_lag",
                "ReplicationLatency",
                "Objects reach the second region later than the objective",
                OBJECTIVE,
            ),
            ("objects_failed", "OperationsFailedReplication", "Objects do not reach the second region", 1),
        ):
            # S3 asks for this: it measures only while there is something to replicate.
            self.here.add(
                alarm,
                description=meaning,
                namespace="AWS/S3",
                metric=metric,
                dimensions=of,
                statistic="Maximum",
                threshold=threshold,
                missing="ignore",
            )

    def _watch_cache(self, cache: Cache) -> None:
        self.there.add(
            "cache_lag",
            description="The second region's cache is behind; it fills itself after a failover",
            namespace="AWS/ElastiCache",
            metric="GlobalDatastoreReplicationLag",
            dimensions={"ReplicationGroupId": cache.secondary.id},
            statistic="Maximum",
            threshold=60,
            periods=3,
        )

    def _watch_backups(self, backups: Backups) -> None:
        for alarms, metric, meaning in (
            (self.here, "NumberOfBackupJobsFailed", "A backup failed"),
            (self.here, "NumberOfCopyJobsFailed", "A copy of a backup to the second region failed"),
        ):
            alarms.add(
                metric.removeprefix("NumberOf").replace("JobsFailed", "").lower() + "_failed",
                description=meaning,
                namespace="AWS/Backup",
                metric=metric,
                dimensions={"BackupVaultName": backups.vaults["primary"].name},
                threshold=1,
                period=3600,
            )

    def _graphs(
        self, primary: Region, secondary: Region, database: Database, files: Files, objects: Objects
    ) -> dict[str, Sequence[Sequence[Any]]]:
        follower = database.secondary.cluster_identifier
        source = files.systems["primary"].id
        copied = files.systems["secondary"].id
        behind = ["FileSystemId", source, "DestinationFileSystemId", copied]
        buckets = [objects.buckets[side].name for side in ("primary", "secondary")]
        latency = ["SourceBucket", buckets[0], "DestinationBucket", buckets[1], "RuleId", "everything"]
        most = {"stat": "Maximum"}
        there = most | {"region": secondary.context.region}
        return {
            "Database: milliseconds behind": [
                ["AWS/RDS", "AuroraGlobalDBReplicationLag", "DBClusterIdentifier", follower, there]
            ],
            "Files: seconds since the last copy": [["AWS/EFS", "TimeSinceLastSync", *behind, most]],
            "Objects: seconds behind": [["AWS/S3", "ReplicationLatency", *latency, most]],
            "Objects: failed": [["AWS/S3", "OperationsFailedReplication", *latency]],
            "Requests": [
                [
                    "AWS/ApplicationELB",
                    "RequestCount",
                    "LoadBalancer",
                    region.balancer.dimension,
                    {"region": region.context.region},
                ]
                for region in (primary, secondary)
            ],
            "Errors": [
                [
                    "AWS/ApplicationELB",
                    "HTTPCode_ELB_5XX_Count",
                    "LoadBalancer",
                    region.balancer.dimension,
                    {"region": region.context.region},
                ]
                for region in (primary, secondary)
            ],
        }

    def _tell_of_state(self, secondary: Region) -> None:
        """Tell whoever reads the second region's topic when its automation ran, well or not."""
        pattern = {"source": ["aws.ssm"], "detail-type": [_ENDED]}
        events = {"runbook": ("A step of the runbook ended", pattern)}
        tell_of(self, context=secondary.context, topic=secondary.topic, events=events)


def _watch_entry(alarms: AlarmSet, region: Region) -> None:
    of = {"LoadBalancer": region.balancer.dimension}
    alarms.add(
        "errors",
        description="The load balancer of the region answers with errors",
        namespace="AWS/ApplicationELB",
        metric="HTTPCode_ELB_5XX_Count",
        dimensions=of,
        threshold=20,
        periods=2,
    )
    alarms.add(
        "unhealthy",
        description="Tasks of the service are not healthy",
        namespace="AWS/ApplicationELB",
        metric="UnHealthyHostCount",
        dimensions=of | {"TargetGroup": region.target_group.arn_suffix},
        statistic="Maximum",
        threshold=1,
        periods=3,
    )
    alarms.add(
        "slow",
        description="One request in a hundred takes longer than two seconds",
        namespace="AWS/ApplicationELB",
        metric="TargetResponseTime",
        dimensions=of,
        statistic="p99",
        threshold=2,
        periods=3,
    )
