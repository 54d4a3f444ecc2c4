"""Permission policy whose statement names a principal.

What a role, user or group may do is said without ``Principal``, as the policy is theirs. Often a trust policy or the
policy of a bucket was given as permission policy by mistake.
"""

from collections.abc import Iterator

from onetake.mechanisms.policies import read
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.iam._policies import WrittenPolicy
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "Policy document should not specify a principal."
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"MalformedPolicyDocument: {SAYS}"),
    Language.CLOUDFORMATION: Answer(Stage.CREATE, SAYS),
}


def check(holder: WrittenPolicy) -> Iterator[Fault]:
    """A statement surely has the element."""
    for written in holder.documents:
        document = read(written, holder.stack)
        for statement in document.statements if document else ():
            named = statement.principals
            if named.written and named.items:
                yield Fault(named.where, f"{holder.address} holds a permission policy that names a principal")
                break


RULE = Rule(
    name="iam-permission-policy-with-principal",
    view=WrittenPolicy,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="A permission policy is about whoever it is attached to; IAM refuses one that names a principal.",
    fix="Remove Principal, or give the policy where it belongs: a role's trust policy, a bucket's policy.",
    evidence=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
        "https://github.com/hashicorp/terraform/issues/13449",
        "https://github.com/hashicorp/terraform-provider-aws/issues/10419",
    ),
)
