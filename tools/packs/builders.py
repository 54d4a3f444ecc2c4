"""Every pack by its name, and the function that drafts it from the pinned inputs."""

from __future__ import annotations

from collections.abc import Callable

from onetake.knowledge.terraform.schema import ProviderSchema
from onetake.providers.client import Provider
from onetake.providers.mining import schemas
from onetake.providers.mining.schemas import Draft
from tools.packs.inputs import inputs, located

PROVIDER = "terraform-provider-aws"


def provider_schemas() -> ProviderSchema:
    """What the pinned provider offers."""
    with Provider(located(PROVIDER)) as provider:
        return provider.schema(inputs()[PROVIDER].version)


def provider_schema_pack() -> Draft:
    """The schemas of the pinned provider."""
    return schemas.draft(provider_schemas(), inputs()[PROVIDER].source)


BUILDERS: dict[str, Callable[[], Draft]] = {"terraform-aws-schema-5.100.0": provider_schema_pack}
