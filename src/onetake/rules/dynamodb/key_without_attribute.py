"""DynamoDB table or index with a key of which the attribute is not defined.

Silent when some attribute definition is not known.
"""

from collections.abc import Iterator

from onetake.aws.dynamodb import Table
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

ANSWERS = {
    Language.TERRAFORM: Answer(
        Stage.PLAN, "all indexes must match a defined attribute. Unmatched indexes: [{attributes}]"
    ),
    Language.CLOUDFORMATION: Answer(Stage.CREATE),
}


def check(table: Table) -> Iterator[Fault]:
    """A key's name that is surely none of the defined attributes'."""
    attributes = table.attributes
    defined = {one.name.value for one in attributes if isinstance(one.name, Known)}
    if not attributes.complete or not defined or any(not isinstance(one.name, Known) for one in attributes):
        return
    keys = [name for one in (table, *table.indexes) for name in one.keys]
    missing = [name for name in keys if isinstance(name, Known) and name.value not in defined]
    if missing:
        spelled = sorted({name.value for name in missing})
        yield Fault(
            missing[0],
            f"{table.address} has keys on {', '.join(spelled)} without defining the attribute",
            words={"attributes": " ".join(f'"{name}"' for name in spelled)},
        )


RULE = Rule(
    name="dynamodb-key-without-attribute",
    view=Table,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="DynamoDB must know the type of every attribute that is part of a key.",
    fix="Define the attribute and its type (S, N or B), or correct its name: capital and small letters differ.",
    evidence=(
        "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html",
        "https://github.com/hashicorp/terraform-provider-aws/issues/46322",
        "https://github.com/aws-cloudformation/cfn-lint/issues/1037",
    ),
)
