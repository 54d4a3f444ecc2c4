"""Capacity kept warm for a function that has no published version.

``$LATEST`` cannot have provisioned concurrency, nor can an alias of it. Terraform publishes a version where the
function says ``publish = true``; until then its ``version`` is ``$LATEST``.
"""

from collections.abc import Iterator
from typing import TypeVar

from onetake.aws.awslambda import Alias, Function
from onetake.aws.lookup import view
from onetake.aws.view import Attribute, View
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Absent, Known, Value, origin
from onetake.rules.rule import Answer, Fault, Rule

LATEST = "$LATEST"
V = TypeVar("V", bound=View)
SAYS = "Provisioned Concurrency Configs cannot be applied to unpublished function versions."


class Warm(View):
    """What keeps capacity warm: Terraform's resource, or an alias in a template."""

    KINDS = {
        Language.TERRAFORM: "aws_lambda_provisioned_concurrency_config",
        Language.CLOUDFORMATION: "AWS::Lambda::Alias",
    }

    qualifier = Attribute(str, tf="qualifier", cfn="FunctionVersion")
    amount = Attribute(
        int, tf="provisioned_concurrent_executions", cfn="ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions"
    )


def check(warm: Warm) -> Iterator[Fault]:
    """The version is surely the unpublished one, directly or by its alias."""
    if isinstance(warm.amount, Absent):
        return
    alias = _pointed(warm.qualifier, warm, Alias) if warm.language is Language.TERRAFORM else None
    if alias is not None:
        if _unpublished(alias.version, alias):
            yield Fault(
                warm.qualifier,
                f"{warm.address} keeps {alias.address} warm, which is an alias of {LATEST}",
                related=(alias,),
            )
    elif _unpublished(warm.qualifier, warm):
        yield Fault(warm.qualifier, f"{warm.address} keeps {LATEST} warm")


def _unpublished(version: Value[str], user: View) -> bool:
    if isinstance(version, Known) and version.value == LATEST:
        return True
    source = origin(version)
    function = _pointed(version, user, Function)
    if function is None or source is None or source.attribute != "version":
        return False
    return isinstance(function.publish, Known) and not function.publish.value


def _pointed(value: Value[str], user: View, kind: type[V]) -> V | None:
    resource = user.stack.at(origin(value))
    return view(resource, user.stack, kind) if resource is not None and resource.type in kind.types() else None


RULE = Rule(
    name="lambda-provisioned-concurrency-unpublished",
    view=Warm,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidParameterValueException: {SAYS}"),
        Language.CLOUDFORMATION: Answer(Stage.CREATE, SAYS),
    },
    cause="Capacity can be provisioned for a published version or an alias of one.",
    fix="Publish a version (publish = true, or AWS::Lambda::Version), and name it or its alias.",
    evidence=(
        "https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html",
        "https://github.com/hashicorp/terraform-provider-aws/issues/12120",
        "https://github.com/cds-snc/notification-terraform/pull/468",
    ),
)
