"""Databases on RDS and Aurora."""

from onetake.aws.view import Attribute, Blocks, ListOf, View
from onetake.model.language import Language


class Instance(View):
    """A database instance; in CloudFormation also a member of a cluster, which then names it."""

    KINDS = {Language.TERRAFORM: "aws_db_instance", Language.CLOUDFORMATION: "AWS::RDS::DBInstance"}
    IDENTITY = ("identifier",)

    identifier = Attribute(str, tf="identifier", cfn="DBInstanceIdentifier")
    identifier_prefix = Attribute(str, tf="identifier_prefix", cfn=None)
    cluster = Attribute(str, tf=None, cfn="DBClusterIdentifier")
    engine = Attribute(str, tf="engine", cfn="Engine")
    engine_version = Attribute(str, tf="engine_version", cfn="EngineVersion")
    instance_class = Attribute(str, tf="instance_class", cfn="DBInstanceClass")
    storage = Attribute(int, tf="allocated_storage", cfn="AllocatedStorage")
    """In GiB."""
    max_storage = Attribute(int, tf="max_allocated_storage", cfn="MaxAllocatedStorage")
    storage_type = Attribute(str, tf="storage_type", cfn="StorageType")
    iops = Attribute(int, tf="iops", cfn="Iops")
    throughput = Attribute(int, tf="storage_throughput", cfn="StorageThroughput")
    encrypted = Attribute(bool, tf="storage_encrypted", cfn="StorageEncrypted")
    kms_key = Attribute(str, tf="kms_key_id", cfn="KmsKeyId")
    database = Attribute(str, tf="db_name", cfn="DBName")
    port = Attribute(int, tf="port", cfn="Port")
    username = Attribute(str, tf="username", cfn="MasterUsername")
    password = Attribute(str, tf="password", cfn="MasterUserPassword")
    write_only_password = Attribute(str, tf="password_wo", cfn=None)
    managed_password = Attribute(bool, tf="manage_master_user_password", cfn="ManageMasterUserPassword")
    secret_key = Attribute(str, tf="master_user_secret_kms_key_id", cfn="MasterUserSecret.KmsKeyId")
    subnet_group = Attribute(str, tf="db_subnet_group_name", cfn="DBSubnetGroupName")
    security_groups = ListOf(str, tf="vpc_security_group_ids", cfn="VPCSecurityGroups")
    publicly_accessible = Attribute(bool, tf="publicly_accessible", cfn="PubliclyAccessible")
    """False in Terraform where nothing is written; in CloudFormation it then depends on the subnets."""
    multi_az = Attribute(bool, tf="multi_az", cfn="MultiAZ", default=False)
    zone = Attribute(str, tf="availability_zone", cfn="AvailabilityZone")
    parameter_group = Attribute(str, tf="parameter_group_name", cfn="DBParameterGroupName")
    option_group = Attribute(str, tf="option_group_name", cfn="OptionGroupName")
    backup_retention = Attribute(int, tf="backup_retention_period", cfn="BackupRetentionPeriod")
    backup_window = Attribute(str, tf="backup_window", cfn="PreferredBackupWindow")
    maintenance_window = Attribute(str, tf="maintenance_window", cfn="PreferredMaintenanceWindow")
    monitoring_interval = Attribute(int, tf="monitoring_interval", cfn="MonitoringInterval", default=0)
    monitoring_role = Attribute(str, tf="monitoring_role_arn", cfn="MonitoringRoleArn")
    performance_insights = Attribute(
        bool, tf="performance_insights_enabled", cfn="EnablePerformanceInsights", default=False
    )
    performance_insights_retention = Attribute(
        int, tf="performance_insights_retention_period", cfn="PerformanceInsightsRetentionPeriod"
    )
    performance_insights_key = Attribute(str, tf="performance_insights_kms_key_id", cfn="PerformanceInsightsKMSKeyId")
    log_exports = ListOf(str, tf="enabled_cloudwatch_logs_exports", cfn="EnableCloudwatchLogsExports")
    iam_authentication = Attribute(
        bool, tf="iam_database_authentication_enabled", cfn="EnableIAMDatabaseAuthentication", default=False
    )
    license_model = Attribute(str, tf="license_model", cfn="LicenseModel")
    ca_certificate = Attribute(str, tf="ca_cert_identifier", cfn="CACertificateIdentifier")
    network_type = Attribute(str, tf="network_type", cfn="NetworkType")
    deletion_protection = Attribute(bool, tf="deletion_protection", cfn="DeletionProtection", default=False)
    skip_final_snapshot = Attribute(bool, tf="skip_final_snapshot", cfn=None, default=False)
    final_snapshot = Attribute(str, tf="final_snapshot_identifier", cfn=None)
    delete_automated_backups = Attribute(
        bool, tf="delete_automated_backups", cfn="DeleteAutomatedBackups", default=True
    )
    snapshot = Attribute(str, tf="snapshot_identifier", cfn="DBSnapshotIdentifier")
    replica_of = Attribute(str, tf="replicate_source_db", cfn="SourceDBInstanceIdentifier")
    domain = Attribute(str, tf="domain", cfn="Domain")
    domain_role = Attribute(str, tf="domain_iam_role_name", cfn="DomainIAMRoleName")


class Cluster(View):
    """An Aurora or Multi-AZ cluster."""

    KINDS = {Language.TERRAFORM: "aws_rds_cluster", Language.CLOUDFORMATION: "AWS::RDS::DBCluster"}
    IDENTITY = ("identifier",)

    identifier = Attribute(str, tf="cluster_identifier", cfn="DBClusterIdentifier")
    identifier_prefix = Attribute(str, tf="cluster_identifier_prefix", cfn=None)
    engine = Attribute(str, tf="engine", cfn="Engine")
    engine_version = Attribute(str, tf="engine_version", cfn="EngineVersion")
    engine_mode = Attribute(str, tf="engine_mode", cfn="EngineMode", default="provisioned")
    instance_class = Attribute(str, tf="db_cluster_instance_class", cfn="DBClusterInstanceClass")
    storage = Attribute(int, tf="allocated_storage", cfn="AllocatedStorage")
    storage_type = Attribute(str, tf="storage_type", cfn="StorageType")
    iops = Attribute(int, tf="iops", cfn="Iops")
    database = Attribute(str, tf="database_name", cfn="DatabaseName")
    port = Attribute(int, tf="port", cfn="Port")
    username = Attribute(str, tf="master_username", cfn="MasterUsername")
    password = Attribute(str, tf="master_password", cfn="MasterUserPassword")
    write_only_password = Attribute(str, tf="master_password_wo", cfn=None)
    managed_password = Attribute(bool, tf="manage_master_user_password", cfn="ManageMasterUserPassword")
    secret_key = Attribute(str, tf="master_user_secret_kms_key_id", cfn="MasterUserSecret.KmsKeyId")
    subnet_group = Attribute(str, tf="db_subnet_group_name", cfn="DBSubnetGroupName")
    security_groups = ListOf(str, tf="vpc_security_group_ids", cfn="VpcSecurityGroupIds")
    zones = ListOf(str, tf="availability_zones", cfn="AvailabilityZones")
    parameter_group = Attribute(str, tf="db_cluster_parameter_group_name", cfn="DBClusterParameterGroupName")
    encrypted = Attribute(bool, tf="storage_encrypted", cfn="StorageEncrypted")
    kms_key = Attribute(str, tf="kms_key_id", cfn="KmsKeyId")
    backup_retention = Attribute(int, tf="backup_retention_period", cfn="BackupRetentionPeriod")
    backup_window = Attribute(str, tf="preferred_backup_window", cfn="PreferredBackupWindow")
    maintenance_window = Attribute(str, tf="preferred_maintenance_window", cfn="PreferredMaintenanceWindow")
    backtrack_seconds = Attribute(int, tf="backtrack_window", cfn="BacktrackWindow")
    log_exports = ListOf(str, tf="enabled_cloudwatch_logs_exports", cfn="EnableCloudwatchLogsExports")
    iam_authentication = Attribute(
        bool, tf="iam_database_authentication_enabled", cfn="EnableIAMDatabaseAuthentication", default=False
    )
    http_endpoint = Attribute(bool, tf="enable_http_endpoint", cfn="EnableHttpEndpoint", default=False)
    monitoring_interval = Attribute(int, tf="monitoring_interval", cfn="MonitoringInterval", default=0)
    monitoring_role = Attribute(str, tf="monitoring_role_arn", cfn="MonitoringRoleArn")
    performance_insights = Attribute(
        bool, tf="performance_insights_enabled", cfn="PerformanceInsightsEnabled", default=False
    )
    serverless_min = Attribute(
        float, tf="serverlessv2_scaling_configuration.min_capacity", cfn="ServerlessV2ScalingConfiguration.MinCapacity"
    )
    serverless_max = Attribute(
        float, tf="serverlessv2_scaling_configuration.max_capacity", cfn="ServerlessV2ScalingConfiguration.MaxCapacity"
    )
    serverless = Attribute(object, tf="serverlessv2_scaling_configuration", cfn="ServerlessV2ScalingConfiguration")
    serverless_v1 = Attribute(object, tf="scaling_configuration", cfn="ScalingConfiguration")
    global_cluster = Attribute(str, tf="global_cluster_identifier", cfn="GlobalClusterIdentifier")
    source_region = Attribute(str, tf="source_region", cfn="SourceRegion")
    replication_source = Attribute(str, tf="replication_source_identifier", cfn="ReplicationSourceIdentifier")
    deletion_protection = Attribute(bool, tf="deletion_protection", cfn="DeletionProtection", default=False)
    skip_final_snapshot = Attribute(bool, tf="skip_final_snapshot", cfn=None, default=False)
    final_snapshot = Attribute(str, tf="final_snapshot_identifier", cfn=None)
    snapshot = Attribute(str, tf="snapshot_identifier", cfn="SnapshotIdentifier")


class ClusterInstance(View):
    """A member of a cluster; CloudFormation's is an :class:`Instance` with a cluster."""

    KINDS = {Language.TERRAFORM: "aws_rds_cluster_instance"}
    IDENTITY = ("identifier",)

    identifier = Attribute(str, tf="identifier", cfn=None)
    cluster = Attribute(str, tf="cluster_identifier", cfn=None)
    engine = Attribute(str, tf="engine", cfn=None)
    engine_version = Attribute(str, tf="engine_version", cfn=None)
    instance_class = Attribute(str, tf="instance_class", cfn=None)
    subnet_group = Attribute(str, tf="db_subnet_group_name", cfn=None)
    parameter_group = Attribute(str, tf="db_parameter_group_name", cfn=None)
    publicly_accessible = Attribute(bool, tf="publicly_accessible", cfn=None, default=False)
    zone = Attribute(str, tf="availability_zone", cfn=None)
    monitoring_interval = Attribute(int, tf="monitoring_interval", cfn=None, default=0)
    monitoring_role = Attribute(str, tf="monitoring_role_arn", cfn=None)
    performance_insights = Attribute(bool, tf="performance_insights_enabled", cfn=None, default=False)
    backup_window = Attribute(str, tf="preferred_backup_window", cfn=None)
    maintenance_window = Attribute(str, tf="preferred_maintenance_window", cfn=None)


class SubnetGroup(View):
    """The subnets that a database may live in."""

    KINDS = {Language.TERRAFORM: "aws_db_subnet_group", Language.CLOUDFORMATION: "AWS::RDS::DBSubnetGroup"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="DBSubnetGroupName")
    name_prefix = Attribute(str, tf="name_prefix", cfn=None)
    subnets = ListOf(str, tf="subnet_ids", cfn="SubnetIds")


class Parameter(View):
    """A setting of the engine, as Terraform writes it."""

    name = Attribute(str, tf="name", cfn=None)
    value = Attribute(str, tf="value", cfn=None)
    apply_method = Attribute(str, tf="apply_method", cfn=None, default="immediate")


class ParameterGroup(View):
    """Settings for instances."""

    KINDS = {Language.TERRAFORM: "aws_db_parameter_group", Language.CLOUDFORMATION: "AWS::RDS::DBParameterGroup"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="DBParameterGroupName")
    name_prefix = Attribute(str, tf="name_prefix", cfn=None)
    family = Attribute(str, tf="family", cfn="Family")
    parameters = Blocks(Parameter, tf="parameter", cfn=None)
    parameter_map = Attribute(dict, tf=None, cfn="Parameters")


class ClusterParameterGroup(View):
    """Settings for clusters."""

    KINDS = {
        Language.TERRAFORM: "aws_rds_cluster_parameter_group",
        Language.CLOUDFORMATION: "AWS::RDS::DBClusterParameterGroup",
    }
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="DBClusterParameterGroupName")
    name_prefix = Attribute(str, tf="name_prefix", cfn=None)
    family = Attribute(str, tf="family", cfn="Family")
    parameters = Blocks(Parameter, tf="parameter", cfn=None)
    parameter_map = Attribute(dict, tf=None, cfn="Parameters")


class Option(View):
    """A feature of an option group."""

    name = Attribute(str, tf="option_name", cfn="OptionName")
    version = Attribute(str, tf="version", cfn="OptionVersion")
    port = Attribute(int, tf="port", cfn="Port")
    security_groups = ListOf(str, tf="vpc_security_group_memberships", cfn="VpcSecurityGroupMemberships")


class OptionGroup(View):
    """Features of an engine."""

    KINDS = {Language.TERRAFORM: "aws_db_option_group", Language.CLOUDFORMATION: "AWS::RDS::OptionGroup"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="OptionGroupName")
    engine = Attribute(str, tf="engine_name", cfn="EngineName")
    major_version = Attribute(str, tf="major_engine_version", cfn="MajorEngineVersion")
    options = Blocks(Option, tf="option", cfn="OptionConfigurations")


class ProxyAuth(View):
    """How a proxy logs in."""

    scheme = Attribute(str, tf="auth_scheme", cfn="AuthScheme")
    secret = Attribute(str, tf="secret_arn", cfn="SecretArn")
    iam = Attribute(str, tf="iam_auth", cfn="IAMAuth")


class Proxy(View):
    """A pool of connections."""

    KINDS = {Language.TERRAFORM: "aws_db_proxy", Language.CLOUDFORMATION: "AWS::RDS::DBProxy"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="DBProxyName")
    engine_family = Attribute(str, tf="engine_family", cfn="EngineFamily")
    role = Attribute(str, tf="role_arn", cfn="RoleArn")
    subnets = ListOf(str, tf="vpc_subnet_ids", cfn="VpcSubnetIds")
    security_groups = ListOf(str, tf="vpc_security_group_ids", cfn="VpcSecurityGroupIds")
    auth = Blocks(ProxyAuth, tf="auth", cfn="Auth")
    require_tls = Attribute(bool, tf="require_tls", cfn="RequireTLS", default=False)


class ProxyTarget(View):
    """The database behind a proxy."""

    KINDS = {Language.TERRAFORM: "aws_db_proxy_target", Language.CLOUDFORMATION: "AWS::RDS::DBProxyTargetGroup"}

    proxy = Attribute(str, tf="db_proxy_name", cfn="DBProxyName")
    target_group = Attribute(str, tf="target_group_name", cfn="TargetGroupName")
    instance = Attribute(str, tf="db_instance_identifier", cfn=None)
    cluster = Attribute(str, tf="db_cluster_identifier", cfn=None)
    instances = ListOf(str, tf=None, cfn="DBInstanceIdentifiers")
    clusters = ListOf(str, tf=None, cfn="DBClusterIdentifiers")


class GlobalCluster(View):
    """A cluster of clusters over regions."""

    KINDS = {Language.TERRAFORM: "aws_rds_global_cluster", Language.CLOUDFORMATION: "AWS::RDS::GlobalCluster"}
    IDENTITY = ("identifier",)

    identifier = Attribute(str, tf="global_cluster_identifier", cfn="GlobalClusterIdentifier")
    engine = Attribute(str, tf="engine", cfn="Engine")
    engine_version = Attribute(str, tf="engine_version", cfn="EngineVersion")
    source = Attribute(str, tf="source_db_cluster_identifier", cfn="SourceDBClusterIdentifier")
    encrypted = Attribute(bool, tf="storage_encrypted", cfn="StorageEncrypted")
    deletion_protection = Attribute(bool, tf="deletion_protection", cfn="DeletionProtection", default=False)


class EventSubscription(View):
    """Events of databases, sent to a topic."""

    KINDS = {Language.TERRAFORM: "aws_db_event_subscription", Language.CLOUDFORMATION: "AWS::RDS::EventSubscription"}

    topic = Attribute(str, tf="sns_topic", cfn="SnsTopicArn")
    source_type = Attribute(str, tf="source_type", cfn="SourceType")
    sources = ListOf(str, tf="source_ids", cfn="SourceIds")
    categories = ListOf(str, tf="event_categories", cfn="EventCategories")
