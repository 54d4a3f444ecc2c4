"""Database with enhanced monitoring and no role to write with.

A monitoring interval other than 0 needs a role through which RDS writes to CloudWatch Logs.
"""

from collections.abc import Iterator

from onetake.aws.rds import Instance
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Absent, Known
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0."
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidParameterCombination: {SAYS}"),
    Language.CLOUDFORMATION: Answer(
        Stage.CREATE, f'Resource handler returned message: "{SAYS} (Service: Rds, Status Code: 400)"'
    ),
}


def check(database: Instance) -> Iterator[Fault]:
    """The interval is known and the role surely not given."""
    match database.monitoring_interval, database.monitoring_role:
        case Known(interval, where), Absent() if interval:
            yield Fault(where, f"{database.address} is monitored every {interval} s, without a monitoring role")


RULE = Rule(
    name="rds-enhanced-monitoring-without-role",
    view=Instance,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="RDS writes enhanced monitoring to CloudWatch Logs through a role of yours; without one it refuses.",
    fix="Give a monitoring role with AmazonRDSEnhancedMonitoringRole that monitoring.rds.amazonaws.com may assume.",
    evidence=("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html",),
)
