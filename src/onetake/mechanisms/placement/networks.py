"""Which network something lies in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from onetake.aws import elasticache, rds
from onetake.aws.ec2 import (
    DefaultSubnet,
    DefaultVpc,
    GatewayAttachment,
    Instance,
    InternetGateway,
    SecurityGroup,
    Subnet,
    Vpc,
)
from onetake.aws.elb import LoadBalancer
from onetake.aws.lookup import companions, identifies, target, targets
from onetake.aws.view import Items, View
from onetake.model.language import Truth
from onetake.model.records import record
from onetake.model.stacks import Stack
from onetake.model.text import same
from onetake.model.values import Absent, Known, Span, Unknown, Value, known, origin


@record
class Home:
    """The network that something lies in."""

    id: Value[str]
    """As it is written; absent where nothing is written, which means the account's default network."""
    vpc: Vpc | None = None
    """Its view, where the program makes it."""
    default: bool = False
    """Whether it is surely the account's default network."""

    @property
    def known(self) -> bool:
        """Whether it can be told from other networks."""
        return self.vpc is not None or self.default or isinstance(self.id, Known)


def vpc_of(view: View) -> Home:
    """The network that ``view`` lies in: by its own ``vpc``, its subnets, or their group."""
    if isinstance(view, Vpc):
        return Home(Unknown("it is known after the deployment", view.where), view)
    if isinstance(view, (DefaultVpc, DefaultSubnet)):
        return _default(view.where)
    if isinstance(view, InternetGateway):
        return _gateway_home(view)
    written = getattr(view, "vpc", None)
    if written is not None and not isinstance(written, Absent):
        return home(written, view.stack)
    if isinstance(view, SecurityGroup) or _without_subnets(view):
        return _default(view.where)
    found = [vpc_of(subnet) for subnet in _any_subnets(view)]
    return next((one for one in found if one.known), found[0] if found else _nowhere(view.where))


def home(value: Value[str], stack: Stack) -> Home:
    """The network whose id ``value`` is."""
    vpc = target(value, stack, Vpc)
    if vpc is not None:
        return Home(value, vpc)
    pointed = stack.at(origin(value))
    if pointed is None:
        return Home(value)
    looked_up = pointed.type == "data.aws_vpc" and known(pointed.argument("default")) in (True, "true")
    return Home(value, default=pointed.type == "aws_default_vpc" or looked_up)


def same_vpc(one: View | Home, other: View | Home) -> Truth:
    """Do two things lie in one network?"""
    left = one if isinstance(one, Home) else vpc_of(one)
    right = other if isinstance(other, Home) else vpc_of(other)
    if left.vpc is not None and right.vpc is not None:
        return Truth.of(left.vpc.resource is right.vpc.resource)
    if left.default and right.default:
        return Truth.YES
    for made, given in ((left, right), (right, left)):
        if made.vpc is not None:
            return Truth.NO if given.default else identifies(made.vpc, given.id)
    if left.default or right.default:
        return Truth.UNKNOWN
    return same(left.id, right.id)


def subnets_of(view: View) -> Items[Subnet]:
    """The subnets that something lies in, directly or through its subnet group; incomplete where some are not known."""
    if isinstance(view, Subnet):
        return Items((view,), True, view.where)
    values = list(_subnet_values(view))
    found: list[Subnet] = []
    complete = bool(values)
    for value in values:
        if isinstance(value, Items):
            found += value.known
            complete = complete and value.complete
    return Items(tuple(dict.fromkeys(found)), complete, view.where)


def _subnet_values(view: View) -> Iterator[Items[Subnet]]:
    stack = view.stack
    listed = getattr(view, "subnets", None)
    if listed is not None and not isinstance(listed, Absent):
        yield targets(cast("Value[tuple[Value[str], ...]]", listed), stack, Subnet)
    one = getattr(view, "subnet", None)
    if one is not None and not isinstance(one, Absent):
        yield _single(one, stack, view.where)
    if isinstance(view, LoadBalancer) and (view.mappings.known or not view.mappings.complete):
        mapped = [_single(mapping.subnet, stack, mapping.where) for mapping in view.mappings]
        whole = view.mappings.complete and all(item.complete for item in mapped)
        yield Items(tuple(subnet for item in mapped for subnet in item), whole, view.where)
    group = getattr(view, "subnet_group", None)
    if group is not None and not isinstance(group, Absent):
        yield _of_group(view, group)


def _single(value: Value[str], stack: Stack, where: Span) -> Items[Subnet]:
    found = target(value, stack, Subnet)
    return Items((found,) if found else (), found is not None, where)


def _of_group(view: View, value: Value[str]) -> Items[Subnet]:
    kinds: tuple[type[Any], ...] = (rds.SubnetGroup, elasticache.SubnetGroup)
    for kind in kinds:
        if kind.__module__ == type(view).__module__:
            group = target(value, view.stack, kind)
            return subnets_of(group) if group is not None else Items((), False, view.where)
    return Items((), False, view.where)


def _any_subnets(view: View) -> Iterator[View]:
    yield from subnets_of(view)
    # A default subnet tells the network too, though nothing else is known of it.
    for name in ("subnet", "subnets"):
        match getattr(view, name, None):
            case Known(tuple() as items):
                members: tuple[Value[str], ...] = items
            case (Known() | Unknown()) as single:
                members = (single, *getattr(single, "members", ()))
            case _:
                members = ()
        for member in members:
            found = target(member, view.stack, DefaultSubnet)
            if found is not None:
                yield found


def _without_subnets(view: View) -> bool:
    """Whether something is put into the default network because nothing else is written."""
    if isinstance(view, rds.Instance):
        places = (view.subnet_group, view.cluster, view.replica_of, view.snapshot)
        return all(isinstance(value, Absent) for value in places)
    if isinstance(view, rds.Cluster):
        places = (view.subnet_group, view.replication_source, view.snapshot, view.global_cluster)
        return all(isinstance(value, Absent) for value in places)
    if isinstance(view, Instance):
        templates = (view.launch_template, view.launch_template_name)
        alone = all(isinstance(value, Absent) for value in (view.subnet, *templates))
        return alone and view.interfaces.surely_empty
    return False


def _gateway_home(gateway: InternetGateway) -> Home:
    if not isinstance(gateway.vpc, Absent):
        return home(gateway.vpc, gateway.stack)
    attached = companions(gateway, GatewayAttachment, "internet_gateway")
    return home(attached.known[0].vpc, gateway.stack) if attached.known else _nowhere(gateway.where)


def _default(where: Span) -> Home:
    return Home(Absent(where), default=True)


def _nowhere(where: Span) -> Home:
    return Home(Unknown("its network is not known", where))
