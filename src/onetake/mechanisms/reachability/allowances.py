"""Security group rules of every form, brought into one: what passes on which ports, from or to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias, cast

from onetake.aws.ec2 import (
    DefaultSecurityGroup,
    EgressRule,
    IngressRule,
    InlineEgress,
    InlineIngress,
    SecurityGroup,
    SecurityGroupRule,
    Vpc,
)
from onetake.aws.lookup import views
from onetake.aws.view import View
from onetake.mechanisms.placement.addresses import resolved
from onetake.mechanisms.reachability.groups import Group, Kind, group
from onetake.mechanisms.unseen import handed_out
from onetake.model.language import Language, Truth
from onetake.model.records import field, record
from onetake.model.stacks import Stack
from onetake.model.values import Absent, Known, Unknown, Value

Rule: TypeAlias = InlineIngress | InlineEgress | SecurityGroupRule | IngressRule | EgressRule
ALL = "-1"
_PROTOCOLS = {"all": ALL, "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"}


@record
class Allowance:
    """What one rule lets pass."""

    place: View
    """The rule, or the group that has it by nature."""
    protocol: str | None
    """``tcp``, ``udp``, ``icmp``, ``-1`` for all; nothing where it is not known."""
    first: int | None
    last: int | None
    """The ports, both included; nothing where they are not known. Of no meaning for ``-1``."""
    cidrs: tuple[Value[str], ...] = ()
    groups: tuple[Group, ...] = ()
    complete: bool = True
    """Whether these are all it lets pass; prefix lists and ids that cannot be told are left out."""
    exists: Truth = Truth.YES

    def covers(self, port: int, protocol: str) -> Truth:
        """Does it speak of this port? Protocols by name (``tcp``), or ``-1`` for everything."""
        if self.protocol == ALL:
            return Truth.YES
        if self.protocol is None:
            return Truth.UNKNOWN
        if self.protocol != protocol:
            return Truth.NO
        if self.first is None or self.last is None:
            return Truth.UNKNOWN
        return Truth.of(self.first <= port <= self.last)


@record
class Allowances:
    """The rules of a group that are known, and whether there may be others."""

    known: tuple[Allowance, ...]
    complete: bool


@record(frozen=False)
class _Index:
    """The rules that are resources of their own, by the group they belong to."""

    ingress: dict[Group, list[Allowance]] = field(default_factory=dict)
    egress: dict[Group, list[Allowance]] = field(default_factory=dict)
    vague: list[tuple[Group, bool]] = field(default_factory=list)
    """The owners, and direction (inwards?), of rules of which it cannot be told which group has them."""

    def add(self, owner: Group, inwards: bool, found: Allowance) -> None:
        (self.ingress if inwards else self.egress).setdefault(owner, []).append(found)
        if owner.kind not in (Kind.MADE, Kind.DEFAULT):
            self.vague.append((owner, inwards))


def ingress(owner: Group) -> Allowances:
    """What ``owner`` lets in."""
    return _allowances(owner, inwards=True)


def egress(owner: Group) -> Allowances:
    """What ``owner`` lets out; by default everything in CloudFormation, nothing in Terraform."""
    return _allowances(owner, inwards=False)


def _allowances(owner: Group, *, inwards: bool) -> Allowances:
    index = _indexed(owner.stack)
    separate = (index.ingress if inwards else index.egress).get(owner, [])
    known = [*separate, *_written(owner, inwards), *_natural(owner, inwards, bool(separate))]
    vague = any(way is inwards and who.same(owner) is Truth.UNKNOWN for who, way in index.vague)
    complete = owner.stack.whole and not vague and owner.kind in (Kind.MADE, Kind.DEFAULT)
    if owner.view is not None:
        complete = complete and not handed_out(owner.view) and _inline(owner, inwards)[1]
    return Allowances(tuple(known), complete)


def _inline(owner: Group, inwards: bool) -> tuple[tuple[Rule, ...], bool]:
    if isinstance(owner.view, (SecurityGroup, DefaultSecurityGroup)):
        found = owner.view.ingress if inwards else owner.view.egress
        return tuple(found.known), found.complete
    return (), True


def _written(owner: Group, inwards: bool) -> Iterator[Allowance]:
    for rule in _inline(owner, inwards)[0]:
        yield allowance(rule, owner, owner.view.exists if owner.view else Truth.UNKNOWN)


def _natural(owner: Group, inwards: bool, separate: bool) -> Iterator[Allowance]:
    """The rules that a group has without anybody writing them."""
    if isinstance(owner.view, Vpc):
        if inwards:
            yield Allowance(owner.view, ALL, None, None, groups=(owner,))
        else:
            yield _everywhere(owner.view, Truth.YES)
    elif _keeps_default(owner) and not inwards:
        # Rules that are resources of their own replace the default one, but not in every order of things.
        certain = _inline(owner, inwards)[1] and not separate
        yield _everywhere(cast("SecurityGroup", owner.view), Truth.YES if certain else Truth.UNKNOWN)


def _keeps_default(owner: Group) -> bool:
    """Whether the outward rule that EC2 gives may still be there: Terraform takes it away.

    For CloudFormation an empty list is as good as none.
    """
    made = owner.view
    return isinstance(made, SecurityGroup) and made.language is Language.CLOUDFORMATION and not made.egress.known


def _everywhere(place: View, exists: Truth) -> Allowance:
    cidrs = tuple(Known(cidr, place.where) for cidr in ("0.0.0.0/0", "::/0"))
    return Allowance(place, ALL, None, None, cidrs=cidrs, exists=exists)


def allowance(rule: Rule, owner: Group, exists: Truth) -> Allowance:
    """What ``rule`` lets pass, whatever its form."""
    peers, told = _peers(rule, owner)
    cidrs = tuple(resolved(cidr, rule.stack) for cidr in _cidrs(rule))
    listed = not any(isinstance(value, Unknown) for value in _lists(rule))
    prefixes = any(True for _ in _prefixes(rule))
    first, last = (value.value if isinstance(value, Known) else None for value in (rule.from_port, rule.to_port))
    return Allowance(rule, protocol(rule.protocol), first, last, cidrs, peers, told and listed and not prefixes, exists)


def protocol(value: Value[str]) -> str | None:
    """A protocol's name, however it is written."""
    if not isinstance(value, Known):
        return None
    name = value.value.lower()
    return _PROTOCOLS.get(name, name)


def _cidrs(rule: Rule) -> Iterator[Value[str]]:
    for name in ("cidr", "ipv6_cidr"):
        one: Value[str] = getattr(rule, name, Absent(rule.where))
        if not isinstance(one, Absent):
            yield one
    for name in ("cidrs", "ipv6_cidrs"):
        yield from _members(getattr(rule, name, Absent(rule.where)))


def _lists(rule: Rule) -> list[Value[object]]:
    return [getattr(rule, name, Absent(rule.where)) for name in ("cidrs", "ipv6_cidrs", "groups", "prefix_lists")]


def _prefixes(rule: Rule) -> Iterator[object]:
    one = getattr(rule, "prefix_list", Absent(rule.where))
    if not isinstance(one, Absent):
        yield one
    yield from _members(getattr(rule, "prefix_lists", Absent(rule.where)))


def _peers(rule: Rule, owner: Group) -> tuple[tuple[Group, ...], bool]:
    values: list[Value[str]] = list(_members(getattr(rule, "groups", Absent(rule.where))))
    values += [] if isinstance(rule.group, Absent) else [rule.group]
    found = [group(value, rule.stack) for value in values]
    told = isinstance(getattr(rule, "group_name", Absent(rule.where)), Absent)
    match getattr(rule, "itself", Absent(rule.where)):
        case Known(True):
            found.append(owner)
        case Unknown():
            told = False
        case _:
            pass
    return tuple(found), told


def _members(value: Value[tuple[Value[str], ...]]) -> tuple[Value[str], ...]:
    match value:
        case Known(items):
            return items
        case Unknown(members=members):
            return cast("tuple[Value[str], ...]", members)
        case _:
            return ()


def _indexed(stack: Stack) -> _Index:
    found = stack.memo.get(_Index)
    if found is None:
        index = _Index()
        for rule, inwards in _separate(stack):
            owner = group(rule.owner, stack)
            index.add(owner, inwards, allowance(rule, owner, rule.exists))
        found = stack.memo[_Index] = index
    return cast("_Index", found)


def _separate(stack: Stack) -> Iterable[tuple[SecurityGroupRule | IngressRule | EgressRule, bool]]:
    for rule in views(stack, SecurityGroupRule):
        if rule.exists is not Truth.NO:
            match rule.direction:
                case Known("ingress" | "egress" as way):
                    yield rule, way == "ingress"
                case _:
                    yield rule, True
                    yield rule, False
    for inward in views(stack, IngressRule):
        if inward.exists is not Truth.NO:
            yield inward, True
    for outward in views(stack, EgressRule):
        if outward.exists is not Truth.NO:
            yield outward, False
