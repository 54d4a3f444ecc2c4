"""Security groups as things that can be told apart: made by the program, a network's default one, or given."""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias, cast

from onetake.aws import eks, rds
from onetake.aws.ec2 import (
    DefaultSecurityGroup,
    EndpointSecurityGroup,
    Instance,
    NetworkInterface,
    SecurityGroup,
    Vpc,
    VpcEndpoint,
)
from onetake.aws.elb import LoadBalancer
from onetake.aws.lookup import given, target, view, views
from onetake.aws.view import View
from onetake.mechanisms.placement import vpc_of
from onetake.model.language import Truth
from onetake.model.records import field, record
from onetake.model.resources import Mode
from onetake.model.stacks import Stack
from onetake.model.values import Absent, Known, Part, Unknown, Value, origin, parts

Key: TypeAlias = tuple[Part | str, ...]
_DEFAULT = ("default_security_group_id", "DefaultSecurityGroup")


class Kind(Enum):
    """How well a group can be told from others."""

    MADE = "made"
    """By the program."""
    DEFAULT = "default"
    """Of a network that the program makes."""
    SPELLED = "spelled"
    """It exists already, under an id that is written."""
    GIVEN = "given"
    """It exists already: a variable, a parameter, something looked up."""
    VAGUE = "vague"
    """It may be any."""


_NEW = (Kind.MADE, Kind.DEFAULT)


@record
class Group:
    """A security group.

    ``view`` is a ``SecurityGroup`` or ``DefaultSecurityGroup`` of the program, a ``Vpc`` for that network's default
    group, or nothing for a group that exists already.
    """

    kind: Kind
    key: Key
    """Equal kinds and keys are surely the same group."""
    stack: Stack = field(compare=False, repr=False)
    view: SecurityGroup | DefaultSecurityGroup | Vpc | None = field(default=None, compare=False)

    def same(self, other: Group) -> Truth:
        """Are they one group?"""
        if self == other:
            return Truth.YES
        kinds = (self.kind, other.kind)
        if Kind.VAGUE in kinds:
            return Truth.UNKNOWN
        both_exist = not any(kind in _NEW for kind in kinds)
        return Truth.UNKNOWN if both_exist and Kind.GIVEN in kinds else Truth.NO


@record
class Groups:
    """The groups of something that are known, and whether there may be others."""

    known: tuple[Group, ...]
    complete: bool


def groups_of(place: View) -> Groups:
    """The security groups of ``place``: those it names, or the default one of its network."""
    written = cast("Value[tuple[Value[str], ...]] | None", getattr(place, "security_groups", None))
    if written is None:
        return Groups((), False)
    if isinstance(written, Absent) or (isinstance(written, Known) and not written.value):
        found = None if _without_default(place) else default_group(vpc_of(place).vpc)
        return Groups((found,) if found else (), found is not None and not _gets_more(place))
    named = named_groups(written, place.stack)
    return Groups(named.known, named.complete and not _gets_more(place))


def _without_default(place: View) -> bool:
    """Whether nothing, or something unknown, stands for groups that are not written."""
    if isinstance(place, LoadBalancer):
        return not (isinstance(place.kind, Known) and place.kind.value == "application")
    if isinstance(place, VpcEndpoint):
        return not (isinstance(place.kind, Known) and place.kind.value == "Interface")
    if isinstance(place, Instance):
        templates = (place.launch_template, place.launch_template_name)
        return not place.interfaces.surely_empty or any(not isinstance(one, Absent) for one in templates)
    return isinstance(place, (eks.Cluster, rds.ClusterInstance))


def _gets_more(place: View) -> bool:
    """Whether something may have groups beside those it names."""
    if isinstance(place, eks.Cluster):
        return True  # EKS adds one of its own
    types = place.stack.by_type
    if isinstance(place, (Instance, NetworkInterface)):
        names = getattr(place, "security_group_names", Absent(place.where))
        return not isinstance(names, Absent) or "aws_network_interface_sg_attachment" in types
    if isinstance(place, VpcEndpoint):
        return any(name in types for name in EndpointSecurityGroup.types())
    return False


def named_groups(value: Value[tuple[Value[str], ...]], stack: Stack) -> Groups:
    """The groups that a list of ids names."""
    match value:
        case Known(items):
            found = [group(item, stack) for item in items]
            return Groups(tuple(found), True)
        case Unknown(members=members):
            return Groups(tuple(group(member, stack) for member in members), False)
        case _:
            return Groups((), True)


def group(value: Value[object], stack: Stack) -> Group:
    """The group whose id ``value`` is."""
    source = origin(value)
    pointed = stack.at(source)
    if source is not None and pointed is not None:
        if pointed.type in SecurityGroup.types():
            return made_group(view(pointed, stack, SecurityGroup))
        if pointed.type in DefaultSecurityGroup.types():
            return adopted_group(view(pointed, stack, DefaultSecurityGroup))
        if pointed.type in Vpc.types() and source.attribute in _DEFAULT:
            return default_group(view(pointed, stack, Vpc)) or Group(Kind.VAGUE, (), stack)
        if pointed.mode is Mode.DATA and not stack.graph.ancestors(pointed.declaration):
            return Group(Kind.GIVEN, (str(source),), stack)
        if pointed.type in eks.Cluster.types():
            return Group(Kind.GIVEN, (str(source),), stack)  # EKS makes it: no other group of the program is it
    pieces = parts(value)
    if isinstance(value, Known):
        return Group(Kind.SPELLED, pieces, stack)
    return Group(Kind.GIVEN if given(value) else Kind.VAGUE, pieces, stack)


def made_group(found: SecurityGroup) -> Group:
    """A group that the program makes."""
    return Group(Kind.MADE, (found.address,), found.stack, found)


def adopted_group(found: DefaultSecurityGroup) -> Group:
    """A network's default group, as the program adopts it."""
    vpc = target(found.vpc, found.stack, Vpc)
    if vpc is None:
        return Group(Kind.VAGUE, (found.address,), found.stack, found)
    return Group(Kind.DEFAULT, (vpc.address,), found.stack, found)


def default_group(vpc: Vpc | None) -> Group | None:
    """The default group of a network that the program makes."""
    if vpc is None:
        return None
    for adopted in views(vpc.stack, DefaultSecurityGroup):
        if target(adopted.vpc, vpc.stack, Vpc) is vpc:
            return adopted_group(adopted)
    return Group(Kind.DEFAULT, (vpc.address,), vpc.stack, vpc)
