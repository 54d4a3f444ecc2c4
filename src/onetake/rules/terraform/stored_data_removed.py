"""Database, table, volume or user directory whose data a plan throws away.

A changed argument that cannot be changed in place, a renamed block or a removed one: the plan deletes what is deployed,
and the data with it. A replacement starts empty. A deletion is often meant, and is a question.

Silent on databases that leave a last snapshot behind or are made again from one, and on what refuses to be deleted:
deletion protection, buckets and repositories have rules of their own.

Judged on plans, whose prior state tells what is deployed.
"""

from collections.abc import Iterator

from onetake.aws.view import Attribute, View
from onetake.mechanisms.succession import change, fate, forced, removed, successor
from onetake.model.changes import Step
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import known
from onetake.rules.rule import Answer, Fault, Rule

_SNAPSHOTS = ("aws_db_instance", "aws_rds_cluster", "aws_docdb_cluster", "aws_neptune_cluster", "aws_redshift_cluster")
"""What leaves a snapshot behind, unless it is told not to."""
_OTHERS = (
    "aws_dynamodb_table",
    "aws_efs_file_system",
    "aws_ebs_volume",
    "aws_cognito_user_pool",
    "aws_opensearch_domain",
    "aws_elasticsearch_domain",
)


class Store(View):
    """Something that holds data."""

    KINDS = {Language.TERRAFORM: (*_SNAPSHOTS, *_OTHERS)}

    skips_snapshot = Attribute(bool, tf="skip_final_snapshot", cfn=None, default=False)
    final_snapshot = Attribute(bool, tf="final_snapshot", cfn=None, default=False)
    protected = Attribute(object, tf="deletion_protection", cfn=None, default=False)
    protected_table = Attribute(bool, tf="deletion_protection_enabled", cfn=None, default=False)
    restored_from = Attribute(str, tf="snapshot_identifier", cfn=None, default="")
    replica_of = Attribute(str, tf="replicate_source_db", cfn=None, default="")

    @property
    def leaves_nothing(self) -> bool:
        """Whether it is surely deleted, and no snapshot of it stays."""
        if known(self.protected) not in (False, "INACTIVE") or known(self.protected_table) is not False:
            return False
        if known(self.replica_of) != "" or known(self.final_snapshot) is not False:
            return False
        return self.resource.type not in _SNAPSHOTS or known(self.skips_snapshot) is True


def check(store: Store) -> Iterator[Fault]:
    """Gone, with all that it holds."""
    later = successor(store)
    if not removed(store) or not store.leaves_nothing or (later is not None and known(later.restored_from) != ""):
        return
    deleted = change(store).step is Step.DELETE
    yield Fault(
        store,
        f"{store.address} {fate(store)}, and its data is lost{forced(store)}",
        condition=f"Is what {store.address} holds still wanted?" if deleted else "",
    )


RULE = Rule(
    name="terraform-stored-data-removed",
    view=Store,
    check=check,
    severity=Severity.HIGH,
    answers={Language.TERRAFORM: Answer(Stage.RUN)},
    deployed=True,
    cause="Replacing means deleting: the new resource has none of the old one's data.",
    fix="Take back the change that forces the replacement, add a moved block if the resource was only renamed, or make "
    "a snapshot and restore it.",
    evidence=(
        "https://developer.hashicorp.com/terraform/language/resources/behavior",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html",
    ),
)
