"""A network in which nothing reaches the internet but through the firewall, or nothing does at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal

from constructs import Construct

from onetake.platforms.constructs import KmsKey, Network
from onetake.platforms.constructs.network import Tier
from onetake.platforms.context import Context

EgressMode = Literal["inspected", "none"]
EGRESS_MODES: Final[tuple[EgressMode, ...]] = ("inspected", "none")

_ANYWHERE: Final = "0.0.0.0/0"
_ANSWERS: Final = (1024, 65_535)
_LATTICE: Final = "169.254.171.0/24"
"""From where VPC Lattice calls tasks, in every VPC and region: link-local, and so none of the network's addresses."""
_INSIDE: Final[tuple[Tier, ...]] = ("app", "data", "endpoints")


class InspectedNetwork(Network):
    """A VPC with application, data and endpoint subnets; inspected, it also has firewall subnets and NAT gateways.

    The way out of a zone is: application subnet, firewall endpoint of that zone, NAT gateway, internet. What comes back
    is sent from the NAT gateway's subnet to the same firewall endpoint, which saw the connection begin. Where there are
    fewer firewall endpoints than zones, zones share one, in both directions.

    Args:
        cidr: its addresses, a /16.
        key: encrypts the flow logs.
        egress: ``inspected``, or ``none``, which has neither internet gateway nor NAT gateways.
    """

    def __init__(
        self, scope: Construct, name: str, *, context: Context, cidr: str, key: KmsKey, egress: EgressMode
    ) -> None:
        tiers: tuple[Tier, ...] = ("public", *_INSIDE, "firewall") if egress == "inspected" else _INSIDE
        self._tables: dict[str, list[Any]] = {}
        super().__init__(scope, name, context=context, cidr=cidr, key=key, tiers=tiers)
        self._guard_subnets()

    def _route(self) -> None:
        zones = range(self._context.profile.availability_zones)
        if "public" in self.subnets:
            named = {"Name": self._context.names.of("internet")}
            self.internet = self._add("aws_internet_gateway", "internet", vpc_id=self.id, tags=named)
            self.nat_gateways = [self._nat(zone, self.internet) for zone in range(self._context.profile.nat_gateways)]
        for tier in self.subnets:
            self._tables[tier] = [self._table(f"{tier}_{zone}") for zone in zones]
            self._associate(tier, self._tables[tier])
        for zone, table in enumerate(self._tables.get("public", ())):
            self._route_to(f"public_{zone}_internet", table, _ANYWHERE, gateway_id=self.internet.id)

    def _gateway_endpoints(self) -> None:
        """They have policies here, and are made with the other endpoints."""

    def inspect(self, endpoints: Sequence[str]) -> None:
        """Send what leaves through firewall endpoints, and what comes back.

        Args:
            endpoints: references to the ids of the firewall's endpoints, zone by zone.
        """
        for zone, subnet in enumerate(self.subnets["app"]):
            place = zone % len(endpoints)
            way_out = place % len(self.nat_gateways)
            self.ways_out.append(
                self._route_to(
                    f"app_{zone}_firewall", self._tables["app"][zone], _ANYWHERE, vpc_endpoint_id=endpoints[place]
                )
            )
            # More specific than the route to the network itself, which would pass the firewall by.
            self._route_to(
                f"public_{way_out}_back_{zone}",
                self._tables["public"][way_out],
                subnet.cidr_block,
                vpc_endpoint_id=endpoints[place],
            )
        for place in range(len(endpoints)):
            gateway = self.nat_gateways[place % len(self.nat_gateways)]
            table = self._tables["firewall"][place]
            self._route_to(f"firewall_{place}_nat", table, _ANYWHERE, nat_gateway_id=gateway.id)

    def tables(self, *tiers: str) -> list[str]:
        """References to the ids of the route tables of tiers."""
        return [table.id for tier in tiers for table in self._tables[tier]]

    def _route_to(self, name: str, table: Any, destination: str, **target: Any) -> Any:
        return self._add("aws_route", name, route_table_id=table.id, destination_cidr_block=destination, **target)

    def _guard_subnets(self) -> None:
        """Lists for the subnets of applications, data and endpoints: a second fence behind the security groups."""
        # S3 and DynamoDB are reached by their public addresses, through gateway endpoints. Port 80 is that of the load
        # balancer's redirect, by which the one before it knows that it lives.
        self._acl(
            "app",
            inward=[(self.cidr, (80, 65_535)), (_ANYWHERE, _ANSWERS)],
            outward=[(_ANYWHERE, (443, 443)), (self.cidr, (80, 65_535)), (_LATTICE, _ANSWERS)],
        )
        self._acl("data", inward=[(_ANYWHERE, _ANSWERS)], outward=[(_ANYWHERE, (443, 443))])
        self._acl("endpoints", inward=[(self.cidr, (443, 443))], outward=[(self.cidr, _ANSWERS)])

    def _acl(
        self, tier: Tier, *, inward: list[tuple[str, tuple[int, int]]], outward: list[tuple[str, tuple[int, int]]]
    ) -> None:
        named = {"Name": self._context.names.of(tier)}
        acl = self._add("aws_network_acl", tier, vpc_id=self.id, subnet_ids=self.subnet_ids(tier), tags=named)
        for way, rules in (("in", inward), ("out", outward)):
            for number, (block, (first, last)) in enumerate(rules):
                self._add(
                    "aws_network_acl_rule",
                    f"{tier}_{way}_{number}",
                    network_acl_id=acl.id,
                    egress=way == "out",
                    rule_number=100 + 10 * number,
                    rule_action="allow",
                    protocol="tcp",
                    cidr_block=block,
                    from_port=first,
                    to_port=last,
                )
