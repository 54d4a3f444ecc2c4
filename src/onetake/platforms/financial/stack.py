"""Financial transactions, as PCI DSS 4.0.1 asks for it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from constructs import Construct

from onetake.platforms import parameters
from onetake.platforms.constructs import Outputs, RotationLambda, Topic, certificate, statement
from onetake.platforms.constructs.policies import Statement
from onetake.platforms.context import Context
from onetake.platforms.financial.compute import Compute
from onetake.platforms.financial.database import DATABASE, Database, Proxy
from onetake.platforms.financial.edge import ADDRESS, Edge
from onetake.platforms.financial.entry import Entry
from onetake.platforms.financial.keys import Keys
from onetake.platforms.financial.monitoring import PUBLISHERS, Monitoring
from onetake.platforms.financial.network import PORT, FinancialNetwork
from onetake.platforms.financial.protection import Cost, Protection, tag
from onetake.platforms.financial.sizes import size
from onetake.platforms.financial.storage import Storage
from onetake.platforms.parameters import Environment
from onetake.platforms.profiles import Overrides
from onetake.platforms.refusals import Refused
from onetake.platforms.stack import Platform, State

EDGE_REGION: Final = "us-east-1"
"""Where CloudFront's certificates, firewalls, logs and metrics are."""
APPLICATION_ROLE: Final = "ledger_app"
_VERSION: Final = re.compile(r"16\.\d{1,2}")


class FinancialPlatform(Platform):
    """CloudFront with a firewall, a load balancer that only CloudFront reaches, instances, and Aurora PostgreSQL.

    Args:
        scope: the app.
        environment_suffix: in the name of every resource: 2 to 12 lower-case letters, digits and hyphens.
        environment: ``dev``, ``staging`` or ``prod``; derived from the suffix if not given.
        aws_region: where it stands; CloudFront's firewall and certificate are in us-east-1.
        state: where Terraform keeps its state; beside the program if not given.
        default_tags: more tags for everything.
        overrides: settings that differ from the environment's profile.
        alarm_email: where alarms go; prod needs one.
        manage_account_singletons: nothing of this platform exists once in an account; it is taken, and changes nothing.
        domain_name: the name by which viewers know it, such as ``pay.example.com``. Every hop is encrypted, in
            dev too, and certificates are for names: so it always needs one.
        hosted_zone_id: the zone of that name; certificates are issued and records made in it. Without it, the next two.
        certificate_arn: the certificate for ``domain_name``, in us-east-1.
        origin_certificate_arn: the certificate for ``origin_domain_name``, in the platform's region.
        origin_domain_name: the name by which CloudFront knows the load balancer; ``origin.`` before ``domain_name`` if
            not given.
        origin_secret_version: raise it for a new secret between CloudFront and the load balancer.
        database_version: of PostgreSQL: 16 and a minor version.
        rotation_days: between two rotations of the password of the application's user.
        boot_script: shell commands that install and start the application, which listens on port 8080 of the instance.
        backup_lock_after: in prod, days after which nobody can remove the lock of the backups any more; removable by
            those with a special permission if not given.
        vpc_cidr: addresses of the network, a /16.

    Raises:
        Refused: a parameter is missing or wrong.
    """

    def __init__(
        self,
        scope: Construct,
        *,
        environment_suffix: str,
        environment: Environment | None = None,
        aws_region: str = "us-east-1",
        state: State | None = None,
        default_tags: Mapping[str, str] | None = None,
        overrides: Overrides | None = None,
        alarm_email: str | None = None,
        manage_account_singletons: bool = False,
        domain_name: str | None = None,
        hosted_zone_id: str | None = None,
        certificate_arn: str | None = None,
        origin_certificate_arn: str | None = None,
        origin_domain_name: str | None = None,
        origin_secret_version: int = 1,
        database_version: str = "16.8",
        rotation_days: int = 30,
        boot_script: str = "",
        backup_lock_after: int | None = None,
        vpc_cidr: str = "10.20.0.0/16",
    ) -> None:
        domain, origin = _judge_names(
            domain_name, hosted_zone_id, certificate_arn, origin_certificate_arn, origin_domain_name
        )
        parameters.whole("origin_secret_version", origin_secret_version, 1, 2**31)
        parameters.text("database_version", database_version, _VERSION, "it has to be a version such as '16.8'")
        parameters.whole("rotation_days", rotation_days, 1, 90)
        if not isinstance(boot_script, str) or len(boot_script.encode()) > _BOOT:
            raise Refused("boot_script", boot_script, f"it has to be text of at most {_BOOT} bytes")
        super().__init__(
            scope,
            prefix="fin",
            title="financial-platform",
            data_class="cardholder",
            environment_suffix=environment_suffix,
            environment=environment,
            aws_region=aws_region,
            state=state,
            default_tags=default_tags,
            overrides=overrides,
            alarm_email=alarm_email,
            manage_account_singletons=manage_account_singletons,
        )
        context, edge = self.context, self.elsewhere("edge", EDGE_REGION)
        self._size = size(context.environment, multi_az=context.profile.multi_az)
        cluster = context.names.of("database", "database")
        reader = f"${{{ADDRESS}.arn}}"
        self.keys = Keys(self, "keys", context=context, edge=edge, cluster=cluster, distribution_arn=reader)
        self.network = FinancialNetwork(self, "network", context=context, cidr=vpc_cidr, key=self.keys.logs)
        self.topic = Topic(
            self,
            "topic",
            context=context,
            component="alarms",
            key=self.keys.notifications,
            publishers=PUBLISHERS,
            email=self.alarm_email,
        )
        self.storage = Storage(self, "storage", context=context, edge=edge, keys=self.keys, distribution_arn=reader)
        self._build_database(cluster, database_version, rotation_days)
        self._build_entry(origin, origin_certificate_arn, hosted_zone_id, origin_secret_version)
        self._build_compute(boot_script)
        self.edge = Edge(
            self,
            "edge",
            context=edge,
            home=context,
            keys=self.keys,
            site=self.storage.site,
            logs=self.storage.logs,
            entry=self.entry,
            domain=domain,
            origin_domain=origin,
            certificate_arn=certificate_arn,
            hosted_zone_id=hosted_zone_id,
            price_class=self._size.price_class,
        )
        self._build_operations(edge, backup_lock_after)
        self._build_outputs(domain)

    def _build_database(self, cluster: str, version: str, rotation_days: int) -> None:
        context, keys = self.context, self.keys
        self.database = Database(
            self,
            "database",
            context=context,
            cluster=cluster,
            version=version,
            network=self.network,
            size=self._size,
            data_key=keys.data,
            secrets_key=keys.secrets,
            logs_key=keys.logs,
            topic=self.topic,
            backup_tag=tag(context),
        )
        self.rotation = RotationLambda(
            self,
            "rotation",
            context=context,
            component="rotation",
            network=self.network,
            host=self.database.endpoint,
            port=PORT,
            database=DATABASE,
            database_group=self.database.group,
            after=tuple(self.database.instances),
            master_secret_arn=self.database.master_secret_arn,
            application_role=APPLICATION_ROLE,
            secret_key=keys.secrets,
            queue_key=keys.data,
            log_key=keys.logs,
            days=rotation_days,
        )
        self.proxy: Proxy | None = None
        if context.environment == "prod":
            self.proxy = self.database.add_proxy(
                network=self.network,
                secret_arn=self.rotation.secret_arn,
                secrets_key=keys.secrets,
                logs_key=keys.logs,
            )

    def _build_entry(self, origin: str, certificate_arn: str | None, zone: str | None, version: int) -> None:
        self.entry = Entry(
            self,
            "entry",
            context=self.context,
            network=self.network,
            logs=self.storage.logs,
            secrets_key=self.keys.secrets,
            logs_key=self.keys.logs,
            origin_domain=origin,
            certificate_arn=certificate_arn,
            hosted_zone_id=zone,
            secret_version=version,
        )

    def _build_compute(self, boot: str) -> None:
        self.compute = Compute(
            self,
            "compute",
            context=self.context,
            network=self.network,
            entry=self.entry,
            size=self._size,
            data_key=self.keys.data,
            logs_key=self.keys.logs,
            topic=self.topic,
            allows={"application": self._application_may()},
            boot=boot,
        )
        reached = {"Database": self.database.group}
        if self.proxy is not None:
            reached["Proxy"] = self.proxy.group
        for what, group in reached.items():
            self.compute.group.reach(what.lower(), port=PORT, peer=group, description=what)
            group.admit("app", port=PORT, peer=self.compute.group, description="Instances of the application")

    def _application_may(self) -> Sequence[Statement]:
        storage, keys, region = self.storage, self.keys, self.context.region
        return [
            statement("ReadOwnSecret", ["secretsmanager:GetSecretValue"], [self.rotation.secret_arn]),
            statement("ReadAndWriteDocuments", ["s3:GetObject", "s3:PutObject"], [f"{storage.documents.arn}/*"]),
            statement("FindDocuments", ["s3:ListBucket"], [storage.documents.arn]),
            statement("AddToAudit", ["s3:PutObject"], [f"{storage.audit.arn}/*"]),
            statement(
                "UseKeys",
                ["kms:Decrypt", "kms:GenerateDataKey"],
                [keys.data.arn, keys.secrets.arn],
                when=[
                    (
                        "StringEquals",
                        "kms:ViaService",
                        [f"{service}.{region}.amazonaws.com" for service in ("s3", "secretsmanager")],
                    )
                ],
            ),
        ]

    def _build_operations(self, edge: Context, lock_after: int | None) -> None:
        context, keys = self.context, self.keys
        self.protection = Protection(
            self, "protection", context=context, key=keys.data, topic=self.topic, lock_after=lock_after
        )
        Cost(self, "cost", context=context, platform=self.title, topic=self.topic)
        self.monitoring = Monitoring(
            self,
            "monitoring",
            context=context,
            edge_context=edge,
            topic=self.topic,
            edge=self.edge,
            entry=self.entry,
            compute=self.compute,
            database=self.database,
            rotation=self.rotation,
            protection=self.protection,
            network=self.network,
            edge_key=keys.edge,
            keys=(keys.data, keys.logs, keys.secrets, keys.site, keys.notifications),
            size=self._size,
            email=self.alarm_email,
        )

    def _build_outputs(self, domain: str) -> None:
        context, storage, database = self.context, self.storage, self.database
        dashboard = self.monitoring.dashboard.dashboard.dashboard_name
        console = f"https://console.aws.amazon.com/cloudwatch/home?region={context.region}#dashboards:name={dashboard}"
        values: dict[str, tuple[str | Sequence[str], str]] = {
            "vpc_id": (self.network.id, "Network"),
            "public_subnet_ids": (self.network.subnet_ids("public"), "Subnets of the load balancer"),
            "app_subnet_ids": (self.network.subnet_ids("app"), "Subnets of the application"),
            "data_subnet_ids": (self.network.subnet_ids("data"), "Subnets of the database"),
            "url": (f"https://{domain}", "Where viewers find it"),
            "cloudfront_domain": (self.edge.domain_name, "CloudFront's own name, for a record that is made elsewhere"),
            "alb_dns": (self.entry.balancer.dns_name, "The load balancer's own name, for a record made elsewhere"),
            "database_endpoint": (database.endpoint, "Writer of the database"),
            "database_reader_endpoint": (database.reader, "Readers of the database"),
            "master_secret_arn": (database.master_secret_arn, "Secret of the master user, which RDS rotates"),
            "application_secret_arn": (self.rotation.secret_arn, "Secret of the application's user"),
            "documents_bucket": (storage.documents.name, "Bucket of documents"),
            "audit_bucket": (storage.audit.name, "Bucket of the audit"),
            "site_bucket": (storage.site.name, "Bucket of the site"),
            "log_bucket": (storage.logs.name, "Bucket of access logs"),
            "dashboard_url": (console, "Dashboard"),
            "topic_arn": (self.topic.arn, "Topic of alarms"),
        }
        if self.proxy is not None:
            values["proxy_endpoint"] = (self.proxy.endpoint, "Proxy of the database, for the application")
        Outputs(self, "outputs", context=context, values=values)


_BOOT: Final = 8192  # bytes: with ours and in base64 it has to fit into the 16 KB that an instance's script may have


def _judge_names(
    domain: str | None, zone: str | None, viewers: str | None, origins: str | None, origin: str | None
) -> tuple[str, str]:
    """The names of the platform and of its load balancer, if there are certificates for both.

    Raises:
        Refused: one is missing or malformed, or they contradict each other.
    """
    if domain is None:
        raise Refused("domain_name", domain, "give the name by which viewers know it, such as 'pay.example.com'")
    certificate.judge_domain("domain_name", domain)
    name = f"origin.{domain}" if origin is None else certificate.judge_domain("origin_domain_name", origin)
    if name == domain:
        raise Refused("origin_domain_name", name, "viewers come to domain_name; the load balancer needs another name")
    if zone is not None:
        if viewers is not None or origins is not None:
            raise Refused("hosted_zone_id", zone, "give either it, or certificate_arn and origin_certificate_arn")
        certificate.judge_zone("hosted_zone_id", zone)
        return domain, name
    for parameter, value in (("certificate_arn", viewers), ("origin_certificate_arn", origins)):
        if value is None:
            raise Refused(parameter, value, "give hosted_zone_id, or certificate_arn and origin_certificate_arn")
        certificate.judge_arn(parameter, value)
    if viewers is not None and f":acm:{EDGE_REGION}:" not in viewers:
        raise Refused("certificate_arn", viewers, f"CloudFront takes certificates of {EDGE_REGION} only")
    return domain, name
