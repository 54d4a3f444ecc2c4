"""How a report is to look."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import IO, TypeAlias

from onetake.model.findings import Severity
from onetake.model.records import record
from onetake.model.report import Report


@record
class Options:
    """What a renderer may be told; each uses what concerns it."""

    color: bool = False
    """Terminal: colours. Ask :func:`wants_color` whether a stream should have them."""
    width: int = 100
    """Terminal: columns."""
    quiet: bool = False
    """Terminal: one line a finding."""
    verbose: bool = False
    """Terminal: evidence, related places, suppressed findings and assumptions too."""
    fail_on: Severity | None = Severity.HIGH
    """The severity from which on the process ends with 1; SARIF, JUnit and the analyses tell it."""


Renderer: TypeAlias = Callable[[Report, Options], str]


def wants_color(stream: IO[str], environment: Mapping[str, str]) -> bool:
    """Whether ``stream`` is a terminal that shows colours and whose user has not refused them (``NO_COLOR``)."""
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR") or environment.get("CLICOLOR_FORCE"):
        return True
    return stream.isatty() and environment.get("TERM") != "dumb"
