"""State machine that waits for what it starts, with a role which may not make the rule for it.

``.sync`` tasks of executions, ECS, Batch and others are followed through an EventBridge rule that Step Functions makes
with the state machine's role.
"""

import re
from collections.abc import Iterator

from onetake.aws.iam import Role
from onetake.aws.lookup import target
from onetake.aws.stepfunctions import StateMachine
from onetake.mechanisms.policies import role_allows
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.rules.rule import Answer, Fault, Rule

ANSWERS = {
    Language.TERRAFORM: Answer(
        Stage.CREATE, "AccessDeniedException: '{role_arn}' is not authorized to create managed-rule."
    ),
    Language.CLOUDFORMATION: Answer(
        Stage.CREATE,
        "'{role_arn}' is not authorized to create managed-rule. (Service: AWSStepFunctions; Status Code: 400; Error "
        "Code: AccessDeniedException)",
    ),
}
FOLLOWED = re.compile(r":::(states:startExecution|ecs:runTask|batch:submitJob|codebuild:startBuild)\.sync(:2)?$")
NEEDED = ("events:PutRule", "events:PutTargets", "events:DescribeRule")


def check(machine: StateMachine) -> Iterator[Fault]:
    """A task of a kind that is followed by events, and a role that surely may not make the rule."""
    followed = [resource for resource in machine.resources() if FOLLOWED.search(resource)]
    role = target(machine.role, machine.stack, Role) if followed else None
    if role is not None and any(role_allows(role, action) is Truth.NO for action in NEEDED):
        yield Fault(
            machine.definition,
            f"{machine.address} waits for {followed[0].split(':::')[-1]}, but its role {role.address} may not make the "
            "EventBridge rule for it",
            related=(role,),
        )


RULE = Rule(
    name="stepfunctions-sync-task-without-events-permission",
    view=StateMachine,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="Step Functions follows a .sync task through a managed EventBridge rule, made with the state machine's role.",
    fix="Allow the role events:PutTargets, events:PutRule and events:DescribeRule on the rule "
    "StepFunctionsGetEventsFor... of the account.",
    evidence=(
        "https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html",
        "https://docs.aws.amazon.com/step-functions/latest/dg/service-integration-iam-templates.html",
    ),
)
