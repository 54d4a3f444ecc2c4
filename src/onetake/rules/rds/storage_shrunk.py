"""Database instance whose storage a plan makes smaller.

Storage of RDS only grows. What storage autoscaling added is not taken back by a plan either: the provider leaves it
alone where ``max_allocated_storage`` is set.

Judged on plans, whose prior state tells the size that is allocated.
"""

from collections.abc import Iterator

from onetake.aws.view import Attribute, View
from onetake.mechanisms.succession import changed
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule


class Instance(View):
    """A database instance, as far as its storage goes."""

    KINDS = {Language.TERRAFORM: "aws_db_instance"}

    storage = Attribute(int, tf="allocated_storage", cfn=None)
    """In GiB."""


def check(instance: Instance) -> Iterator[Fault]:
    """Less than what is allocated now."""
    match changed(instance, instance.storage, "storage"):
        case int() as now, Known(int() as then, where) if 0 < then < now:
            yield Fault(where, f"{instance.address} shrinks from {now} to {then} GiB")


RULE = Rule(
    name="rds-storage-shrunk",
    view=Instance,
    check=check,
    severity=Severity.CRITICAL,
    answers={Language.TERRAFORM: Answer(Stage.UPDATE)},
    deployed=True,
    cause="The storage of a database instance can be made larger, and never smaller.",
    fix="Keep the size that is allocated; for less, move the data to a new instance.",
    evidence=(
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.StorageTypes.html",
        "https://github.com/18F/analytics-reporter/issues/1064",
    ),
)
