"""State machine whose role does not let Step Functions assume it.

The role trusts ``states.amazonaws.com`` or the service of the region.
"""

from collections.abc import Iterator

from onetake.aws.stepfunctions import StateMachine
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.iam._trust import refused
from onetake.rules.rule import Answer, Fault, Rule

SERVICE = "states.amazonaws.com"
SAYS = (
    "Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the "
    "provided role."
)
ANSWERS = {language: Answer(Stage.CREATE, SAYS) for language in Language}


def check(machine: StateMachine) -> Iterator[Fault]:
    """The role is one of the program, and surely does not trust the service."""
    yield from refused(machine, machine.role, SERVICE)


RULE = Rule(
    name="stepfunctions-role-not-assumable",
    view=StateMachine,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="Step Functions runs the state machine with this role, and tries it when the state machine is created.",
    fix="Let states.amazonaws.com do sts:AssumeRole in the trust policy of the role.",
    evidence=(
        "https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html",
        "https://github.com/lumigo-io/lumigo-CLI/issues/83",
    ),
)
