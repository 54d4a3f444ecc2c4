"""The same account asked for its identity more than once.

Each ``aws_caller_identity`` is a call during every plan; several of them in one stack mean that the account id
was not handed down, and that the parts of the stack may come to disagree about it.
"""

from collections.abc import Iterator

from onetake.aws.lookup import views
from onetake.aws.settings import CallerIdentity
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.rule import Answer, Fault, Rule


def check(identity: CallerIdentity) -> Iterator[Fault]:
    """Another one of the same module and provider comes first."""
    module = identity.address.rpartition("data.")[0]
    same = [
        other
        for other in views(identity.stack, CallerIdentity)
        if other.resource.provider.alias == identity.resource.provider.alias
        and other.address.rpartition("data.")[0] == module
    ]
    if len(same) > 1 and same[1] is identity:
        yield Fault(
            identity,
            f"{identity.address} asks again for the account that {same[0].address} already knows",
            related=tuple(other for other in same if other is not identity),
        )


RULE = Rule(
    name="terraform-caller-identity-repeated",
    view=CallerIdentity,
    check=check,
    severity=Severity.LOW,
    answers={Language.TERRAFORM: Answer(Stage.RUN)},
    cause="Every construct that needs the account id asks AWS for it instead of being given it by its parent.",
    fix="Keep one aws_caller_identity and hand its account_id to the constructs that need it.",
    evidence=("https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/caller_identity",),
)
