"""EventBridge Scheduler: schedules."""

from onetake.aws.view import Attribute, View
from onetake.model.language import Language


class Schedule(View):
    """A schedule, which calls its target with a role of its own."""

    KINDS = {Language.TERRAFORM: "aws_scheduler_schedule", Language.CLOUDFORMATION: "AWS::Scheduler::Schedule"}

    expression = Attribute(str, tf="schedule_expression", cfn="ScheduleExpression")
    target = Attribute(str, tf="target.arn", cfn="Target.Arn")
    role = Attribute(str, tf="target.role_arn", cfn="Target.RoleArn")
