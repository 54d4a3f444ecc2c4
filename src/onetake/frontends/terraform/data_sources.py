"""Data sources whose answers the program itself decides, or that are the same wherever they are asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from onetake.frontends.terraform.values import ListItems
from onetake.model.values import Absent, Gap, Known, Reference, Unknown, Value

if TYPE_CHECKING:
    from onetake.frontends.terraform.instances import Instance
    from onetake.model.resources import Provider

PARTITIONS = (("cn-", "aws-cn", "amazonaws.com.cn"), ("us-gov-", "aws-us-gov", "amazonaws.com"))
"""How the names of regions begin, the partition they lie in, and the suffix of its host names."""
COMMERCIAL = ("us-", "eu-", "ap-", "ca-", "sa-", "me-", "af-", "il-", "mx-")


def result(one: Instance, attribute: str) -> Value[object] | None:
    """An attribute of a data source; ``None`` when only its arguments and AWS decide it."""
    decide = _DECIDED.get(one.type)
    return decide(one, attribute) if decide else None


def _provider(one: Instance) -> Provider:
    return one.module.program.provider(one.block, one.module)


def _policy_document(one: Instance, attribute: str) -> Value[object] | None:
    if attribute not in ("json", "minified_json"):
        return None
    from onetake.frontends.terraform.policy_documents import document

    return document(one.arguments, one.block.where, Reference(one.address, attribute))


def _region(one: Instance, attribute: str) -> Value[object] | None:
    if attribute not in ("name", "id", "region"):
        return None
    for name in ("region", "name"):
        written: Value[object] | None = one.arguments.get(name)
        if written is not None and not isinstance(written, Absent):
            return written
    return None if one.arguments.get("endpoint") else _provider(one).region


def _account(one: Instance, attribute: str) -> Value[object] | None:
    if attribute not in ("account_id", "id"):
        return None
    provider = _provider(one)
    assumed, alias = one.module.program.assumptions.profile.account, provider.alias
    if assumed and not alias and "assume_role" not in provider.arguments:
        return Known(assumed, one.block.where)
    # Another alias may assume a role in another account.
    gap = Gap(f"account id of {alias}" if alias else "account id")
    return Unknown("the account is known when it is deployed to", one.block.where, (gap,))


def _partition(one: Instance, attribute: str) -> Value[object] | None:
    if attribute not in ("partition", "id", "dns_suffix"):
        return None
    where = one.block.where
    region = _provider(one).region
    match region:
        case Known(name):
            for start, partition, suffix in PARTITIONS:
                if name.startswith(start):
                    return Known(suffix if attribute == "dns_suffix" else partition, where)
            if name.startswith(COMMERCIAL) and "-iso" not in name:
                return Known("amazonaws.com" if attribute == "dns_suffix" else "aws", where)
    kind = "dns suffix" if attribute == "dns_suffix" else "partition"
    return Unknown("the region is not known", where, (Gap(kind),))


def _zones(one: Instance, attribute: str) -> Value[object] | None:
    if attribute not in ("names", "zone_ids"):
        return None
    where = one.block.where
    found = _zones_of(one) if attribute == "names" else ()
    if found:
        return Known(ListItems(Known(name, where) for name in found), where)
    return Unknown("AWS says which zones there are", where, (Gap(f"{one.address}.{attribute}"),))


def _zones_of(one: Instance) -> tuple[str, ...]:
    """The zones of the provider's region in the account that is assumed, where nothing is left out of them."""
    region = _provider(one).region
    chosen = one.block.fields.keys() - {"state", "provider"}
    if chosen or not isinstance(region, Known):
        return ()
    return tuple(zone for zone in one.module.program.assumptions.profile.zones if zone[:-1] == region.value)


_DECIDED: dict[str, Callable[[Instance, str], Value[object] | None]] = {
    "aws_iam_policy_document": _policy_document,
    "aws_region": _region,
    "aws_caller_identity": _account,
    "aws_partition": _partition,
    "aws_availability_zones": _zones,
}
