"""GlobalStream: a service in two regions."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from constructs import Construct

from onetake.platforms import parameters
from onetake.platforms.constructs import AlarmSet, KmsKey, Outputs, Topic
from onetake.platforms.constructs import certificate as certificates
from onetake.platforms.constructs.keys import services
from onetake.platforms.context import Context
from onetake.platforms.globalstream import takeover
from onetake.platforms.globalstream.backups import Backups
from onetake.platforms.globalstream.cache import Cache
from onetake.platforms.globalstream.compute import SERVICE, Compute
from onetake.platforms.globalstream.database import Database
from onetake.platforms.globalstream.failover import Entry, GameDay, Runbook
from onetake.platforms.globalstream.files import Files
from onetake.platforms.globalstream.objects import Objects
from onetake.platforms.globalstream.observability import Observability
from onetake.platforms.globalstream.pipeline import Pipeline
from onetake.platforms.globalstream.region import Region
from onetake.platforms.globalstream.sizes import MODES, OBJECTIVE, USUAL, Mode, size, standby
from onetake.platforms.parameters import Environment
from onetake.platforms.profiles import Overrides
from onetake.platforms.refusals import Refused
from onetake.platforms.stack import Platform, State

WITNESS: Final = "us-east-1"
"""Where Route 53 tells how healthy what it checks is, wherever that stands."""
_MARK: Final = "dr"
_REPOSITORY: Final = re.compile(r"[\w.-]+/[\w./-]+")
_BRANCH: Final = re.compile(r"[\w./-]{1,255}")


class GlobalStream(Platform):
    """A service in two regions: the second is at most 15 minutes behind and takes over within an hour.

    Args:
        scope: the app.
        environment_suffix: in the name of every resource: 2 to 12 lower-case letters, digits and hyphens.
        domain_name: the name that both regions answer for.
        hosted_zone_id: the zone of that name.
        environment: ``dev``, ``staging`` or ``prod``; derived from the suffix if not given.
        aws_region: the first region.
        secondary_region: the second region.
        dr_mode: how ready the second is: ``backup-restore`` (no compute, a headless database), ``pilot-light``
            (everything there, no task running) or ``warm-standby`` (a third of the first); by the environment if not
            given.
        state: where Terraform keeps its state; beside the program if not given.
        default_tags: more tags for everything.
        overrides: settings that differ from the environment's profile.
        alarm_email: where alarms go; prod needs one.
        manage_account_singletons: whether it lets the account's registry copy images to the second region.
        image: that the service runs until the pipeline has deployed one; a small server of ``/health`` if not given.
        repository: whose changes are deployed, as ``owner/name``.
        branch: that is deployed.
        repository_host: ``GitHub`` or ``GitLab``.
        vpc_cidr: addresses of the first region's network, a /16.
        secondary_vpc_cidr: addresses of the second region's network, another /16.

    Raises:
        Refused: a parameter is missing or wrong.
    """

    def __init__(
        self,
        scope: Construct,
        *,
        environment_suffix: str,
        domain_name: str,
        hosted_zone_id: str,
        environment: Environment | None = None,
        aws_region: str = "us-east-1",
        secondary_region: str = "us-west-2",
        dr_mode: Mode | None = None,
        state: State | None = None,
        default_tags: Mapping[str, str] | None = None,
        overrides: Overrides | None = None,
        alarm_email: str | None = None,
        manage_account_singletons: bool = False,
        image: str | None = None,
        repository: str = "example/stream",
        branch: str = "main",
        repository_host: str = "GitHub",
        vpc_cidr: str = "10.50.0.0/16",
        secondary_vpc_cidr: str = "10.51.0.0/16",
    ) -> None:
        chosen = parameters.environment(environment, parameters.suffix(environment_suffix))
        if parameters.region(secondary_region, "secondary_region") == aws_region:
            raise Refused("secondary_region", secondary_region, "it has to be another region than aws_region")
        if dr_mode is not None:
            parameters.chosen("dr_mode", dr_mode, MODES)
        if vpc_cidr == secondary_vpc_cidr:
            raise Refused("secondary_vpc_cidr", secondary_vpc_cidr, "the networks of both regions share no address")
        certificates.judge(chosen, None, domain_name, hosted_zone_id)
        parameters.text("repository", repository, _REPOSITORY, "it has to be an owner and a name: 'acme/stream'")
        parameters.text("branch", branch, _BRANCH, "it has to be the name of a branch")
        parameters.chosen("repository_host", repository_host, ("GitHub", "GitLab"))
        super().__init__(
            scope,
            prefix="gs",
            title="globalstream",
            data_class="confidential",
            environment_suffix=environment_suffix,
            environment=environment,
            aws_region=aws_region,
            state=state,
            default_tags=default_tags,
            overrides=overrides,
            alarm_email=alarm_email,
            manage_account_singletons=manage_account_singletons,
        )
        self._domain, self._zone = domain_name, hosted_zone_id
        self.mode: Mode = dr_mode or USUAL[chosen]
        self._size = size(chosen, multi_az=self.context.profile.multi_az)
        self._standby = standby(self.mode, self._size)
        self.primary = self._region("primary", self.context, vpc_cidr)
        self.secondary = self._region(
            "secondary", self.elsewhere("secondary", secondary_region, mark=_MARK), secondary_vpc_cidr
        )
        self._build_stores()
        self._build_compute(image)
        self._build_backups()
        self.observability = Observability(
            self,
            "observability",
            primary=self.primary,
            secondary=self.secondary,
            database=self.database,
            headless=not self._standby.instances,
            cache=self.cache,
            files=self.files,
            objects=self.objects,
            backups=self.backups,
        )
        self._build_failover()
        Pipeline(
            self,
            "pipeline",
            primary=self.primary,
            secondary=self.secondary,
            compute=self.compute,
            domain_name=domain_name,
            repository=repository,
            branch=branch,
            host=repository_host,
        )
        self._build_outputs()

    def _region(self, name: str, context: Context, cidr: str) -> Region:
        return Region(
            self,
            name,
            context=context,
            cidr=cidr,
            domain_name=self._domain,
            hosted_zone_id=self._zone,
            email=self.alarm_email,
            primary=self.primary if name == "secondary" else None,
        )

    def _build_stores(self) -> None:
        regions = {"primary": self.primary, "secondary": self.secondary}
        self.database = Database(self, "database", **regions, size=self._size, followers=self._standby.instances)
        self.cache = Cache(
            self,
            "cache",
            primary=self.primary,
            secondary=self.secondary if self._standby.cache else None,
            size=self._size,
        )
        self.files = Files(self, "files", **regions)
        self.objects = Objects(self, "objects", **regions)

    def _build_compute(self, image: str | None) -> None:
        self.compute = Compute(
            self,
            "compute",
            primary=self.primary,
            secondary=self.secondary,
            size=self._size,
            standby=self._standby.tasks if self._standby.service else None,
            image=image,
            database=self.database,
            cache=self.cache,
            files=self.files,
            objects=self.objects,
            replicates_registry=self.manages_singletons,
        )

    def _build_backups(self) -> None:
        stores = {
            "Aurora": self.database.primary.arn,
            "EFS": self.files.systems["primary"].arn,
            "S3": self.objects.buckets["primary"].arn,
        }
        self.backups = Backups(self, "backup", primary=self.primary, secondary=self.secondary, resources=stores)

    def _build_failover(self) -> None:
        self.entry = Entry(
            self,
            "entry",
            primary=self.primary,
            secondary=self.secondary,
            domain_name=self._domain,
            hosted_zone_id=self._zone,
            lag_alarm=self.observability.lag,
        )
        self._build_witness()
        steps = takeover.steps(
            secondary=self.secondary,
            size=self._size,
            database=self.database,
            headless=not self._standby.instances,
            files=self.files,
            cache=self.cache,
            service=self.compute.secondary,
        )
        self.runbook = Runbook(self, "runbook", secondary=self.secondary, steps=steps)
        if self.context.environment != "dev":
            GameDay(
                self,
                "game_day",
                primary=self.primary,
                service=self.compute.primary,
                stop=self.observability.here.alarms["files_lag"],
            )

    def _build_witness(self) -> None:
        """Alarms on the health checks of both regions, where Route 53 publishes them."""
        by_region = {one.context.region_name: (one.context, one.topic) for one in (self.primary, self.secondary)}
        if WITNESS not in by_region:
            context = self.elsewhere("witness", WITNESS, mark="witness")
            key = KmsKey(
                self,
                "witness_key",
                context=context,
                domain="notifications",
                description="Alarms about the health of both regions",
                uses=[services("cloudwatch")],
            )
            topic = Topic(
                self,
                "witness_topic",
                context=context,
                component="alarms",
                key=key,
                publishers=["cloudwatch"],
                email=self.alarm_email,
            )
            by_region[WITNESS] = (context, topic)
        context, topic = by_region[WITNESS]
        alarms = AlarmSet(self, "witness", context=context, topic=topic)
        for side, check in self.entry.checks.items():
            alarms.add(
                f"{side}_down",
                description=f"The {side} region does not answer; see the runbook",
                namespace="AWS/Route53",
                metric="HealthCheckStatus",
                dimensions={"HealthCheckId": check.id},
                statistic="Minimum",
                comparison="LessThanThreshold",
                threshold=1,
                period=60,
                periods=3,
                missing="breaching",
            )

    def _build_outputs(self) -> None:
        stores = {
            "database": "Aurora global database: about a second",
            "files": f"EFS replication: at most {OBJECTIVE // 60} minutes",
            "objects": f"S3 replication time control: at most {OBJECTIVE // 60} minutes",
            "cache": "rebuilt from the database"
            if self.cache.datastore is None
            else "global datastore: about a second",
        }
        runbook: dict[str, Any] = self.runbook.documents
        values: dict[str, tuple[str | Sequence[str], str]] = {
            "primary_balancer": (self.primary.balancer.dns_name, "Load balancer of the first region"),
            "secondary_balancer": (self.secondary.balancer.dns_name, "Load balancer of the second region"),
            "address": (f"https://{self._domain}/", "What both regions answer for"),
            "global_cluster": (self.database.whole.id, "Global database"),
            "database_secret_arn": (self.database.credentials.secret.arn, "Secret of the database's master user"),
            "primary_files": (self.files.systems["primary"].id, "File system of the first region"),
            "secondary_files": (self.files.systems["secondary"].id, "File system of the second region"),
            "primary_vault_arn": (self.backups.vaults["primary"].arn, "Backups of the first region"),
            "secondary_vault_arn": (self.backups.vaults["secondary"].arn, "Copies of them in the second region"),
            "primary_repository": (self.compute.repositories["primary"].repository_url, f"Images of {SERVICE}"),
            "runbook": (self.runbook.whole.name, "Automation document that fails over, in the second region"),
            "runbook_steps": ([one.name for one in runbook.values()], "Its steps, one document each"),
            "recovery_points": (json.dumps(stores), "How far the second region may be behind, by store, as JSON"),
            "connection": (
                "Open the connection in the console of Developer Tools and finish it once",
                "Until then the pipeline has no source",
            ),
        }
        Outputs(self, "outputs", context=self.context, values=values)
