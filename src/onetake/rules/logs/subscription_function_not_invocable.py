"""Subscription filter that sends to a function which CloudWatch Logs may not invoke.

The function needs a permission for ``logs.amazonaws.com`` (or the service of the region), there before the filter.
"""

from collections.abc import Iterator

from onetake.aws.awslambda import Function, Permission
from onetake.aws.logs import SubscriptionFilter
from onetake.aws.lookup import companions, target
from onetake.aws.view import Items
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.text import starts_with
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

SAYS = (
    "Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your "
    "function."
)
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidParameterException: {SAYS}"),
    Language.CLOUDFORMATION: Answer(
        Stage.CREATE, f'Resource handler returned message: "{SAYS} (Service: CloudWatchLogs, Status Code: 400)"'
    ),
}


def check(subscription: SubscriptionFilter) -> Iterator[Fault]:
    """No permission of the function surely or possibly names CloudWatch Logs."""
    function = target(subscription.destination, subscription.stack, Function)
    if function is None:
        return
    permissions: Items[Permission] = companions(function, Permission, "function")
    if permissions.complete and all(starts_with(one.principal, "logs.") is Truth.NO for one in permissions):
        named = [one.principal.value for one in permissions if isinstance(one.principal, Known)]
        reason = f"it only lets {', '.join(named)} invoke it" if named else "nothing lets anybody invoke it"
        yield Fault(
            subscription.destination,
            f"{subscription.address} sends logs to {function.address}, but {reason}",
            related=(function, *permissions),
        )


RULE = Rule(
    name="logs-subscription-function-not-invocable",
    view=SubscriptionFilter,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="CloudWatch Logs tries the function when the filter is made, and calls it as logs.amazonaws.com.",
    fix="Give logs.amazonaws.com the permission lambda:InvokeFunction, with the log group as source, before the "
    "filter is made.",
    evidence=("https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html",),
)
