"""ECS service whose tasks have addresses of their own, behind a target group of instances.

Tasks in ``awsvpc`` mode (always on Fargate) register IP addresses; a target group registers instances unless it says
otherwise.
"""

from collections.abc import Iterator

from onetake.aws.ecs import Service, TaskDefinition
from onetake.aws.elb import TargetGroup
from onetake.aws.lookup import target
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

SAYS = (
    "The provided target group {target_group_arn} has target type instance, which is incompatible with the awsvpc "
    "network mode specified in the task definition."
)
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidParameterException: {SAYS}"),
    Language.CLOUDFORMATION: Answer(
        Stage.CREATE, f'Resource handler returned message: "Invalid request provided: CreateService error: {SAYS}"'
    ),
}


def check(service: Service) -> Iterator[Fault]:
    """The task's network mode and the group's target type are both known."""
    task = target(service.task_definition, service.stack, TaskDefinition)
    if task is None or not (isinstance(task.network_mode, Known) and task.network_mode.value == "awsvpc"):
        return
    for balancer in service.load_balancers:
        group = target(balancer.target_group, service.stack, TargetGroup)
        match group.target_type if group else None:
            case Known("instance", where) if group:
                yield Fault(
                    where,
                    f"{group.address} registers instances, but the tasks of {service.address} have their own addresses",
                    related=(group, task),
                )


RULE = Rule(
    name="ecs-awsvpc-target-type-instance",
    view=Service,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="Tasks in awsvpc mode register IP addresses; instance, the default target type, registers instances.",
    fix='Set the target type of the target group to "ip".',
    evidence=(
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb.html",
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html",
    ),
)
