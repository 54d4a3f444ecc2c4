"""Database of a production size in an environment that is no production.

Memory-optimised classes with Performance Insights in a test environment cost several times what burstable ones do.
"""

from collections.abc import Iterator

from onetake.aws.view import Attribute, View
from onetake.mechanisms.environment import is_production
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule


class Member(View):
    """A database instance, alone or of a cluster."""

    KINDS = {
        Language.TERRAFORM: ("aws_db_instance", "aws_rds_cluster_instance"),
        Language.CLOUDFORMATION: "AWS::RDS::DBInstance",
    }

    instance_class = Attribute(str, tf="instance_class", cfn="DBInstanceClass")


def check(database: Member) -> Iterator[Fault]:
    """A memory-optimised class, surely outside production."""
    match database.instance_class:
        case Known(name, where) if name.startswith(("db.r", "db.x")) and is_production(database.stack) is Truth.NO:
            yield Fault(where, f"{database.address} is a {name} in an environment that is no production")


RULE = Rule(
    name="rds-production-class-outside-production",
    view=Member,
    check=check,
    severity=Severity.LOW,
    answers={Language.TERRAFORM: Answer(Stage.RUN), Language.CLOUDFORMATION: Answer(Stage.RUN)},
    cause="Memory-optimised classes are made for production load; a test environment pays for them all the same.",
    fix="Choose the class by environment: a burstable one (db.t4g.medium) outside production.",
    evidence=("https://aws.amazon.com/rds/aurora/pricing/",),
)
