"""Database on a class of instances that RDS does not have for its engine.

RDS takes old classes away version by version: MySQL 8.0 has no ``db.t2``. Aurora has neither small nor general-purpose
classes: no ``db.t3.micro``, no ``db.m5``. Classes that may have come after the table, and the engines of Oracle,
Microsoft and IBM, are not judged.
"""

from collections.abc import Iterator

from onetake.aws.lookup import target
from onetake.aws.rds import Cluster
from onetake.aws.view import Attribute, View
from onetake.knowledge.tables import table
from onetake.mechanisms.engines import class_offered
from onetake.mechanisms.succession import made
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Absent, Known, Value
from onetake.rules.rule import Answer, Fault, Rule


class Database(View):
    """An instance, alone or in a cluster."""

    KINDS = {
        Language.TERRAFORM: ("aws_db_instance", "aws_rds_cluster_instance"),
        Language.CLOUDFORMATION: "AWS::RDS::DBInstance",
    }

    engine = Attribute(str, tf="engine", cfn="Engine")
    version = Attribute(str, tf="engine_version", cfn="EngineVersion")
    instance_class = Attribute(str, tf="instance_class", cfn="DBInstanceClass")
    cluster = Attribute(str, tf="cluster_identifier", cfn="DBClusterIdentifier")


def check(database: Database) -> Iterator[Fault]:
    """The class against the engine and, as far as it is known, its version."""
    engine, version = _engine(database)
    match engine, database.instance_class:
        case Known(str() as written), Known(name, where) if not _may_be_any(version):
            asked = version.value if isinstance(version, Known) else None
            day = database.stack.assumptions.as_of
            if class_offered(written.lower(), asked, name, day) is False and made(database):
                known = table("rds_engines").as_of.isoformat()
                yield Fault(
                    where,
                    f"RDS has no {name} for {written.lower()}{f' {asked}' if asked else ''} (as known on {known})",
                    words={"class": name, "engine": written.lower()} | _whole(written.lower(), asked),
                )


def _whole(engine: str, version: str | None) -> dict[str, str]:
    """The version as RDS prints it: whole, even where a program writes only a part."""
    listed = table("rds_engines").values.get(engine, {}).get("versions", ())
    return {"version": version} if version and version in listed else {}


def _engine(database: Database) -> tuple[Value[str], Value[str]]:
    """Engine and version, of the cluster where there is one."""
    cluster = target(database.cluster, database.stack, Cluster)
    return (cluster.engine, cluster.engine_version) if cluster else (database.engine, database.version)


def _may_be_any(version: Value[str]) -> bool:
    """Whether the version is set to what is not known; one that is left out is one of those on offer."""
    return not isinstance(version, Known | Absent)


RULE = Rule(
    name="rds-instance-class-unavailable",
    view=Database,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(
            Stage.CREATE,
            "InvalidParameterCombination: RDS does not support creating a DB instance with the following combination: "
            "DBInstanceClass={class}, Engine={engine}, EngineVersion={version}, LicenseModel=<license>. For supported "
            "combinations of instance class and database engine version, see the documentation.",
        ),
        Language.CLOUDFORMATION: Answer(
            Stage.CREATE,
            "RDS does not support creating a DB instance with the following combination: DBInstanceClass={class}, "
            "Engine={engine}, EngineVersion={version}, LicenseModel=<license>. For supported combinations of instance "
            "class and database engine version, see the documentation.",
        ),
    },
    cause="RDS offers a class of instances for some engines and versions only, and takes old ones away.",
    fix="Use a current class: db.t4g.micro or db.t3.micro, for Aurora db.t4g.medium or db.r6g.large.",
    evidence=(
        "https://github.com/elastic/beats/issues/38473",
        "https://github.com/aws-cloudformation/cfn-lint/issues/4048",
        "https://github.com/aws-samples/cfn101-workshop/issues/265",
        "https://github.com/aws-quickstart/quickstart-awx/issues/47",
        "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.SupportAurora.html",
    ),
)
