"""Database with a parameter group that was made for another engine or version.

The family of a group (``mysql8.0``, ``postgres16``) has to be that of the instance. AWS's own groups tell theirs by
their names (``default.mysql8.0``). Judged as far as the engine and its version are known.
"""

from collections.abc import Iterator

from onetake.aws.lookup import target
from onetake.aws.rds import ParameterGroup
from onetake.aws.view import Attribute
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Absent, Value
from onetake.rules.rds._database import Database
from onetake.rules.rds._families import mistaken
from onetake.rules.rule import Answer, Fault, Rule


class Grouped(Database):
    """A database with a parameter group."""

    instance_group = Attribute(str, tf="parameter_group_name", cfn="DBParameterGroupName")
    member_group = Attribute(str, tf="db_parameter_group_name", cfn=None)
    source = Attribute(str, tf="replicate_source_db", cfn="SourceDBInstanceIdentifier")

    @property
    def group(self) -> Value[str]:
        """Its parameter group."""
        return self.member_group if self.resource.type == "aws_rds_cluster_instance" else self.instance_group


def check(database: Grouped) -> Iterator[Fault]:
    """The family of the group against that of the engine."""
    if isinstance(database.source, Absent):
        group = target(database.group, database.stack, ParameterGroup)
        yield from mistaken(database, database.group, group, *database.engine)


RULE = Rule(
    name="rds-parameter-group-other-family",
    view=Grouped,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(
            Stage.CREATE,
            "InvalidParameterCombination: The parameter group {group} with DBParameterGroupFamily {family} can't be "
            "used for this instance. Use a parameter group with DBParameterGroupFamily {wanted}.",
        ),
        Language.CLOUDFORMATION: Answer(
            Stage.CREATE,
            "The Parameter Group {group} with DBParameterGroupFamily {family} cannot be used for this instance. Please "
            "use a Parameter Group with DBParameterGroupFamily {wanted}",
        ),
    },
    cause="Parameters belong to an engine and its major version; a group can only be used with these.",
    fix="Give the parameter group the family of the engine's version, kept beside the version.",
    evidence=(
        "https://github.com/aws-quickstart/quickstart-r3-corda/issues/25",
        "https://github.com/mattermost/mattermost-load-test-ng/pull/707",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithParamGroups.html",
    ),
)
