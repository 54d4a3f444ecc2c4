"""Schema facts about CloudFormation templates, from AWS's own validator; only what predicts a failing deployment."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator

from onetake.analysis.cloudformation_engine import Diagnostic, diagnostics, prepare
from onetake.analysis.cloudformation_places import Path, certain, path_of, repeats, written_at
from onetake.analysis.cloudformation_rules import OWN, REGIONAL, facts
from onetake.frontends.cloudformation.intrinsics import call
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
_NAMES = frozenset(("E3001", "E3005", "E9004", "F1010", "F1018", "F1020", "F3004", "F6101"))
"""Facts about names and attributes: serverless resources bring more of both, and the reader judges what they become."""
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ANY_ACCOUNT = re.compile(r"'arn:[^:']+:[^:*?']+:[^:']*:[^:']+:[^']+' does not match")
_GAP = re.compile(r"%%\w+%%|<%\w+%>")
"""What builds fill in before a template is published."""
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
    if _excused(found, template) or _looser(found, path, template):
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


def _excused(found: Diagnostic, template: Template) -> bool:
    """Whether deployments are known to get through in spite of it."""
    if (found.rule in _NAMES and _is_serverless(template)) or _GAP.search(found.message):
        return True
    if found.rule == "F0005":
        # https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/blue-green.html
        return "'Hooks' is not a valid" in found.message
    if found.rule == "E3005":
        # A resource that is left out by its condition is not waited for, and nothing fails.
        return "will not exist when" in found.message
    if found.rule == "E8003":
        # Assertions of rules compare attributes of parameters, too; the validator knows conditions only.
        return "'Fn::ValueOf" in found.message or "'Fn::RefAll'" in found.message
    if found.rule == "E1011":
        # Constructs whose snapshots are deployed select the key of a mapping.
        return "'Fn::Select' is not supported" in found.message
    if found.rule in ("F3014", "F3018"):
        # Such rules are left out, and the stack is made: nobody has seen that this changed since
        # https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1706
        return "'CidrIp', 'CidrIpv6'" in found.message
    # Templates that work have descriptions on their resources; dates may go without their zone.
    # The data of a wait condition are JSON text, whatever the schema calls them; a version may be written as 1.0.
    if "returns type 'object'" in found.message or "property 'Version' must be" in found.message:
        return True
    return "invalid property 'Description'" in found.message or r"pattern '^(\d{4})-" in found.message


def _looser(found: Diagnostic, path: Path, template: Template) -> bool:
    """Whether AWS takes what stands there, where the validator wants a certain form of it."""
    if found.rule == "E1041":
        # What a Ref to another type returns is the choice of a program that is not read; it may be what is wanted.
        named = re.match(r"\{'Ref': '([^']*)'\}", found.message)
        return named is not None and not _is_of_aws(named[1], template)
    if found.rule == "E3510" and "is not of type 'object'" in found.message:
        # Deployed to AWS by tests of LocalStack: https://github.com/localstack/localstack/pull/13735
        return _is_document(written_at(path, template))
    if found.rule == "E3510" and _ANY_ACCOUNT.match(found.message):
        # That the account is none is a remark of Access Analyzer, which holds nothing up:
        # https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
        return True
    if found.rule == "E3027":
        # Fields may end with a comma, confirmed by AWS: https://github.com/boto/boto3/issues/2876
        return re.search(r",\s", str(written_at(path, template))) is not None
    if found.rule == "F3020":
        # The console of CloudWatch writes empty lists of what an alarm may not have besides, which deploy:
        # https://github.com/aws-cloudformation/cfn-lint/issues/2890
        return bool(written_at(path, template) == [])
    if path[-3:-2] == ("PortMappings",) and path[-1] == "Protocol":
        # ECS takes what it does not know for tcp: https://github.com/hashicorp/terraform-provider-aws/issues/3645
        return True
    # S3 asks no key of that name until it is used: https://github.com/hashicorp/terraform-provider-aws/issues/38110
    return "ServerSideEncryptionByDefault" in path and path[-1] == "KMSMasterKeyID"


def _is_of_aws(logical_id: str, template: Template) -> bool:
    resource = template.sections["Resources"].get(logical_id)
    kind = str(resource.get("Type", "")) if isinstance(resource, dict) else ""
    return kind.startswith("AWS::") and kind != "AWS::CloudFormation::CustomResource"


def _is_document(written: object) -> bool:
    """Whether what is written there is an object as text in JSON, or becomes some text only when it is deployed."""
    if not isinstance(written, str):
        return call(written) is not None
    try:
        return isinstance(json.loads(written), dict)
    except ValueError:
        return False


def _is_serverless(template: Template) -> bool:
    from onetake.frontends.cloudformation.serverless import is_serverless

    written = template.written.get("Resources")
    return isinstance(written, dict) and any(map(is_serverless, written.values()))


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
