"""Resource that a plan deletes at one address and makes again, under the same name, at another.

Somebody renamed a block, gave it ``count`` or ``for_each``, or moved it into a module. Terraform takes the two for
strangers: it deletes and creates them side by side, so that the name is often still taken, and what the old one held is
lost.

Judged on plans; only kinds whose names are unique. A secret has a rule of its own.
"""

from collections.abc import Iterator

from onetake.mechanisms.succession import change, created
from onetake.model.changes import Step
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.rule import Answer, Fault, Rule
from onetake.rules.terraform._names import Named


def check(named: Named) -> Iterator[Fault]:
    """Deleted here, created there."""
    if change(named).step is not Step.DELETE or named.resource.type == "aws_secretsmanager_secret":
        return
    for later in created(named):
        if later.takes(named):
            yield Fault(
                later.resource.argument(later.argument),
                f"{later.address} is given the name {later.name}, which {named.address} has until it is deleted",
                related=(named,),
                condition=f"Is {named.address} gone before {later.address} is made? Nothing orders the two.",
                words={"answer": later.answer()},
                fix=f"Add a moved block from {named.address} to {later.address}, so that nothing is deleted.",
            )


RULE = Rule(
    name="terraform-renamed-without-moved",
    view=Named,
    check=check,
    severity=Severity.CRITICAL,
    answers={Language.TERRAFORM: Answer(Stage.CREATE, "{answer}")},
    deployed=True,
    cause="Terraform deletes and creates resources of different addresses side by side; the name is free only when the "
    "old one is gone.",
    fix="Add a moved block from the old address to the new one, so that nothing is deleted.",
    evidence=(
        "https://developer.hashicorp.com/terraform/language/modules/develop/refactoring",
        "https://github.com/DevopsArtFactory/terraform-provisioning/pull/2",
    ),
)
