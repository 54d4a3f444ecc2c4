"""Places in a program that want a value of a type."""

from __future__ import annotations

from onetake.frontends.source.golang.types import Union
from onetake.knowledge.api.editions import Edition
from onetake.model.records import record


@record
class Place:
    """Where a value stands."""

    title: str
    """As the compiler calls it: ``struct literal``, ``argument to sqsqueue.NewSqsQueue``."""
    union: Union | None = None
    """What a library takes there, where Go takes anything."""
    edition: Edition | None = None
    """Of the library that it belongs to."""
    name: str = ""
    """Of the field."""

    @property
    def shown(self) -> str:
        """The field, or the place."""
        return self.name or self.title
