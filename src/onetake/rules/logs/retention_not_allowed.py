"""Log group with a retention that CloudWatch Logs does not offer.

Only certain numbers of days are possible. ``0`` (never expire) can be written in Terraform only.
"""

from collections.abc import Iterator

from onetake.aws.logs import LogGroup
from onetake.model.findings import Action, Confidence, Edit, Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

DAYS = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)
ANSWERS = {
    Language.TERRAFORM: Answer(
        Stage.VALIDATE,
        "Error: expected retention_in_days to be one of [0 1 3 5 7 14 30 60 90 120 150 180 365 400 545 731 1096 1827 "
        "2192 2557 2922 3288 3653], got {days}",
    ),
    Language.CLOUDFORMATION: Answer(Stage.CREATE),
}


def check(group: LogGroup) -> Iterator[Fault]:
    """A known number that is not in the list."""
    match group.retention_days:
        case Known(days, where) if days not in DAYS and not (days == 0 and group.language is Language.TERRAFORM):
            longer = next((one for one in DAYS if one >= days), DAYS[-1])
            yield Fault(
                where,
                f"{group.address} keeps its logs {days} days, which CloudWatch Logs does not offer",
                words={"days": str(days)},
                fix=f"Use {longer} days, the next longer retention there is.",
                edits=(Edit(where, Action.SET, longer),),
            )


RULE = Rule(
    name="logs-retention-not-allowed",
    view=LogGroup,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="CloudWatch Logs keeps events for one of 22 periods only.",
    fix="Use one of the periods that CloudWatch Logs offers.",
    evidence=("https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html",),
    confidence=Confidence.EXACT,
    covers=("cfn-property-value-not-allowed",),
)
