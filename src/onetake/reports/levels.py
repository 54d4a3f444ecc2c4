"""The three levels of annotation that most viewers know."""

from __future__ import annotations

from onetake.model.findings import Finding, Severity


def level(finding: Finding) -> str:
    """``error``, ``warning`` or ``note``; a risk is never an error."""
    if finding.severity is Severity.LOW:
        return "note"
    if finding.severity is Severity.MEDIUM:
        return "note" if finding.conditional else "warning"
    return "warning" if finding.conditional else "error"


def explained(finding: Finding) -> str:
    """Everything that is said of a finding, as plain paragraphs."""
    said = f"{finding.stage.value} says: {finding.verbatim}" if finding.verbatim else ""
    asked = f"Risk: {finding.condition}" if finding.condition else ""
    fix = f"Fix: {finding.fix}" if finding.fix else ""
    return "\n".join(part for part in (finding.message, asked, said, finding.cause, fix) if part)
