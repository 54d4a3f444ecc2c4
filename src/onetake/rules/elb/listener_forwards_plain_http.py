"""Internet-facing load balancer that only speaks HTTP.

What is sent through it crosses the internet in clear text. A listener that redirects, or another one with TLS, is
fine; so is an internal load balancer.
"""

from collections.abc import Iterator

from onetake.aws.elb import Listener, LoadBalancer
from onetake.aws.lookup import companions, target
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule


def check(listener: Listener) -> Iterator[Fault]:
    """HTTP, forwarding, on a public load balancer that surely has no listener with TLS."""
    balancer = target(listener.load_balancer, listener.stack, LoadBalancer)
    if balancer is None or not (isinstance(balancer.internal, Known) and not balancer.internal.value):
        return
    match listener.protocol:
        case Known("HTTP", where):
            pass
        case _:
            return
    forwards = any(isinstance(action.kind, Known) and action.kind.value == "forward" for action in listener.actions)
    others = companions(balancer, Listener, "load_balancer")
    plain = others.complete and all(
        isinstance(other.protocol, Known) and other.protocol.value == "HTTP" for other in others
    )
    if forwards and plain and others.known[0] is listener:
        yield Fault(where, f"{balancer.address} faces the internet and only speaks HTTP", related=(balancer,))


RULE = Rule(
    name="elb-listener-forwards-plain-http",
    view=Listener,
    check=check,
    severity=Severity.MEDIUM,
    answers={Language.TERRAFORM: Answer(Stage.RUN), Language.CLOUDFORMATION: Answer(Stage.RUN)},
    cause="A listener of plain HTTP carries everything in clear text; PCI DSS forbids that for card data.",
    fix="Add an HTTPS listener with a certificate of ACM, and let HTTP redirect to it.",
    evidence=("https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html",),
)
