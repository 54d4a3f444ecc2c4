"""Containers on ECS: clusters, services, task definitions, capacity."""

from onetake.aws.forms import TextBlocks, either, keyed_as, spelled
from onetake.aws.view import Attribute, Blocks, ListOf, View
from onetake.model.language import Language
from onetake.model.values import Value


class StrategyItem(View):
    """One share of a capacity provider strategy."""

    provider = Attribute(str, tf="capacity_provider", cfn="CapacityProvider")
    base = Attribute(int, tf="base", cfn="Base", default=0)
    weight = Attribute(int, tf="weight", cfn="Weight", default=0)


class Cluster(View):
    """A cluster."""

    KINDS = {Language.TERRAFORM: "aws_ecs_cluster", Language.CLOUDFORMATION: "AWS::ECS::Cluster"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="ClusterName")
    capacity_providers = ListOf(str, tf=None, cfn="CapacityProviders")
    default_strategy = Blocks(StrategyItem, tf=None, cfn="DefaultCapacityProviderStrategy")
    settings = Attribute(object, tf="setting", cfn="ClusterSettings")
    service_connect_namespace = Attribute(
        str, tf="service_connect_defaults.namespace", cfn="ServiceConnectDefaults.Namespace"
    )
    exec_key = Attribute(
        str,
        tf="configuration.execute_command_configuration.kms_key_id",
        cfn="Configuration.ExecuteCommandConfiguration.KmsKeyId",
    )
    exec_logging = Attribute(
        str,
        tf="configuration.execute_command_configuration.logging",
        cfn="Configuration.ExecuteCommandConfiguration.Logging",
    )
    exec_log_group = Attribute(
        str,
        tf="configuration.execute_command_configuration.log_configuration.cloud_watch_log_group_name",
        cfn="Configuration.ExecuteCommandConfiguration.LogConfiguration.CloudWatchLogGroupName",
    )

    @property
    def container_insights(self) -> Value[str]:
        """``enabled``, ``disabled`` or ``enhanced``."""
        return either(
            self,
            keyed_as(self.settings, "containerInsights", str, names=("name", "value")),
            keyed_as(self.settings, "containerInsights", str, names=("Name", "Value")),
        )


class ClusterCapacityProviders(View):
    """Which capacity a cluster may use."""

    KINDS = {
        Language.TERRAFORM: "aws_ecs_cluster_capacity_providers",
        Language.CLOUDFORMATION: "AWS::ECS::ClusterCapacityProviderAssociations",
    }

    cluster = Attribute(str, tf="cluster_name", cfn="Cluster")
    capacity_providers = ListOf(str, tf="capacity_providers", cfn="CapacityProviders")
    default_strategy = Blocks(
        StrategyItem, tf="default_capacity_provider_strategy", cfn="DefaultCapacityProviderStrategy"
    )


class CapacityProvider(View):
    """Capacity that an Auto Scaling group gives."""

    KINDS = {Language.TERRAFORM: "aws_ecs_capacity_provider", Language.CLOUDFORMATION: "AWS::ECS::CapacityProvider"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="Name")
    group = Attribute(
        str, tf="auto_scaling_group_provider.auto_scaling_group_arn", cfn="AutoScalingGroupProvider.AutoScalingGroupArn"
    )
    termination_protection = Attribute(
        str,
        tf="auto_scaling_group_provider.managed_termination_protection",
        cfn="AutoScalingGroupProvider.ManagedTerminationProtection",
        default="DISABLED",
    )
    scaling_status = Attribute(
        str,
        tf="auto_scaling_group_provider.managed_scaling.status",
        cfn="AutoScalingGroupProvider.ManagedScaling.Status",
    )


class ServiceLoadBalancer(View):
    """A target group that a service registers its tasks with."""

    target_group = Attribute(str, tf="target_group_arn", cfn="TargetGroupArn")
    classic_name = Attribute(str, tf="elb_name", cfn="LoadBalancerName")
    container = Attribute(str, tf="container_name", cfn="ContainerName")
    port = Attribute(int, tf="container_port", cfn="ContainerPort")


class ServiceRegistry(View):
    """A service discovery entry."""

    registry = Attribute(str, tf="registry_arn", cfn="RegistryArn")
    port = Attribute(int, tf="port", cfn="Port")
    container = Attribute(str, tf="container_name", cfn="ContainerName")
    container_port = Attribute(int, tf="container_port", cfn="ContainerPort")


class ConnectService(View):
    """A port that Service Connect offers."""

    port_name = Attribute(str, tf="port_name", cfn="PortName")
    discovery_name = Attribute(str, tf="discovery_name", cfn="DiscoveryName")


class Service(View):
    """Tasks that are kept running."""

    KINDS = {Language.TERRAFORM: "aws_ecs_service", Language.CLOUDFORMATION: "AWS::ECS::Service"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="ServiceName")
    cluster = Attribute(str, tf="cluster", cfn="Cluster")
    task_definition = Attribute(str, tf="task_definition", cfn="TaskDefinition")
    tf_desired_count = Attribute(int, tf="desired_count", cfn=None, default=0)
    cfn_desired_count = Attribute(int, tf=None, cfn="DesiredCount")
    launch_type = Attribute(str, tf="launch_type", cfn="LaunchType")
    strategy = Blocks(StrategyItem, tf="capacity_provider_strategy", cfn="CapacityProviderStrategy")
    platform_version = Attribute(str, tf="platform_version", cfn="PlatformVersion")
    scheduling = Attribute(str, tf="scheduling_strategy", cfn="SchedulingStrategy", default="REPLICA")
    load_balancers = Blocks(ServiceLoadBalancer, tf="load_balancer", cfn="LoadBalancers")
    registries = Blocks(ServiceRegistry, tf="service_registries", cfn="ServiceRegistries")
    role = Attribute(str, tf="iam_role", cfn="Role")
    subnets = ListOf(str, tf="network_configuration.subnets", cfn="NetworkConfiguration.AwsvpcConfiguration.Subnets")
    security_groups = ListOf(
        str, tf="network_configuration.security_groups", cfn="NetworkConfiguration.AwsvpcConfiguration.SecurityGroups"
    )
    network = Attribute(object, tf="network_configuration", cfn="NetworkConfiguration")
    """The whole block, to ask whether it is written."""
    tf_public_ip = Attribute(bool, tf="network_configuration.assign_public_ip", cfn=None, default=False)
    cfn_public_ip = Attribute(str, tf=None, cfn="NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp")
    grace_period = Attribute(int, tf="health_check_grace_period_seconds", cfn="HealthCheckGracePeriodSeconds")
    minimum_healthy = Attribute(
        int, tf="deployment_minimum_healthy_percent", cfn="DeploymentConfiguration.MinimumHealthyPercent"
    )
    maximum = Attribute(int, tf="deployment_maximum_percent", cfn="DeploymentConfiguration.MaximumPercent")
    circuit_breaker = Attribute(
        bool,
        tf="deployment_circuit_breaker.enable",
        cfn="DeploymentConfiguration.DeploymentCircuitBreaker.Enable",
        default=False,
    )
    circuit_breaker_rollback = Attribute(
        bool,
        tf="deployment_circuit_breaker.rollback",
        cfn="DeploymentConfiguration.DeploymentCircuitBreaker.Rollback",
        default=False,
    )
    controller = Attribute(str, tf="deployment_controller.type", cfn="DeploymentController.Type", default="ECS")
    execute_command = Attribute(bool, tf="enable_execute_command", cfn="EnableExecuteCommand", default=False)
    waits = Attribute(bool, tf="wait_for_steady_state", cfn=None, default=False)
    connect_namespace = Attribute(
        str, tf="service_connect_configuration.namespace", cfn="ServiceConnectConfiguration.Namespace"
    )
    connect_services = Blocks(
        ConnectService, tf="service_connect_configuration.service", cfn="ServiceConnectConfiguration.Services"
    )

    @property
    def public_ip(self) -> Value[bool]:
        """Whether each task gets a public address."""
        said = spelled(self.cfn_public_ip, {"ENABLED": True, "DISABLED": False}, default=False)
        return either(self, self.tf_public_ip, said)

    @property
    def desired_count(self) -> Value[int]:
        """How many tasks are wanted; where nothing is written Terraform asks for none, CloudFormation for one."""
        return either(self, self.tf_desired_count, self.cfn_desired_count)


class PortMapping(View):
    """A port of a container."""

    container_port = Attribute(int, tf="containerPort", cfn="ContainerPort")
    host_port = Attribute(int, tf="hostPort", cfn="HostPort")
    protocol = Attribute(str, tf="protocol", cfn="Protocol", default="tcp")
    name = Attribute(str, tf="name", cfn="Name")


class NameAndValue(View):
    """An environment variable."""

    name = Attribute(str, tf="name", cfn="Name")
    value = Attribute(str, tf="value", cfn="Value")


class Secret(View):
    """A variable taken from Secrets Manager or the Parameter Store."""

    name = Attribute(str, tf="name", cfn="Name")
    source = Attribute(str, tf="valueFrom", cfn="ValueFrom")


class MountPoint(View):
    """A volume inside a container."""

    volume = Attribute(str, tf="sourceVolume", cfn="SourceVolume")
    path = Attribute(str, tf="containerPath", cfn="ContainerPath")
    read_only = Attribute(bool, tf="readOnly", cfn="ReadOnly", default=False)


class ContainerDependency(View):
    """A container that another waits for."""

    container = Attribute(str, tf="containerName", cfn="ContainerName")
    condition = Attribute(str, tf="condition", cfn="Condition")


class Container(View):
    """A container of a task; in Terraform a part of JSON text, under the API's own names."""

    name = Attribute(str, tf="name", cfn="Name")
    image = Attribute(str, tf="image", cfn="Image")
    cpu = Attribute(int, tf="cpu", cfn="Cpu")
    memory = Attribute(int, tf="memory", cfn="Memory")
    memory_reservation = Attribute(int, tf="memoryReservation", cfn="MemoryReservation")
    essential = Attribute(bool, tf="essential", cfn="Essential", default=True)
    ports = Blocks(PortMapping, tf="portMappings", cfn="PortMappings")
    environment = Blocks(NameAndValue, tf="environment", cfn="Environment")
    secrets = Blocks(Secret, tf="secrets", cfn="Secrets")
    mounts = Blocks(MountPoint, tf="mountPoints", cfn="MountPoints")
    depends_on = Blocks(ContainerDependency, tf="dependsOn", cfn="DependsOn")
    command = ListOf(str, tf="command", cfn="Command")
    entry_point = ListOf(str, tf="entryPoint", cfn="EntryPoint")
    health_command = ListOf(str, tf="healthCheck.command", cfn="HealthCheck.Command")
    health_interval = Attribute(int, tf="healthCheck.interval", cfn="HealthCheck.Interval")
    health_timeout = Attribute(int, tf="healthCheck.timeout", cfn="HealthCheck.Timeout")
    links = ListOf(str, tf="links", cfn="Links")
    privileged = Attribute(bool, tf="privileged", cfn="Privileged", default=False)
    read_only_root = Attribute(bool, tf="readonlyRootFilesystem", cfn="ReadonlyRootFilesystem", default=False)
    user = Attribute(str, tf="user", cfn="User")
    log_driver = Attribute(str, tf="logConfiguration.logDriver", cfn="LogConfiguration.LogDriver")
    log_options = Attribute(dict, tf="logConfiguration.options", cfn="LogConfiguration.Options")
    log_group = Attribute(
        str, tf="logConfiguration.options.awslogs-group", cfn="LogConfiguration.Options.awslogs-group"
    )
    log_region = Attribute(
        str, tf="logConfiguration.options.awslogs-region", cfn="LogConfiguration.Options.awslogs-region"
    )
    log_stream_prefix = Attribute(
        str, tf="logConfiguration.options.awslogs-stream-prefix", cfn="LogConfiguration.Options.awslogs-stream-prefix"
    )
    log_create_group = Attribute(
        str, tf="logConfiguration.options.awslogs-create-group", cfn="LogConfiguration.Options.awslogs-create-group"
    )
    log_secrets = Blocks(Secret, tf="logConfiguration.secretOptions", cfn="LogConfiguration.SecretOptions")
    registry_credentials = Attribute(
        str, tf="repositoryCredentials.credentialsParameter", cfn="RepositoryCredentials.CredentialsParameter"
    )
    stop_timeout = Attribute(int, tf="stopTimeout", cfn="StopTimeout")
    start_timeout = Attribute(int, tf="startTimeout", cfn="StartTimeout")


class TaskVolume(View):
    """A volume that containers of a task share."""

    name = Attribute(str, tf="name", cfn="Name")
    host_path = Attribute(str, tf="host_path", cfn="Host.SourcePath")
    docker = Attribute(object, tf="docker_volume_configuration", cfn="DockerVolumeConfiguration")
    file_system = Attribute(
        str, tf="efs_volume_configuration.file_system_id", cfn="EFSVolumeConfiguration.FilesystemId"
    )
    root_directory = Attribute(
        str, tf="efs_volume_configuration.root_directory", cfn="EFSVolumeConfiguration.RootDirectory"
    )
    transit_encryption = Attribute(
        str,
        tf="efs_volume_configuration.transit_encryption",
        cfn="EFSVolumeConfiguration.TransitEncryption",
        default="DISABLED",
    )
    access_point = Attribute(
        str,
        tf="efs_volume_configuration.authorization_config.access_point_id",
        cfn="EFSVolumeConfiguration.AuthorizationConfig.AccessPointId",
    )
    iam = Attribute(
        str,
        tf="efs_volume_configuration.authorization_config.iam",
        cfn="EFSVolumeConfiguration.AuthorizationConfig.IAM",
        default="DISABLED",
    )


class TaskDefinition(View):
    """What a task consists of."""

    KINDS = {Language.TERRAFORM: "aws_ecs_task_definition", Language.CLOUDFORMATION: "AWS::ECS::TaskDefinition"}
    IDENTITY = ("family",)

    family = Attribute(str, tf="family", cfn="Family")
    containers = TextBlocks(Container, tf="container_definitions", cfn="ContainerDefinitions")
    cpu = Attribute(str, tf="cpu", cfn="Cpu")
    """In units of 1/1024, or as ``.5 vCPU``."""
    memory = Attribute(str, tf="memory", cfn="Memory")
    """In MiB, or as ``1 GB``."""
    network_mode = Attribute(str, tf="network_mode", cfn="NetworkMode")
    """``bridge`` where nothing is written, on Linux."""
    compatibilities = ListOf(str, tf="requires_compatibilities", cfn="RequiresCompatibilities")
    execution_role = Attribute(str, tf="execution_role_arn", cfn="ExecutionRoleArn")
    task_role = Attribute(str, tf="task_role_arn", cfn="TaskRoleArn")
    architecture = Attribute(str, tf="runtime_platform.cpu_architecture", cfn="RuntimePlatform.CpuArchitecture")
    system = Attribute(str, tf="runtime_platform.operating_system_family", cfn="RuntimePlatform.OperatingSystemFamily")
    ephemeral_gib = Attribute(int, tf="ephemeral_storage.size_in_gib", cfn="EphemeralStorage.SizeInGiB")
    volumes = Blocks(TaskVolume, tf="volume", cfn="Volumes")
    pid_mode = Attribute(str, tf="pid_mode", cfn="PidMode")
    ipc_mode = Attribute(str, tf="ipc_mode", cfn="IpcMode")
