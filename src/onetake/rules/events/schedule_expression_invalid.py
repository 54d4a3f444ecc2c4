"""Rule whose schedule EventBridge does not read.

``rate(1 minute)`` and ``rate(5 minutes)``: the unit is singular for one and plural for more. ``cron(0 12 * * ? *)``
has six fields, of which the day of the month or the day of the week is ``?``. EventBridge Scheduler, which is less
strict, is not judged here.
"""

import re
from collections.abc import Iterator

from onetake.aws.events import EventRule
from onetake.model.findings import Action, Edit, Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

RATE = re.compile(r"rate\((\d+) (\w+)\)")
UNITS = ("minute", "hour", "day")
FIELDS = 6
SAYS = "Parameter ScheduleExpression is not valid."


def check(rule: EventRule) -> Iterator[Fault]:
    """The expression is known as a whole."""
    match rule.schedule:
        case Known(text, where) if text:
            why, meant = _fault(text)
            if why:
                edits = (Edit(where, Action.SET, meant),) if meant else ()
                yield Fault(where, f'{rule.address} has the schedule "{text}": {why}', edits=edits)


def _fault(text: str) -> tuple[str, str]:
    """What is wrong with an expression, and what was meant where that is clear."""
    rate = RATE.fullmatch(text)
    if rate is not None:
        return _rate(int(rate[1]), rate[2])
    if text.startswith("cron(") and text.endswith(")"):
        return _cron(text[5:-1].split()), ""
    return ("it is neither a rate nor a cron expression", "") if not text.startswith(("rate(", "cron(")) else ("", "")


def _rate(number: int, unit: str) -> tuple[str, str]:
    single = unit.removesuffix("s")
    if single not in UNITS:
        return f"its unit is {unit}, and not minutes, hours or days", ""
    right = single if number == 1 else f"{single}s"
    if number == 0 or unit == right:
        return "", ""
    return f"{number} goes with {right}", f"rate({number} {right})"


def _cron(fields: list[str]) -> str:
    if any(field.endswith(",") for field in fields):
        return ""  # a sample of AWS separates fields by commas, too
    if len(fields) != FIELDS:
        return f"it has {len(fields)} fields, and not {FIELDS}"
    return "" if "?" in (fields[2], fields[4]) else "neither the day of the month nor that of the week is ?"


RULE = Rule(
    name="events-schedule-expression-invalid",
    view=EventRule,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.CREATE, f"ValidationException: {SAYS}"),
        Language.CLOUDFORMATION: Answer(
            Stage.CREATE, f"{SAYS} (Service: AmazonCloudWatchEvents; Status Code: 400; Error Code: ValidationException)"
        ),
    },
    cause="EventBridge reads rates with the unit in the right number, and cron expressions of six fields with one ?.",
    fix='Write "rate(1 minute)", "rate(5 minutes)" or "cron(minutes hours day-of-month month day-of-week year)".',
    evidence=(
        "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html",
        "https://github.com/buildkite/buildkite-agent-scaler/pull/100",
        "https://github.com/aws/aws-cdk/issues/7514",
        "https://github.com/cds-snc/notification-terraform/pull/344",
    ),
    covers=("cfn-events-schedule-expression",),
)
