"""Load balancer whose name begins with ``internal-``."""

from collections.abc import Iterator

from onetake.aws.elb import LoadBalancer
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.text import starts_with
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

RESERVED = "internal-"


def check(balancer: LoadBalancer) -> Iterator[Fault]:
    """What the name surely begins with; a classic or gateway load balancer is not judged."""
    match balancer.kind:
        case Known("application" | "network") if starts_with(balancer.name, RESERVED) is Truth.YES:
            words = {"balancer_name": balancer.name.value} if isinstance(balancer.name, Known) else {}
            yield Fault(balancer.name, f'the name of {balancer.address} begins with "{RESERVED}"', words=words)
        case _:
            return


RULE = Rule(
    name="elb-load-balancer-name-reserved",
    view=LoadBalancer,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.PLAN, '"name" cannot begin with "internal-": "{balancer_name}"'),
        Language.CLOUDFORMATION: Answer(Stage.CREATE),
    },
    cause="AWS itself puts internal- before the DNS name of internal load balancers; a name may not begin with it.",
    fix="Put internal somewhere else in the name.",
    evidence=(
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html",
        "https://github.com/terraform-linters/tflint-ruleset-aws/issues/353",
    ),
)
