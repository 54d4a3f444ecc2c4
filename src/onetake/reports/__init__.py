"""One renderer per format, each loaded only when it is asked for."""

from __future__ import annotations

import importlib
from typing import Any, cast

from onetake.model.report import Report
from onetake.reports.options import Options, Renderer

__all__ = ["FORMATS", "Options", "render"]

_MODULES = {
    "terminal": "terminal",
    "json": "json_report",
    "sarif": "sarif",
    "junit": "junit",
    "github": "github",
    "markdown": "markdown",
    "html": "html",
}

FORMATS = tuple(_MODULES)
"""The names that :func:`render` takes."""


def render(report: Report, format: str, **options: Any) -> str:  # noqa: A002 - the word that users type
    """``report`` as text in one of :data:`FORMATS`; ``options`` are the fields of :class:`Options`.

    The same report and options give the same text.

    Raises:
        ValueError: there is no such format.
    """
    if format not in _MODULES:
        raise ValueError(f"{format} is no format; there are {', '.join(FORMATS)}")
    module = importlib.import_module(f"onetake.reports.{_MODULES[format]}")
    return cast("Renderer", module.render)(report, Options(**options))
