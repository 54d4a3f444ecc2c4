"""Schedule whose role does not let EventBridge Scheduler assume it.

Schedules are called by ``scheduler.amazonaws.com``, where rules are by ``events.amazonaws.com``.
"""

from collections.abc import Iterator

from onetake.aws.scheduler import Schedule
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.iam._trust import refused
from onetake.rules.rule import Answer, Fault, Rule

SERVICE = "scheduler.amazonaws.com"
SAYS = "The execution role you provide must allow AWS EventBridge Scheduler to assume the role."
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"ValidationException: {SAYS}"),
    Language.CLOUDFORMATION: Answer(Stage.CREATE),
}


def check(schedule: Schedule) -> Iterator[Fault]:
    """The role is one of the program, and surely does not trust the service."""
    yield from refused(schedule, schedule.role, SERVICE)


RULE = Rule(
    name="scheduler-role-not-assumable",
    view=Schedule,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="The scheduler calls the target with this role, and tries it when the schedule is created.",
    fix="Let scheduler.amazonaws.com do sts:AssumeRole in the trust policy of the role.",
    evidence=(
        "https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html",
        "https://github.com/aws/aws-sdk-js-v3/issues/6494",
    ),
)
