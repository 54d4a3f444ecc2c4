"""Colours for terminals: the few escape codes that a report needs."""

from __future__ import annotations

from onetake.model.findings import Severity

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}
_SEVERITIES = {
    Severity.CRITICAL: ("bold", "red"),
    Severity.HIGH: ("red",),
    Severity.MEDIUM: ("yellow",),
    Severity.LOW: ("cyan",),
}


class Paint:
    """Puts colours around text, or leaves it alone."""

    def __init__(self, enabled: bool) -> None:
        self._enabled = enabled

    def __call__(self, text: str, *styles: str) -> str:
        """``text`` in ``styles``: ``bold``, ``dim`` and the names of colours."""
        if not self._enabled or not text:
            return text
        return f"\x1b[{';'.join(_CODES[style] for style in styles)}m{text}\x1b[0m"

    def severity(self, severity: Severity, text: str) -> str:
        """``text`` in the colour of ``severity``."""
        return self(text, *_SEVERITIES[severity])
