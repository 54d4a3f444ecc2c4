"""DynamoDB table that defines an attribute which no key uses.

Tables have no schema beyond their keys: only the attributes of the table's key and of its indexes are defined. Silent
when some key or index is not known; in Terraform also when indexes are resources of their own.
"""

from collections.abc import Iterator

from onetake.aws.dynamodb import Table
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

ANSWERS = {
    Language.TERRAFORM: Answer(Stage.PLAN, "all attributes must be indexed. Unused attributes: [{attributes}]"),
    Language.CLOUDFORMATION: Answer(Stage.CREATE),
}
SEPARATE = "aws_dynamodb_global_secondary_index"


def check(table: Table) -> Iterator[Fault]:
    """An attribute of which the name is surely none of the keys'."""
    indexes = table.indexes
    keyed = (table, *indexes)
    names = [name for one in keyed for name in one.keys]
    known = {name.value for name in names if isinstance(name, Known)}
    whole = indexes.complete and all(one.key_complete for one in keyed) and all(isinstance(n, Known) for n in names)
    if not whole or not known or table.stack.by_type.get(SEPARATE):
        return
    unused = [one for one in table.attributes if isinstance(one.name, Known) and one.name.value not in known]
    if unused:
        spelled = sorted({one.name.value for one in unused if isinstance(one.name, Known)})
        yield Fault(
            unused[0],
            f"{table.address} defines {', '.join(spelled)}, which no key of the table or its indexes uses",
            words={"attributes": " ".join(f'"{name}"' for name in spelled)},
        )


RULE = Rule(
    name="dynamodb-attribute-without-key",
    view=Table,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="Attribute definitions are for the keys of the table and its indexes only; others are refused.",
    fix="Remove the definition: items may have any other attribute without one.",
    evidence=(
        "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html",
        "https://github.com/anomalyco/sst/issues/4163",
        "https://github.com/aws-cloudformation/cfn-lint/issues/1037",
    ),
)
