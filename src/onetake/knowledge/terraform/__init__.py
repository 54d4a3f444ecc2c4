"""What is known of Terraform's AWS provider, by version; each type is decoded when it is asked for.

::

    bucket = resource_schema("aws_s3_bucket", "5.100.0")
    bucket.body.attributes["force_destroy"].type
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from onetake.knowledge import shelf

if TYPE_CHECKING:
    from onetake.knowledge.terraform.schema import ProviderSchema, TypeSchema

SCHEMA = "terraform-aws-schema-"
"""What the names of the packs of schemas begin with; the provider's version follows."""


def schema_versions() -> tuple[str, ...]:
    """The versions of the AWS provider whose schemas are known, oldest first."""
    return shelf.versions(SCHEMA)


@cache
def provider_schema(version: str) -> ProviderSchema:
    """Everything that version ``version`` of the AWS provider offers.

    Raises:
        LookupError: there is no pack for that version.
        DamagedPack: its file cannot be read.
    """
    from onetake.knowledge.terraform.schema_pack import Decoder

    pack = shelf.pack(SCHEMA + version)
    if pack is None:
        raise LookupError(f"there are no schemas of version {version} of the AWS provider")
    return Decoder(pack).provider()


def resource_schema(name: str, version: str) -> TypeSchema | None:
    """The schema of a resource type such as ``aws_s3_bucket``; ``None`` when that version does not have it.

    Raises:
        LookupError: there is no pack for that version.
    """
    return provider_schema(version).resources.get(name)


def data_source_schema(name: str, version: str) -> TypeSchema | None:
    """The schema of a data source such as ``aws_ami``; ``None`` when that version does not have it.

    Raises:
        LookupError: there is no pack for that version.
    """
    return provider_schema(version).data_sources.get(name)
