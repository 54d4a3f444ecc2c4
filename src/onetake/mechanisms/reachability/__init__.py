"""Reachability: can A reach B on that port, the internet, an AWS service?"""

from onetake.mechanisms.reachability.admission import (
    End,
    Port,
    addresses,
    admits,
    can_reach,
    end_of,
    ingress_from,
    lets_out,
)
from onetake.mechanisms.reachability.allowances import Allowance, Allowances, egress, ingress
from onetake.mechanisms.reachability.groups import Group, Groups, Kind, group, groups_of, made_group, named_groups
from onetake.mechanisms.reachability.outwards import endpoint_for, reaches_internet, reaches_service

__all__ = [
    "Allowance",
    "Allowances",
    "End",
    "Group",
    "Groups",
    "Kind",
    "Port",
    "addresses",
    "admits",
    "can_reach",
    "egress",
    "end_of",
    "endpoint_for",
    "group",
    "groups_of",
    "ingress",
    "ingress_from",
    "lets_out",
    "made_group",
    "named_groups",
    "reaches_internet",
    "reaches_service",
]
