"""Backup plan that cannot meet the recovery point objective that a file system states.

A file system tagged ``RpoMinutes`` says how much data may be lost. AWS Backup's shortest schedule is one hour, so a
shorter objective needs replication.
"""

from collections.abc import Iterator

from onetake.aws.backup import Plan
from onetake.aws.efs import FileSystem, ReplicationConfiguration
from onetake.aws.lookup import companions, views
from onetake.mechanisms.environment import tags
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

SHORTEST = 60
"""Minutes between two backups, at best."""


def check(system: FileSystem) -> Iterator[Fault]:
    """The objective is shorter than any schedule, a plan is there, and nothing is replicated."""
    match tags(system.resource).get("RpoMinutes"):
        case Known(written, where) if str(written).isdigit() and int(str(written)) < SHORTEST:
            pass
        case _:
            return
    plans = views(system.stack, Plan)
    replicas = companions(system, ReplicationConfiguration, "source")
    if plans and system.destinations.surely_empty and replicas.surely_empty:
        yield Fault(
            where,
            f"{system.address} may lose {written} minutes of data, but is only backed up by {plans[0].address}",
            related=(plans[0],),
        )


RULE = Rule(
    name="backup-schedule-misses-objective",
    view=FileSystem,
    check=check,
    severity=Severity.HIGH,
    answers={Language.TERRAFORM: Answer(Stage.RUN), Language.CLOUDFORMATION: Answer(Stage.RUN)},
    cause="AWS Backup runs at most once an hour; a shorter objective needs replication.",
    fix="Replicate the file system to the other region, and keep the backups for older states.",
    evidence=(
        "https://docs.aws.amazon.com/aws-backup/latest/devguide/creating-a-backup-plan.html",
        "https://docs.aws.amazon.com/efs/latest/ug/efs-replication.html",
    ),
)
