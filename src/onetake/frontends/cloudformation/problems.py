"""What is wrong with a template itself, before any resource is looked at."""

from __future__ import annotations

from onetake.model.findings import Confidence, Finding, Note, Severity, Stage
from onetake.model.records import field, record
from onetake.model.values import Key, Span

_ANATOMY = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html"
_INTRINSICS = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html"
_FORMATS = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html"
_PARAMETERS = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html"
_DEPENDS = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html"

EVIDENCE = {
    "cloudformation-syntax": _FORMATS,
    "cloudformation-duplicate-key": _FORMATS,
    "cloudformation-parameter-invalid": _PARAMETERS,
    "cloudformation-structure": _ANATOMY,
    "cloudformation-unresolved-reference": _INTRINSICS,
    "cloudformation-circular-dependency": _DEPENDS,
}
"""The rules that reading a template applies, with the page each rests on."""


@record
class Fault:
    """What is wrong with a template, at one place of it."""

    rule: str
    path: tuple[Key, ...]
    message: str
    verbatim: str = ""
    cause: str = ""
    fix: str = ""
    resource: str = ""
    related: tuple[str, ...] = ()
    severity: Severity = Severity.CRITICAL


@record(frozen=False)
class Problems:
    """Findings and notes that reading one template comes to."""

    file: str
    stack: str = ""
    findings: list[Finding] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    whole: bool = True
    opaque: bool = False
    """Whether something rewrites the template that is not known here: then even its words are not certain."""

    def report(self, fault: Fault) -> None:
        """A fault for which CloudFormation refuses the template."""
        self.findings.append(
            Finding(
                rule=fault.rule,
                severity=fault.severity,
                stage=Stage.VALIDATE,
                confidence=Confidence.DOCUMENTED,
                where=Span(self.file, fault.path),
                resource=fault.resource,
                message=fault.message,
                verbatim=fault.verbatim,
                cause=fault.cause,
                fix=fault.fix,
                related=fault.related,
                related_spans=tuple(Span(self.file, ("Resources", name)) for name in fault.related),
                evidence=(EVIDENCE[fault.rule],),
                stack=self.stack,
            )
        )

    def unread(self, path: tuple[Key, ...], message: str) -> None:
        """Something that is left out, so that nothing can be said to be missing."""
        self.notes.append(Note(Span(self.file, path), message))
        self.whole = False
