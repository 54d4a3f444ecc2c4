"""What AWS deploys although its own validator refuses it; each with where that was seen."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from onetake.analysis.cloudformation_engine import Diagnostic
from onetake.analysis.cloudformation_places import Path, written_at
from onetake.frontends.cloudformation.intrinsics import call
from onetake.frontends.cloudformation.reading import Template

_GAP = re.compile(r"%%\w+%%|<%\w+%>")
"""What builds fill in before a template is published."""
_ANY_ACCOUNT = re.compile(r"'arn:[^:']+:[^:*?']+:[^:']*:[^:']+:[^']+' does not match")
_NAMES = frozenset(("E3001", "E3005", "E9004", "F1010", "F1018", "F1020", "F3004", "F6101"))
"""Facts about names and attributes: serverless resources bring more of both, and the reader judges what they become."""


def taken(found: Diagnostic, path: Path, template: Template) -> bool:
    """Whether deployments are known to get through in spite of ``found``, which is about what stands at ``path``."""
    if (found.rule in _NAMES and _is_serverless(template)) or _GAP.search(found.message):
        return True
    for_rule = _BY_RULE.get(found.rule)
    return _is_written_so(found.message) or (for_rule is not None and for_rule(found, path, template))


def _is_written_so(message: str) -> bool:
    # Templates that work have descriptions on their resources; dates may go without their zone.
    # The data of a wait condition are JSON text, whatever the schema calls them; a version may be written as 1.0.
    if "returns type 'object'" in message or "property 'Version' must be" in message:
        return True
    return "invalid property 'Description'" in message or r"pattern '^(\d{4})-" in message


def _is_serverless(template: Template) -> bool:
    from onetake.frontends.cloudformation.serverless import is_serverless

    written = template.written.get("Resources")
    return isinstance(written, dict) and any(map(is_serverless, written.values()))


def _selected_key(found: Diagnostic, _path: Path, _template: Template) -> bool:
    """Constructs whose snapshots are deployed select the key of a mapping."""
    return "'Fn::Select' is not supported" in found.message


def _reference(found: Diagnostic, _path: Path, template: Template) -> bool:
    """What a Ref to a custom resource returns is its program's choice; it may be the very id that is wanted."""
    named = re.match(r"\{'Ref': '([^']*)'\}", found.message)
    resource = template.sections["Resources"].get(named[1]) if named else None
    kind = str(resource.get("Type", "")) if isinstance(resource, dict) else "AWS::"
    return not kind.startswith("AWS::") or kind == "AWS::CloudFormation::CustomResource"


def _left_out(found: Diagnostic, _path: Path, _template: Template) -> bool:
    """A resource that is left out by its condition is not waited for, and nothing fails."""
    return "will not exist when" in found.message


def _schedule(_found: Diagnostic, path: Path, template: Template) -> bool:
    """Fields may end with a comma, confirmed by AWS: https://github.com/boto/boto3/issues/2876."""
    return re.search(r",\s", str(written_at(path, template))) is not None


def _policy(found: Diagnostic, path: Path, template: Template) -> bool:
    """A policy as text was deployed by LocalStack's tests: https://github.com/localstack/localstack/pull/13735.

    That an ARN's account is none is a remark of Access Analyzer, which holds nothing up:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html.
    """
    if "is not of type 'object'" in found.message:
        return _is_document(written_at(path, template))
    return _ANY_ACCOUNT.match(found.message) is not None


def _is_document(written: object) -> bool:
    """Whether what is written there is an object as text in JSON, or becomes some text only when it is deployed."""
    if not isinstance(written, str):
        return call(written) is not None
    try:
        return isinstance(json.loads(written), dict)
    except ValueError:
        return False


def _assertion(found: Diagnostic, _path: Path, _template: Template) -> bool:
    """Assertions of rules compare attributes of parameters, too; the validator knows conditions only."""
    return "'Fn::ValueOf" in found.message or "'Fn::RefAll'" in found.message


def _hooks(found: Diagnostic, _path: Path, _template: Template) -> bool:
    """See https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/blue-green.html."""
    return "'Hooks' is not a valid" in found.message


def _source(found: Diagnostic, _path: Path, _template: Template) -> bool:
    """Rules of security groups without one source are left out, and the stack is made.

    https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1706; nobody has seen it change.
    """
    return "'CidrIp', 'CidrIpv6'" in found.message


def _empty(_found: Diagnostic, path: Path, template: Template) -> bool:
    """CloudWatch's console writes empty lists of what an alarm may not have besides, which deploy.

    See https://github.com/aws-cloudformation/cfn-lint/issues/2890.
    """
    return bool(path) and written_at(path, template) == []


def _key_of_bucket(_found: Diagnostic, path: Path, _template: Template) -> bool:
    """S3 asks no key of that name until it is used: https://github.com/hashicorp/terraform-provider-aws/issues/38110."""
    return "ServerSideEncryptionByDefault" in path and path[-1] == "KMSMasterKeyID"


def _protocol(_found: Diagnostic, path: Path, _template: Template) -> bool:
    """ECS takes what it does not know for tcp: https://github.com/hashicorp/terraform-provider-aws/issues/3645."""
    return path[-3:-2] == ("PortMappings",) and path[-1] == "Protocol"


_BY_RULE: Mapping[str, Callable[[Diagnostic, Path, Template], bool]] = {
    "E1011": _selected_key,
    "E1041": _reference,
    "E3005": _left_out,
    "E3027": _schedule,
    "E3510": _policy,
    "E8003": _assertion,
    "F0005": _hooks,
    "F3014": _source,
    "F3017": _key_of_bucket,
    "F3018": _source,
    "F3020": _empty,
    "F3030": _protocol,
    "W3030": _protocol,
}
