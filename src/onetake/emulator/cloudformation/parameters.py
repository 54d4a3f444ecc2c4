"""The values of a template's parameters: given, defaulted, or what the emulated account has of their kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from onetake.emulator import clients
from onetake.frontends.cloudformation.parameters import default
from onetake.model.records import field, record

_INNER = re.compile(r"(?:AWS::SSM::Parameter::Value<)?(?:List<)?(?P<kind>[\w:]+)>?>?")


@record(frozen=False)
class Values:
    """What the parameters of one stack are."""

    values: dict[str, Any] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    """Those without a value."""
    untold: dict[str, str] = field(default_factory=dict)
    """Those whose value the emulator does not know, and why."""
    notes: list[str] = field(default_factory=list)


def values(declared: Mapping[str, Any], given: Mapping[str, Any], url: str, region: str) -> Values:
    """The value of each parameter.

    Args:
        declared: the section of the template.
        given: values by name.
        url: where the emulator listens.
        region: where the stack is deployed.
    """
    found = Values()
    stand_ins = _StandIns(url, region)
    for name, body in declared.items():
        written = body if isinstance(body, Mapping) else {}
        kind = str(written.get("Type", "String"))
        text = given.get(name)
        text = default(written) if text is None else text
        if kind.startswith("AWS::SSM::Parameter::Value<"):
            _stored(name, kind, text, found, url, region)
        elif kind.removeprefix("List<").startswith("AWS::"):
            _of_account(name, kind, found, stand_ins)
        elif text is None:
            found.missing.append(name)
        else:
            found.values[name] = _value(kind, text)
    return found


def _value(kind: str, text: Any) -> Any:
    listed = kind == "CommaDelimitedList" or kind.startswith("List<") or "<List<" in kind
    if listed and isinstance(text, str):
        return [item.strip() for item in text.split(",")] if text else []
    return text


def _stored(name: str, kind: str, text: Any, found: Values, url: str, region: str) -> None:  # noqa: PLR0913, PLR0917
    """A parameter that names an entry of the parameter store."""
    if text is None:
        found.missing.append(name)
        return
    try:
        answer = clients.client(url, "ssm", region).get_parameter(Name=str(text))
    except Exception:  # whatever the store says, the entry is not there
        found.untold[name] = f"the parameter {name} is read from the parameter store of the account ({text})"
        return
    found.values[name] = _value(kind, answer["Parameter"]["Value"])


def _of_account(name: str, kind: str, found: Values, stand_ins: _StandIns) -> None:
    """A parameter that names something of the account: an empty one has its default network, and no more."""
    inner = _INNER.fullmatch(kind)
    one = stand_ins.next(inner["kind"] if inner else kind)
    if one is None:
        found.untold[name] = f"the parameter {name} names something of the account ({kind})"
        return
    found.notes.append(f"{one} of the emulated account stands for the parameter {name}")
    listed = kind.startswith("List<")
    found.values[name] = [one, *filter(None, [stand_ins.next(inner["kind"] if inner else kind)])] if listed else one


class _StandIns:
    """What the emulated account has, of each kind one after the other."""

    def __init__(self, url: str, region: str) -> None:
        self._url = url
        self._region = region
        self._given: dict[str, int] = {}

    def next(self, kind: str) -> str | None:
        """The next of a kind; the last one again when there are no more."""
        held = self._held(kind)
        if not held:
            return None
        place = self._given.get(kind, 0)
        self._given[kind] = place + 1
        return held[min(place, len(held) - 1)]

    def _held(self, kind: str) -> list[str]:
        ec2 = clients.client(self._url, "ec2", self._region)
        match kind:
            case "AWS::EC2::VPC::Id":
                return [one["VpcId"] for one in ec2.describe_vpcs()["Vpcs"]]
            case "AWS::EC2::Subnet::Id":
                found = sorted(ec2.describe_subnets()["Subnets"], key=lambda one: str(one["AvailabilityZone"]))
                return [one["SubnetId"] for one in found]
            case "AWS::EC2::SecurityGroup::Id":
                return [one["GroupId"] for one in ec2.describe_security_groups()["SecurityGroups"]]
            case "AWS::EC2::AvailabilityZone::Name":
                return [one["ZoneName"] for one in ec2.describe_availability_zones()["AvailabilityZones"]]
            case "AWS::EC2::Image::Id":
                return [one["ImageId"] for one in ec2.describe_images(Owners=["amazon"])["Images"][:1]]
            case "AWS::EC2::KeyPair::KeyName":
                return [self._key_pair(ec2)]
            case "AWS::Route53::HostedZone::Id":
                return [self._zone()]
            case _:
                return []

    def _key_pair(self, ec2: Any) -> str:
        name = "rehearsal"
        if not [one for one in ec2.describe_key_pairs()["KeyPairs"] if one["KeyName"] == name]:
            ec2.create_key_pair(KeyName=name)
        return name

    def _zone(self) -> str:
        made = clients.client(self._url, "route53", self._region).create_hosted_zone(
            Name="rehearsal.example.com", CallerReference="rehearsal"
        )
        return str(made["HostedZone"]["Id"]).rpartition("/")[2]
