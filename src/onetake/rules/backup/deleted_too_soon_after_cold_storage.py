"""Backup rule that deletes recovery points before their 90 days in cold storage are over."""

from collections.abc import Iterator

from onetake.aws.backup import Plan
from onetake.model.findings import Action, Edit, Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

SAYS = (
    "Error in rule {rule} : Invalid lifecycle. DeleteAfterDays cannot be less than 90 days apart from "
    "MoveToColdStorageAfterDays"
)
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidParameterValueException: {SAYS}"),
    Language.CLOUDFORMATION: Answer(
        Stage.CREATE, f"{SAYS} (Service: Backup, Status Code: 400) (InvalidParameterValueException)"
    ),
}
COLD_DAYS = 90


def check(plan: Plan) -> Iterator[Fault]:
    """Both numbers of a rule are known."""
    for rule in plan.rules:
        match rule.cold_after, rule.delete_after:
            case Known(cold), Known(delete, where) if 0 < delete < cold + COLD_DAYS and cold > 0:
                name = rule.name.value if isinstance(rule.name, Known) else "rule"
                yield Fault(
                    where,
                    f"{plan.address} moves backups to cold storage after {cold} days and deletes them after {delete}",
                    words={"rule": name},
                    edits=(Edit(where, Action.SET, cold + COLD_DAYS),),
                )


RULE = Rule(
    name="backup-deleted-too-soon-after-cold-storage",
    view=Plan,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="What was moved to cold storage must stay there for at least 90 days.",
    fix="Delete at least 90 days after the move to cold storage, or do not move.",
    evidence=("https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html",),
)
