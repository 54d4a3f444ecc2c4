"""Ways out of a subnet: to the internet, and to AWS services through endpoints."""

from __future__ import annotations

from onetake.aws.ec2 import EndpointRouteTable, NatGateway, Subnet, Vpc, VpcEndpoint
from onetake.aws.lookup import companions, identifies, target, views
from onetake.mechanisms.placement import Hop, Hops, is_public, route_table_of, routes
from onetake.mechanisms.placement.public import to_everywhere, to_internet_gateway
from onetake.mechanisms.placement.tables import Table
from onetake.mechanisms.unseen import handed_out
from onetake.model.language import Truth
from onetake.model.text import ends_with
from onetake.model.values import Absent, Known, Value


def reaches_internet(subnet: Subnet, public_ip: Value[bool] | None = None) -> Truth:
    """Can something in ``subnet`` open connections to the internet, as far as routes decide it?

    ``public_ip`` tells whether it has a public address, which an internet gateway requires; by default what the
    subnet gives to instances. Lambda functions, for one, never have one: pass ``Known(False, ...)``.
    """
    address = _flag(subnet.map_public_ip if public_ip is None else public_ip)
    found = _routes(subnet)
    if found is None:
        return Truth.UNKNOWN
    answer = Truth.NO if found.complete else Truth.UNKNOWN
    for hop in found.known:
        if to_everywhere(hop) is not Truth.NO:
            answer = answer | (to_everywhere(hop) & hop.exists & _leads_out(hop, address))
    return answer


def _routes(subnet: Subnet) -> Hops | None:
    table = route_table_of(subnet).table
    return None if table is None else routes(table)


def _leads_out(hop: Hop, address: Truth) -> Truth:
    route = hop.route
    if not isinstance(route.gateway, Absent):
        gateway = to_internet_gateway(hop)
        # A gateway of another kind may lead out through somebody else's network.
        return gateway & address if gateway is not Truth.NO else Truth.UNKNOWN
    if not isinstance(route.nat_gateway, Absent):
        nat = target(route.nat_gateway, hop.place.stack, NatGateway)
        return Truth.UNKNOWN if nat is None else _translates(nat)
    return Truth.UNKNOWN


def _translates(nat: NatGateway) -> Truth:
    """Does a NAT gateway lead to the internet? It must be public, in a subnet with a route out."""
    match nat.connectivity:
        case Known("public"):
            subnet = target(nat.subnet, nat.stack, Subnet)
            return nat.exists & (Truth.UNKNOWN if subnet is None else is_public(subnet))
        case Known("private"):
            return Truth.UNKNOWN
        case _:
            return Truth.UNKNOWN


def endpoint_for(subnet: Subnet, service: str) -> Truth:
    """Is there an endpoint in the subnet's network for ``service`` (``ecr.api``, ``s3``, ``logs``) that it uses?

    A gateway endpoint must stand in the subnet's route table; an interface endpoint serves the whole network
    when its private name is switched on.
    """
    vpc = target(subnet.vpc, subnet.stack, Vpc)
    if vpc is None:
        return Truth.UNKNOWN
    in_network = companions(vpc, VpcEndpoint, "vpc")
    answer = Truth.NO if in_network.complete and not handed_out(vpc) else Truth.UNKNOWN
    table = route_table_of(subnet).table
    for endpoint in in_network:
        right = ends_with(endpoint.service, f".{service}")
        if right is not Truth.NO:
            answer = answer | (right & endpoint.exists & _serves(endpoint, table))
    return answer


def _serves(endpoint: VpcEndpoint, table: Table | None) -> Truth:
    match endpoint.kind:
        case Known("Interface"):
            return _flag(endpoint.private_dns) if not isinstance(endpoint.private_dns, Absent) else Truth.UNKNOWN
        case Known("Gateway"):
            return Truth.UNKNOWN if table is None else _stands_in(endpoint, table)
        case _:
            return Truth.UNKNOWN


def _stands_in(endpoint: VpcEndpoint, table: Table) -> Truth:
    if isinstance(table, Vpc):
        return Truth.UNKNOWN
    answer = Truth.NO
    match endpoint.route_tables:
        case Known(items):
            for item in items:
                answer = answer | identifies(table, item)
        case Absent():
            pass
        case _:
            answer = Truth.UNKNOWN
    for one in views(endpoint.stack, EndpointRouteTable):
        answer = answer | (identifies(endpoint, one.endpoint) & identifies(table, one.table) & one.exists)
    return answer


def reaches_service(subnet: Subnet, service: str, public_ip: Value[bool] | None = None) -> Truth:
    """Can something in ``subnet`` reach an AWS service by an endpoint or the internet, as far as routes decide?"""
    return endpoint_for(subnet, service) | reaches_internet(subnet, public_ip)


def _flag(value: Value[bool]) -> Truth:
    return Truth.of(value.value) if isinstance(value, Known) else Truth.UNKNOWN
