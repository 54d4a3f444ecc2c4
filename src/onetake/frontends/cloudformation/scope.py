"""What the expressions of a template are evaluated in: parameters, region, mappings, conditions, resources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onetake.frontends.files import Limits
from onetake.model.language import Truth
from onetake.model.records import field, record
from onetake.model.values import Gap, Known, Span, Unknown, Value


@record(frozen=False)
class Scope:
    """The names of one template."""

    file: str
    limits: Limits
    region: str | None = None
    """``None`` when nobody said where it is deployed."""
    account: str | None = None
    parameters: Mapping[str, Value[object]] = field(default_factory=dict)
    mappings: Mapping[str, Any] = field(default_factory=dict)
    conditions: Mapping[str, Any] = field(default_factory=dict)
    resources: Mapping[str, Any] = field(default_factory=dict)
    truths: dict[str, Truth] = field(default_factory=dict)
    """The conditions that have been decided."""

    def pseudo(self, name: str, where: Span) -> Value[object]:
        """The value of a pseudo parameter."""
        found: str | None = None
        if name == "AWS::Region":
            found = self.region
        elif name == "AWS::AccountId":
            found = self.account
        elif name == "AWS::Partition" and self.region:
            found = partition(self.region)
        elif name == "AWS::URLSuffix" and self.region:
            found = _SUFFIXES.get(partition(self.region))
        if found is None:
            return Unknown(f"{name} is known when the stack is deployed", where, (Gap(name),))
        return Known(found, where)


_PARTITIONS = {"cn": "aws-cn", "us-gov": "aws-us-gov", "us-iso": "aws-iso", "us-isob": "aws-iso-b"}
_SUFFIXES = {"aws": "amazonaws.com", "aws-us-gov": "amazonaws.com", "aws-cn": "amazonaws.com.cn"}


def partition(region: str) -> str:
    """The partition that ``region`` lies in."""
    return _PARTITIONS.get(region.rsplit("-", 2)[0], "aws")
