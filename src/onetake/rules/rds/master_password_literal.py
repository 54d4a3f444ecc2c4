"""Database whose master password is written into the program.

A literal is in version control, in the synthesized artefact, in the plan and in the state; one that is drawn at
synthesis is there too, and changes with every run. A value taken from a variable, a secret or a generator that the
program refers to is not judged.
"""

from collections.abc import Iterator

from onetake.aws.view import Attribute, View
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known, origin
from onetake.rules.rule import Answer, Fault, Rule


class Database(View):
    """An instance or a cluster, as far as its password goes."""

    KINDS = {
        Language.TERRAFORM: ("aws_db_instance", "aws_rds_cluster"),
        Language.CLOUDFORMATION: ("AWS::RDS::DBInstance", "AWS::RDS::DBCluster"),
    }

    instance_password = Attribute(str, tf="password", cfn="MasterUserPassword")
    cluster_password = Attribute(str, tf="master_password", cfn=None)


def check(database: Database) -> Iterator[Fault]:
    """A known password that is written where it is used, not handed in as a parameter."""
    for password in (database.instance_password, database.cluster_password):
        match password:
            case Known(text, where) if text and origin(password) is None and "{{resolve:" not in text:
                yield Fault(where, f"the master password of {database.address} is written into the program")


RULE = Rule(
    name="rds-master-password-literal",
    view=Database,
    check=check,
    severity=Severity.HIGH,
    answers={Language.TERRAFORM: Answer(Stage.RUN), Language.CLOUDFORMATION: Answer(Stage.RUN)},
    cause="A literal password lies in version control, in the artefact, in the plan and in the state.",
    fix="Let RDS make and keep it (manage_master_user_password, ManageMasterUserPassword), or refer to a secret.",
    evidence=(
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html",
        "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/rds_cluster",
    ),
    sensitive=True,
)
