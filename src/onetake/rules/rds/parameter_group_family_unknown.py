"""Parameter group of a family that RDS does not have.

A family is an engine and its major version (``mysql8.0``, ``postgres16``), not a minor version (``postgres16.3``).
Judged for MySQL, MariaDB, PostgreSQL and Aurora; a family that is newer than the table is not.
"""

from collections.abc import Iterator

from onetake.aws.view import Attribute, View
from onetake.knowledge.tables import table
from onetake.mechanisms.engines import family_exists, parameter_family
from onetake.mechanisms.succession import made
from onetake.model.findings import Action, Edit, Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

_ENGINES = ("aurora-postgresql", "aurora-mysql", "postgres", "mariadb", "mysql")


class Group(View):
    """A parameter group for instances or clusters."""

    KINDS = {
        Language.TERRAFORM: ("aws_db_parameter_group", "aws_rds_cluster_parameter_group"),
        Language.CLOUDFORMATION: ("AWS::RDS::DBParameterGroup", "AWS::RDS::DBClusterParameterGroup"),
    }

    family = Attribute(str, tf="family", cfn="Family")


def check(group: Group) -> Iterator[Fault]:
    """Look the family up."""
    match group.family:
        case Known(family, where):
            day = group.stack.assumptions.as_of
            if family_exists(family, day) is False and made(group):
                known = table("rds_engines").as_of.isoformat()
                meant = _meant(family)
                edits = (Edit(where, Action.SET, meant),) if meant and family_exists(meant, day) else ()
                yield Fault(
                    where,
                    f'RDS has no parameter group family "{family}" (as known on {known})',
                    words={"family": family},
                    edits=edits,
                )


def _meant(family: str) -> str:
    family = family.lower()
    engine = next((one for one in _ENGINES if family.startswith(one)), "")
    return parameter_family(engine, family.removeprefix(engine)) or ""


RULE = Rule(
    name="rds-parameter-group-family-unknown",
    view=Group,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(
            Stage.CREATE, "InvalidParameterValue: ParameterGroupFamily {family} is not a valid parameter group family"
        ),
        Language.CLOUDFORMATION: Answer(
            Stage.CREATE, "ParameterGroupFamily {family} is not a valid parameter group family"
        ),
    },
    cause="A family is an engine with its major version; RDS knows no other.",
    fix="Write the major version alone: postgres16, mysql8.0, aurora-postgresql15.",
    evidence=(
        "https://github.com/terraform-aws-modules/terraform-aws-rds/issues/173",
        "https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/703",
    ),
)
