"""Database on a class of instances that RDS does not have for its engine.

RDS takes old classes away version by version: MySQL 8.0 has no ``db.t2``. Aurora has neither small nor general-purpose
classes: no ``db.t3.micro``, no ``db.m5``. Classes that may have come after the table, and the engines of Oracle,
Microsoft and IBM, are not judged.
"""

from collections.abc import Iterator

from onetake.aws.view import Attribute
from onetake.knowledge.tables import table
from onetake.mechanisms.engines import class_offered
from onetake.mechanisms.succession import made
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Absent, Known, Value
from onetake.rules.rds._database import Database
from onetake.rules.rule import Answer, Fault, Rule


class Sized(Database):
    """A database on a class of instances."""

    instance_class = Attribute(str, tf="instance_class", cfn="DBInstanceClass")


def check(database: Sized) -> Iterator[Fault]:
    """The class against the engine and, as far as it is known, its version."""
    engine, version = database.engine
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


def _may_be_any(version: Value[str]) -> bool:
    """Whether the version is set to what is not known; one that is left out is one of those on offer."""
    return not isinstance(version, Known | Absent)


RULE = Rule(
    name="rds-instance-class-unavailable",
    view=Sized,
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
