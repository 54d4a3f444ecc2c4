"""The shape of a refusal, and of the sheet on which those of a resource type stand."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from onetake.frontends.terraform.schemas.plan.conditions import Condition
from onetake.model.records import record

REPOSITORY = "https://github.com/hashicorp/terraform-provider-aws/blob/main/"


@record(eq=False)
class Refusal:
    """One thing that the provider refuses to plan.

    ``{name}`` in a text stands for the value of an argument, ``{@}`` for the place of the block that is judged.
    """

    about: str
    """The argument that is pointed at."""
    when: Condition
    words: str
    """What the provider prints."""
    message: str
    """What is wrong in our words, without the address, which goes in front."""
    fix: str
    inside: str = ""
    """The block of which each one is judged by itself."""
    lasting: bool = False
    """Whether the source of version 6 was seen to refuse it, too."""


@record(eq=False)
class Sheet:
    """The refusals of a resource type, and the aliases of the type."""

    types: tuple[str, ...]
    source: str
    """The file of the provider's repository in which the functions are that refuse."""
    refusals: tuple[Refusal, ...]
    defaults: Mapping[str, Any] = MappingProxyType({})
    """What the provider takes for arguments that are not given."""

    @property
    def address(self) -> str:
        """The public address of the file."""
        return REPOSITORY + self.source
