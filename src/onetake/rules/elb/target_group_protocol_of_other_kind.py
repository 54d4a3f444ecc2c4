"""Listener and target group of which one speaks HTTP and the other does not.

An application load balancer's listener forwards to groups of HTTP or HTTPS, a network load balancer's to groups of TCP,
UDP or TLS.
"""

from collections.abc import Iterator

from onetake.aws.elb import Listener, TargetGroup
from onetake.aws.lookup import target
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

HTTP = frozenset({"HTTP", "HTTPS"})
CONNECTIONS = frozenset({"TCP", "UDP", "TCP_UDP", "TLS"})
SAYS = "The listener and its associated target group '{group}'"
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"IncompatibleProtocols: {SAYS}"),
    Language.CLOUDFORMATION: Answer(Stage.CREATE, SAYS),
}


def check(listener: Listener) -> Iterator[Fault]:
    """Each group that the default actions forward to."""
    for action in listener.actions:
        for place in (action, *action.forward):
            group = target(place.target_group, listener.stack, TargetGroup)
            if group is not None and _incompatible(listener, group):
                yield Fault(
                    place.target_group,
                    f"{listener.address} and {group.address} speak protocols of different kinds",
                    related=(group,),
                )


def _incompatible(listener: Listener, group: TargetGroup) -> bool:
    match listener.protocol, group.protocol:
        case Known(str() as one), Known(str() as other):
            return (one in HTTP and other in CONNECTIONS) or (one in CONNECTIONS and other in HTTP)
        case _:
            return False


RULE = Rule(
    name="elb-target-group-protocol-of-other-kind",
    view=Listener,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="The listener and the target group must both work on HTTP requests, or both on connections.",
    fix="Give the target group a protocol of the listener's kind: HTTP for HTTPS, TCP for TLS.",
    evidence=(
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html",
        "https://github.com/hashicorp/terraform-provider-aws/issues/4955",
    ),
)
