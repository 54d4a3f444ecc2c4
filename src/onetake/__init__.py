"""onetake: predicts the failures of AWS deployments, offline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onetake._version import __version__

if TYPE_CHECKING:
    from onetake.analysis.configuration import Misconfigured
    from onetake.api import RuleInfo, check, list_rules, load
    from onetake.frontends.files import Unreadable
    from onetake.model.assumptions import Profile
    from onetake.model.findings import Finding, Severity, Stage
    from onetake.model.report import Located, Report
    from onetake.model.stacks import Stack


_HOMES = {
    "Finding": "onetake.model.findings",
    "Located": "onetake.model.report",
    "Misconfigured": "onetake.analysis.configuration",
    "Profile": "onetake.model.assumptions",
    "Report": "onetake.model.report",
    "RuleInfo": "onetake.api",
    "Severity": "onetake.model.findings",
    "Stack": "onetake.model.stacks",
    "Stage": "onetake.model.findings",
    "Unreadable": "onetake.frontends.files",
    "check": "onetake.api",
    "load": "onetake.api",
    "list_rules": "onetake.api",
}

__all__ = [
    "Finding",
    "Located",
    "Misconfigured",
    "Profile",
    "Report",
    "RuleInfo",
    "Severity",
    "Stack",
    "Stage",
    "Unreadable",
    "__version__",
    "check",
    "list_rules",
    "load",
]


def __getattr__(name: str) -> Any:
    """Import what is asked for, and only that: ``import onetake`` costs next to nothing."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    value = globals()[name] = getattr(importlib.import_module(home), name)
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
