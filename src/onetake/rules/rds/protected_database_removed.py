"""Database with deletion protection that a plan deletes or replaces.

RDS looks at the protection that is deployed now. That the same plan turns it off, or removes the resource from the
configuration, does not help: nothing is changed on a database before it is deleted.

Judged on plans, whose prior state tells what is deployed.
"""

from collections.abc import Iterator

from onetake.mechanisms.succession import fate, forced, removed
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rds._databases import Database
from onetake.rules.rule import Answer, Fault, Rule


def check(database: Database) -> Iterator[Fault]:
    """Protected now, and gone afterwards."""
    match database.protected:
        case Known(True, where) if removed(database):
            message = f"{database.address} {fate(database)}, but is protected from deletion{forced(database)}"
            yield Fault(where, message, words={"kind": database.called})


RULE = Rule(
    name="rds-protected-database-removed",
    view=Database,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(
            Stage.DESTROY,
            "InvalidParameterCombination: Cannot delete protected {kind}, please disable deletion protection and try "
            "again.",
        ),
    },
    deployed=True,
    cause="RDS refuses to delete a database that is protected, and what is deployed now is.",
    fix="Apply deletion_protection = false first, and delete or replace the database with the next plan.",
    evidence=(
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html",
        "https://github.com/hashicorp/terraform-provider-aws/issues/26233",
    ),
)
