"""Trust policy whose statement names a resource.

A trust policy says who may assume the one role that it belongs to, so IAM admits neither ``Resource`` nor
``NotResource`` in it. Often a permission policy was given as trust policy by mistake.
"""

from collections.abc import Iterator

from onetake.aws.iam import Role
from onetake.mechanisms.policies import trust_policy
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.rule import Answer, Fault, Rule

ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, "MalformedPolicyDocument: Has prohibited field Resource"),
    Language.CLOUDFORMATION: Answer(Stage.CREATE),
}


def check(role: Role) -> Iterator[Fault]:
    """A statement has the element, whatever its value."""
    document = trust_policy(role)
    for statement in document.statements if document else ():
        if statement.resources.written and statement.resources.items:
            yield Fault(statement.resources.where, f"The trust policy of {role.address} names a resource")
            return


RULE = Rule(
    name="iam-trust-policy-with-resource",
    view=Role,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="A trust policy is about its own role; IAM refuses one that names a resource.",
    fix="Remove Resource from the trust policy; what the role may do belongs in a policy of its own.",
    evidence=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
        "https://github.com/hashicorp/terraform/issues/34231",
        "https://github.com/kubernetes-sigs/external-dns/issues/3085",
    ),
)
