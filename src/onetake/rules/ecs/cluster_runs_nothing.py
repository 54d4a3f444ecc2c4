"""Cluster and task definition with nothing that runs them.

Usually the failing service was commented out: everything around it deploys, and nothing runs. Tasks may also be
started by schedules, pipelines or other stacks; any sign of that in the stack makes the rule silent.
"""

from collections.abc import Iterator

from onetake.aws.ecs import Cluster, Service, TaskDefinition
from onetake.aws.lookup import views
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.rule import Answer, Fault, Rule

RUNNERS = (
    "aws_cloudwatch_event_target",
    "aws_scheduler_schedule",
    "aws_sfn_state_machine",
    "aws_lambda_function",
    "aws_ecs_task_set",
    "aws_batch_compute_environment",
    "aws_codepipeline",
    "aws_codedeploy_deployment_group",
    "AWS::Events::Rule",
    "AWS::Scheduler::Schedule",
    "AWS::StepFunctions::StateMachine",
    "AWS::Lambda::Function",
    "AWS::ECS::TaskSet",
    "AWS::Batch::ComputeEnvironment",
    "AWS::CodePipeline::Pipeline",
    "AWS::CodeDeploy::DeploymentGroup",
    "AWS::CloudFormation::Stack",
    "AWS::EC2::Instance",
    "aws_instance",
)
"""What may start tasks of its own."""


def check(cluster: Cluster) -> Iterator[Fault]:
    """A cluster and tasks, no service, and nothing else that could run a task."""
    stack = cluster.stack
    tasks = views(stack, TaskDefinition)
    if not stack.whole or not tasks or views(stack, Service) or any(kind in stack.by_type for kind in RUNNERS):
        return
    if any(kind.startswith("data.") and "ecs" in kind for kind in stack.by_type) or stack.outputs:
        return  # what is handed out may be run elsewhere
    yield Fault(
        cluster,
        f"nothing runs on {cluster.address}: {tasks[0].address} belongs to no service",
        related=tasks,
    )


RULE = Rule(
    name="ecs-cluster-runs-nothing",
    view=Cluster,
    check=check,
    severity=Severity.MEDIUM,
    answers={Language.TERRAFORM: Answer(Stage.RUN), Language.CLOUDFORMATION: Answer(Stage.RUN)},
    cause="A task definition only describes; without a service, or something that starts tasks, nothing runs.",
    fix="Add the service again and mend what made it fail; do not leave it out.",
    evidence=("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html",),
)
