"""S3 backend that locks nothing.

The S3 backend locks the state only when it is told to, by ``use_lockfile`` or by a DynamoDB table. Without a lock
two runs at once overwrite each other's state, and nothing ever says so.
"""

from collections.abc import Iterator

from onetake.aws.settings import S3Backend
from onetake.model.findings import Action, Edit, Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Absent, Known
from onetake.rules.rule import Answer, Fault, Rule


def check(backend: S3Backend) -> Iterator[Fault]:
    """Neither way of locking is set."""
    match backend.use_lockfile, backend.dynamodb_table:
        case ((Absent() | Known(False)), Absent()):
            yield Fault(
                backend,
                "the S3 backend locks nothing: neither use_lockfile nor dynamodb_table is set",
                edits=(Edit(backend.where / "use_lockfile", Action.SET, True),),
            )


RULE = Rule(
    name="terraform-s3-backend-without-lock",
    view=S3Backend,
    check=check,
    severity=Severity.HIGH,
    answers={Language.TERRAFORM: Answer(Stage.RUN)},
    cause="Locking is opt-in for the S3 backend: without it, two runs at once overwrite each other's state.",
    fix="Set use_lockfile = true (Terraform 1.10 or later), or dynamodb_table.",
    evidence=("https://developer.hashicorp.com/terraform/language/backend/s3#state-locking",),
)
