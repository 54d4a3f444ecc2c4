"""Task definition whose execution role does not let ECS tasks assume it.

The definition is accepted, but no task of it starts. The role trusts ``ecs-tasks.amazonaws.com``; ``ecs.amazonaws.com``
is the service that manages load balancers.
"""

from collections.abc import Iterator

from onetake.aws.ecs import TaskDefinition
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.iam._trust import refused
from onetake.rules.rule import Answer, Fault, Rule

SERVICE = "ecs-tasks.amazonaws.com"
SAYS = (
    "ECS was unable to assume the role '{role}' that was provided for this task. Please verify that the role being "
    "passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role."
)
ANSWERS = {language: Answer(Stage.RUN, SAYS) for language in Language}


def check(task: TaskDefinition) -> Iterator[Fault]:
    """The role is one of the program, and surely does not trust the service."""
    yield from refused(task, task.execution_role, SERVICE)


RULE = Rule(
    name="ecs-execution-role-not-assumable",
    view=TaskDefinition,
    check=check,
    severity=Severity.HIGH,
    answers=ANSWERS,
    cause="ECS starts each task with this role, and no task starts without it.",
    fix="Let ecs-tasks.amazonaws.com do sts:AssumeRole in the trust policy of the role.",
    evidence=(
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
        "https://github.com/aws-samples/aws-modern-application-workshop/issues/149",
    ),
)
