"""ECS service that registers with a target group before a load balancer uses it.

A target group belongs to a load balancer once a listener, or one of its rules, forwards to it. A service created
before that is refused, whether the listener is missing or only not waited for.
"""

from collections.abc import Iterator

from onetake.aws.ecs import Service
from onetake.aws.elb import Listener, ListenerAction, ListenerRule, TargetGroup
from onetake.aws.lookup import identifies, target, views
from onetake.aws.view import Items
from onetake.mechanisms.ordering import surely_before
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Absent
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "The target group with targetGroupArn {target_group_arn} does not have an associated load balancer."
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidParameterException: {SAYS}"),
    Language.CLOUDFORMATION: Answer(
        Stage.CREATE,
        f'Resource handler returned message: "Invalid request provided: CreateService error: {SAYS} (Service: '
        'AmazonECS; Status Code: 400; Error Code: InvalidParameterException)"',
    ),
}


def check(service: Service) -> Iterator[Fault]:
    """Nothing that forwards to the group is surely there before the service."""
    for balancer in service.load_balancers:
        group = target(balancer.target_group, service.stack, TargetGroup)
        if group is None:
            continue
        forwarding = _forwarding(group)
        if not forwarding.complete:
            continue
        ready = [surely_before(service.stack, one, service) for one in forwarding]
        if all(answer is Truth.NO for answer in ready):
            missing = not forwarding.known
            reason = "no listener forwards to it" if missing else f"it does not wait for {forwarding.known[0].address}"
            yield Fault(
                balancer,
                f"{service.address} registers with {group.address}, but {reason}",
                related=(group, *forwarding),
                condition="" if missing else _race(service, forwarding),
            )


def _race(service: Service, forwarding: Items[Listener | ListenerRule]) -> str:
    """Both are started side by side, and a load balancer that exists already lets the listener win most times."""
    if all(surely_before(service.stack, service, one) is Truth.YES for one in forwarding):
        return ""
    return f"Is {forwarding.known[0].address} made before {service.address}? Nothing orders the two."


def _forwarding(group: TargetGroup) -> Items[Listener | ListenerRule]:
    found: list[Listener | ListenerRule] = []
    complete = group.stack.whole
    users: tuple[Listener | ListenerRule, ...] = (*views(group.stack, Listener), *views(group.stack, ListenerRule))
    for one in users:
        answers = [_names(group, action) for action in one.actions]
        if Truth.YES in answers:
            found.append(one)
        complete = complete and one.actions.complete and Truth.UNKNOWN not in answers
    return Items(tuple(found), complete, group.where)


def _names(group: TargetGroup, action: ListenerAction) -> Truth:
    answer = Truth.NO if action.forward.complete else Truth.UNKNOWN
    for value in (action.target_group, *(one.target_group for one in action.forward)):
        if not isinstance(value, Absent):
            answer = answer | identifies(group, value)
    return answer


RULE = Rule(
    name="ecs-target-group-without-load-balancer",
    view=Service,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="A target group is attached to a load balancer only once a listener or a rule of one forwards to it.",
    fix="Forward to the group from a listener, and make the service depend on that listener (or rule).",
    evidence=(
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html",
        "https://github.com/hashicorp/terraform-provider-aws/issues/3495",
    ),
)
