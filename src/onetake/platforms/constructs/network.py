"""Networks of up to three tiers: public, application and isolated data subnets in every zone."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from cdktn import Fn
from constructs import Construct

from onetake.platforms.constructs.declaring import OWN, declare
from onetake.platforms.constructs.keys import KmsKey
from onetake.platforms.constructs.logs import LogGroup
from onetake.platforms.constructs.policies import statement
from onetake.platforms.constructs.roles import Role
from onetake.platforms.constructs.security_groups import SecurityGroup
from onetake.platforms.context import Context
from onetake.platforms.refusals import Refused, one_of

Tier = Literal["public", "app", "data", "endpoints", "firewall"]
TIERS: Final[tuple[Tier, ...]] = ("public", "app", "data")

# Of a /16: most subnets are /24, application subnets /22 with room for tasks and pods; a firewall needs one address.
_FIRST: Final[Mapping[Tier, tuple[int, int]]] = {
    "public": (0, 24),
    "app": (32, 22),
    "data": (16, 24),
    "endpoints": (24, 24),
    "firewall": (28, 28),
}


class Network(Construct):
    """A VPC with emptied default security group, flow logs, and gateway endpoints for S3 and DynamoDB.

    Args:
        cidr: its addresses, a /16.
        key: encrypts the flow logs.
        tiers: which it has; without ``public`` there is no way to the internet at all.
        endpoints: services with interface endpoints, such as ``["ecr.api"]``, in as many zones as the profile says.
        subnet_tags: tags for the subnets of a tier.

    Raises:
        Refused: the block is not a /16, a tier is unknown, or nothing leads to the services with endpoints.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        cidr: str,
        key: KmsKey,
        tiers: Sequence[Tier] = TIERS,
        endpoints: Sequence[str] = (),
        subnet_tags: Mapping[Tier, Mapping[str, str]] | None = None,
    ) -> None:
        super().__init__(scope, name)
        self._context = context
        self._block = _block(cidr)
        for tier in tiers:
            if tier not in _FIRST:
                raise Refused("tiers", tier, one_of(_FIRST))
        self.cidr = cidr
        self.vpc = self._add(
            "aws_vpc",
            OWN,
            cidr_block=cidr,
            enable_dns_support=True,
            enable_dns_hostnames=True,
            tags={"Name": context.names.of("vpc")},
        )
        self.id: str = self.vpc.id
        # Without rules: what is put into no group of its own reaches nothing.
        self._add(
            "aws_default_security_group", "default_group", vpc_id=self.id, tags={"Name": context.names.of("none")}
        )
        self._zones = self._add(
            "data.aws_availability_zones",
            "zones",
            state="available",
            filter=[{"name": "opt-in-status", "values": ["opt-in-not-required"]}],
        )
        self.subnets: dict[Tier, list[Any]] = {
            tier: self._subnets(tier, dict((subnet_tags or {}).get(tier, {}))) for tier in _FIRST if tier in tiers
        }
        self.route_tables: list[Any] = []
        self.nat_gateways: list[Any] = []
        self.internet: Any = None
        """The internet gateway, on which a public load balancer has to wait; None without a public tier."""
        self.ways_out: list[Any] = []
        """The routes from application subnets to NAT gateways, on which what downloads has to wait."""
        self._route()
        self._log_flows(key)
        self._gateway_endpoints()
        self.endpoint_group: SecurityGroup | None = None
        if endpoints and context.profile.interface_endpoint_zones:
            self._interface_endpoints(endpoints)
        elif endpoints and not self.nat_gateways:
            told = "without interface endpoints it is the only way to AWS, from where images and secrets come"
            raise Refused("overrides['nat_gateways']", 0, told)

    def subnet_ids(self, tier: Tier) -> list[str]:
        """References to the ids of a tier's subnets, zone by zone."""
        return [subnet.id for subnet in self.subnets[tier]]

    def _add(self, kind: str, name: str, **arguments: Any) -> Any:
        return declare(self, kind, name, provider=self._context.provider, **arguments)

    def _subnets(self, tier: Tier, tags: dict[str, str]) -> list[Any]:
        first, length = _FIRST[tier]
        made = []
        for zone in range(self._context.profile.availability_zones):
            offset = (first << 8) + zone * (1 << (32 - length))
            made.append(
                self._add(
                    "aws_subnet",
                    f"{tier}_{zone}",
                    vpc_id=self.id,
                    cidr_block=f"{self._block.network_address + offset}/{length}",
                    availability_zone=Fn.element(self._zones.names, zone),
                    # Nothing gets a public address by itself: load balancers and gateways bring their own.
                    map_public_ip_on_launch=False,
                    tags={"Name": self._context.names.of(f"{tier}-{zone}"), "Tier": tier} | tags,
                )
            )
        return made

    def _route(self) -> None:
        gateway = None
        if "public" in self.subnets:
            named = {"Name": self._context.names.of("internet")}
            gateway = self.internet = self._add("aws_internet_gateway", "internet", vpc_id=self.id, tags=named)
            table = self._table("public")
            self._add(
                "aws_route",
                "public_internet",
                route_table_id=table.id,
                destination_cidr_block="0.0.0.0/0",
                gateway_id=gateway.id,
            )
            self._associate("public", [table] * len(self.subnets["public"]))
            self.nat_gateways = [self._nat(i, gateway) for i in range(self._context.profile.nat_gateways)]
        if "app" in self.subnets:
            self._route_app()
        if "data" in self.subnets:
            self._associate("data", [self._table("data")] * len(self.subnets["data"]))

    def _route_app(self) -> None:
        tables = [self._table(f"app_{zone}") for zone in range(len(self.subnets["app"]))]
        for zone, table in enumerate(tables):
            if self.nat_gateways:
                route = self._add(
                    "aws_route",
                    f"app_{zone}_nat",
                    route_table_id=table.id,
                    destination_cidr_block="0.0.0.0/0",
                    nat_gateway_id=self.nat_gateways[zone % len(self.nat_gateways)].id,
                )
                self.ways_out.append(route)
        self._associate("app", tables)

    def _table(self, name: str) -> Any:
        named = {"Name": self._context.names.of(name.replace("_", "-"))}
        table = self._add("aws_route_table", name, vpc_id=self.id, tags=named)
        self.route_tables.append(table)
        return table

    def _associate(self, tier: Tier, tables: Sequence[Any]) -> None:
        for zone, (subnet, table) in enumerate(zip(self.subnets[tier], tables, strict=True)):
            name = f"{tier}_{zone}"
            self._add("aws_route_table_association", name, subnet_id=subnet.id, route_table_id=table.id)

    def _nat(self, zone: int, gateway: Any) -> Any:
        named = {"Name": self._context.names.of(f"nat-{zone}")}
        address = self._add("aws_eip", f"nat_{zone}", domain="vpc", tags=named, depends_on=[gateway])
        return self._add(
            "aws_nat_gateway",
            f"nat_{zone}",
            allocation_id=address.id,
            subnet_id=self.subnets["public"][zone].id,
            tags=named,
            depends_on=[gateway],
        )

    def _log_flows(self, key: KmsKey) -> None:
        context = self._context
        group = LogGroup(
            self,
            "flows",
            context=context,
            group=context.names.path("flows"),
            key=key,
            days=context.profile.flow_log_retention,
        )
        role = Role(
            self,
            "flow_writer",
            context=context,
            component="flow-logs",
            description="Writes the flow logs of the network",
            services=["vpc-flow-logs"],
            allows={
                "write": [
                    statement(
                        "WriteFlows",
                        [
                            "logs:CreateLogStream",
                            "logs:PutLogEvents",
                            "logs:DescribeLogGroups",
                            "logs:DescribeLogStreams",
                        ],
                        [group.arn, f"{group.arn}:*"],
                    )
                ]
            },
        )
        self._add(
            "aws_flow_log",
            "flow_log",
            vpc_id=self.id,
            traffic_type="ALL",
            log_destination_type="cloud-watch-logs",
            log_destination=group.arn,
            iam_role_arn=role.arn,
            max_aggregation_interval=context.profile.flow_log_interval,
            tags={"Name": context.names.of("flows")},
            depends_on=role.grants,
        )

    def _gateway_endpoints(self) -> None:
        tables = [table.id for table in self.route_tables]
        for service in ("s3", "dynamodb"):
            self._add(
                "aws_vpc_endpoint",
                f"endpoint_{service}",
                vpc_id=self.id,
                service_name=f"com.amazonaws.{self._context.region}.{service}",
                vpc_endpoint_type="Gateway",
                route_table_ids=tables,
                tags={"Name": self._context.names.of(service)},
            )

    def _interface_endpoints(self, services: Sequence[str]) -> None:
        context = self._context
        self.endpoint_group = SecurityGroup(
            self,
            "endpoints",
            context=context,
            component="endpoints",
            description="Interface endpoints of AWS services",
            vpc_id=self.id,
        )
        # Whatever runs in the network may use them; each endpoint's service still asks for credentials.
        self.endpoint_group.admit("from_network", port=443, cidr=self.cidr, description="HTTPS from the network")
        subnets = self.subnet_ids("app")[: context.profile.interface_endpoint_zones]
        for service in services:
            self._add(
                "aws_vpc_endpoint",
                "endpoint_" + service.replace(".", "_"),
                vpc_id=self.id,
                service_name=f"com.amazonaws.{context.region}.{service}",
                vpc_endpoint_type="Interface",
                subnet_ids=subnets,
                security_group_ids=[self.endpoint_group.id],
                private_dns_enabled=True,
                tags={"Name": context.names.of(service.replace(".", "-"))},
            )


def _block(cidr: object) -> ipaddress.IPv4Network:
    try:
        block = ipaddress.IPv4Network(str(cidr))
    except ValueError as error:
        raise Refused("cidr", cidr, f"it has to be an IPv4 address block: {error}") from None
    if block.prefixlen != 16 or not block.is_private:
        raise Refused("cidr", cidr, "it has to be a private /16, such as '10.20.0.0/16'")
    return block
