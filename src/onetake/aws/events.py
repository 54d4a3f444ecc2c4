"""EventBridge: rules and their targets."""

from onetake.aws.view import Attribute, Blocks, View
from onetake.model.language import Language


class TargetBlock(View):
    """A target, written inside its rule."""

    arn = Attribute(str, tf=None, cfn="Arn")
    role = Attribute(str, tf=None, cfn="RoleArn")


class TargetOrRule(View):
    """What names targets in either language: the target itself, or the rule that it is written in."""

    KINDS = {
        Language.TERRAFORM: "aws_cloudwatch_event_target",
        Language.CLOUDFORMATION: "AWS::Events::Rule",
    }

    arn = Attribute(str, tf="arn", cfn=None)
    role = Attribute(str, tf="role_arn", cfn=None)
    targets = Blocks(TargetBlock, tf=None, cfn="Targets")


class EventRule(View):
    """A rule: when or on what its targets are called."""

    KINDS = {Language.TERRAFORM: "aws_cloudwatch_event_rule", Language.CLOUDFORMATION: "AWS::Events::Rule"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="Name")
    schedule = Attribute(str, tf="schedule_expression", cfn="ScheduleExpression")
