"""A template as plain data: its sections, checked for their shape, with parameters and mappings at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from onetake.model.values import Span

SECTIONS = (
    "Parameters",
    "Mappings",
    "Conditions",
    "Resources",
    "Outputs",
    "Rules",
    "Metadata",
    "Hooks",
    "Globals",
)


@dataclass(slots=True)
class Template:
    """The sections of a template; a section that is missing or of the wrong type is empty."""

    file: str
    body: Mapping[str, Any]
    given: Mapping[str, str] = field(default_factory=dict)
    """The values of parameters, as the user gave them."""

    def section(self, name: str) -> Mapping[str, Any]:
        """The entries of a section."""
        found = self.body.get(name)
        return found if isinstance(found, Mapping) else {}

    @property
    def resources(self) -> Mapping[str, Mapping[str, Any]]:
        """The resources that have a type."""
        return {
            name: body
            for name, body in self.section("Resources").items()
            if isinstance(body, Mapping) and isinstance(body.get("Type"), str)
        }

    @property
    def transforms(self) -> tuple[str, ...]:
        """The names of the macros that the whole template goes through."""
        written = self.body.get("Transform") or ()
        items = written if isinstance(written, list) else [written]
        return tuple(item if isinstance(item, str) else str(item.get("Name", "")) for item in items if item)

    def span(self, *path: str | int) -> Span:
        """A place in the template."""
        return Span(self.file, path)
