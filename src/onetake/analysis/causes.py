"""One cause told once, where a program is there both as its source and as what was synthesized from it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from onetake.analysis.checking import Examined
from onetake.frontends.detection import Kind
from onetake.model.findings import Finding
from onetake.model.records import replace

_SAME = {
    "python-untyped-key-unknown": frozenset(
        {"wafv2-statement-name-unknown", "terraform-unsupported-argument", "terraform-unsupported-block"}
    ),
    "python-value-changes-at-synthesis": frozenset({"rds-master-password-literal"}),
    "python-credential-in-source": frozenset({"rds-master-password-literal", "terraform-provider-credentials-literal"}),
}
"""What a finding in the source shows as in the artefact, by its rule."""
_HOLDERS = {
    "master_password": "rds-master-password-literal",
    "password": "rds-master-password-literal",
    "secret_key": "terraform-provider-credentials-literal",
}
"""Which rule's findings are about an argument that their words do not name."""


def told_once(examined: Sequence[Examined]) -> list[Examined]:
    """The programs, sources first, without findings of artefacts whose cause is told of their source.

    The finding in the source is given the construct and the resource that the artefact's named. What does not pair
    with exactly one finding stays as it is.
    """
    sources = [one for one in examined if one.program.kind is Kind.SOURCE]
    changed = False
    for source in sources:
        for judged in source.stacks:
            findings = list(judged.findings)
            for at, finding in enumerate(findings):
                for other in examined:
                    twin = _twin(finding, other) if _beside(source, other) else None
                    if twin is not None:
                        findings[at] = replace(finding, construct=twin.construct, related=(twin.resource,))
                        _take(twin, other)
                        changed = True
            judged.findings = findings
    if not changed:
        return list(examined)
    return [*sources, *(one for one in examined if one.program.kind is not Kind.SOURCE)]


def _beside(source: Examined, other: Examined) -> bool:
    """Whether an artefact lies where the source would have written it: in its folder, or below."""
    folder = PurePosixPath(source.program.name).parent
    return other.program.kind is Kind.CDKTF and PurePosixPath(other.program.name).is_relative_to(folder)


def _twin(finding: Finding, other: Examined) -> Finding | None:
    """The one finding of an artefact that has the same cause."""
    rules, name = _SAME.get(finding.rule, frozenset()), str(finding.where.path[0]) if finding.where.path else ""
    found = [
        one
        for judged in other.stacks
        for one in judged.findings
        if one.rule in rules and (name in one.message or _HOLDERS.get(name) == one.rule)
    ]
    return found[0] if len(found) == 1 else None


def _take(finding: Finding, other: Examined) -> None:
    for judged in other.stacks:
        judged.findings = [one for one in judged.findings if one is not finding]
