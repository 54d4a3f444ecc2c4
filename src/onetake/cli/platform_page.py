"""What ``onetake platform show`` prints."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Iterator

from onetake.platforms.catalogue import Entry
from onetake.platforms.parameters import ENVIRONMENTS
from onetake.platforms.settings import meanings, overridable, parameters, shown

_WIDTH = 100


def page(entry: Entry) -> str:
    """The settings of a platform and the profiles of its environments.

    Raises:
        MissingExtra: the packages of ``onetake[platforms]`` are not installed.
    """
    return "\n".join(
        [f"{entry.name}: {entry.summary}", "", *_settings(entry), "", *_profiles(entry), *_note(entry), ""]
    )


def _settings(entry: Entry) -> Iterator[str]:
    yield "settings"
    told = meanings(entry)
    for name, one in parameters(entry).items():
        default = "required" if one.default is inspect.Parameter.empty else f"default: {shown(one.default)}"
        yield f"  {name}  [{default}]"
        yield from textwrap.wrap(
            told.get(name, "").replace("``", ""), _WIDTH, initial_indent="      ", subsequent_indent="      "
        )


def _profiles(entry: Entry) -> Iterator[str]:
    rows = [("overrides", *ENVIRONMENTS), *((name, *values) for name, values in overridable(entry).items())]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        line = "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        yield line if row is rows[0] else f"  {line}"


def _note(entry: Entry) -> list[str]:
    return ["", *textwrap.wrap(entry.note.replace("`", ""), _WIDTH)] if entry.note else []
