"""Secret that a plan deletes and makes again under the same name, with a time to recover it in between.

Secrets Manager keeps a deleted secret for 30 days, or as long as ``recovery_window_in_days`` says, and its name with
it. The provider reads the window from the state: a window of 0 that the same plan sets comes too late.

Judged on plans: a replacement, and a secret that moves to another address without a ``moved`` block.
"""

from collections.abc import Iterator

from onetake.aws.view import Attribute, View
from onetake.mechanisms.succession import change, created, removed, successor
from onetake.model.changes import Step
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known, known
from onetake.rules.rule import Answer, Fault, Rule


class Secret(View):
    """A secret, as far as its deletion goes."""

    KINDS = {Language.TERRAFORM: "aws_secretsmanager_secret"}

    name = Attribute(str, tf="name", cfn=None)
    recovery_days = Attribute(int, tf="recovery_window_in_days", cfn=None, default=30)


def check(secret: Secret) -> Iterator[Fault]:
    """Its name is taken for days after it is deleted, and wanted at once."""
    match secret.name, secret.recovery_days:
        case Known(name), Known(days) if removed(secret) and days > 0:
            for again in _again(secret):
                if known(again.name) == name and known(again.region) == known(secret.region):
                    yield Fault(
                        again,
                        f"{secret.address} keeps the name {name} for {days} days after its deletion, and "
                        f"{'is made again' if again.address == secret.address else again.address + ' is given it'}",
                        related=(secret,),
                    )


def _again(secret: Secret) -> Iterator[Secret]:
    """What may be made under its name once it is deleted."""
    planned = change(secret)
    if planned.step is Step.REPLACE and not planned.creates_first:
        own = successor(secret)
        if own is not None:
            yield own
    yield from created(secret)


RULE = Rule(
    name="secretsmanager-secret-recreated-in-recovery-window",
    view=Secret,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(
            Stage.CREATE,
            "InvalidRequestException: You can't create this secret because a secret with this name is already "
            "scheduled for deletion.",
        ),
    },
    deployed=True,
    cause="The name of a deleted secret stays taken until its recovery window is over.",
    fix="Apply recovery_window_in_days = 0 first, or use another name (name_prefix); a secret that only moved in the "
    "configuration needs a moved block.",
    evidence=(
        "https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html",
        "https://github.com/hashicorp/terraform-provider-aws/pull/8219",
        "https://github.com/hashicorp/terraform-provider-aws/issues/10259",
    ),
)
