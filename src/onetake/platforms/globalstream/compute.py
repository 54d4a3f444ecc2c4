"""The service of both regions, and the images that it runs."""

from __future__ import annotations

from cdktn import Fn
from constructs import Construct

from onetake.platforms.constructs import declare, statement
from onetake.platforms.constructs.fargate_service import FargateService
from onetake.platforms.constructs.images import image_repository
from onetake.platforms.globalstream.cache import Cache
from onetake.platforms.globalstream.database import Database
from onetake.platforms.globalstream.files import Files
from onetake.platforms.globalstream.objects import Objects
from onetake.platforms.globalstream.region import PORT, Region
from onetake.platforms.globalstream.sizes import Size, capacity

SERVICE = "stream"


class Compute(Construct):
    """The service in each region that has one, and a repository of its images in both.

    Args:
        primary: the first region.
        secondary: the second region.
        size: of the environment.
        standby: tasks in the second region, or None where it has no service until it takes over.
        image: that runs until the pipeline has deployed one.
        database: that it reads and writes.
        cache: that it uses.
        files: that it mounts.
        objects: that it reads and writes.
        replicates_registry: whether images are copied by the registry itself, a setting of the whole account.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        primary: Region,
        secondary: Region,
        size: Size,
        standby: int | None,
        image: str | None,
        database: Database,
        cache: Cache,
        files: Files,
        objects: Objects,
        replicates_registry: bool,
    ) -> None:
        super().__init__(scope, name)
        self._image, self._size, self._home = image, size, primary.context.region
        self._database, self._cache, self._files, self._objects = database, cache, files, objects
        self.repositories = {
            side: image_repository(self, side, context=region.context, service=SERVICE, key=region.keys.data)
            for side, region in (("primary", primary), ("secondary", secondary))
        }
        if replicates_registry:
            self._replicate(primary, secondary)
        self.primary = self._service("primary", primary, size.tasks)
        self.secondary = None if standby is None else self._service("secondary", secondary, standby)

    def _service(self, side: str, region: Region, tasks: int) -> FargateService:
        context = region.context
        cluster = self._database.primary if side == "primary" else self._database.secondary
        cache = self._cache.primary if side == "primary" else self._cache.secondary
        secret = self._database.credentials.secret.arn
        if side == "secondary":
            # The copy that Secrets Manager keeps in that region has the same name.
            secret = Fn.replace(secret, self._home, context.region)
        bucket = self._objects.buckets[side]
        actions = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
        allows = {
            "own": [
                statement("Objects", actions, [f"{bucket.arn}/*"]),
                statement("List", ["s3:ListBucket"], [bucket.arn]),
                statement("UseKey", ["kms:Decrypt", "kms:GenerateDataKey"], [region.keys.data.arn]),
                statement("SignInToDatabase", ["rds-db:connect"], [context.arn("rds-db", "dbuser:*/stream")]),
                statement(
                    "SignInToCache",
                    ["elasticache:Connect"],
                    [
                        context.arn("elasticache", f"replicationgroup:{context.names.of('cache')}"),
                        context.arn("elasticache", f"user:{context.names.of(SERVICE)}"),
                    ],
                ),
            ]
        }
        return FargateService(
            self,
            side,
            context=context,
            component=SERVICE,
            cluster=region.cluster,
            network=region.network,
            group=region.tasks,
            key=region.keys.logs,
            capacity=capacity(self._size, tasks, spot=context.environment == "dev"),
            port=PORT,
            image=self._image,
            target_group=region.target_group,
            forwarded_by=region.rule,
            volume=self._files.volumes[side],
            environment={
                "DATABASE_HOST": cluster.endpoint,
                "DATABASE_READER": cluster.reader_endpoint,
                "CACHE_HOST": cache.primary_endpoint_address,
                "BUCKET": bucket.name,
                "REGION": context.region,
            },
            secrets={"DATABASE_SECRET": secret},
            secrets_key=region.keys.data,
            allows=allows,
            off_hours=context.profile.off_hours and side == "primary",
            request_label=f"{region.balancer.dimension}/{region.target_group.arn_suffix}",
        )

    def _replicate(self, primary: Region, secondary: Region) -> None:
        context = primary.context
        to = {"region": secondary.context.region_name, "registry_id": context.account}
        only = {"filter": context.names.slashed(SERVICE, kind="repository"), "filter_type": "PREFIX_MATCH"}
        declare(
            self,
            "aws_ecr_replication_configuration",
            "images",
            replication_configuration={"rule": [{"destination": [to], "repository_filter": [only]}]},
        )
