"""Types of resources and data sources that the provider does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onetake.frontends.terraform.declarations import Declaration, Mistake
from onetake.frontends.terraform.suggestions import meant
from onetake.knowledge.terraform import provider_schema
from onetake.knowledge.terraform.schema import Kind

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module

_WORDS = {
    Kind.RESOURCE: ("Invalid resource type", "resource type"),
    Kind.DATA_SOURCE: ("Invalid data source", "data source"),
    Kind.EPHEMERAL: ("Invalid ephemeral resource type", "ephemeral resource type"),
}


def unknown(block: Declaration, version: str, kind: Kind, module: Module) -> Mistake:
    """A type that version ``version`` does not have."""
    name = block.labels[0]
    summary, what = _WORDS[kind]
    detail = f'The provider hashicorp/aws does not support {what} "{name}".'
    near = meant(name, provider_schema(version).of(kind))
    if near:
        detail += f' Did you mean "{near}"?'
    elif kind is Kind.DATA_SOURCE and name in provider_schema(version).resources:
        detail += f'\n\nDid you intend to use the managed resource type "{name}"? If so, declare this using a "resource" block instead of a "data" block.'  # noqa: E501 - Terraform's words
    elif kind is Kind.RESOURCE and name in provider_schema(version).data_sources:
        detail += f'\n\nDid you intend to use the data source "{name}"? If so, declare this using a "data" block instead of a "resource" block.'  # noqa: E501 - Terraform's words
    return Mistake("terraform-unknown-resource-type", summary, detail, block.where, module.prefix + block.name)
