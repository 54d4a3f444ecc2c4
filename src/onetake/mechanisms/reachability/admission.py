"""Do security groups let traffic pass?"""

from __future__ import annotations

from onetake.aws.ec2 import NetworkAcl
from onetake.aws.lookup import views
from onetake.aws.view import View
from onetake.mechanisms.placement import inside, overlaps, ranges, same_vpc, subnets_of, vpc_of
from onetake.mechanisms.reachability.allowances import Allowance, egress, ingress
from onetake.mechanisms.reachability.groups import Group, Groups, groups_of
from onetake.model.language import Truth
from onetake.model.records import record
from onetake.model.values import Absent, Known, Unknown, Value

ANYWHERE = "0.0.0.0/0"
_NO_GROUPS = Groups((), True)


@record
class End:
    """One end of a connection: its security groups, and where its addresses lie."""

    groups: Groups = _NO_GROUPS
    cidrs: tuple[Value[str], ...] = ()
    """Each address lies in one of these; empty where they are not known."""
    more: bool = False
    """Whether it may have addresses elsewhere too: IPv6 ones, or those that a gateway translates to."""


@record
class Port:
    """What is connected to: ``Port(2049)``, ``Port(53, "udp")``."""

    number: int
    protocol: str = "tcp"


def end_of(place: View) -> End:
    """``place`` as an end of a connection: its groups, and the ranges of its subnets or network."""
    subnets = subnets_of(place)
    cidrs = tuple(subnet.cidr for subnet in subnets) if subnets.complete else ()
    vpc = vpc_of(place).vpc
    if not cidrs or any(not isinstance(cidr, Known) for cidr in cidrs):
        whole = ranges(vpc) if vpc is not None else None
        cidrs = whole.known if whole is not None and whole.complete else ()
    one_family = subnets.complete and all(isinstance(subnet.ipv6_cidr, Absent) for subnet in subnets)
    return End(groups_of(place), cidrs, more=not one_family)


def addresses(cidr: str, place: View) -> End:
    """The addresses of a range that no security group of ours is given to; ``place`` is where the question arises."""
    return End(_NO_GROUPS, (Known(cidr, place.where),))


def admits(groups: Groups, port: Port, source: End) -> Truth:
    """Does something in ``groups`` accept connections on ``port`` from ``source``?"""
    return _passes(groups, port, source, inwards=True)


def lets_out(groups: Groups, port: Port, destination: End) -> Truth:
    """May something in ``groups`` open connections to ``port`` of ``destination``?"""
    return _passes(groups, port, destination, inwards=False)


def can_reach(client: View, server: View, port: Port) -> Truth:
    """Can ``client`` connect to ``port`` of ``server``, as far as security groups and networks decide it?

    ``NO`` says that a group surely stands in the way. ``YES`` is only said inside one network without access lists.
    """
    one, other = end_of(client), end_of(server)
    together = same_vpc(client, server) is Truth.YES
    if not together:  # what passes a border may show another address
        one, other = End(one.groups, more=True), End(other.groups, more=True)
    answer = lets_out(one.groups, port, other) & admits(other.groups, port, one)
    if answer is Truth.YES and (not together or views(server.stack, NetworkAcl)):
        return Truth.UNKNOWN
    return answer


def ingress_from(groups: Groups, port: Port, source: End) -> tuple[View, ...]:
    """The rules that let ``source`` in, surely or perhaps: places to show."""
    return tuple(
        found.place
        for owner in groups.known
        for found in ingress(owner).known
        if found.covers(port.number, port.protocol) & matches(found, source) is not Truth.NO
    )


def _passes(groups: Groups, port: Port, peer: End, *, inwards: bool) -> Truth:
    answer = Truth.NO if groups.complete and groups.known else Truth.UNKNOWN
    for owner in groups.known:
        found = ingress(owner) if inwards else egress(owner)
        if not found.complete:
            answer = answer | Truth.UNKNOWN
        for one in found.known:
            answer = answer | (one.covers(port.number, port.protocol) & matches(one, peer) & one.exists)
            if answer is Truth.YES:
                return answer
    return answer


def matches(rule: Allowance, peer: End) -> Truth:
    """Does a rule speak of ``peer``?"""
    answer = Truth.NO if rule.complete else Truth.UNKNOWN
    for group in rule.groups:
        answer = answer | _among(group, peer.groups)
    for cidr in rule.cidrs:
        answer = answer | _lies_in(peer, cidr)
    return answer


def _among(group: Group, groups: Groups) -> Truth:
    answer = Truth.NO if groups.complete else Truth.UNKNOWN
    for one in groups.known:
        answer = answer | group.same(one)
    return answer


def _lies_in(peer: End, cidr: Value[str]) -> Truth:
    """Do the addresses of ``peer`` lie in ``cidr``? Not knowing where they lie, only the whole world is sure."""
    match cidr:
        case Absent():
            return Truth.NO
        case Unknown():
            return Truth.UNKNOWN
        case Known(text) if text == ANYWHERE and not peer.cidrs:
            return Truth.YES
    within = [inside(one, cidr) for one in peer.cidrs]
    if within and all(one is Truth.YES for one in within):
        return Truth.YES
    apart = all(overlaps(one, cidr) is Truth.NO for one in peer.cidrs)
    return Truth.NO if within and apart and not peer.more else Truth.UNKNOWN
