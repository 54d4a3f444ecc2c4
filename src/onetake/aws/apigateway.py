"""API Gateway: stages, method settings and the account's settings."""

from onetake.aws.view import Attribute, Blocks, View
from onetake.model.language import Language


class MethodLogging(View):
    """Logging of methods, inside a stage."""

    level = Attribute(str, tf=None, cfn="LoggingLevel", default="OFF")


class Stage(View):
    """A stage of a REST API."""

    KINDS = {Language.TERRAFORM: "aws_api_gateway_stage", Language.CLOUDFORMATION: "AWS::ApiGateway::Stage"}

    name = Attribute(str, tf="stage_name", cfn="StageName")
    access_log = Attribute(str, tf="access_log_settings.destination_arn", cfn="AccessLogSetting.DestinationArn")
    methods = Blocks(MethodLogging, tf=None, cfn="MethodSettings")


class MethodSettings(View):
    """Settings of a stage's methods, as a resource."""

    KINDS = {Language.TERRAFORM: "aws_api_gateway_method_settings"}

    stage = Attribute(str, tf="stage_name", cfn=None)
    level = Attribute(str, tf="settings.logging_level", cfn=None, default="OFF")


class AccountSettings(View):
    """The account's settings in a region: the role that writes logs."""

    KINDS = {Language.TERRAFORM: "aws_api_gateway_account", Language.CLOUDFORMATION: "AWS::ApiGateway::Account"}

    role = Attribute(str, tf="cloudwatch_role_arn", cfn="CloudWatchRoleArn")
