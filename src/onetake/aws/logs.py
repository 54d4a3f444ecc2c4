"""CloudWatch Logs: groups, what reads them, and who may write to them."""

from onetake.aws.view import Attribute, View
from onetake.model.language import Language


class LogGroup(View):
    """A log group."""

    KINDS = {Language.TERRAFORM: "aws_cloudwatch_log_group", Language.CLOUDFORMATION: "AWS::Logs::LogGroup"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="LogGroupName")
    name_prefix = Attribute(str, tf="name_prefix", cfn=None)
    key = Attribute(str, tf="kms_key_id", cfn="KmsKeyId")
    retention_days = Attribute(int, tf="retention_in_days", cfn="RetentionInDays")
    group_class = Attribute(str, tf="log_group_class", cfn="LogGroupClass", default="STANDARD")
    skip_destroy = Attribute(bool, tf="skip_destroy", cfn=None, default=False)


class LogStream(View):
    """A log stream."""

    KINDS = {Language.TERRAFORM: "aws_cloudwatch_log_stream", Language.CLOUDFORMATION: "AWS::Logs::LogStream"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="LogStreamName")
    log_group = Attribute(str, tf="log_group_name", cfn="LogGroupName")


class SubscriptionFilter(View):
    """What hands a group's events on to a function, stream or destination."""

    KINDS = {
        Language.TERRAFORM: "aws_cloudwatch_log_subscription_filter",
        Language.CLOUDFORMATION: "AWS::Logs::SubscriptionFilter",
    }

    name = Attribute(str, tf="name", cfn="FilterName")
    log_group = Attribute(str, tf="log_group_name", cfn="LogGroupName")
    destination = Attribute(str, tf="destination_arn", cfn="DestinationArn")
    role = Attribute(str, tf="role_arn", cfn="RoleArn")
    pattern = Attribute(str, tf="filter_pattern", cfn="FilterPattern")
    distribution = Attribute(str, tf="distribution", cfn="Distribution")


class ResourcePolicy(View):
    """Which services may write to the account's log groups."""

    KINDS = {
        Language.TERRAFORM: "aws_cloudwatch_log_resource_policy",
        Language.CLOUDFORMATION: "AWS::Logs::ResourcePolicy",
    }
    IDENTITY = ("name",)

    name = Attribute(str, tf="policy_name", cfn="PolicyName")
    document = Attribute(object, tf="policy_document", cfn="PolicyDocument")


class MetricFilter(View):
    """What counts a group's events as a metric."""

    KINDS = {
        Language.TERRAFORM: "aws_cloudwatch_log_metric_filter",
        Language.CLOUDFORMATION: "AWS::Logs::MetricFilter",
    }

    name = Attribute(str, tf="name", cfn="FilterName")
    log_group = Attribute(str, tf="log_group_name", cfn="LogGroupName")
    pattern = Attribute(str, tf="pattern", cfn="FilterPattern")


class Destination(View):
    """A destination that other accounts' groups may send to."""

    KINDS = {
        Language.TERRAFORM: "aws_cloudwatch_log_destination",
        Language.CLOUDFORMATION: "AWS::Logs::Destination",
    }
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="DestinationName")
    role = Attribute(str, tf="role_arn", cfn="RoleArn")
    target = Attribute(str, tf="target_arn", cfn="TargetArn")
    written_policy = Attribute(object, tf=None, cfn="DestinationPolicy")


class DestinationPolicy(View):
    """Who may send to a destination."""

    KINDS = {Language.TERRAFORM: "aws_cloudwatch_log_destination_policy"}

    destination = Attribute(str, tf="destination_name", cfn=None)
    document = Attribute(object, tf="access_policy", cfn=None)
