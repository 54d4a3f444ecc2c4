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
_IN_TERRAFORMS_WORDS = frozenset({"python-invalid-template", "go-invalid-template"})
"""Rules that quote what Terraform says of the artefact, about the same argument."""
_HOLDERS = {
    "master_password": "rds-master-password-literal",
    "password": "rds-master-password-literal",
    "secret_key": "terraform-provider-credentials-literal",
}
"""Which rule's findings are about an argument that their words do not name."""


def told_once(examined: Sequence[Examined]) -> list[Examined]:
    """The programs, sources first, without findings of artefacts whose cause is told of their source.

    The finding in the source is given the construct and the resource that the artefact's named. What may pair with
    several findings stays as it is, unless all of them say the same of the same argument.
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
    every = (one for judged in other.stacks for one in judged.findings)
    if finding.rule in _IN_TERRAFORMS_WORDS:
        return next(
            (one for one in every if one.verbatim == finding.verbatim and _argument(finding) in one.where.path), None
        )
    rules, name = _SAME.get(finding.rule, frozenset()), _argument(finding)
    found = [one for one in every if one.rule in rules and (name in one.message or _HOLDERS.get(name) == one.rule)]
    return found[0] if len(found) == 1 else None


def _argument(finding: Finding) -> str:
    """Terraform's name of the argument that a finding in a source is about."""
    name = next((str(key) for key in finding.where.path if key != finding.rule), "")
    if not finding.rule.startswith("go-"):
        return name
    from onetake.knowledge.api.names import snake_case

    return snake_case(name)


def _take(finding: Finding, other: Examined) -> None:
    for judged in other.stacks:
        judged.findings = [one for one in judged.findings if one is not finding]
