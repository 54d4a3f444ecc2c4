"""The load balancer: it answers CloudFront, by a header that only ours knows, and nobody else."""

from __future__ import annotations

from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs import (
    Bucket,
    Certificate,
    KmsKey,
    LoadBalancer,
    Network,
    SecurityGroup,
    WebAcl,
    declare,
)
from onetake.platforms.context import Context

HEADER: Final = "x-origin-token"
APPLICATION_PORT: Final = 8443


class Entry(Construct):
    """The load balancer, its firewall, and the secret by which it knows CloudFront.

    The secret is made while Terraform runs and kept in Secrets Manager. CloudFront and the rule of the load balancer
    take it as an ordinary argument, so that it is in the state, marked as sensitive; nothing of it is in the program or
    in a plan that is shown. It only opens the load balancer to other distributions of CloudFront, never to the world.

    Args:
        network: it stands in the public subnets.
        logs: takes its access logs.
        secrets_key: encrypts the secret.
        logs_key: encrypts the firewall's log.
        origin_domain: the name by which CloudFront calls it; its certificate is for that name.
        certificate_arn: that certificate; issued if not given.
        hosted_zone_id: the zone that holds the name; None if its record is made elsewhere.
        secret_version: raise it for a new secret.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        network: Network,
        logs: Bucket,
        secrets_key: KmsKey,
        logs_key: KmsKey,
        origin_domain: str,
        certificate_arn: str | None,
        hosted_zone_id: str | None,
        secret_version: int,
    ) -> None:
        super().__init__(scope, name)
        self._context = context
        if hosted_zone_id is not None:
            certificate_arn = Certificate(
                self, "certificate", context=context, domain_name=origin_domain, hosted_zone_id=hosted_zone_id
            ).arn
        self.certificate_arn: str = str(certificate_arn)
        self.group = SecurityGroup(
            self,
            "group",
            context=context,
            component="balancer",
            description="Load balancer; admits CloudFront",
            vpc_id=network.id,
        )
        places = self._add("data.aws_ec2_managed_prefix_list", "cloudfront", name=_PLACES)
        # The list counts as 55 of the 60 rules that a group may have: there is room for one port, the encrypted one.
        self.group.admit("cloudfront", port=443, prefix_list=places.id, description="CloudFront, on its way to us")
        self.balancer = LoadBalancer(
            self,
            "balancer",
            context=context,
            component="balancer",
            network=network,
            group=self.group,
            logs=logs,
            certificate_arn=self.certificate_arn,
        )
        self.acl = WebAcl(self, "web", context=context, component="balancer", key=logs_key, behind_proxy=True)
        self.balancer.protect(self.acl)
        self.secret = self._make_secret(secrets_key, secret_version)
        self.targets = self.balancer.target_group(
            "app", port=APPLICATION_PORT, target_type="instance", health_path="/health", deregistration_delay=60
        )
        self.rule = self.balancer.forward("cloudfront", to=self.targets, priority=10, headers={HEADER: [self.secret]})
        if hosted_zone_id is not None:
            self._add(
                "aws_route53_record",
                "origin",
                zone_id=hosted_zone_id,
                name=origin_domain,
                type="A",
                alias={
                    "name": self.balancer.dns_name,
                    "zone_id": self.balancer.zone_id,
                    "evaluate_target_health": True,
                },
            )

    def _add(self, kind: str, name: str, /, **arguments: Any) -> Any:
        return declare(self, kind, name, provider=self._context.provider, **arguments)

    def _make_secret(self, key: KmsKey, version: int) -> str:
        context = self._context
        made = declare(
            self,
            "ephemeral.aws_secretsmanager_random_password",
            "token",
            password_length=48,
            exclude_punctuation=True,
            include_space=False,
        ).random_password
        secret = self._add(
            "aws_secretsmanager_secret",
            "secret",
            name=context.names.slashed("origin", "token", kind="secret"),
            description="Header by which the load balancer knows CloudFront",
            kms_key_id=key.arn,
            recovery_window_in_days=context.profile.secret_recovery_window,
            lifecycle=context.keep,
        )
        value = self._add(
            "aws_secretsmanager_secret_version",
            "secret_value",
            secret_id=secret.id,
            secret_string_wo=made,
            secret_string_wo_version=version,
        )
        read = self._add(
            "data.aws_secretsmanager_secret_version",
            "secret_read",
            secret_id=secret.id,
            version_id=value.version_id,
        )
        text: str = read.secret_string
        return text


_PLACES: Final = "com.amazonaws.global.cloudfront.origin-facing"
