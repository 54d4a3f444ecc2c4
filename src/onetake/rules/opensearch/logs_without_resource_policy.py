"""Search domain that publishes logs which no resource policy lets it write.

CloudWatch Logs needs a resource policy for ``es.amazonaws.com``. One may exist in the account already, so without any
in the stack this is a risk; with one that surely does not allow it, too.
"""

from collections.abc import Iterator, Sequence

from onetake.aws.logs import LogGroup, ResourcePolicy
from onetake.aws.lookup import target, views
from onetake.aws.opensearch import Domain
from onetake.mechanisms.ordering import surely_before
from onetake.mechanisms.policies import Service, allows, log_policies
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

SAYS = (
    "The Resource Access Policy specified for the CloudWatch Logs log group {group} does not grant sufficient "
    "permissions for {service} to create a log stream. Please check the Resource Access Policy."
)
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"ValidationException: {SAYS}"),
    Language.CLOUDFORMATION: Answer(
        Stage.CREATE,
        f'Resource handler returned message: "Invalid request provided: {SAYS} (Service: OpenSearch, Status Code: '
        '400)"',
    ),
}
ACTIONS = ("logs:PutLogEvents", "logs:CreateLogStream")


def check(domain: Domain) -> Iterator[Fault]:
    """A log group of the stack that no policy of the stack opens to the service before the domain."""
    for options in domain.logs:
        group = target(options.group, domain.stack, LogGroup)
        if group is None or not (isinstance(options.enabled, Known) and options.enabled.value):
            continue
        policies = views(domain.stack, ResourcePolicy)
        refused = allows(log_policies(domain.stack), ACTIONS, principal=Service("es.amazonaws.com")) is Truth.NO
        late = bool(policies) and all(surely_before(domain.stack, one, domain) is Truth.NO for one in policies)
        if not refused and not late:
            continue
        name = group.name.value if isinstance(group.name, Known) else group.address
        text = (
            f"no resource policy in the stack lets {domain.address} write to {group.address}"
            if refused
            else f"{domain.address} does not wait for the resource policy that lets it write to {group.address}"
        )
        yield Fault(
            options,
            text,
            related=(group, *policies),
            words={"group": name, "service": "Amazon OpenSearch Service"},
            condition=_question(domain, policies, refused=refused),
        )
        return


def _question(domain: Domain, policies: Sequence[ResourcePolicy], *, refused: bool) -> str:
    if not policies:
        return "Does a CloudWatch Logs resource policy of the account already let es.amazonaws.com write there?"
    if refused or all(surely_before(domain.stack, domain, one) is Truth.YES for one in policies):
        return ""
    # A policy needs nothing else of the stack, a domain often does: in practice the policy tends to be first.
    return f"Is {policies[0].address} made before {domain.address}? Nothing orders the two."


RULE = Rule(
    name="opensearch-logs-without-resource-policy",
    view=Domain,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="OpenSearch Service writes as es.amazonaws.com, which a CloudWatch Logs resource policy must allow.",
    fix="Add a resource policy that allows es.amazonaws.com logs:PutLogEvents and logs:CreateLogStream, and make the "
    "domain depend on it.",
    evidence=(
        "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/createdomain-configure-slow-logs.html",
    ),
)
