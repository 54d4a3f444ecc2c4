"""What leaves is looked at: by name when it is resolved, and by name again when it connects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs import OWN, KmsKey, LogGroup, declare
from onetake.platforms.context import Context
from onetake.platforms.parameters import text
from onetake.platforms.refusals import Refused
from onetake.platforms.zerotrust.network import InspectedNetwork

_DOMAIN: Final = re.compile(r"\.?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


def domains(parameter: str, given: object) -> tuple[str, ...]:
    """Names that may be reached, each alone, or with everything below it where it begins with a dot.

    Raises:
        Refused: it is no list of such names.
    """
    if isinstance(given, str) or not isinstance(given, Sequence):
        raise Refused(parameter, given, "it has to be a list of domain names")
    allowed = "it has to be a domain name such as 'api.example.com', or '.example.com' for all below it"
    return tuple(text(parameter, one, _DOMAIN, allowed) for one in given)


class Firewall(Construct):
    """A Network Firewall that lets out TLS connections to names on a list, and tells of all others.

    Args:
        network: whose traffic it sees; its routes are set here.
        key: encrypts the logs.
        names: that may be reached.
        zones: in how many it has an endpoint.
        delivery: what lets AWS deliver to log groups.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        network: InspectedNetwork,
        key: KmsKey,
        names: Sequence[str],
        zones: int,
        delivery: Any,
    ) -> None:
        super().__init__(scope, name)
        self._context = context
        protected = context.profile.protected
        subnets = network.subnets["firewall"][:zones]
        self.firewall = declare(
            self,
            "aws_networkfirewall_firewall",
            OWN,
            name=context.names.of("egress"),
            description="What leaves the network",
            vpc_id=network.id,
            firewall_policy_arn=self._policy(names).arn,
            subnet_mapping=[{"subnet_id": subnet.id} for subnet in subnets],
            delete_protection=protected,
            subnet_change_protection=protected,
            firewall_policy_change_protection=protected,
        )
        self.arn: str = self.firewall.arn
        self._log(key, delivery)
        network.inspect([self._endpoint(subnet) for subnet in subnets])

    def _policy(self, names: Sequence[str]) -> Any:
        group = declare(
            self,
            "aws_networkfirewall_rule_group",
            "names",
            name=self._context.names.of("egress-names"),
            description="Names that may be reached",
            type="STATEFUL",
            capacity=100,
            rule_group={
                "stateful_rule_options": {"rule_order": "STRICT_ORDER"},
                "rules_source": {
                    "rules_source_list": {
                        "generated_rules_type": "ALLOWLIST",
                        "target_types": ["TLS_SNI"],
                        "targets": list(names),
                    }
                },
            },
        )
        return declare(
            self,
            "aws_networkfirewall_firewall_policy",
            "policy",
            name=self._context.names.of("egress"),
            description="Everything is dropped that no rule lets pass",
            firewall_policy={
                "stateless_default_actions": ["aws:forward_to_sfe"],
                "stateless_fragment_default_actions": ["aws:forward_to_sfe"],
                "stateful_default_actions": ["aws:drop_established", "aws:alert_established"],
                "stateful_engine_options": {"rule_order": "STRICT_ORDER", "stream_exception_policy": "DROP"},
                "stateful_rule_group_reference": [{"resource_arn": group.arn, "priority": 1}],
            },
        )

    def _log(self, key: KmsKey, delivery: Any) -> None:
        context = self._context
        self.logs = {
            kind: LogGroup(self, f"{kind}_log", context=context, group=context.names.path("firewall", kind), key=key)
            for kind in ("alert", "flow")
        }
        declare(
            self,
            "aws_networkfirewall_logging_configuration",
            "logging",
            firewall_arn=self.arn,
            logging_configuration={
                "log_destination_config": [
                    {
                        "log_type": kind.upper(),
                        "log_destination_type": "CloudWatchLogs",
                        "log_destination": {"logGroup": group.name},
                    }
                    for kind, group in self.logs.items()
                ]
            },
            depends_on=[delivery],
        )

    def _endpoint(self, subnet: Any) -> str:
        """A reference to the firewall's endpoint in a subnet: they are a set, in no order."""
        states = f"aws_networkfirewall_firewall.{self.firewall.friendly_unique_id}.firewall_status[0].sync_states"
        wanted = f"aws_subnet.{subnet.friendly_unique_id}.id"
        attachment = "one(state.attachment)"
        return f"${{one([for state in {states} : {attachment}.endpoint_id if {attachment}.subnet_id == {wanted}])}}"


class DnsFirewall(Construct):
    """Only names on a list, and names of AWS, are resolved; queries are logged, answers validated.

    Args:
        network: whose queries it sees.
        key: encrypts the log of queries.
        names: that may be resolved besides those of AWS.
        delivery: what lets AWS deliver to log groups.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        network: InspectedNetwork,
        key: KmsKey,
        names: Sequence[str],
        delivery: Any,
    ) -> None:
        super().__init__(scope, name)
        self._context = context
        self._network = network
        self._rules(names)
        # Where the firewall cannot answer, nothing is resolved.
        declare(
            self,
            "aws_route53_resolver_firewall_config",
            "closed",
            resource_id=network.id,
            firewall_fail_open="DISABLED",
        )
        declare(self, "aws_route53_resolver_dnssec_config", "dnssec", resource_id=network.id)
        self.log = LogGroup(self, "log", context=context, group=context.names.path("dns"), key=key)
        queries = declare(
            self,
            "aws_route53_resolver_query_log_config",
            "queries",
            name=context.names.of("queries"),
            destination_arn=self.log.arn,
            depends_on=[delivery],
        )
        declare(
            self,
            "aws_route53_resolver_query_log_config_association",
            "queries",
            resolver_query_log_config_id=queries.id,
            resource_id=network.id,
        )

    def _rules(self, names: Sequence[str]) -> None:
        context = self._context
        group = declare(self, "aws_route53_resolver_firewall_rule_group", "group", name=context.names.of("dns"))
        lists = {"allowed": sorted({*AWS_NAMES, *map(_resolved, names)}), "others": ["*"]}
        for priority, (kind, members) in enumerate(lists.items(), 1):
            listed = declare(
                self,
                "aws_route53_resolver_firewall_domain_list",
                kind,
                name=context.names.of(f"dns-{kind}"),
                domains=members,
            )
            blocks = kind == "others"
            declare(
                self,
                "aws_route53_resolver_firewall_rule",
                kind,
                name=context.names.of(f"dns-{kind}"),
                action="BLOCK" if blocks else "ALLOW",
                block_response="NXDOMAIN" if blocks else None,
                # An alias of an allowed name is allowed, whatever it points to: the firewall sees where it connects.
                firewall_domain_redirection_action=None if blocks else "TRUST_REDIRECTION_DOMAIN",
                firewall_domain_list_id=listed.id,
                firewall_rule_group_id=group.id,
                priority=priority,
            )
        declare(
            self,
            "aws_route53_resolver_firewall_rule_group_association",
            "network",
            name=context.names.of("dns"),
            firewall_rule_group_id=group.id,
            vpc_id=self._network.id,
            priority=101,
            mutation_protection="ENABLED" if context.profile.protected else "DISABLED",
        )


AWS_NAMES: Final = ("*.amazonaws.com", "*.api.aws", "*.on.aws")
"""Endpoints of AWS, registries of images, and services of Lattice, as the DNS firewall writes names."""


def _resolved(name: str) -> str:
    """A name as the DNS firewall writes it."""
    return f"*{name}" if name.startswith(".") else name
