"""State machine that logs with a role which may not set up log delivery.

Step Functions checks the role when the state machine is made. Judged when every policy of the role is known.
"""

from collections.abc import Iterator

from onetake.aws.iam import Role
from onetake.aws.lookup import target
from onetake.aws.stepfunctions import StateMachine
from onetake.mechanisms.policies import role_allows
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "The state machine IAM Role is not authorized to access the Log Destination"
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"AccessDeniedException: {SAYS}"),
    Language.CLOUDFORMATION: Answer(
        Stage.CREATE,
        f'Resource handler returned message: "{SAYS} (Service: AWSStepFunctions; Status Code: 400; Error Code: '
        'AccessDeniedException)" (HandlerErrorCode: AccessDenied)',
    ),
}
NEEDED = "logs:CreateLogDelivery"


def check(machine: StateMachine) -> Iterator[Fault]:
    """Logging is surely on, and the role surely may not create a delivery."""
    match machine.log_level:
        case Known(level, where) if level != "OFF":
            role = target(machine.role, machine.stack, Role)
            if role is not None and role_allows(role, NEEDED) is Truth.NO:
                yield Fault(
                    where,
                    f"{machine.address} logs its executions, but its role {role.address} may not set up log delivery",
                    related=(role,),
                )


RULE = Rule(
    name="stepfunctions-logging-role-without-delivery",
    view=StateMachine,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="Step Functions sets up the delivery of logs with the state machine's own role.",
    fix="Allow the role logs:CreateLogDelivery, GetLogDelivery, UpdateLogDelivery, DeleteLogDelivery, "
    'ListLogDeliveries, PutResourcePolicy, DescribeResourcePolicies and DescribeLogGroups on "*".',
    evidence=("https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html",),
)
