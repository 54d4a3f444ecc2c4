"""Certificates that exist already, or are issued for a name in a hosted zone."""

from __future__ import annotations

import re
from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs.declaring import OWN, declare
from onetake.platforms.context import Context
from onetake.platforms.parameters import Environment, text
from onetake.platforms.refusals import Refused

_ARN: Final = re.compile(r"arn:aws(-cn|-us-gov)?:acm:[a-z0-9-]+:\d{12}:certificate/[\w-]+")
_DOMAIN: Final = re.compile(r"(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_ZONE: Final = re.compile(r"Z[A-Z0-9]{4,31}")


def judge(
    environment: Environment, certificate_arn: str | None, domain_name: str | None, hosted_zone_id: str | None
) -> None:
    """Whether these parameters name one certificate.

    Raises:
        Refused: one is malformed, they contradict each other, or prod has none.
    """
    if certificate_arn is not None:
        judge_arn("certificate_arn", certificate_arn)
        if domain_name is not None or hosted_zone_id is not None:
            raise Refused("certificate_arn", certificate_arn, "give either it, or domain_name and hosted_zone_id")
        return
    if domain_name is None and hosted_zone_id is None:
        if environment == "prod":
            raise Refused("certificate_arn", None, "prod needs it, or domain_name and hosted_zone_id")
        return
    judge_domain("domain_name", domain_name)
    judge_zone("hosted_zone_id", hosted_zone_id)


def judge_arn(parameter: str, value: object) -> str:
    """The ARN of a certificate."""
    return text(parameter, value, _ARN, "it has to be the ARN of a certificate")


def judge_domain(parameter: str, value: object) -> str:
    """A domain name."""
    return text(parameter, value, _DOMAIN, "it has to be a domain name such as 'pay.example.com'")


def judge_zone(parameter: str, value: object) -> str:
    """The id of a hosted zone."""
    return text(parameter, value, _ZONE, "it has to be the id of a hosted zone, such as 'Z0123456789ABC'")


class Certificate(Construct):
    """A certificate for a name, validated by a record in the name's hosted zone.

    Args:
        domain_name: whom it is for.
        hosted_zone_id: the zone that holds the name.
        beside: the certificate of another region for the same name: AWS asks for the same record, which that one has.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        domain_name: str,
        hosted_zone_id: str,
        beside: Certificate | None = None,
    ) -> None:
        super().__init__(scope, name)
        judge(context.environment, None, domain_name, hosted_zone_id)
        certificate = declare(
            self,
            "aws_acm_certificate",
            OWN,
            domain_name=domain_name,
            validation_method="DNS",
            lifecycle={"create_before_destroy": True},
            provider=context.provider,
        )
        # A set with one element, since there is one name.
        option = f"tolist(aws_acm_certificate.{certificate.friendly_unique_id}.domain_validation_options)[0]"
        self.record: Any = (
            beside.record
            if beside
            else declare(
                self,
                "aws_route53_record",
                "validation",
                zone_id=hosted_zone_id,
                name=f"${{{option}.resource_record_name}}",
                type=f"${{{option}.resource_record_type}}",
                records=[f"${{{option}.resource_record_value}}"],
                ttl=60,
                allow_overwrite=True,
            )
        )
        validation = declare(
            self,
            "aws_acm_certificate_validation",
            "validation",
            certificate_arn=certificate.arn,
            validation_record_fqdns=[self.record.fqdn],
            provider=context.provider,
        )
        self.arn: str = validation.certificate_arn
