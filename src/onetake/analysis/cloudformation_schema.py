"""Schema facts about CloudFormation templates, from AWS's own validator; only what predicts a failing deployment."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from onetake.analysis.cloudformation_engine import Diagnostic, diagnostics, prepare
from onetake.analysis.cloudformation_places import Path, certain, path_of, repeats
from onetake.analysis.cloudformation_rules import OWN, REGIONAL, facts
from onetake.analysis.cloudformation_taken import taken
from onetake.frontends.cloudformation.reading import Template, template_of
from onetake.model.findings import Confidence, Finding, Severity, Stage
from onetake.model.language import Truth
from onetake.model.stacks import Stack
from onetake.model.values import Span

__all__ = ["judge", "prepare"]

VALIDATOR = "https://github.com/aws-cloudformation/cloudformation-validate"
_REGIONS = ("us-east-1", "us-west-2", "eu-west-1")
"""Where a fact that differs between regions is asked for when nobody named the region."""
_ABOUT_CALLS = frozenset(("E1040", "E1041", "F3037"))
"""Facts about what a function returns, not about a value that is known."""
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_CHOICES = re.compile(r"\[((?:'[^']*'(?:, )?){7,})\]")
_SECRET = re.compile(r"password|secret|token|credential", re.IGNORECASE)


def judge(stack: Stack) -> list[Finding]:
    """What the schemas of AWS forbid in the template of ``stack``; nothing for what was rewritten or not parsed."""
    template = template_of(stack)
    if template is None or template.problems.opaque or not isinstance(template.written, dict):
        return []
    found: dict[tuple[str, Path], Finding] = {}
    for diagnostic in _diagnostics(template):
        path = path_of(diagnostic, template)
        if _counts(diagnostic, path, template, stack):
            finding = _finding(diagnostic, path, template, stack)
            found.setdefault((finding.rule, path), finding)
    # A function that does not exist is told as such, not also as a value of the wrong type.
    for path in [place for name, place in found if name == "cfn-function-unknown"]:
        found.pop(("cfn-property-type", path[:-1]), None)
    return list(found.values())


def _diagnostics(template: Template) -> Iterator[Diagnostic]:
    setting, text = template.setting, template.source.text
    declared = template.sections["Parameters"]
    given = {
        name: value
        for name, value in setting.given.items()
        if isinstance(declared.get(name), dict) and str(declared[name].get("NoEcho", "")).lower() != "true"
    }
    first = diagnostics(text, template.scope, given, setting.region or _REGIONS[0])
    regional = [one for one in first if one.rule in REGIONAL]
    if regional and setting.region is None:
        for region in _REGIONS[1:]:
            there = {(one.rule, one.entity, one.path) for one in diagnostics(text, template.scope, given, region)}
            regional = [one for one in regional if (one.rule, one.entity, one.path) in there]
    yield from (one for one in first if one.rule not in REGIONAL or one in regional)


def _counts(found: Diagnostic, path: Path, template: Template, stack: Stack) -> bool:
    """Whether what the validator found will surely stop the deployment, and is not told already."""
    fact = facts().get(found.rule)
    if fact is None or _told(found, stack) or _later(found, stack.assumptions.as_of):
        return False
    if taken(found, path, template):
        return False
    if any(template.evaluator.condition(name) is not Truth.of(holds) for name, holds in found.scenario.items()):
        return False
    if not found.of_resource:
        return True
    if found.entity not in stack.resources or found.entity not in template.written.get("Resources", {}):
        return False
    if found.rule == "F3002" and "'Fn::" in found.message:
        return False
    if found.rule == "F3037":
        return repeats(path, template, found.entity)
    return fact.stage is Stage.VALIDATE or found.rule in _ABOUT_CALLS or certain(found, path, template)


def _told(found: Diagnostic, stack: Stack) -> bool:
    own = OWN.get(found.rule)
    return own is not None and any(
        finding.rule == own and (finding.resource == found.entity or found.rule in ("F3004", "F0001"))
        for finding in stack.findings
    )


def _later(found: Diagnostic, today: datetime.date) -> bool:
    """Whether it holds only from a day that has not come yet."""
    if found.rule != "E3710":
        return False
    days = [datetime.date.fromisoformat(day) for day in _DATE.findall(found.message)]
    return any(day > today for day in days)


def _finding(found: Diagnostic, path: Path, template: Template, stack: Stack) -> Finding:
    fact = facts()[found.rule]
    resource = stack.resources.get(found.entity) if found.of_resource else None
    secret = any(isinstance(key, str) and _SECRET.search(key) for key in path[3:])
    unsure = resource is not None and resource.exists is Truth.UNKNOWN
    return Finding(
        rule=fact.name,
        severity=Severity.CRITICAL,
        stage=fact.stage,
        confidence=Confidence.SCHEMA,
        where=Span(template.setting.file, path),
        resource=found.entity if found.of_resource else "",
        message=_message(found, secret=secret),
        fix=_fix(found),
        condition=f"Is {found.entity} created? It depends on a condition that is not known." if unsure else "",
        evidence=(found.page or VALIDATOR,),
        stack=stack.name,
        construct=resource.construct if resource else "",
        sensitive=secret,
    )


def _message(found: Diagnostic, *, secret: bool) -> str:
    """The validator's words, behind what they are about; long lists are cut, secrets left out."""
    inside = found.path.removeprefix("Properties").lstrip(".") if found.of_resource else ""
    subject = ".".join(piece for piece in (found.entity, inside) if piece) or "the template"
    text = re.sub(r"^.* (?=(?:does not|is not) )", "its value ", found.message) if secret else found.message
    return f"{subject}: {_CHOICES.sub(_cut, text)}"


def _cut(choices: re.Match[str]) -> str:
    listed = choices[1].split(", ")
    return f"[{', '.join(listed[:4])} and {len(listed) - 4} more]"


def _fix(found: Diagnostic) -> str:
    """The validator's advice, or the admitted value that is nearest to the one written."""
    if found.fix:
        return f"{found.fix.rstrip('.')}."
    choices = _CHOICES.search(found.message) or re.search(r"is not one of \[([^\]]*)\]", found.message)
    written = re.match(r"'([^']*)'", found.message)
    if choices is None or written is None:
        return ""
    import difflib

    admitted = re.findall(r"'([^']*)'", choices[1])
    near = difflib.get_close_matches(written[1], admitted, n=1)
    return f"Write {near[0]}." if near else ""
