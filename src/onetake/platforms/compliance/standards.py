"""Which standards a platform is held to."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Final

from onetake.platforms.catalogue import Entry
from onetake.platforms.compliance.requirement import Standard

STANDARDS: Final[Mapping[str, str]] = {"cis": "CIS", "pci": "PCI_DSS"}
"""The standards by the names that a platform's entry in the catalogue gives them."""


def standards(entry: Entry) -> list[Standard]:
    """The standards of a platform; nothing of the others is loaded."""
    return [
        getattr(importlib.import_module(f"onetake.platforms.compliance.{name}"), STANDARDS[name])
        for name in entry.standards
    ]
