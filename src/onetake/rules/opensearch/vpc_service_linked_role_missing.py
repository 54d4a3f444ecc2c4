"""Search domain in a VPC, in an account that may lack the service's role.

The first domain in a VPC needs a service-linked role that the service does not make by itself. Decided by the
account's profile, or by the role being created in the stack before the domain.
"""

from collections.abc import Iterator

from onetake.aws.iam import ServiceLinkedRole
from onetake.aws.lookup import views
from onetake.aws.opensearch import Domain
from onetake.mechanisms.account import has, service_linked_role
from onetake.mechanisms.ordering import surely_before
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

SERVICES = ("opensearchservice.amazonaws.com", "es.amazonaws.com")
ANSWERS = {
    Language.TERRAFORM: Answer(
        Stage.CREATE,
        "ValidationException: Before you can proceed, you must enable a service-linked role to give Amazon ES "
        "permissions to access your VPC.",
    ),
    Language.CLOUDFORMATION: Answer(
        Stage.CREATE,
        'Resource handler returned message: "Invalid request provided: Before you can proceed, you must enable a '
        "service-linked role to give Amazon OpenSearch Service permissions to access your VPC. (Service: OpenSearch, "
        'Status Code: 400)" (HandlerErrorCode: InvalidRequest)',
    ),
}


def check(domain: Domain) -> Iterator[Fault]:
    """In a VPC, without the role made here first, in an account that is not known to have it."""
    match domain.subnets:
        case Known(subnets, where) if subnets and domain.stack.whole:
            pass
        case _:
            return
    need = service_linked_role(SERVICES[0])
    answer = has(domain.stack, need)
    made = [
        role
        for role in views(domain.stack, ServiceLinkedRole)
        if not isinstance(role.service, Known) or role.service.value in SERVICES
    ]
    if answer is Truth.YES or any(surely_before(domain.stack, role, domain) is not Truth.NO for role in made):
        return
    yield Fault(
        where,
        f"{domain.address} lies in a VPC, and nothing creates the service-linked role of {SERVICES[0]} before it",
        related=tuple(made),
        condition="" if answer is Truth.NO else need.question,
    )


RULE = Rule(
    name="opensearch-vpc-service-linked-role-missing",
    view=Domain,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="OpenSearch Service reaches a VPC through a service-linked role that must exist before the first domain.",
    fix="Create the role once for the account: aws_iam_service_linked_role, or AWS::IAM::ServiceLinkedRole.",
    evidence=("https://docs.aws.amazon.com/opensearch-service/latest/developerguide/slr.html",),
)
