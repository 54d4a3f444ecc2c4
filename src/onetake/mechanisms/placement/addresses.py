"""Address ranges: what lies in what, what overlaps, how many addresses are left."""

from __future__ import annotations

import ipaddress
from typing import TypeAlias

from onetake.aws.ec2 import CidrAssociation, Subnet, Vpc
from onetake.aws.lookup import companions, target, view
from onetake.mechanisms.unseen import handed_out
from onetake.model.language import Truth
from onetake.model.records import record
from onetake.model.stacks import Stack
from onetake.model.values import Absent, Known, Value, origin

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

KEPT_BY_AWS = 5
"""Of each IPv4 subnet: the network's address, router, DNS, one in reserve, broadcast."""


@record
class Ranges:
    """The ranges of a network that are known, and whether there may be others."""

    known: tuple[Value[str], ...]
    complete: bool


def network(value: Value[str] | str) -> Network | None:
    """The range that ``value`` spells (``10.0.0.0/16``); nothing when it is not known, or is no range."""
    text = value if isinstance(value, str) else value.value if isinstance(value, Known) else None
    if text is None:
        return None
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def inside(inner: Value[str] | str, outer: Value[str] | str) -> Truth:
    """Does the whole of ``inner`` lie in ``outer``? A range of the other family never does."""
    one, other = network(inner), network(outer)
    return Truth.UNKNOWN if one is None or other is None else Truth.of(_within(one, other))


def _within(one: Network, other: Network) -> bool:
    match one, other:
        case (ipaddress.IPv4Network(), ipaddress.IPv4Network()) | (ipaddress.IPv6Network(), ipaddress.IPv6Network()):
            return one.subnet_of(other)  # type: ignore[arg-type]
        case _:
            return False


def overlaps(one: Value[str] | str, other: Value[str] | str) -> Truth:
    """Do two ranges have an address in common?"""
    left, right = network(one), network(other)
    return Truth.UNKNOWN if left is None or right is None else Truth.of(left.overlaps(right))


def usable_addresses(cidr: Value[str] | str) -> int | None:
    """How many addresses of a subnet can be given to something; nothing when the range is not known."""
    found = network(cidr)
    if found is None:
        return None
    kept = KEPT_BY_AWS if isinstance(found, ipaddress.IPv4Network) else 0
    return max(0, found.num_addresses - kept)


def resolved(value: Value[str], stack: Stack) -> Value[str]:
    """A range as text, where ``value`` asks a network or subnet of the program for its range."""
    source = origin(value)
    if isinstance(value, Known) or source is None or source.attribute not in ("CidrBlock", "cidr_block"):
        return value
    pointed = stack.at(source)
    asked: Value[str] = Absent(value.where)
    if pointed is not None and pointed.type in Vpc.types():
        asked = view(pointed, stack, Vpc).cidr
    elif pointed is not None and pointed.type in Subnet.types():
        asked = view(pointed, stack, Subnet).cidr
    return value if isinstance(asked, Absent) else asked


def ranges(vpc: Vpc) -> Ranges:
    """The IPv4 ranges of ``vpc``: its own, and those associated with it."""
    further = companions(vpc, CidrAssociation, "vpc")
    known = [vpc.cidr, *(one.cidr for one in further)]
    complete = further.complete and not handed_out(vpc) and not isinstance(vpc.cidr, Absent)
    return Ranges(tuple(one for one in known if not isinstance(one, Absent)), complete)


def subnet_inside_vpc(subnet: Subnet) -> Truth:
    """Does the subnet's range lie in one of its network's?"""
    vpc = target(subnet.vpc, subnet.stack, Vpc)
    if vpc is None or isinstance(subnet.cidr, Absent):
        return Truth.UNKNOWN
    found = ranges(vpc)
    answer = Truth.NO if found.complete else Truth.UNKNOWN
    for one in found.known:
        answer = answer | inside(subnet.cidr, one)
    return answer
