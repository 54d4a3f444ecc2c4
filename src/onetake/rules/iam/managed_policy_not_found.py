"""AWS managed policy named under a path where it is not.

The path is a part of the ARN: ``AWSLambdaBasicExecutionRole`` lies under ``service-role/``, ``AmazonEKSClusterPolicy``
under none. Names that are not known to us are left alone, as AWS adds policies all the time.
"""

from collections.abc import Iterator

from onetake.knowledge.managed_policies import PREFIX, suggestion
from onetake.mechanisms.policies import managed_policy_name
from onetake.model.findings import Action, Edit, Severity, Stage
from onetake.model.language import Language
from onetake.model.resources import Mode
from onetake.model.values import Known, origin
from onetake.rules.iam._policies import ManagedPolicyUse
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "Policy {arn} does not exist or is not attachable."
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"NoSuchEntity: {SAYS}"),
    Language.CLOUDFORMATION: Answer(
        Stage.CREATE, f"{SAYS} (Service: AmazonIdentityManagement; Status Code: 404; Error Code: NoSuchEntity)"
    ),
}
PARTITION = "arn:aws:"
SERVICE_LINKED = "/aws-service-role/"


def check(use: ManagedPolicyUse) -> Iterator[Fault]:
    """The name is that of a managed policy, the path another."""
    for arn in use.policies:
        source = use.stack.at(origin(arn))
        if source is not None and source.mode is Mode.DATA:
            continue  # the lookup itself would fail first
        tail = managed_policy_name(arn, use.stack)
        right = suggestion(tail) if tail else None
        if right is None or (isinstance(arn, Known) and not arn.value.startswith(PARTITION)):
            continue
        attachable = not right.startswith(SERVICE_LINKED)
        correct = f"{PARTITION[:-1]}{PREFIX}{right}"
        yield Fault(
            arn,
            f"{use.address} names the policy {str(tail).lstrip('/')}, which AWS keeps as {right.lstrip('/')}",
            fix=f"Use {correct}." if attachable else "Remove it: only a service-linked role may have this policy.",
            words={"arn": arn.value} if isinstance(arn, Known) else {},
            edits=(Edit(arn.where, Action.SET, correct),) if attachable and isinstance(arn, Known) else (),
        )


RULE = Rule(
    name="iam-managed-policy-not-found",
    view=ManagedPolicyUse,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="The path of an AWS managed policy is a part of its ARN; no policy has this path and name.",
    fix="Use the ARN that AWS documents for the policy.",
    evidence=(
        "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/about-managed-policy-reference.html",
        "https://github.com/hashicorp/terraform/issues/31748",
        "https://github.com/aws/aws-cdk/issues/14988",
    ),
)
