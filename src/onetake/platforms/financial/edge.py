"""CloudFront: the one way in, with TLS to the viewer and to both origins."""

from __future__ import annotations

from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs import Bucket, Certificate, WebAcl, declare
from onetake.platforms.constructs.declaring import OWN
from onetake.platforms.context import Context
from onetake.platforms.financial.entry import HEADER, Entry
from onetake.platforms.financial.keys import Keys

ADDRESS: Final = "aws_cloudfront_distribution.edge"
"""Of the distribution: the policies of the site's bucket and key name it, and are made before it."""

# Policies that AWS manages, the same in every account.
_CACHING_OPTIMIZED: Final = "658327ea-f89d-4fab-a63d-7e88639e58f6"
_CACHING_DISABLED: Final = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
_ALL_BUT_HOST: Final = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
_TWO_YEARS: Final = 63_072_000  # seconds, as browsers' lists of HTTPS-only sites ask for
_CONTENT: Final = "default-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'"


class Edge(Construct):
    """The distribution, its firewall, headers and logs.

    The site's files come from a bucket that only this distribution reads; everything below ``/api/`` from the load
    balancer, by its own name, so that its certificate is verified.

    Args:
        home: the context of the platform's region; ``context`` is the one of us-east-1.
        keys: of the platform.
        site: the bucket of the site.
        logs: takes the access logs.
        entry: the load balancer.
        domain: the name that viewers know.
        origin_domain: the name of the load balancer.
        certificate_arn: the certificate for the domain, in us-east-1; issued if not given.
        hosted_zone_id: the zone that holds the name; None if its records are made elsewhere.
        price_class: which of CloudFront's places serve.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        home: Context,
        keys: Keys,
        site: Bucket,
        logs: Bucket,
        entry: Entry,
        domain: str,
        origin_domain: str,
        certificate_arn: str | None,
        hosted_zone_id: str | None,
        price_class: str,
    ) -> None:
        super().__init__(scope, name)
        self._context = context
        self._home = home
        if hosted_zone_id is not None:
            certificate_arn = Certificate(
                self, "certificate", context=context, domain_name=domain, hosted_zone_id=hosted_zone_id
            ).arn
        self.certificate_arn: str = str(certificate_arn)
        self.acl = WebAcl(
            self, "web", context=context, component="edge", key=keys.edge, scope_of_acl="CLOUDFRONT", requests=5000
        )
        headers = self._headers()
        control = self._global(
            "aws_cloudfront_origin_access_control",
            "site",
            name=home.names.of("site"),
            description="Signs what CloudFront reads of the site",
            origin_access_control_origin_type="s3",
            signing_behavior="always",
            signing_protocol="sigv4",
        )
        self.distribution = self._global(
            "aws_cloudfront_distribution",
            OWN,
            enabled=True,
            comment=home.names.of("edge"),
            aliases=[domain],
            http_version="http2and3",
            is_ipv6_enabled=True,
            default_root_object="index.html",
            price_class=price_class,
            web_acl_id=self.acl.arn,
            origin=[
                {
                    "origin_id": "site",
                    "domain_name": site.bucket.bucket_regional_domain_name,
                    "origin_access_control_id": control.id,
                },
                {
                    "origin_id": "api",
                    "domain_name": origin_domain,
                    "custom_header": [{"name": HEADER, "value": entry.secret}],
                    "custom_origin_config": {
                        "http_port": 80,
                        "https_port": 443,
                        "origin_protocol_policy": "https-only",
                        "origin_ssl_protocols": ["TLSv1.2"],
                    },
                },
            ],
            default_cache_behavior=_behavior("site", headers.id, cached=True),
            ordered_cache_behavior=[{"path_pattern": "/api/*"} | _behavior("api", headers.id, cached=False)],
            restrictions={"geo_restriction": {"restriction_type": "none"}},
            viewer_certificate={
                "acm_certificate_arn": self.certificate_arn,
                "ssl_support_method": "sni-only",
                "minimum_protocol_version": "TLSv1.2_2021",
            },
            # What it would answer without them is wrong, or not logged.
            depends_on=[entry.rule],
        )
        if f"aws_cloudfront_distribution.{self.distribution.friendly_unique_id}" != ADDRESS:
            raise AssertionError("policies name another distribution")
        self.domain_name: str = self.distribution.domain_name
        self._log(logs)
        if home.environment == "prod":
            self._global(
                "aws_cloudfront_monitoring_subscription",
                "metrics",
                distribution_id=self.distribution.id,
                monitoring_subscription={
                    "realtime_metrics_subscription_config": {"realtime_metrics_subscription_status": "Enabled"}
                },
            )
        if hosted_zone_id is not None:
            self._name(domain, hosted_zone_id)

    def _global(self, kind: str, name: str, /, **arguments: Any) -> Any:
        return declare(self, kind, name, provider=self._context.provider, **arguments)

    def _headers(self) -> Any:
        return self._global(
            "aws_cloudfront_response_headers_policy",
            "headers",
            name=self._home.names.of("headers"),
            comment="What browsers are told about security",
            security_headers_config={
                "strict_transport_security": {
                    "access_control_max_age_sec": _TWO_YEARS,
                    "include_subdomains": True,
                    "preload": True,
                    "override": True,
                },
                "content_security_policy": {"content_security_policy": _CONTENT, "override": True},
                "content_type_options": {"override": True},
                "frame_options": {"frame_option": "DENY", "override": True},
                "referrer_policy": {"referrer_policy": "same-origin", "override": True},
            },
        )

    def _log(self, logs: Bucket) -> None:
        names = self._home.names
        source = self._global(
            "aws_cloudwatch_log_delivery_source",
            "access",
            name=names.of("edge-access"),
            log_type="ACCESS_LOGS",
            resource_arn=self.distribution.arn,
        )
        destination = self._global(
            "aws_cloudwatch_log_delivery_destination",
            "access",
            name=names.of("edge-access"),
            output_format="json",
            delivery_destination_configuration=[{"destination_resource_arn": logs.arn}],
            depends_on=[logs.policy],
        )
        self._global(
            "aws_cloudwatch_log_delivery",
            "access",
            delivery_source_name=source.name,
            delivery_destination_arn=destination.arn,
        )

    def _name(self, domain: str, zone: str) -> None:
        for kind in ("A", "AAAA"):
            declare(
                self,
                "aws_route53_record",
                f"viewers_{kind.lower()}",
                zone_id=zone,
                name=domain,
                type=kind,
                alias={
                    "name": self.distribution.domain_name,
                    "zone_id": self.distribution.hosted_zone_id,
                    "evaluate_target_health": False,
                },
            )


def _behavior(origin: str, headers: str, *, cached: bool) -> dict[str, Any]:
    reading = ["GET", "HEAD", "OPTIONS"]
    return {
        "target_origin_id": origin,
        "viewer_protocol_policy": "redirect-to-https" if cached else "https-only",
        "allowed_methods": reading if cached else [*reading, "DELETE", "PATCH", "POST", "PUT"],
        "cached_methods": ["GET", "HEAD"],
        "cache_policy_id": _CACHING_OPTIMIZED if cached else _CACHING_DISABLED,
        # The load balancer is called by its own name; a viewer's host would not match its certificate.
        "origin_request_policy_id": None if cached else _ALL_BUT_HOST,
        "response_headers_policy_id": headers,
        "compress": True,
    }
