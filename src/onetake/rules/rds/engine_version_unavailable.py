"""Database of an engine version that RDS does not have, or no longer makes.

RDS withdraws minor versions a few times a year; what runs them goes on, new databases are refused. Some versions of the
engine itself were never offered (PostgreSQL 15.1). A version that is named in part (``15``) stands for the newest of
it. What is restored from a snapshot, or newer than the table, is not judged.
"""

from collections.abc import Iterator

from onetake.mechanisms.catalogues import Phase
from onetake.mechanisms.engines import rds_version
from onetake.model.findings import Action, Edit, Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rds._created import Created
from onetake.rules.rule import Answer, Fault, Rule

_WHY = {Phase.NO_CREATE: "can no longer be created", Phase.NEVER: "was never offered"}


def check(database: Created) -> Iterator[Fault]:
    """Look the version up on the day that is judged for."""
    match database.engine, database.version:
        case Known(engine), Known(version, where):
            name = engine.lower()
            status = rds_version(name, version, database.stack.assumptions.as_of)
            if status.phase in _WHY and database.from_nothing:
                yield Fault(
                    where,
                    f"{name} {version} {_WHY[status.phase]} on RDS ({status.as_known})",
                    words={"engine": name, "version": version},
                    edits=(Edit(where, Action.SET, status.successor),) if status.successor else (),
                )


RULE = Rule(
    name="rds-engine-version-unavailable",
    view=Created,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(
            Stage.CREATE, "InvalidParameterCombination: Cannot find version {version} for {engine}"
        ),
        Language.CLOUDFORMATION: Answer(Stage.CREATE, "Cannot find version {version} for {engine}"),
    },
    cause="RDS offers a choice of an engine's minor versions, and takes the older ones away.",
    fix="Name a version that is offered, or only the major version, so that RDS takes the newest of it.",
    evidence=(
        "https://github.com/tryretool/terraform-retool-modules/issues/70",
        "https://github.com/langfuse/langfuse-terraform-aws/issues/34",
        "https://github.com/widdix/mastodon-on-aws/issues/44",
        "https://github.com/RhinoSecurityLabs/cloudgoat/issues/325",
    ),
)
