"""Functions on Lambda."""

from onetake.aws.view import Attribute, Blocks, ListOf, View
from onetake.model.language import Language


class FileSystemConfig(View):
    """A file system that a function mounts."""

    access_point = Attribute(str, tf="arn", cfn="Arn")
    path = Attribute(str, tf="local_mount_path", cfn="LocalMountPath")


class Function(View):
    """A function."""

    KINDS = {Language.TERRAFORM: "aws_lambda_function", Language.CLOUDFORMATION: "AWS::Lambda::Function"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="function_name", cfn="FunctionName")
    role = Attribute(str, tf="role", cfn="Role")
    runtime = Attribute(str, tf="runtime", cfn="Runtime")
    handler = Attribute(str, tf="handler", cfn="Handler")
    package_type = Attribute(str, tf="package_type", cfn="PackageType", default="Zip")
    image = Attribute(str, tf="image_uri", cfn="Code.ImageUri")
    code_file = Attribute(str, tf="filename", cfn=None)
    code_inline = Attribute(str, tf=None, cfn="Code.ZipFile")
    code_bucket = Attribute(str, tf="s3_bucket", cfn="Code.S3Bucket")
    code_key = Attribute(str, tf="s3_key", cfn="Code.S3Key")
    memory = Attribute(int, tf="memory_size", cfn="MemorySize", default=128)
    timeout = Attribute(int, tf="timeout", cfn="Timeout", default=3)
    architectures = ListOf(str, tf="architectures", cfn="Architectures")
    layers = ListOf(str, tf="layers", cfn="Layers")
    variables = Attribute(dict, tf="environment.variables", cfn="Environment.Variables")
    kms_key = Attribute(str, tf="kms_key_arn", cfn="KmsKeyArn")
    subnets = ListOf(str, tf="vpc_config.subnet_ids", cfn="VpcConfig.SubnetIds")
    security_groups = ListOf(str, tf="vpc_config.security_group_ids", cfn="VpcConfig.SecurityGroupIds")
    file_systems = Blocks(FileSystemConfig, tf="file_system_config", cfn="FileSystemConfigs")
    dead_letter_target = Attribute(str, tf="dead_letter_config.target_arn", cfn="DeadLetterConfig.TargetArn")
    tracing = Attribute(str, tf="tracing_config.mode", cfn="TracingConfig.Mode", default="PassThrough")
    reserved_concurrency = Attribute(int, tf="reserved_concurrent_executions", cfn="ReservedConcurrentExecutions")
    """-1 in Terraform means none is reserved."""
    ephemeral_mib = Attribute(int, tf="ephemeral_storage.size", cfn="EphemeralStorage.Size", default=512)
    snap_start = Attribute(str, tf="snap_start.apply_on", cfn="SnapStart.ApplyOn", default="None")
    log_group = Attribute(str, tf="logging_config.log_group", cfn="LoggingConfig.LogGroup")
    log_format = Attribute(str, tf="logging_config.log_format", cfn="LoggingConfig.LogFormat")
    application_log_level = Attribute(
        str, tf="logging_config.application_log_level", cfn="LoggingConfig.ApplicationLogLevel"
    )
    publish = Attribute(bool, tf="publish", cfn=None, default=False)
    code_signing = Attribute(str, tf="code_signing_config_arn", cfn="CodeSigningConfigArn")


class Permission(View):
    """Who may invoke a function."""

    KINDS = {Language.TERRAFORM: "aws_lambda_permission", Language.CLOUDFORMATION: "AWS::Lambda::Permission"}

    function = Attribute(str, tf="function_name", cfn="FunctionName")
    qualifier = Attribute(str, tf="qualifier", cfn=None)
    action = Attribute(str, tf="action", cfn="Action")
    principal = Attribute(str, tf="principal", cfn="Principal")
    source_arn = Attribute(str, tf="source_arn", cfn="SourceArn")
    source_account = Attribute(str, tf="source_account", cfn="SourceAccount")
    organization = Attribute(str, tf="principal_org_id", cfn="PrincipalOrgID")
    url_auth = Attribute(str, tf="function_url_auth_type", cfn="FunctionUrlAuthType")


class EventSourceMapping(View):
    """A queue or stream that a function reads."""

    KINDS = {
        Language.TERRAFORM: "aws_lambda_event_source_mapping",
        Language.CLOUDFORMATION: "AWS::Lambda::EventSourceMapping",
    }

    function = Attribute(str, tf="function_name", cfn="FunctionName")
    source = Attribute(str, tf="event_source_arn", cfn="EventSourceArn")
    enabled = Attribute(bool, tf="enabled", cfn="Enabled", default=True)
    batch_size = Attribute(int, tf="batch_size", cfn="BatchSize")
    batching_window = Attribute(int, tf="maximum_batching_window_in_seconds", cfn="MaximumBatchingWindowInSeconds")
    starting_position = Attribute(str, tf="starting_position", cfn="StartingPosition")
    starting_timestamp = Attribute(str, tf="starting_position_timestamp", cfn="StartingPositionTimestamp")
    bisect = Attribute(bool, tf="bisect_batch_on_function_error", cfn="BisectBatchOnFunctionError")
    maximum_retries = Attribute(int, tf="maximum_retry_attempts", cfn="MaximumRetryAttempts")
    maximum_age = Attribute(int, tf="maximum_record_age_in_seconds", cfn="MaximumRecordAgeInSeconds")
    parallelization = Attribute(int, tf="parallelization_factor", cfn="ParallelizationFactor")
    tumbling_window = Attribute(int, tf="tumbling_window_in_seconds", cfn="TumblingWindowInSeconds")
    maximum_concurrency = Attribute(
        int, tf="scaling_config.maximum_concurrency", cfn="ScalingConfig.MaximumConcurrency"
    )
    failure_destination = Attribute(
        str, tf="destination_config.on_failure.destination_arn", cfn="DestinationConfig.OnFailure.Destination"
    )
    response_types = ListOf(str, tf="function_response_types", cfn="FunctionResponseTypes")
    topics = ListOf(str, tf="topics", cfn="Topics")
    queues = ListOf(str, tf="queues", cfn="Queues")


class Alias(View):
    """A name for a version."""

    KINDS = {Language.TERRAFORM: "aws_lambda_alias", Language.CLOUDFORMATION: "AWS::Lambda::Alias"}

    name = Attribute(str, tf="name", cfn="Name")
    function = Attribute(str, tf="function_name", cfn="FunctionName")
    version = Attribute(str, tf="function_version", cfn="FunctionVersion")
    provisioned = Attribute(int, tf=None, cfn="ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions")


class Version(View):
    """A frozen function; Terraform makes one by ``publish``."""

    KINDS = {Language.CLOUDFORMATION: "AWS::Lambda::Version"}

    function = Attribute(str, tf=None, cfn="FunctionName")
    provisioned = Attribute(int, tf=None, cfn="ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions")


class LayerVersion(View):
    """Code that functions share."""

    KINDS = {Language.TERRAFORM: "aws_lambda_layer_version", Language.CLOUDFORMATION: "AWS::Lambda::LayerVersion"}

    name = Attribute(str, tf="layer_name", cfn="LayerName")
    runtimes = ListOf(str, tf="compatible_runtimes", cfn="CompatibleRuntimes")
    architectures = ListOf(str, tf="compatible_architectures", cfn="CompatibleArchitectures")
    code_file = Attribute(str, tf="filename", cfn=None)
    code_bucket = Attribute(str, tf="s3_bucket", cfn="Content.S3Bucket")
    code_key = Attribute(str, tf="s3_key", cfn="Content.S3Key")


class FunctionUrl(View):
    """An address on the web for a function."""

    KINDS = {Language.TERRAFORM: "aws_lambda_function_url", Language.CLOUDFORMATION: "AWS::Lambda::Url"}

    function = Attribute(str, tf="function_name", cfn="TargetFunctionArn")
    auth = Attribute(str, tf="authorization_type", cfn="AuthType")
    qualifier = Attribute(str, tf="qualifier", cfn="Qualifier")
    invoke_mode = Attribute(str, tf="invoke_mode", cfn="InvokeMode", default="BUFFERED")
    cors_methods = ListOf(str, tf="cors.allow_methods", cfn="Cors.AllowMethods")
    cors_origins = ListOf(str, tf="cors.allow_origins", cfn="Cors.AllowOrigins")
    cors_credentials = Attribute(bool, tf="cors.allow_credentials", cfn="Cors.AllowCredentials")


class ProvisionedConcurrency(View):
    """Capacity kept warm, as Terraform's resource of its own."""

    KINDS = {Language.TERRAFORM: "aws_lambda_provisioned_concurrency_config"}

    function = Attribute(str, tf="function_name", cfn=None)
    qualifier = Attribute(str, tf="qualifier", cfn=None)
    amount = Attribute(int, tf="provisioned_concurrent_executions", cfn=None)


class InvokeConfig(View):
    """What happens to asynchronous calls."""

    KINDS = {
        Language.TERRAFORM: "aws_lambda_function_event_invoke_config",
        Language.CLOUDFORMATION: "AWS::Lambda::EventInvokeConfig",
    }

    function = Attribute(str, tf="function_name", cfn="FunctionName")
    qualifier = Attribute(str, tf="qualifier", cfn="Qualifier")
    maximum_age = Attribute(int, tf="maximum_event_age_in_seconds", cfn="MaximumEventAgeInSeconds")
    maximum_retries = Attribute(int, tf="maximum_retry_attempts", cfn="MaximumRetryAttempts")
    failure_destination = Attribute(
        str, tf="destination_config.on_failure.destination", cfn="DestinationConfig.OnFailure.Destination"
    )
    success_destination = Attribute(
        str, tf="destination_config.on_success.destination", cfn="DestinationConfig.OnSuccess.Destination"
    )
