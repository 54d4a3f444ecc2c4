"""Names people type: the nearest of those that exist, for messages."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: str, names: Iterable[str]) -> str:
    """The one of ``names`` that was probably meant; empty when none is near."""
    import difflib

    close = difflib.get_close_matches(name, list(names), n=1, cutoff=0.6)
    return close[0] if close else ""


def suggestion(name: str, names: Iterable[str]) -> str:
    """``; did you mean "x"?``, or nothing."""
    close = nearest(name, names)
    return f'; did you mean "{close}"?' if close else ""


SCHEMA = "cfn-"
"""What the names of CloudFormation's schema facts begin with; which there are is for their library to say."""


def exists(name: str) -> bool:
    """Whether something that can be found has that name."""
    return name in every() or (name.startswith(SCHEMA) and len(name) > len(SCHEMA))


def every() -> frozenset[str]:
    """The name of everything that can be found: rules, and what the readers and the runner report themselves."""
    from onetake.analysis.pages import PAGES
    from onetake.rules.registry import entries

    return frozenset(entries()) | frozenset(PAGES)
