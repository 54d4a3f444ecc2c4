"""What calls do that no line of ``operations.toml`` can say: they choose among what earlier calls left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from onetake.emulator.live import shaping
from onetake.emulator.live.things import Thing, Things, changed
from onetake.emulator.moto_extension.calls import Call
from onetake.model.records import replace

VPC, TABLE, SUBNET = "AWS::EC2::VPC", "AWS::EC2::RouteTable", "AWS::EC2::Subnet"
ASSOCIATION = "AWS::EC2::SubnetRouteTableAssociation"
MAIN = "main_route_table_id"
"""The attribute by which a network gives its main table, which templates have no word for."""
_BY = "main association"
"""What the association that makes a table the main one is kept as."""
_POLICY = "AWS::IAM::ManagedPolicy"
_FIRST = "v1"


def remember(call: Call, answer: Mapping[str, Any], things: Things) -> None:
    """Follow a call that was carried out, after what the table says of it."""
    follow = _FOLLOWED.get(call.label)
    if follow is not None:
        follow(call, answer, things)


def is_followed(call: Call) -> bool:
    """Whether there is anything to remember of a call."""
    return call.label in _FOLLOWED


def implied(things: Mapping[str, Thing]) -> Iterator[Thing]:
    """What follows from what stands: subnets without an association follow the main table of their network.

    Args:
        things: by address.
    """
    associated = {one.properties.get("SubnetId") for one in things.values() if one.type == ASSOCIATION}
    tables = {identifier for one in things.values() if one.type == TABLE for identifier in one.identifiers.values()}
    main = {one.name: one.kept[MAIN] for one in things.values() if one.type == VPC and one.kept.get(MAIN) in tables}
    for one in things.values():
        table = main.get(str(one.properties.get("VpcId")))
        if one.type == SUBNET and table is not None and one.name not in associated:
            yield Thing(ASSOCIATION, f"of {one.name}", one.region, {"SubnetId": one.name, "RouteTableId": table})


def _described(call: Call, answer: Mapping[str, Any], things: Things) -> None:
    """Which table is the main one is first told when somebody asks."""
    for table in answer.get("RouteTables") or ():
        for one in table.get("Associations") or ():
            vpc = things.find(VPC, str(table.get("VpcId")), call.region)
            if vpc is not None and str(one.get("Main")).lower() == "true":
                things.put(_led(vpc, str(table["RouteTableId"]), str(one["RouteTableAssociationId"]), things))


def _replaced(call: Call, answer: Mapping[str, Any], things: Things) -> None:
    """A subnet, or all of a network that have no association of their own, follow another table."""
    before, after, table = (
        str(call.get("AssociationId")),
        str(answer["NewAssociationId"]),
        str(call.get("RouteTableId")),
    )
    subnet = things.find(ASSOCIATION, before, call.region)
    if subnet is not None:
        things.drop(subnet)
        things.put(replace(changed(subnet, {"RouteTableId": table}), name=after))
    for vpc in things:
        if vpc.type == VPC and vpc.kept.get(_BY) == before:
            things.put(_led(vpc, table, after, things))


def _led(vpc: Thing, table: str, association: str, things: Things) -> Thing:
    """The network with a main table: its own, which only it can name, or one that was made."""
    made = things.find(TABLE, table, vpc.region) is not None
    others = {attribute: one for attribute, one in vpc.identifiers.items() if attribute != MAIN}
    identifiers = others if made else {**others, MAIN: table}
    return replace(vpc, identifiers=identifiers, kept={MAIN: table, _BY: association})


def _first(_call: Call, answer: Mapping[str, Any], things: Things) -> None:
    policy = things.find(_POLICY, str(answer["Policy"]["Arn"]), "")
    if policy is not None:
        things.put(replace(policy, kept={_FIRST: policy.properties.get("PolicyDocument")}))


def _further(call: Call, answer: Mapping[str, Any], things: Things) -> None:
    policy = things.find(_POLICY, str(call.get("PolicyArn")), "")
    if policy is not None:
        document = shaping.parsed(call.get("PolicyDocument"))
        things.put(replace(policy, kept={**policy.kept, str(answer["PolicyVersion"]["VersionId"]): document}))


def _chosen(call: Call, _answer: Mapping[str, Any], things: Things) -> None:
    policy = things.find(_POLICY, str(call.get("PolicyArn")), "")
    if policy is None:
        return
    document = policy.kept.get(str(call.get("VersionId")))
    if document is None:
        things.drop(policy)
    else:
        things.put(changed(policy, {"PolicyDocument": document}))


_FOLLOWED: Mapping[str, Callable[[Call, Mapping[str, Any], Things], None]] = {
    "ec2:DescribeRouteTables": _described,
    "ec2:ReplaceRouteTableAssociation": _replaced,
    "iam:CreatePolicy": _first,
    "iam:CreatePolicyVersion": _further,
    "iam:SetDefaultPolicyVersion": _chosen,
}
