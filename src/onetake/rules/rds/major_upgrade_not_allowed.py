"""Database that a plan upgrades to a new major version without saying so.

RDS wants ``allow_major_version_upgrade = true`` with the change. A major version is the first number, for MySQL and
MariaDB the first two. Clusters of a global cluster are upgraded with it, and not judged.

Judged on plans, whose prior state tells the version that runs.
"""

from collections.abc import Iterator

from onetake.mechanisms.succession import changed, successor
from onetake.model.findings import Action, Edit, Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known, known
from onetake.rules.rds._databases import Database, comparable, numbers
from onetake.rules.rule import Answer, Fault, Rule

_MAJOR = {"mysql": 2, "mariadb": 2, "aurora-mysql": 2, "postgres": 1, "aurora-postgresql": 1}
"""How many numbers of a version are its major version."""
_OLD_POSTGRES = 10
"""From this version on, PostgreSQL's major version is one number."""


def check(database: Database) -> Iterator[Fault]:
    """A higher major version, and no leave for it."""
    later = successor(database)
    if later is None or known(later.upgrades) is not False or known(database.global_cluster) != "":
        return
    match changed(database, database.version, "version"), database.engine:
        case (str() as now, Known(str() as then, where)), Known(engine) if comparable(now, then):
            size = _MAJOR.get(engine, 0)
            before, after = numbers(now)[:size], numbers(then)[:size]
            if "postgres" in engine and min(before, default=0) < _OLD_POSTGRES:
                return
            if len(after) == len(before) == size and after > before:
                yield Fault(
                    where,
                    f"{database.address} goes from {engine} {now} to {then}, a new major version, without "
                    "allow_major_version_upgrade",
                    edits=(Edit(later.where / "allow_major_version_upgrade", Action.SET, True),),
                )


RULE = Rule(
    name="rds-major-upgrade-not-allowed",
    view=Database,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(
            Stage.UPDATE,
            "InvalidParameterCombination: The AllowMajorVersionUpgrade flag must be present when upgrading to a new "
            "major version.",
        ),
    },
    deployed=True,
    cause="RDS makes a major upgrade only when the request says that it is wanted.",
    fix="Set allow_major_version_upgrade = true, with a parameter group of the new family.",
    evidence=(
        "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html",
        "https://github.com/hashicorp/terraform-provider-aws/issues/13389",
        "https://github.com/azavea/terraform-aws-postgresql-rds/issues/41",
    ),
)
