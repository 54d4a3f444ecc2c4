"""Regions and availability zones."""

from __future__ import annotations

from onetake.aws.ec2 import DefaultSubnet, Subnet
from onetake.aws.view import Items, View, convert
from onetake.model.language import Language, Truth
from onetake.model.records import record
from onetake.model.text import same
from onetake.model.values import Absent, Known, Part, Unknown, Value, parts


@record
class Zones:
    """Over how many availability zones something is spread."""

    at_least: int
    at_most: int | None
    """Nothing where there may be any number."""

    def reach(self, number: int) -> Truth:
        """Are there at least ``number`` zones?"""
        if self.at_least >= number:
            return Truth.YES
        return Truth.NO if self.at_most is not None and self.at_most < number else Truth.UNKNOWN


def region(view: View) -> Value[str]:
    """Where ``view``'s resource is created: its own ``region`` (AWS provider 6), or its provider's."""
    own = view.resource.arguments.get("region") if view.language is Language.TERRAFORM else None
    match own and convert(own, str):
        case Known(str() as name, where, source):
            return Known(name, where, source)
        case Unknown() as unknown:
            return unknown
        case _:
            return view.region


def zone(subnet: Subnet | DefaultSubnet) -> Value[str]:
    """The zone of a subnet; AWS chooses one where it is absent."""
    return subnet.zone


def same_zone(one: Subnet | DefaultSubnet, other: Subnet | DefaultSubnet) -> Truth:
    """Do two subnets lie in one zone?"""
    if one.resource is other.resource:
        return Truth.YES
    by_name = same(one.zone, other.zone)
    if by_name is not Truth.UNKNOWN:
        return by_name
    if isinstance(one, Subnet) and isinstance(other, Subnet):
        return same(one.zone_id, other.zone_id)
    return Truth.UNKNOWN


def distinct_zones(subnets: Items[Subnet]) -> Zones:
    """Over how many zones ``subnets`` are spread."""
    places = {_place(subnet) for subnet in dict.fromkeys(subnets.known)}
    names = {subnet.zone.value for subnet in subnets if isinstance(subnet.zone, Known)}
    ids = {subnet.zone_id.value for subnet in subnets if isinstance(subnet.zone_id, Known)}
    at_least = max(len(names), len(ids), 1 if subnets.known else 0)
    return Zones(at_least, len(places) if subnets.complete else None)


def _place(subnet: Subnet) -> tuple[Part | str, ...]:
    """What tells a subnet's zone from others as far as is known: equal places are surely one zone."""
    for label, value in (("zone", subnet.zone), ("id", subnet.zone_id)):
        pieces = parts(value)
        if not isinstance(value, Absent) and pieces:
            return (label, *pieces)
    return ("subnet", subnet.address)
