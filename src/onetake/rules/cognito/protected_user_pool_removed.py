"""User pool with deletion protection that a plan deletes or replaces.

Cognito looks at the protection that is deployed now: that the same plan turns it off does not help.

Judged on plans, whose prior state tells what is deployed.
"""

from collections.abc import Iterator

from onetake.aws.view import Attribute, View
from onetake.mechanisms.succession import fate, forced, removed
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule


class UserPool(View):
    """A user pool, as far as its protection goes."""

    KINDS = {Language.TERRAFORM: "aws_cognito_user_pool"}

    protection = Attribute(str, tf="deletion_protection", cfn=None, default="INACTIVE")


def check(pool: UserPool) -> Iterator[Fault]:
    """Protected now, and gone afterwards."""
    match pool.protection:
        case Known("ACTIVE", where) if removed(pool):
            yield Fault(where, f"{pool.address} {fate(pool)}, but is protected from deletion{forced(pool)}")


RULE = Rule(
    name="cognito-protected-user-pool-removed",
    view=UserPool,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(
            Stage.DESTROY,
            "InvalidParameterException: The user pool cannot be deleted because deletion protection is activated. "
            "Deletion protection must be inactivated first.",
        ),
    },
    deployed=True,
    cause="Cognito refuses to delete a user pool that is protected, and what is deployed now is.",
    fix='Apply deletion_protection = "INACTIVE" first, and delete or replace the user pool with the next plan.',
    evidence=(
        "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-deletion-protection.html",
        "https://github.com/localstack/localstack/issues/11947",
    ),
)
