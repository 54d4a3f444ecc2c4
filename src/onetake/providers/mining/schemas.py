"""The pack of a provider's schemas."""

from __future__ import annotations

from typing import Any

from onetake.knowledge.terraform.schema import Kind, ProviderSchema
from onetake.knowledge.terraform.schema_pack import Encoder, every

Draft = tuple[dict[str, Any], dict[str, Any]]
"""A pack that is not written yet: what it tells about itself, and its frames."""


def draft(schemas: ProviderSchema, source: dict[str, Any]) -> Draft:
    """The pack of ``schemas``; ``source`` tells where they are from."""
    meta = {
        "fact": "arguments, blocks and attributes of every resource, data source and ephemeral resource",
        "provider": f"hashicorp/{schemas.configuration.name}",
        "version": schemas.version,
        "confidence": "exact",
        "sources": [source],
        "counts": counts(schemas),
    }
    return meta, Encoder(schemas).frames()


def counts(schemas: ProviderSchema) -> dict[str, int]:
    """How many facts there are of each kind, not counting what stands in nested blocks twice."""
    of_kind = {
        "resources": len(schemas.resources),
        "data_sources": len(schemas.data_sources),
        "ephemeral": len(schemas.ephemeral),
    }
    resources = [schema for schema in every(schemas) if schema.kind is Kind.RESOURCE]
    return of_kind | {
        "resource_attributes": sum(len(schema.body.attributes) for schema in resources),
        "resource_blocks": sum(len(schema.body.blocks) for schema in resources),
    }
