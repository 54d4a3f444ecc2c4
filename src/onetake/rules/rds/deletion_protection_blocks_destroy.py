"""Deletion protection on a database of an environment that has to be removable.

Outside production a stack is made and destroyed all day; deletion protection stops the destruction. Where neither
tags nor names say which environment it is, this is a risk; in production it is right.
"""

from collections.abc import Iterator

from onetake.aws.view import Attribute, View
from onetake.mechanisms.environment import is_production
from onetake.model.findings import Action, Edit, Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule


class Database(View):
    """An instance or a cluster, as far as its protection goes."""

    KINDS = {
        Language.TERRAFORM: ("aws_db_instance", "aws_rds_cluster"),
        Language.CLOUDFORMATION: ("AWS::RDS::DBInstance", "AWS::RDS::DBCluster"),
    }

    deletion_protection = Attribute(bool, tf="deletion_protection", cfn="DeletionProtection", default=False)


def check(database: Database) -> Iterator[Fault]:
    """Protected, and surely no production."""
    match database.deletion_protection:
        case Known(True, where):
            production = is_production(database.stack)
            if production is not Truth.YES:
                certain = production is Truth.NO
                yield Fault(
                    where,
                    f"{database.address} is protected from deletion"
                    + (" in an environment that is no production" if certain else ""),
                    edits=(Edit(where, Action.SET, False),),
                    condition="" if certain else "Must this environment be removable, because it is no production?",
                )


RULE = Rule(
    name="rds-deletion-protection-blocks-destroy",
    view=Database,
    check=check,
    severity=Severity.MEDIUM,
    answers={Language.TERRAFORM: Answer(Stage.DESTROY), Language.CLOUDFORMATION: Answer(Stage.DESTROY)},
    cause="A protected database refuses to be deleted, and the rest of the stack waits for it.",
    fix="Turn deletion protection on in production only.",
    evidence=("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html",),
)
