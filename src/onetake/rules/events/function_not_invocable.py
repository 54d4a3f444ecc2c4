"""Rule that sends to a function which EventBridge may not invoke.

Everything is created, and the function never runs. Judged when the function is of the program and all of its
permissions are known; a target with a role of its own is not.
"""

from collections.abc import Iterator

from onetake.aws.awslambda import Function, Permission
from onetake.aws.events import TargetOrRule
from onetake.aws.lookup import companions, target
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Absent, Known, Value
from onetake.rules.rule import Answer, Fault, Rule

CONNECTOR = "AWS::Serverless::Connector"
"""Makes permissions when the template is deployed."""
ANSWERS = {language: Answer(Stage.RUN) for language in Language}
SERVICE = "events.amazonaws.com"


def check(sender: TargetOrRule) -> Iterator[Fault]:
    """Every permission of a target function is known, and none names EventBridge."""
    if sender.stack.by_type.get(CONNECTOR):
        return
    for arn, role in ((sender.arn, sender.role), *((one.arn, one.role) for one in sender.targets)):
        function = target(arn, sender.stack, Function) if isinstance(role, Absent) else None
        if function is None or _may_invoke(function):
            continue
        yield Fault(
            arn,
            f"{sender.address} sends to {function.address}, which EventBridge may not invoke",
            related=(function, *companions(function, Permission, "function")),
        )


def _may_invoke(function: Function) -> bool:
    """Whether some permission lets EventBridge invoke the function, or may do so."""
    permissions = companions(function, Permission, "function")
    principals: list[Value[str]] = [one.principal for one in permissions]
    known = [principal.value for principal in principals if isinstance(principal, Known)]
    return not permissions.complete or len(known) < len(principals) or any(SERVICE in name for name in known)


RULE = Rule(
    name="events-function-not-invocable",
    view=TargetOrRule,
    check=check,
    severity=Severity.HIGH,
    answers=ANSWERS,
    cause="EventBridge invokes a function as events.amazonaws.com, and only where a permission lets it.",
    fix="Give events.amazonaws.com the permission lambda:InvokeFunction, with the rule as source.",
    evidence=(
        "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html",
        "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html",
    ),
)
