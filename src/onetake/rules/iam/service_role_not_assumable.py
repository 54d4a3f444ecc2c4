"""Role that the service it is handed to may not assume.

CodeBuild, CodePipeline, Firehose, EventBridge, API Gateway, RDS, Glue, CloudTrail, Cognito, AWS Backup, MWAA, DataSync
and VPC flow logs assume the role while the resource is created. Lambda, ECS, EKS, Step Functions and EventBridge
Scheduler have rules of their own. Judged where the role is one of the program and its whole trust policy is known.
"""

from collections.abc import Iterator
from typing import cast

from onetake.aws.view import View, convert, dig
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known, Value
from onetake.rules.iam._assuming import HANDED, Handed
from onetake.rules.iam._trust import refused
from onetake.rules.rule import Answer, Fault, Rule

_BY_KIND = {handed.kind(language): handed for handed in HANDED for language in Language if handed.kind(language)}


class Holder(View):
    """A resource that hands a role to a service."""

    KINDS = {
        language: tuple(handed.kind(language) for handed in HANDED if handed.kind(language)) for language in Language
    }


def check(holder: Holder) -> Iterator[Fault]:
    """Every role that the resource hands over."""
    handed = _BY_KIND[holder.resource.type]
    if not _looked_at(holder, handed):
        return
    for path in handed.paths(holder.language):
        role = cast("Value[str]", convert(dig(holder, path), str))
        yield from refused(holder, role, handed.service, {"code": handed.code, "refusal": handed.says})


def _looked_at(holder: Holder, handed: Handed) -> bool:
    """Whether AWS surely tries the role: enhanced monitoring may be switched off."""
    if handed.switch is None:
        return True
    match convert(dig(holder, (handed.switch[holder.language is Language.CLOUDFORMATION],)), int):
        case Known(number):
            return number != 0
        case _:
            return False


RULE = Rule(
    name="iam-service-role-not-assumable",
    view=Holder,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.CREATE, "{code}: {refusal}"),
        Language.CLOUDFORMATION: Answer(Stage.CREATE, "{refusal}"),
    },
    cause="The service assumes the role while the resource is created, and only a trust policy that names it lets it.",
    fix="Let the service do sts:AssumeRole in the trust policy of the role.",
    evidence=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-service.html",
        *dict.fromkeys(handed.source for handed in HANDED),
    ),
)
