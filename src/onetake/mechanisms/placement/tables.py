"""Route tables: which one a subnet follows, and what routes it surely has, or may have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias, TypeVar, cast

from onetake.aws.ec2 import (
    DefaultRouteTable,
    InlineRoute,
    MainRouteTableAssociation,
    Route,
    RouteTable,
    RouteTableAssociation,
    Subnet,
    Vpc,
)
from onetake.aws.lookup import given, identifies, target, view, views
from onetake.aws.view import View
from onetake.mechanisms.unseen import handed_out
from onetake.model.language import Truth
from onetake.model.records import field, record
from onetake.model.resources import Mode
from onetake.model.stacks import Stack
from onetake.model.values import Absent, Known, Value, origin, parts

Table: TypeAlias = RouteTable | DefaultRouteTable | Vpc
"""A table; a ``Vpc`` stands for its main table where the program does not adopt it."""

_V = TypeVar("_V", bound=View)
Key: TypeAlias = tuple[str, str]
_MAIN = ("default_route_table_id", "main_route_table_id")


@record
class Hop:
    """A route: where to, through what, and where it is written."""

    route: Route | InlineRoute
    place: View
    """The resource to point at: the route, or the table that holds it."""
    exists: Truth

    @property
    def destinations(self) -> tuple[Value[str], ...]:
        """The ranges it leads to, as far as they are written as ranges."""
        return tuple(value for value in (self.route.cidr, self.route.ipv6_cidr) if not isinstance(value, Absent))


@record
class Hops:
    """The routes of a table that are known, and whether there may be others."""

    known: tuple[Hop, ...]
    complete: bool


@record
class Followed:
    """The route table that a subnet follows."""

    table: Table | None
    """Nothing where it is not known, or not of this program."""
    association: View | None = None
    """What says so; nothing for a main table that nothing is said of."""


@record(frozen=False)
class _Index:
    """Routes and associations by what they name; what names something unknown stands apart."""

    routes: dict[Key, list[Route]] = field(default_factory=dict)
    strays: list[Route] = field(default_factory=list)
    adopted: dict[str, list[DefaultRouteTable]] = field(default_factory=dict)
    associations: dict[str, list[RouteTableAssociation]] = field(default_factory=dict)
    loose: list[RouteTableAssociation] = field(default_factory=list)


def route_table_of(subnet: Subnet) -> Followed:
    """The table that ``subnet`` follows: the one associated with it, or its network's main table."""
    index = _indexed(subnet.stack)
    found = index.associations.get(subnet.resource.address, [])
    if len(found) == 1 and found[0].exists is Truth.YES:
        return Followed(_table(found[0].table, subnet.stack), found[0])
    if found or not subnet.stack.whole or handed_out(subnet):
        return Followed(None)
    if any(identifies(subnet, one.subnet) is not Truth.NO for one in index.loose):
        return Followed(None)
    vpc = target(subnet.vpc, subnet.stack, Vpc)
    return _main(vpc) if vpc is not None else Followed(None)


def _main(vpc: Vpc) -> Followed:
    if handed_out(vpc):
        return Followed(None)
    chosen = [(one, identifies(vpc, one.vpc)) for one in views(vpc.stack, MainRouteTableAssociation)]
    sure = [one for one, answer in chosen if answer is Truth.YES and one.exists is Truth.YES]
    if any(answer is not Truth.NO for one, answer in chosen if one not in sure) or len(sure) > 1:
        return Followed(None)
    if sure:
        return Followed(_table(sure[0].table, vpc.stack), sure[0])
    adopted = _indexed(vpc.stack).adopted.get(vpc.address, [])
    if not adopted:
        return Followed(vpc)
    return Followed(adopted[0], adopted[0]) if len(adopted) == 1 else Followed(None)


def routes(table: Table) -> Hops:
    """The routes of ``table``, in every form, without those to its own network."""
    stack = table.stack
    index = _indexed(stack)
    known = list(_inline(table))
    key = _own_key(table)
    separate = index.routes.get(key, []) if key is not None else []
    known += [Hop(route, route, route.exists & table.exists) for route in separate]
    complete = stack.whole and key is not None and not index.strays and not handed_out(table)
    if isinstance(table, Vpc):
        return Hops(tuple(known), complete)
    return Hops(tuple(known), complete and table.routes.complete)


def _inline(table: Table) -> Iterator[Hop]:
    if not isinstance(table, Vpc):
        for block in table.routes:
            yield Hop(block, table, table.exists)


def _own_key(table: Table) -> Key | None:
    if isinstance(table, DefaultRouteTable):
        return _key(table.table, table.stack)
    return ("main" if isinstance(table, Vpc) else "table", table.address)


def _table(value: Value[str], stack: Stack) -> Table | None:
    match _key(value, stack):
        case ("table", address):
            return view(stack.resources[address], stack, RouteTable)
        case ("main", address):
            adopted = _indexed(stack).adopted.get(address, [])
            return adopted[0] if adopted else view(stack.resources[address], stack, Vpc)
        case _:
            return None


def _key(value: Value[str], stack: Stack) -> Key | None:
    """What tells the table that ``value`` names from others; nothing when it may be any."""
    source = origin(value)
    pointed = stack.at(source)
    if source is None or pointed is None:
        if given(value):
            return ("other", str(parts(value)))
        return ("other", value.value) if isinstance(value, Known) else None
    if pointed.type in RouteTable.types():
        return ("table", pointed.address)
    if pointed.type in DefaultRouteTable.types():
        return _key(view(pointed, stack, DefaultRouteTable).table, stack)
    if pointed.type in Vpc.types() and source.attribute in _MAIN:
        return ("main", pointed.address)
    if pointed.mode is Mode.DATA and not stack.graph.ancestors(pointed.declaration) & _made(stack):
        return ("other", str(source))
    return None


def _made(stack: Stack) -> set[str]:
    """The declarations of tables and networks: what is looked up after them may be one of them."""
    kinds = (*RouteTable.types(), *Vpc.types(), *Subnet.types())
    return {resource.declaration for kind in kinds for resource in stack.by_type.get(kind, ())}


def _indexed(stack: Stack) -> _Index:
    found = stack.memo.get(_Index)
    if found is None:
        found = stack.memo[_Index] = _build(stack)
    return cast("_Index", found)


def _build(stack: Stack) -> _Index:
    index = _Index()
    for route in _existing(views(stack, Route)):
        key = _key(route.table, stack)
        if key is None:
            index.strays.append(route)
        else:
            index.routes.setdefault(key, []).append(route)
    for table in _existing(views(stack, DefaultRouteTable)):
        match _key(table.table, stack):
            case ("main", address):
                index.adopted.setdefault(address, []).append(table)
            case _:
                continue
    for association in _existing(views(stack, RouteTableAssociation)):
        if isinstance(association.subnet, Absent):
            continue
        subnet = stack.at(origin(association.subnet))
        if subnet is not None and subnet.type in Subnet.types():
            index.associations.setdefault(subnet.address, []).append(association)
        else:
            index.loose.append(association)
    return index


def _existing(found: Iterable[_V]) -> Iterator[_V]:
    return (one for one in found if one.exists is not Truth.NO)
