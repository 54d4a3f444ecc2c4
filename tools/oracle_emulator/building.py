"""Writes configurations as Terraform's JSON: ``b("aws_sns_topic", name="x").arn`` declares one and refers to it."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

REGION, ACCOUNT = "us-east-1", "123456789012"
PROVIDER = "5.100.0"


class Ref:
    """A declared resource; its attributes are references."""

    def __init__(self, type_: str, name: str) -> None:
        self.address = f"{type_}.{name}"

    def __getattr__(self, name: str) -> str:
        if name.startswith("__"):
            raise AttributeError(name)
        return f"${{{self.address}.{name}}}"

    def at(self, path: str) -> str:
        """A reference to something deeper: ``at("origin[0].domain_name")``."""
        return f"${{{self.address}.{path}}}"


class Build:
    """A configuration that grows."""

    def __init__(self) -> None:
        self.resources: dict[str, dict[str, Any]] = {}
        self._counts: Counter[str] = Counter()

    def __call__(self, type_: str, after: Any = None, **arguments: Any) -> Ref:
        """Declare a resource; ``after`` are those that it depends on beyond its references."""
        name = f"r{self._counts[type_]}"
        self._counts[type_] += 1
        if after:
            arguments["depends_on"] = [one.address for one in after]
        self.resources.setdefault(type_, {})[name] = arguments
        return Ref(type_, name)

    def text(self) -> str:
        """The configuration."""
        content = {
            "terraform": {"required_providers": {"aws": {"source": "hashicorp/aws", "version": f"= {PROVIDER}"}}},
            "provider": {"aws": [{"region": REGION}, {"alias": "west", "region": "us-west-2"}]},
            "resource": self.resources,
        }
        return json.dumps(content, indent=1)


def statement(**elements: Any) -> str:
    """A policy document of one statement."""
    return policy({"Effect": "Allow", **elements})


def policy(*statements: dict[str, Any]) -> str:
    """A policy document."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def role(b: Build, service: str, name: str) -> Ref:
    """A role that a service may take."""
    trust = statement(Principal={"Service": f"{service}.amazonaws.com"}, Action="sts:AssumeRole")
    return b("aws_iam_role", name=name, assume_role_policy=trust)


def key(b: Build, *services: str, **arguments: Any) -> Ref:
    """A key that its account, and services, may use."""
    root = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": "kms:*", "Resource": "*"}
    use = ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*", "kms:CreateGrant"]
    others = [
        {"Effect": "Allow", "Principal": {"Service": f"{one}.amazonaws.com"}, "Action": use, "Resource": "*"}
        for one in services
    ]
    return b("aws_kms_key", **{"enable_key_rotation": True, "policy": policy(root, *others), **arguments})


def network(b: Build) -> tuple[Ref, list[Ref]]:
    """A VPC with two subnets."""
    vpc = b("aws_vpc", cidr_block="10.0.0.0/16", enable_dns_hostnames=True)
    zones = ("a", "b")
    return vpc, [
        b("aws_subnet", vpc_id=vpc.id, cidr_block=f"10.0.{place}.0/24", availability_zone=f"{REGION}{zone}")
        for place, zone in enumerate(zones)
    ]
