"""What CloudFormation's ``Ref`` of a resource is, where that is one of the resource's own properties."""

from __future__ import annotations

from typing import cast

from onetake.knowledge.tables import table


def ref_property(kind: str) -> str | None:
    """The top-level property that ``Ref`` of a ``kind`` returns (``BucketName``); ``None`` where it is generated."""
    return cast("str | None", table("ref_properties").values.get(kind))
