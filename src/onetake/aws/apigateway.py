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


class RestApi(View):
    """A REST API."""

    KINDS = {Language.TERRAFORM: "aws_api_gateway_rest_api", Language.CLOUDFORMATION: "AWS::ApiGateway::RestApi"}

    name = Attribute(str, tf="name", cfn="Name")
    document = Attribute(object, tf="body", cfn="Body")
    """The whole API, in OpenAPI."""
    document_location = Attribute(object, tf=None, cfn="BodyS3Location")
    cloned_from = Attribute(str, tf=None, cfn="CloneFrom")


class _OfMethod(View):
    """A method, or what belongs to one."""

    api = Attribute(str, tf="rest_api_id", cfn="RestApiId")
    path = Attribute(str, tf="resource_id", cfn="ResourceId")
    verb = Attribute(str, tf="http_method", cfn="HttpMethod")


class Method(_OfMethod):
    """A method of a path; in CloudFormation with its integration."""

    KINDS = {Language.TERRAFORM: "aws_api_gateway_method", Language.CLOUDFORMATION: "AWS::ApiGateway::Method"}


class Integration(_OfMethod):
    """What answers a method, as Terraform's resource of its own."""

    KINDS = {Language.TERRAFORM: "aws_api_gateway_integration"}


class IntegrationResponse(_OfMethod):
    """How an integration's answer becomes the method's."""

    KINDS = {Language.TERRAFORM: "aws_api_gateway_integration_response"}


class MethodResponse(_OfMethod):
    """An answer that a method may give."""

    KINDS = {Language.TERRAFORM: "aws_api_gateway_method_response"}


class Deployment(View):
    """A picture of a REST API as it is when the deployment is made."""

    KINDS = {Language.TERRAFORM: "aws_api_gateway_deployment", Language.CLOUDFORMATION: "AWS::ApiGateway::Deployment"}

    api = Attribute(str, tf="rest_api_id", cfn="RestApiId")


class HttpApi(View):
    """An HTTP or WebSocket API."""

    KINDS = {Language.TERRAFORM: "aws_apigatewayv2_api", Language.CLOUDFORMATION: "AWS::ApiGatewayV2::Api"}

    protocol = Attribute(str, tf="protocol_type", cfn="ProtocolType")


class Route(View):
    """A route of an HTTP or WebSocket API."""

    KINDS = {Language.TERRAFORM: "aws_apigatewayv2_route", Language.CLOUDFORMATION: "AWS::ApiGatewayV2::Route"}

    api = Attribute(str, tf="api_id", cfn="ApiId")
    key = Attribute(str, tf="route_key", cfn="RouteKey")
