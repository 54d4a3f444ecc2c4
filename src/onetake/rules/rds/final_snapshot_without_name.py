"""Database that a plan deletes or replaces with a last snapshot that has no name.

The provider makes a snapshot of a database before it deletes it, unless ``skip_final_snapshot`` says otherwise, and
wants a name for it. It reads both from the state: what the same plan changes about them comes too late.

Judged on plans, whose prior state tells what was applied.
"""

from collections.abc import Iterator

from onetake.mechanisms.succession import fate, forced, removed
from onetake.model.findings import Confidence, Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Absent, Known
from onetake.rules.rds._databases import Database
from onetake.rules.rule import Answer, Fault, Rule


def check(database: Database) -> Iterator[Fault]:
    """A snapshot is wanted, and not named."""
    if not removed(database):
        return
    match database.skips_snapshot, database.final_snapshot:
        case Known(False), (Absent() | Known("")):
            message = f"{database.address} {fate(database)}, and its last snapshot has no name{forced(database)}"
            yield Fault(database, message, words={"kind": "RDS Cluster " if database.called == "Cluster" else ""})


RULE = Rule(
    name="rds-final-snapshot-without-name",
    view=Database,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(
            Stage.DESTROY, "{kind}final_snapshot_identifier is required when skip_final_snapshot is false"
        ),
    },
    deployed=True,
    confidence=Confidence.EXACT,
    cause="The provider refuses to delete a database whose state has neither skip_final_snapshot = true nor a "
    "final_snapshot_identifier.",
    fix="Apply final_snapshot_identifier (or skip_final_snapshot = true) first, and delete the database with the next "
    "plan.",
    evidence=(
        "https://github.com/hashicorp/terraform-provider-aws/issues/92",
        "https://github.com/hashicorp/terraform/issues/14449",
    ),
)
