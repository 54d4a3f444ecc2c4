"""The data inside the pinned wheel of cfn-lint (MIT-0), which its authors refresh from AWS."""

from __future__ import annotations

import json
import zipfile
from functools import cache
from typing import Any

from tools.packs.inputs import inputs, located

NAME = "cfn-lint"
_DATA = "cfnlint/data/"


@cache
def _wheel() -> zipfile.ZipFile:
    return zipfile.ZipFile(located(NAME))


@cache
def read(path: str) -> Any:
    """A JSON file below its data folder.

    Raises:
        MissingInput: the wheel is not here and cannot be had.
    """
    return json.loads(_wheel().read(_DATA + path))


def extension(kind: str, file: str) -> Any:
    """What it knows about a resource type beyond the type's schema."""
    return read(f"schemas/extensions/{kind}/{file}")


def date() -> str:
    """The day on which its data were made."""
    return str(read("schemas/version.json")["schema_date"])[:10]


def source(path: str) -> str:
    """How a table names it as its source."""
    pinned = inputs()[NAME]
    return f"{NAME} {pinned.version}, {path} ({pinned.licence})"
