"""Application load balancers that speak TLS only, and refuse what no rule of theirs forwards."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Literal

from constructs import Construct

from onetake.model.records import record
from onetake.platforms.constructs.buckets import Bucket
from onetake.platforms.constructs.declaring import OWN, declare
from onetake.platforms.constructs.network import Network
from onetake.platforms.constructs.policies import Statement, statement
from onetake.platforms.constructs.security_groups import SecurityGroup
from onetake.platforms.constructs.web_acl import WebAcl
from onetake.platforms.context import Context
from onetake.platforms.parameters import chosen, flag, text, whole
from onetake.platforms.refusals import Refused

TLS_POLICY: Final = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
"""TLS 1.3 and 1.2, with forward secrecy and authenticated encryption only."""

Protocol = Literal["HTTP", "HTTPS"]
TargetType = Literal["instance", "ip"]
_PATH: Final = re.compile(r"/[\w./~-]*")
_MATCHER: Final = re.compile(r"\d{3}([,-]\d{3})*")


@record
class CaBundle:
    """The certificates of authorities that sign the certificates of clients, as a PEM file in a bucket.

    Attributes:
        bucket: its name.
        key: of the object.
        version: of the object; the current one if None.
    """

    bucket: str
    key: str
    version: str | None = None


def balancer_logs(context: Context) -> Callable[[str], list[Statement]]:
    """What a bucket of the kind ``logs`` has to admit, so that load balancers of this account write logs to it."""

    def statements(arn: str) -> list[Statement]:
        place = [f"{arn}/*/AWSLogs/{context.account}/*"]
        service = [context.service("logdelivery.elasticloadbalancing")]
        return [statement("BalancerLogs", ["s3:PutObject"], place, services=service)]

    return statements


class LoadBalancer(Construct):
    """A load balancer that answers on 443, redirects 80 there, and answers 403 to what no rule forwards.

    Args:
        component: part of its name.
        network: where it stands: in the public subnets, or in the application subnets if it is internal.
        group: its security group; who may connect is decided there.
        logs: takes its access logs, and its connection logs where clients show certificates; of the kind ``logs``, in
            the same region, with the statements of ``balancer_logs``.
        certificate_arn: its certificate, in the same region.
        internal: whether it is reached from inside the network only.
        ca_bundle: whose certificates clients have to show (mutual TLS); they need none if not given.
        tls_policy: the name of AWS's security policy.
        idle_timeout: seconds after which a connection without data is closed.

    Raises:
        Refused: the network lacks the tier it would stand in, or a parameter is wrong.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        component: str,
        network: Network,
        group: SecurityGroup,
        logs: Bucket,
        certificate_arn: str,
        internal: bool = False,
        ca_bundle: CaBundle | None = None,
        tls_policy: str = TLS_POLICY,
        idle_timeout: int = 60,
    ) -> None:
        super().__init__(scope, name)
        self._context = context
        self._component = component
        self._network = network
        tier: Literal["app", "public"] = "app" if flag("internal", internal) else "public"
        if tier not in network.subnets:
            raise Refused("network", network.cidr, f"it has no {tier} subnets for this load balancer")
        if not certificate_arn:
            raise Refused("certificate_arn", certificate_arn, "a load balancer that speaks TLS needs a certificate")
        if "TLS13" not in tls_policy:
            raise Refused("tls_policy", tls_policy, f"it has to offer TLS 1.3, such as {TLS_POLICY!r}")
        whole("idle_timeout", idle_timeout, 1, 4000)
        kept = {"bucket": logs.id, "enabled": True}
        self.balancer = self._add(
            "aws_lb",
            OWN,
            name=context.names.of(component, "load balancer"),
            load_balancer_type="application",
            internal=internal,
            subnets=network.subnet_ids(tier),
            security_groups=[group.id],
            drop_invalid_header_fields=True,
            enable_deletion_protection=context.profile.protected,
            idle_timeout=idle_timeout,
            access_logs=kept | {"prefix": component},
            connection_logs=kept | {"prefix": f"{component}-connections"} if ca_bundle else None,
            # Neither is referred to: a public one needs the gateway, and its first log is a test of the policy.
            depends_on=[one for one in (logs.policy, None if internal else network.internet) if one is not None],
        )
        self.arn: str = self.balancer.arn
        self.dns_name: str = self.balancer.dns_name
        self.zone_id: str = self.balancer.zone_id
        self.dimension: str = self.balancer.arn_suffix
        """What metrics call it."""
        self.target_groups: dict[str, Any] = {}
        self._listen(certificate_arn, tls_policy, ca_bundle)

    def _listen(self, certificate_arn: str, tls_policy: str, ca_bundle: CaBundle | None) -> None:
        self.redirect = self._add(
            "aws_lb_listener",
            "redirect",
            load_balancer_arn=self.arn,
            port=80,
            protocol="HTTP",
            default_action=[
                {"type": "redirect", "redirect": {"port": "443", "protocol": "HTTPS", "status_code": "HTTP_301"}}
            ],
        )
        self.trust_store: Any = None
        if ca_bundle is not None:
            self.trust_store = self._add(
                "aws_lb_trust_store",
                "trust_store",
                name=self._context.names.of(f"{self._component}-clients", "target group"),
                ca_certificates_bundle_s3_bucket=ca_bundle.bucket,
                ca_certificates_bundle_s3_key=ca_bundle.key,
                ca_certificates_bundle_s3_object_version=ca_bundle.version,
            )
        refusal = {"content_type": "text/plain", "status_code": "403", "message_body": "Forbidden"}
        self.listener = self._add(
            "aws_lb_listener",
            "https",
            load_balancer_arn=self.arn,
            port=443,
            protocol="HTTPS",
            ssl_policy=tls_policy,
            certificate_arn=certificate_arn,
            mutual_authentication={"mode": "verify", "trust_store_arn": self.trust_store.arn} if ca_bundle else None,
            default_action=[{"type": "fixed-response", "fixed_response": refusal}],
        )

    def _add(self, kind: str, name: str, /, **arguments: Any) -> Any:
        return declare(self, kind, name, provider=self._context.provider, **arguments)

    def target_group(
        self,
        name: str,
        *,
        port: int,
        protocol: Protocol = "HTTPS",
        target_type: TargetType = "ip",
        health_path: str = "/health",
        health_matcher: str = "200",
        deregistration_delay: int = 30,
        slow_start: int = 0,
    ) -> Any:
        """Whom requests are forwarded to.

        Args:
            name: part of its name, and its key in ``target_groups``.
            port: on which targets listen.
            protocol: ``HTTPS`` encrypts this hop too; the load balancer does not verify the targets' certificates.
            target_type: ``ip`` for tasks of Fargate, ``instance`` for an Auto Scaling group.
            health_path: what healthy targets answer.
            health_matcher: the status codes by which they do.
            deregistration_delay: seconds for which a target that leaves may finish what it has begun.
            slow_start: seconds over which a new target gets its full share; 0, or 30 to 900.
        """
        whole("port", port, 1, 65_535)
        chosen("protocol", protocol, ("HTTP", "HTTPS"))
        chosen("target_type", target_type, ("instance", "ip"))
        text("health_path", health_path, _PATH, "it has to be a path such as '/health'")
        text("health_matcher", health_matcher, _MATCHER, "it has to be status codes such as '200' or '200-299'")
        whole("deregistration_delay", deregistration_delay, 0, 3600)
        if slow_start:
            whole("slow_start", slow_start, 30, 900)
        made = self._add(
            "aws_lb_target_group",
            name.replace("-", "_"),
            name=self._context.names.of(name, "target group"),
            vpc_id=self._network.id,
            port=port,
            protocol=protocol,
            target_type=target_type,
            deregistration_delay=str(deregistration_delay),
            slow_start=slow_start or None,
            health_check={
                "enabled": True,
                "path": health_path,
                "matcher": health_matcher,
                "port": "traffic-port",
                "protocol": protocol,
                "interval": 15,
                "timeout": 5,
                "healthy_threshold": 2,
                "unhealthy_threshold": 3,
            },
        )
        self.target_groups[name] = made
        return made

    def forward(
        self,
        name: str,
        *,
        to: Any,
        priority: int,
        paths: Sequence[str] = (),
        hosts: Sequence[str] = (),
        headers: Mapping[str, Sequence[str]] | None = None,
    ) -> Any:
        """Forward the requests that match all that is given; every request if nothing is.

        Args:
            name: of the rule.
            to: a target group.
            priority: rules are tried from the lowest.
            paths: patterns of the path, of which one has to match.
            hosts: patterns of the host name.
            headers: by name, the values of which a header has to have one.

        Returns:
            The rule, on which a service whose targets are registered has to wait.
        """
        whole("priority", priority, 1, 50_000)
        conditions: list[dict[str, Any]] = [
            {"http_header": {"http_header_name": header, "values": list(values)}}
            for header, values in (headers or {}).items()
        ]
        if hosts:
            conditions.append({"host_header": {"values": list(hosts)}})
        if paths or not conditions:
            conditions.append({"path_pattern": {"values": list(paths) or ["/*"]}})
        return self._add(
            "aws_lb_listener_rule",
            name.replace("-", "_"),
            listener_arn=self.listener.arn,
            priority=priority,
            action=[{"type": "forward", "target_group_arn": to.arn}],
            condition=conditions,
        )

    def protect(self, acl: WebAcl) -> Any:
        """Let a web ACL judge every request first."""
        return self._add("aws_wafv2_web_acl_association", "web_acl", resource_arn=self.arn, web_acl_arn=acl.arn)
