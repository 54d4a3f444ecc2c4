"""Public or private: routes to the internet, and the gateways they lead through."""

from __future__ import annotations

from onetake.aws.ec2 import (
    DefaultSubnet,
    GatewayAttachment,
    InternetGateway,
    Subnet,
    Vpc,
)
from onetake.aws.lookup import companions
from onetake.aws.view import View
from onetake.mechanisms.placement.tables import Hop, route_table_of, routes
from onetake.mechanisms.unseen import handed_out
from onetake.model.language import Truth
from onetake.model.records import record
from onetake.model.values import Absent, Known, Value, origin

EVERYWHERE = ("0.0.0.0/0", "::/0")


def is_public(subnet: Subnet | DefaultSubnet) -> Truth:
    """Does the subnet's route table lead to the internet through an internet gateway?

    A default subnet does unless somebody changed its network, which cannot be known.
    """
    return Truth.UNKNOWN if isinstance(subnet, DefaultSubnet) else _exposure(subnet)[0]


def public_route(subnet: Subnet) -> View | None:
    """What makes a public subnet public: the route, or the table that holds it."""
    hop = _exposure(subnet)[1]
    return hop.place if hop is not None else None


def _exposure(subnet: Subnet) -> tuple[Truth, Hop | None]:
    followed = route_table_of(subnet)
    if followed.table is None:
        return Truth.UNKNOWN, None
    found = routes(followed.table)
    answer = Truth.NO if found.complete else Truth.UNKNOWN
    for hop in found.known:
        leads = to_internet_gateway(hop) & to_everywhere(hop) & hop.exists
        if leads is Truth.YES:
            return Truth.YES, hop
        answer = answer | leads
    return answer, None


def to_everywhere(hop: Hop) -> Truth:
    """Is it a default route? Part of the internet is neither that nor nothing."""
    if not isinstance(hop.route.prefix_list, Absent):
        return Truth.UNKNOWN
    answer = Truth.NO
    for destination in hop.destinations:
        match destination:
            case Known(cidr) if cidr in EVERYWHERE:
                return Truth.YES
            case _:
                answer = Truth.UNKNOWN
    return answer if hop.destinations else Truth.UNKNOWN


def to_internet_gateway(hop: Hop) -> Truth:
    """Does a route lead through an internet gateway?"""
    return is_internet_gateway(hop.route.gateway, hop.place)


def is_internet_gateway(value: Value[str], place: View) -> Truth:
    """Is ``value`` the id of an internet gateway?"""
    match value:
        case Absent():
            return Truth.NO
        case Known(str() as written):
            return Truth.of(written.startswith("igw-"))
        case _:
            source = origin(value)
            pointed = place.stack.at(source)
    if source is None or pointed is None:
        return Truth.UNKNOWN
    if pointed.type in (*InternetGateway.types(), "data.aws_internet_gateway"):
        return Truth.YES
    if pointed.type in GatewayAttachment.types():
        return Truth.of(source.attribute != "VpnGatewayId")
    # Every other gateway that the program makes is of another kind; a looked-up one may be any.
    return Truth.UNKNOWN if pointed.type.startswith("data.") or source.attribute not in _OWN else Truth.NO


_OWN = ("id", "Ref", "Id")


@record
class Attached:
    """What attaches an internet gateway to a network, and whether there may be others."""

    places: tuple[View, ...]
    complete: bool


def internet_gateway_places(vpc: Vpc) -> Attached:
    """The gateways that name ``vpc`` themselves, and the attachments of others."""
    own = companions(vpc, InternetGateway, "vpc")
    other = companions(vpc, GatewayAttachment, "vpc")
    attachments = [one for one in other if not isinstance(one.internet_gateway, Absent)]
    places = [one for one in (*own, *attachments) if one.exists is not Truth.NO]
    return Attached(tuple(places), own.complete and other.complete and not handed_out(vpc))


def internet_gateway_attached(vpc: Vpc) -> Truth:
    """Will ``vpc`` have an internet gateway?

    Whether it has one *before* something else is created is a question for ``ordering``: ask with
    :func:`internet_gateway_places`.
    """
    found = internet_gateway_places(vpc)
    if any(place.exists is Truth.YES for place in found.places):
        return Truth.YES
    return Truth.UNKNOWN if found.places or not found.complete else Truth.NO
