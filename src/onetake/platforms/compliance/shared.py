"""Checks that more than one standard makes."""

from __future__ import annotations

from onetake.platforms.synthesized import Resource, Synthesized

_WORLD = ("0.0.0.0/0", "::/0")
_ADMINISTRATION = (22, 3389)


def tls_only(stack: Synthesized) -> list[Resource]:
    """The policies of buckets, if each bucket has one that refuses connections without TLS."""
    policies = list(stack.of("aws_s3_bucket_policy"))
    strict = [one for one in policies if _refuses_plain(stack, one)]
    covered = {address for one in strict for address in one.references}
    return strict if all(bucket.address in covered for bucket in stack.of("aws_s3_bucket")) else []


def _refuses_plain(stack: Synthesized, policy: Resource) -> bool:
    return any(
        one.get("effect") == "Deny"
        and any(condition["variable"] == "aws:SecureTransport" for condition in one.get("condition", ()))
        for one in stack.statements(policy.arguments["policy"])
    )


def closed_to_the_world(stack: Synthesized) -> list[Resource]:
    """The rules of security groups, if none opens an administration port to the world."""
    rules = list(stack.of("aws_vpc_security_group_ingress_rule"))
    return [] if any(_administers(one) for one in rules) else rules


def _administers(rule: Resource) -> bool:
    given = rule.arguments
    if given.get("cidr_ipv4") not in _WORLD and given.get("cidr_ipv6") not in _WORLD:
        return False
    if given["ip_protocol"] == "-1":
        return True
    return any(given["from_port"] <= port <= given["to_port"] for port in _ADMINISTRATION)
