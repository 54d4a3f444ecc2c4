"""Table with deletion protection that a plan deletes or replaces.

DynamoDB looks at the protection that is deployed now: that the same plan turns it off does not help.

Judged on plans, whose prior state tells what is deployed.
"""

from collections.abc import Iterator

from onetake.aws.view import Attribute, View
from onetake.mechanisms.succession import fate, forced, removed
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule


class Table(View):
    """A table, as far as its protection goes."""

    KINDS = {Language.TERRAFORM: "aws_dynamodb_table"}

    protected = Attribute(bool, tf="deletion_protection_enabled", cfn=None, default=False)


def check(table: Table) -> Iterator[Fault]:
    """Protected now, and gone afterwards."""
    match table.protected:
        case Known(True, where) if removed(table):
            yield Fault(where, f"{table.address} {fate(table)}, but is protected from deletion{forced(table)}")


RULE = Rule(
    name="dynamodb-protected-table-removed",
    view=Table,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(
            Stage.DESTROY,
            "ValidationException: Resource cannot be deleted as it is currently protected against deletion. Disable "
            "deletion protection first.",
        ),
    },
    deployed=True,
    cause="DynamoDB refuses to delete a table that is protected, and what is deployed now is.",
    fix="Apply deletion_protection_enabled = false first, and delete or replace the table with the next plan.",
    evidence=(
        "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html",
        "https://github.com/nubo-db/dynoxide/issues/46",
    ),
)
