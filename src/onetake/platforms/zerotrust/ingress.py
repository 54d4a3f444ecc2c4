"""How partners get in: by PrivateLink to an internal load balancer that asks for a certificate of theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs import (
    Bucket,
    CaBundle,
    KmsKey,
    LoadBalancer,
    SecurityGroup,
    WebAcl,
    declare,
)
from onetake.platforms.context import Context
from onetake.platforms.parameters import text
from onetake.platforms.refusals import Refused
from onetake.platforms.zerotrust.network import InspectedNetwork

ALL_PARTNERS: Final = 600_000
"""Requests in five minutes that all partners together may send."""
_PRINCIPAL: Final = re.compile(r"arn:aws(-cn|-us-gov)?:iam::\d{12}:(root|(role|user)/[\w+=,.@/-]+)")
_CERTIFICATES: Final = re.compile(
    r"\s*(-----BEGIN CERTIFICATE-----\s[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*)+", re.ASCII
)


def partners(parameter: str, given: object) -> tuple[str, ...]:
    """Accounts, roles or users that may connect an endpoint, by ARN.

    Raises:
        Refused: it is no list of such ARNs.
    """
    if isinstance(given, str) or not isinstance(given, Sequence):
        raise Refused(parameter, given, "it has to be a list of ARNs")
    allowed = "it has to be the ARN of an account's root, a role or a user"
    return tuple(text(parameter, one, _PRINCIPAL, allowed) for one in given)


def authorities(parameter: str, given: object, *, private: bool) -> str | None:
    """Certificates of the authorities that sign partners' certificates, in PEM.

    Raises:
        Refused: there are none, there are some besides an authority of the platform's own, or it is not PEM.
    """
    if private:
        if given is not None:
            raise Refused(parameter, given, "with private_ca=True, the platform's own authority is the only one")
        return None
    if given is None:
        raise Refused(parameter, given, "mutual TLS needs the PEM of the authorities of partners, or private_ca=True")
    return text(parameter, given, _CERTIFICATES, "it has to be certificates in PEM, and nothing besides")


class Ingress(Construct):
    """The load balancer that verifies certificates of clients, its web ACL, and the endpoint service before it.

    Args:
        network: where it stands.
        logs: takes access and connection logs.
        artifacts_key: encrypts the authorities' certificates.
        logs_key: encrypts the log of the web ACL.
        certificate_arn: what it shows to clients.
        ca: certificates of the authorities of clients; an authority of its own if None.
        principals: who may connect an endpoint; each connection still has to be accepted.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        network: InspectedNetwork,
        logs: Bucket,
        artifacts_key: KmsKey,
        logs_key: KmsKey,
        certificate_arn: str,
        ca: str | None,
        principals: Sequence[str],
    ) -> None:
        super().__init__(scope, name)
        self._context = context
        self._network = network
        self.front = self._group("front", "partners", "Where endpoints of partners arrive")
        self.group = self._group("balancer", "balancer", "The load balancer that verifies certificates of clients")
        # Port 80 answers with a redirect: how the front knows that it lives, since it has no certificate to show.
        for port, why in ((443, "Partners"), (80, "Health, told by the redirect")):
            self.front.reach(f"balancer_{port}", port=port, peer=self.group, description=why)
            self.group.admit(f"front_{port}", port=port, peer=self.front, description=why)
        self.balancer = LoadBalancer(
            self,
            "balancer",
            context=context,
            component="mtls",
            network=network,
            group=self.group,
            logs=logs,
            certificate_arn=certificate_arn,
            internal=True,
            ca_bundle=self._bundle(ca, artifacts_key, logs),
        )
        # All who come by PrivateLink show the address of the front: what one may send is decided for all together.
        self.acl = WebAcl(
            self, "web", context=context, component="web", key=logs_key, requests=ALL_PARTNERS, logged=True
        )
        self.balancer.protect(self.acl)
        self._build_front(principals)

    def _group(self, name: str, component: str, description: str) -> SecurityGroup:
        return SecurityGroup(
            self,
            f"{name}_group",
            context=self._context,
            component=component,
            description=description,
            vpc_id=self._network.id,
        )

    def _bundle(self, ca: str | None, key: KmsKey, logs: Bucket) -> CaBundle:
        """The authorities' certificates, in a bucket, as the load balancer reads them."""
        self.authorities = Bucket(
            self,
            "authorities",
            context=self._context,
            component="authorities",
            kind="artifact",
            key=key,
            logs=logs,
        )
        written = declare(
            self,
            "aws_s3_object",
            "authorities_pem",
            bucket=self.authorities.id,
            key="clients.pem",
            content=ca if ca is not None else self._authority(),
            content_type="application/x-pem-file",
            depends_on=[self.authorities.policy, self.authorities.versioning],
        )
        return CaBundle(bucket=self.authorities.id, key=written.key, version=written.version_id)

    def _authority(self) -> str:
        """The certificate of an authority of the platform's own, which signs partners' certificates."""
        context = self._context
        authority = declare(
            self,
            "aws_acmpca_certificate_authority",
            "authority",
            type="ROOT",
            key_storage_security_standard="FIPS_140_2_LEVEL_3_OR_HIGHER",
            permanent_deletion_time_in_days=30 if context.profile.protected else 7,
            certificate_authority_configuration={
                "key_algorithm": "EC_prime256v1",
                "signing_algorithm": "SHA256WITHECDSA",
                "subject": {"common_name": context.names.of("clients"), "organization": "onetake"},
            },
        )
        certificate = declare(
            self,
            "aws_acmpca_certificate",
            "authority",
            certificate_authority_arn=authority.arn,
            certificate_signing_request=authority.certificate_signing_request,
            signing_algorithm="SHA256WITHECDSA",
            template_arn=f"arn:{context.partition}:acm-pca:::template/RootCACertificate/V1",
            validity={"type": "YEARS", "value": "10"},
        )
        declare(
            self,
            "aws_acmpca_certificate_authority_certificate",
            "authority",
            certificate_authority_arn=authority.arn,
            certificate=certificate.certificate,
            certificate_chain=certificate.certificate_chain,
        )
        pem: str = certificate.certificate
        return pem

    def _build_front(self, principals: Sequence[str]) -> None:
        """PrivateLink ends at a network load balancer, which hands TLS on as it is."""
        context, network = self._context, self._network
        protected = context.profile.protected
        front = declare(
            self,
            "aws_lb",
            "front",
            name=context.names.of("front", "load balancer"),
            load_balancer_type="network",
            internal=True,
            subnets=network.subnet_ids("app"),
            security_groups=[self.front.id],
            # Who arrives by PrivateLink was admitted by name and accepted; its address says nothing about it.
            enforce_security_group_inbound_rules_on_private_link_traffic="off",
            enable_cross_zone_load_balancing=True,
            enable_deletion_protection=protected,
        )
        group = declare(
            self,
            "aws_lb_target_group",
            "front",
            name=context.names.of("front", "target group"),
            vpc_id=network.id,
            port=443,
            protocol="TCP",
            target_type="alb",
            health_check={"protocol": "HTTP", "port": "80", "path": "/", "matcher": "200-399"},
        )
        declare(
            self,
            "aws_lb_target_group_attachment",
            "front",
            target_group_arn=group.arn,
            target_id=self.balancer.arn,
            port=443,
            # A load balancer can be a target once it listens on that port.
            depends_on=[self.balancer.listener, self.balancer.redirect],
        )
        declare(
            self,
            "aws_lb_listener",
            "front",
            load_balancer_arn=front.arn,
            port=443,
            protocol="TCP",
            default_action=[{"type": "forward", "target_group_arn": group.arn}],
        )
        self.service: Any = declare(
            self,
            "aws_vpc_endpoint_service",
            "service",
            acceptance_required=True,
            network_load_balancer_arns=[front.arn],
            allowed_principals=sorted(principals) or None,
            tags={"Name": context.names.of("partners")},
        )
