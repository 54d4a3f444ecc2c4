"""Policy of a service-linked role, attached to a role of one's own.

The policies below ``aws-service-role/`` belong to the roles that services own; IAM attaches them to no other.
"""

from collections.abc import Iterator

from onetake.knowledge.managed_policies import path_of
from onetake.mechanisms.policies import managed_policy_name
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.iam._policies import ManagedPolicyUse
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "Cannot attach a Service Role Policy to a Customer Role."
ANSWERS = {language: Answer(Stage.CREATE, SAYS) for language in Language}
SERVICE_LINKED = "/aws-service-role/"


def check(use: ManagedPolicyUse) -> Iterator[Fault]:
    """The policy is a known one with this path."""
    for arn in use.policies:
        name = managed_policy_name(arn, use.stack)
        policy = name.removeprefix(SERVICE_LINKED) if name and name.startswith(SERVICE_LINKED) else None
        if policy is not None and path_of(policy) == SERVICE_LINKED:
            yield Fault(arn, f"{use.address} has {policy}, which only a service-linked role may have")


RULE = Rule(
    name="iam-service-linked-policy-attached",
    view=ManagedPolicyUse,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="Policies of service-linked roles can be attached to nothing else.",
    fix="Remove the policy: the service attaches it to its own role. Write a policy for what your role has to do.",
    evidence=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html",
        "https://github.com/aws/aws-cdk/issues/6131",
    ),
)
