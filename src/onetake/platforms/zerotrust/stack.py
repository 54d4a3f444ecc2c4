"""Zero-trust payment processing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from constructs import Construct

from onetake.platforms import parameters
from onetake.platforms.constructs import Certificate, LogGroup, Outputs, certificate, declare, document, statement
from onetake.platforms.parameters import Environment
from onetake.platforms.profiles import Overrides, Profile
from onetake.platforms.refusals import Refused
from onetake.platforms.stack import Platform, State
from onetake.platforms.zerotrust import ingress, inspection, services
from onetake.platforms.zerotrust.audit import Audit, Judges
from onetake.platforms.zerotrust.data import Data
from onetake.platforms.zerotrust.endpoints import Endpoints
from onetake.platforms.zerotrust.identity import Identity
from onetake.platforms.zerotrust.ingress import Ingress
from onetake.platforms.zerotrust.keys import Keys
from onetake.platforms.zerotrust.lattice import Lattice
from onetake.platforms.zerotrust.monitoring import Monitoring
from onetake.platforms.zerotrust.network import EGRESS_MODES, InspectedNetwork
from onetake.platforms.zerotrust.operations import Operations
from onetake.platforms.zerotrust.rotation import SigningKeys
from onetake.platforms.zerotrust.services import LOG_DAYS, Services

NAME: Final = "zero-trust-payments"
FIREWALL_ZONES: Final[Mapping[Environment, int]] = {"dev": 1, "staging": 2, "prod": 3}
"""In how many zones the firewall has an endpoint: each costs as much as everything else in a zone of dev."""


class ZeroTrustPayments(Platform):
    """Payment processing in which every hop authenticates, encrypts and is logged, and no place is trusted.

    Args:
        scope: the app.
        environment_suffix: in the name of every resource: 2 to 12 lower-case letters, digits and hyphens.
        environment: ``dev``, ``staging`` or ``prod``; derived from the suffix if not given.
        aws_region: where it stands.
        state: where Terraform keeps its state; beside the program if not given.
        default_tags: more tags for everything.
        overrides: settings that differ from the environment's profile.
        alarm_email: where alarms go; prod needs one.
        manage_account_singletons: whether it creates what an account has once: AWS Config, Security Hub, GuardDuty,
            Inspector, Macie; the security baseline does where there is one.
        egress_mode: ``inspected`` lets services out through the firewall to names on a list, ``none`` has no way to the
            internet at all; prod has to choose, others are inspected.
        allowed_domains: names that may be reached where egress is inspected, ``.example.com`` for all below it.
        firewall_zones: in how many zones the firewall has an endpoint; as the environment has it if not given.
        client_ca: PEM of the authorities that sign partners' certificates.
        private_ca: in prod, whether the platform has an authority of its own instead.
        partner_principals: ARNs of accounts, roles or users that may connect an endpoint.
        certificate_arn: the certificate that partners see; it, or the next two, are needed.
        domain_name: for which a certificate is issued.
        hosted_zone_id: the zone of that name.
        image_tag: of the images of all services; without it no task is started, so that images can be pushed first.
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
        egress_mode: Literal["inspected", "none"] | None = None,
        allowed_domains: Sequence[str] = (".amazonaws.com",),
        firewall_zones: int | None = None,
        client_ca: str | None = None,
        private_ca: bool = False,
        partner_principals: Sequence[str] = (),
        certificate_arn: str | None = None,
        domain_name: str | None = None,
        hosted_zone_id: str | None = None,
        image_tag: str | None = None,
        vpc_cidr: str = "10.60.0.0/16",
    ) -> None:
        chosen = parameters.environment(environment, parameters.suffix(environment_suffix))
        egress = _egress(chosen, egress_mode)
        names = inspection.domains("allowed_domains", allowed_domains)
        if egress == "inspected" and not names:
            raise Refused("allowed_domains", allowed_domains, "where nothing may be reached, egress_mode is 'none'")
        if parameters.flag("private_ca", private_ca) and chosen != "prod":
            raise Refused("private_ca", private_ca, f"an authority costs 400 USD a month; {chosen} takes client_ca")
        ca = ingress.authorities("client_ca", client_ca, private=private_ca)
        principals = ingress.partners("partner_principals", partner_principals)
        certificate.judge("prod", certificate_arn, domain_name, hosted_zone_id)
        tag = services.tag("image_tag", image_tag)
        super().__init__(
            scope,
            prefix="ztp",
            title=NAME,
            data_class="restricted",
            environment_suffix=environment_suffix,
            environment=environment,
            aws_region=aws_region,
            state=state,
            default_tags=default_tags,
            overrides=overrides,
            alarm_email=alarm_email,
            manage_account_singletons=manage_account_singletons,
        )
        zones = self.context.profile.availability_zones
        _judge_ways(self.context.profile, egress)
        wanted = min(FIREWALL_ZONES[chosen], zones) if firewall_zones is None else firewall_zones
        parameters.whole("firewall_zones", wanted, 1, zones)
        self.identity = Identity(self, "identity", context=self.context)
        # From here on every role has the boundary.
        self.context = self.identity.context
        trail = self.context.names.of("trail", "trail")
        self.keys = Keys(
            self, "keys", context=self.context, trail=trail, administrator=self.identity.key_administrator.arn
        )
        self._build_network(vpc_cidr, egress, names, wanted)
        self.data = Data(
            self,
            "data",
            context=self.context,
            keys=self.keys,
            trail_arn=self.context.arn("cloudtrail", f"trail/{trail}"),
        )
        self.audit = Audit(self, "audit", context=self.context, trail=trail, keys=self.keys, data=self.data)
        self._build_ingress(certificate_arn, domain_name, hosted_zone_id, ca, principals)
        self._build_services(tag)
        self.operations = Operations(self, "operations", context=self.context, key=self.keys.logs)
        if self.manages_singletons:
            Judges(
                self,
                "judges",
                context=self.context,
                keys=self.keys,
                logs=self.data.logs,
                files=self.data.files,
            )
        self._build_monitoring()
        self._build_outputs()

    def _build_network(self, cidr: str, egress: str, names: Sequence[str], zones: int) -> None:
        context, key = self.context, self.keys.logs
        self.network = InspectedNetwork(
            self,
            "network",
            context=context,
            cidr=cidr,
            key=key,
            egress="inspected" if egress == "inspected" else "none",
        )
        self.delivery = self._admit_deliveries()
        self.firewall: inspection.Firewall | None = None
        if egress == "inspected":
            self.firewall = inspection.Firewall(
                self,
                "firewall",
                context=context,
                network=self.network,
                key=key,
                names=names,
                zones=zones,
                delivery=self.delivery,
            )
        self.dns = inspection.DnsFirewall(
            self,
            "dns",
            context=context,
            network=self.network,
            key=key,
            names=names if egress == "inspected" else (),
            delivery=self.delivery,
        )
        self.endpoints = Endpoints(self, "endpoints", context=context, network=self.network)

    def _admit_deliveries(self) -> Any:
        """What the firewall, the resolver and Lattice log is delivered by AWS, which log groups have to admit."""
        context = self.context
        names = context.names
        return declare(
            self,
            "aws_cloudwatch_log_resource_policy",
            "deliveries",
            policy_name=names.of("deliveries", "policy"),
            policy_document=document(
                self,
                "deliveries_document",
                [
                    statement(
                        "Deliveries",
                        ["logs:CreateLogStream", "logs:PutLogEvents"],
                        [context.arn("logs", f"log-group:/{names.prefix}/{names.suffix}/*:log-stream:*")],
                        services=[context.service("delivery.logs")],
                        when=[("StringEquals", "aws:SourceAccount", [context.account])],
                    )
                ],
            ),
        )

    def _build_ingress(
        self,
        certificate_arn: str | None,
        domain_name: str | None,
        hosted_zone_id: str | None,
        ca: str | None,
        principals: Sequence[str],
    ) -> None:
        if domain_name is not None and hosted_zone_id is not None:
            certificate_arn = Certificate(
                self, "certificate", context=self.context, domain_name=domain_name, hosted_zone_id=hosted_zone_id
            ).arn
        self.ingress = Ingress(
            self,
            "ingress",
            context=self.context,
            network=self.network,
            logs=self.data.logs,
            artifacts_key=self.keys.artifacts,
            logs_key=self.keys.logs,
            certificate_arn=certificate_arn or "",
            ca=ca,
            principals=principals,
        )

    def _build_services(self, tag: str | None) -> None:
        context = self.context
        self.lattice = Lattice(
            self,
            "lattice",
            context=context,
            network=self.network,
            keys=self.keys,
            days=LOG_DAYS[context.environment],
            delivery=self.delivery,
        )
        self.signing = SigningKeys(
            self, "rotation", context=context, keys=self.keys, network=self.network, endpoints=self.endpoints
        )
        self.services = Services(
            self,
            "services",
            context=context,
            network=self.network,
            endpoints=self.endpoints,
            ingress=self.ingress,
            lattice=self.lattice,
            data=self.data,
            keys=self.keys,
            signing=self.signing,
            tag=tag,
        )

    def _build_monitoring(self) -> None:
        logs: dict[str, LogGroup] = {"calls": self.lattice.log, "dns": self.dns.log, "trail": self.audit.group}
        if self.firewall is not None:
            logs["firewall"] = self.firewall.logs["alert"]
        self.monitoring = Monitoring(
            self,
            "monitoring",
            context=self.context,
            key=self.keys.messaging,
            email=self.alarm_email,
            logs=logs,
            balancer=self.ingress.balancer.dimension,
            queues={"settlement": self.data.dead_letters, "rotation": self.signing.dead_letters},
            break_glass=self.identity.break_glass.name,
        )

    def _build_outputs(self) -> None:
        values: dict[str, tuple[str | list[str], str]] = {
            "partner_service_name": (self.ingress.service.service_name, "Endpoint service that partners connect to"),
            "balancer_dns_name": (self.ingress.balancer.dns_name, "Load balancer behind it"),
            "lattice_network_arn": (self.lattice.arn, "Service network"),
            "audit_bucket": (self.data.audit.name, "Bucket of the audit trail, under lock"),
            "vault_table": (self.data.vault.name, "Vault of tokens"),
            "settlements_queue": (self.data.settlements.url, "Captured payments that wait for settlement"),
            "topic_arn": (self.monitoring.topic.arn, "Topic of alarms and findings"),
            "boundary_arn": (self.identity.boundary_arn, "Boundary of every role"),
            "break_glass_role_arn": (self.identity.break_glass.arn, "Role for emergencies"),
            "key_administrator_role_arn": (self.identity.key_administrator.arn, "Role that administers keys"),
            "session_document": (self.operations.session.name, "Document for sessions of operators"),
            "vpc_id": (self.network.id, "Network"),
            "app_subnet_ids": (self.network.subnet_ids("app"), "Subnets of services"),
        }
        for domain, key in self.keys.by_domain.items():
            values[f"{domain}_key_arn"] = (key.arn, f"Key of the domain {domain}")
        for service, repository in self.services.repositories.items():
            values[f"{service}_repository"] = (repository.repository_url, f"Images of {service}")
        if self.firewall is not None:
            for kind, group in self.firewall.logs.items():
                values[f"firewall_{kind}_log"] = (group.name, f"Log group of the firewall: {kind}")
        Outputs(self, "outputs", context=self.context, values=values)


def _judge_ways(profile: Profile, egress: str) -> None:
    if egress == "inspected" and not profile.nat_gateways:
        told = "inspected egress leaves through NAT gateways; without any, egress_mode is 'none'"
        raise Refused("overrides['nat_gateways']", 0, told)
    if not profile.interface_endpoint_zones:
        raise Refused("overrides['interface_endpoint_zones']", 0, "tasks and functions reach AWS by nothing else")


def _egress(environment: Environment, given: object) -> str:
    if given is None:
        if environment == "prod":
            raise Refused("egress_mode", given, "prod has to choose 'inspected' or 'none'")
        return "inspected"
    return parameters.chosen("egress_mode", given, EGRESS_MODES)
