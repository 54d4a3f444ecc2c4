"""Database whose engine a plan takes back to an older version.

This happens most often without anybody wanting it: RDS upgraded the minor version by itself, and the configuration
still names the old one. A version that is named in part (``15``) follows by itself and is not judged.

Judged on plans, whose prior state tells the version that runs.
"""

from collections.abc import Iterator

from onetake.mechanisms.succession import changed
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rds._databases import Database, comparable, numbers
from onetake.rules.rule import Answer, Fault, Rule


def check(database: Database) -> Iterator[Fault]:
    """Older than what runs, as far as both versions are written."""
    match changed(database, database.version, "version"), database.engine:
        case (str() as now, Known(str() as then, where)), Known(engine) if comparable(now, then):
            before, after = numbers(now), numbers(then)
            if after < before[: len(after)]:
                yield Fault(
                    where,
                    f"{database.address} goes back from {engine} {now} to {then}",
                    words={"engine": engine, "now": now, "then": then},
                )


RULE = Rule(
    name="rds-engine-downgrade",
    view=Database,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(
            Stage.UPDATE, "InvalidParameterCombination: Cannot upgrade {engine} from {now} to {then}"
        ),
    },
    deployed=True,
    cause="RDS upgrades engines and never downgrades them.",
    fix="Name the version that runs, or only its major version; to go back, restore a snapshot or a dump.",
    evidence=(
        "https://github.com/hashicorp/terraform/issues/22462",
        "https://github.com/ministryofjustice/cloud-platform-environments/pull/25939",
        "https://github.com/reown-com/blockchain-api/pull/1064",
    ),
)
