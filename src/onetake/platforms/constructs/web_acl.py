"""Web ACLs whose rules grow with the environment."""

from __future__ import annotations

from typing import Any, Final, Literal

from constructs import Construct

from onetake.platforms.constructs.declaring import OWN, declare
from onetake.platforms.constructs.keys import KmsKey
from onetake.platforms.constructs.logs import LogGroup
from onetake.platforms.context import Context
from onetake.platforms.parameters import Environment, flag, whole

_ALWAYS: Final = {"common": "AWSManagedRulesCommonRuleSet", "bad-inputs": "AWSManagedRulesKnownBadInputsRuleSet"}
_STAGING: Final = {"injection": "AWSManagedRulesSQLiRuleSet", "reputation": "AWSManagedRulesAmazonIpReputationList"}
_PROD: Final = {"anonymous": "AWSManagedRulesAnonymousIpList"}
GROUPS: Final[dict[Environment, dict[str, str]]] = {
    "dev": _ALWAYS,
    "staging": _ALWAYS | _STAGING,
    "prod": _ALWAYS | _STAGING | _PROD,
}
"""AWS's managed rule groups, by environment."""


class WebAcl(Construct):
    """A web ACL with a limit on requests from one address and AWS's managed rules; in prod its decisions are logged.

    Args:
        component: part of its name.
        scope_of_acl: ``REGIONAL`` for load balancers, ``CLOUDFRONT`` for distributions, with a provider of us-east-1.
        key: encrypts the log group; its policy has to admit ``aws-waf-logs-*`` of this platform.
        requests: from one address in five minutes, at most.
        behind_proxy: whether requests come through CloudFront or another proxy of ours. Addresses are counted then as
            the proxy tells them (``X-Forwarded-For``); else the proxy itself would soon be the one that is blocked.
        logged: whether its decisions are logged; in prod only, if not given.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        component: str,
        key: KmsKey,
        scope_of_acl: Literal["REGIONAL", "CLOUDFRONT"] = "REGIONAL",
        requests: int = 2000,
        behind_proxy: bool = False,
        logged: bool | None = None,
    ) -> None:
        super().__init__(scope, name)
        whole("requests", requests, 10, 2_000_000_000)
        flag("behind_proxy", behind_proxy)
        named = context.names.of(component, "web ACL")
        groups = GROUPS[context.environment]
        self.acl = declare(
            self,
            "aws_wafv2_web_acl",
            OWN,
            name=named,
            description="Refuses floods and known attacks",
            scope=scope_of_acl,
            default_action={"allow": {}},
            visibility_config=_visible(named),
            rule=[
                _limit(requests, behind_proxy=behind_proxy),
                *(_managed(place, short, group) for place, (short, group) in enumerate(groups.items(), 1)),
            ],
            provider=context.provider,
        )
        self.arn: str = self.acl.arn
        if context.environment == "prod" if logged is None else logged:
            self._log(context, named, key)

    def _log(self, context: Context, named: str, key: KmsKey) -> None:
        # WAF delivers to log groups of such names only.
        name = context.names.checked(f"aws-waf-logs-{named}", "firewall log group")
        group = LogGroup(self, "log", context=context, group=name, key=key)
        declare(
            self,
            "aws_wafv2_web_acl_logging_configuration",
            "logging",
            resource_arn=self.arn,
            log_destination_configs=[group.arn],
            redacted_fields=[{"single_header": {"name": header}} for header in ("authorization", "cookie")],
            provider=context.provider,
        )


# The statements of rules are untyped in the bindings: they are written in Terraform's own spelling.
def _limit(requests: int, *, behind_proxy: bool) -> dict[str, Any]:
    counted: dict[str, Any] = {"limit": requests, "aggregate_key_type": "IP"}
    if behind_proxy:
        told = {"header_name": "X-Forwarded-For", "fallback_behavior": "MATCH"}
        counted = {"limit": requests, "aggregate_key_type": "FORWARDED_IP", "forwarded_ip_config": told}
    return {
        "name": "limit",
        "priority": 0,
        "action": {"block": {}},
        "statement": {"rate_based_statement": counted},
        "visibility_config": _visible("limit"),
    }


def _managed(priority: int, name: str, group: str) -> dict[str, Any]:
    return {
        "name": name,
        "priority": priority,
        "override_action": {"none": {}},
        "statement": {"managed_rule_group_statement": {"name": group, "vendor_name": "AWS"}},
        "visibility_config": _visible(name),
    }


def _visible(metric: str) -> dict[str, Any]:
    return {"cloudwatch_metrics_enabled": True, "sampled_requests_enabled": True, "metric_name": metric}
