"""Listener whose protocol its kind of load balancer does not speak.

Application load balancers listen for HTTP and HTTPS, network load balancers for TCP, UDP, TLS and QUIC.
"""

from collections.abc import Iterator

from onetake.aws.elb import Listener, LoadBalancer
from onetake.aws.lookup import target
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

OF_APPLICATION = frozenset({"HTTP", "HTTPS"})
OF_NETWORK = frozenset({"TCP", "UDP", "TCP_UDP", "TLS", "QUIC", "TCP_QUIC"})
SAYS = "Listener protocol '{protocol}' must be one of"
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"ValidationError: {SAYS}"),
    Language.CLOUDFORMATION: Answer(Stage.CREATE, SAYS),
}


def check(listener: Listener) -> Iterator[Fault]:
    """A protocol of the other kind; one that is not known to either is left to AWS."""
    balancer = target(listener.load_balancer, listener.stack, LoadBalancer)
    if balancer is None:
        return
    match balancer.kind, listener.protocol:
        case Known("application"), Known(str() as protocol, where) if protocol in OF_NETWORK:
            spoken = "HTTP and HTTPS"
        case Known("network"), Known(str() as protocol, where) if protocol in OF_APPLICATION:
            spoken = "TCP, UDP and TLS"
        case _:
            return
    yield Fault(
        where,
        f"{listener.address} listens for {protocol}, but {balancer.address} speaks {spoken} only",
        related=(balancer,),
        words={"protocol": protocol},
    )


RULE = Rule(
    name="elb-listener-protocol-of-other-kind",
    view=Listener,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="An application load balancer works on HTTP requests, a network load balancer on connections.",
    fix="Use a protocol of the load balancer's type, or a load balancer of the other type.",
    evidence=(
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html",
        "https://github.com/hashicorp/terraform-provider-aws/issues/6173",
        "https://github.com/pulumi/pulumi-aws/issues/1193",
    ),
)
