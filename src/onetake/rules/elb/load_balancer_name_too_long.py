"""Load balancer with a name of more than 32 characters."""

from collections.abc import Iterator

from onetake.aws.elb import LoadBalancer
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.text import minimum_length
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

LONGEST = 32


def check(balancer: LoadBalancer) -> Iterator[Fault]:
    """The characters that the name surely has."""
    length = minimum_length(balancer.name)
    if length > LONGEST:
        whole = balancer.name.value if isinstance(balancer.name, Known) else ""
        yield Fault(
            balancer.name,
            f"the name of {balancer.address} has {'' if whole else 'at least '}{length} characters",
            words={"balancer_name": whole} if whole else {},
        )


RULE = Rule(
    name="elb-load-balancer-name-too-long",
    view=LoadBalancer,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.PLAN),
        Language.CLOUDFORMATION: Answer(
            Stage.CREATE, "The load balancer name '{balancer_name}' cannot be longer than '32' characters"
        ),
    },
    cause="The name of a load balancer has at most 32 characters.",
    fix="Shorten the name, or leave it out so that one is made up.",
    evidence=(
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html",
        "https://github.com/aws-cloudformation/cfn-lint/issues/3259",
    ),
)
