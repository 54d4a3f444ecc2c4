"""API stage that logs, in an account whose API Gateway settings may name no role for it.

The role is set once for the account and region. Judged by the profile, or by the settings being made in the stack
before the stage.
"""

from collections.abc import Iterator

from onetake.aws.apigateway import AccountSettings, Stage
from onetake.aws.lookup import views
from onetake.mechanisms.account import API_GATEWAY_LOG_ROLE, has
from onetake.mechanisms.ordering import surely_before
from onetake.model import findings
from onetake.model.findings import Severity
from onetake.model.language import Language, Truth
from onetake.model.values import Absent, Known
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "CloudWatch Logs role ARN must be set in account settings to enable logging"
ANSWERS = {
    Language.TERRAFORM: Answer(findings.Stage.CREATE, f"BadRequestException: {SAYS}"),
    Language.CLOUDFORMATION: Answer(
        findings.Stage.CREATE,
        f'Resource handler returned message: "{SAYS} (Service: ApiGateway, Status Code: 400)" (HandlerErrorCode: '
        "InvalidRequest)",
    ),
}


def check(stage: Stage) -> Iterator[Fault]:
    """The stage surely logs, and nothing surely sets the role before it."""
    levels = [method.level for method in stage.methods]
    logs = any(isinstance(level, Known) and level.value in ("INFO", "ERROR") for level in levels)
    if (isinstance(stage.access_log, Absent) and not logs) or not stage.stack.whole:
        return
    settings = views(stage.stack, AccountSettings)
    answer = has(stage.stack, API_GATEWAY_LOG_ROLE)
    if answer is Truth.YES or any(surely_before(stage.stack, one, stage) is not Truth.NO for one in settings):
        return
    yield Fault(
        stage,
        f"{stage.address} logs, but "
        + (
            f"does not wait for {settings[0].address}"
            if settings
            else "nothing in the stack sets the account's log role"
        ),
        related=settings,
        condition="" if answer is Truth.NO else API_GATEWAY_LOG_ROLE.question,
    )


RULE = Rule(
    name="apigateway-stage-logs-without-account-role",
    view=Stage,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="API Gateway writes to CloudWatch Logs through one role for the account and region, set in its settings.",
    fix="Set the role once (aws_api_gateway_account, AWS::ApiGateway::Account) and make the stage depend on it.",
    evidence=("https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html",),
)
