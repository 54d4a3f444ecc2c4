"""Resource that a plan makes again before the old one is gone, under the same name.

With ``create_before_destroy`` both exist for a while, and of many kinds of resources only one may have a name. What a
resource with that setting depends on is replaced in the same order, even if nobody asked for it.

Judged on plans, which tell the order; only kinds whose names are unique.
"""

from collections.abc import Iterator

from onetake.mechanisms.succession import change, forced, successor
from onetake.model.changes import Step
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.rule import Answer, Fault, Rule
from onetake.rules.terraform._names import Named


def check(named: Named) -> Iterator[Fault]:
    """The successor is made first, and wants the name that is taken."""
    planned = change(named)
    later = successor(named) if planned.step is Step.REPLACE and planned.creates_first else None
    if later is not None and later.takes(named):
        yield Fault(
            later.resource.argument(later.argument),
            f"{named.address} is made again as {later.name} before the old one is deleted{forced(named)}",
            words={"answer": later.answer()},
        )


RULE = Rule(
    name="terraform-replacement-name-taken",
    view=Named,
    check=check,
    severity=Severity.CRITICAL,
    answers={Language.TERRAFORM: Answer(Stage.CREATE, "{answer}")},
    deployed=True,
    cause="With create_before_destroy the old resource still has the name when the new one asks for it.",
    fix="Let the name be generated (name_prefix), change it with what forces the replacement, or leave out "
    "create_before_destroy.",
    evidence=(
        "https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#create_before_destroy",
        "https://github.com/hashicorp/terraform-provider-aws/issues/636",
    ),
)
