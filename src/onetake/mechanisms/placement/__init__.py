"""Placement: in which region, zone, network, range does something lie; is it public or private?"""

from onetake.mechanisms.placement.addresses import inside, overlaps, ranges, subnet_inside_vpc, usable_addresses
from onetake.mechanisms.placement.certificates import Issued, issued
from onetake.mechanisms.placement.networks import Home, same_vpc, subnets_of, vpc_of
from onetake.mechanisms.placement.public import (
    Attached,
    internet_gateway_attached,
    internet_gateway_places,
    is_public,
    public_route,
)
from onetake.mechanisms.placement.regions import public_region, written_region
from onetake.mechanisms.placement.tables import Followed, Hop, Hops, route_table_of, routes
from onetake.mechanisms.placement.zones import Zones, distinct_zones, region, same_zone, zone

__all__ = [
    "Attached",
    "Followed",
    "Home",
    "Hop",
    "Hops",
    "Issued",
    "Zones",
    "distinct_zones",
    "inside",
    "internet_gateway_attached",
    "internet_gateway_places",
    "is_public",
    "issued",
    "overlaps",
    "public_region",
    "public_route",
    "ranges",
    "region",
    "route_table_of",
    "routes",
    "same_vpc",
    "same_zone",
    "subnet_inside_vpc",
    "subnets_of",
    "usable_addresses",
    "vpc_of",
    "written_region",
    "zone",
]
