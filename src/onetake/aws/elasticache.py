"""Caches: Redis, Valkey, Memcached."""

from onetake.aws.forms import either
from onetake.aws.view import Attribute, Blocks, ListOf, View
from onetake.model.language import Language
from onetake.model.values import Absent, Known, Value


class LogDelivery(View):
    """Where a log goes: ``destination`` is a log group or a Firehose stream, as ``destination_type`` says."""

    log_type = Attribute(str, tf="log_type", cfn="LogType")
    log_format = Attribute(str, tf="log_format", cfn="LogFormat")
    destination_type = Attribute(str, tf="destination_type", cfn="DestinationType")
    tf_destination = Attribute(str, tf="destination", cfn=None)
    cfn_log_group = Attribute(str, tf=None, cfn="DestinationDetails.CloudWatchLogsDetails.LogGroup")
    cfn_stream = Attribute(str, tf=None, cfn="DestinationDetails.KinesisFirehoseDetails.DeliveryStream")

    @property
    def log_group(self) -> Value[str]:
        """The log group, where logs go to one."""
        to_logs = isinstance(self.destination_type, Known) and self.destination_type.value == "cloudwatch-logs"
        return either(self, self.tf_destination if to_logs else Absent(self.where), self.cfn_log_group)


class ReplicationGroup(View):
    """A primary with its replicas, or several shards of them."""

    KINDS = {
        Language.TERRAFORM: "aws_elasticache_replication_group",
        Language.CLOUDFORMATION: "AWS::ElastiCache::ReplicationGroup",
    }
    IDENTITY = ("identifier",)

    identifier = Attribute(str, tf="replication_group_id", cfn="ReplicationGroupId")
    engine = Attribute(str, tf="engine", cfn="Engine", default="redis")
    engine_version = Attribute(str, tf="engine_version", cfn="EngineVersion")
    node_type = Attribute(str, tf="node_type", cfn="CacheNodeType")
    node_count = Attribute(int, tf="num_cache_clusters", cfn="NumCacheClusters")
    shards = Attribute(int, tf="num_node_groups", cfn="NumNodeGroups")
    replicas = Attribute(int, tf="replicas_per_node_group", cfn="ReplicasPerNodeGroup")
    automatic_failover = Attribute(bool, tf="automatic_failover_enabled", cfn="AutomaticFailoverEnabled")
    multi_az = Attribute(bool, tf="multi_az_enabled", cfn="MultiAZEnabled", default=False)
    cluster_mode = Attribute(str, tf="cluster_mode", cfn="ClusterMode")
    zones = ListOf(str, tf="preferred_cache_cluster_azs", cfn="PreferredCacheClusterAZs")
    subnet_group = Attribute(str, tf="subnet_group_name", cfn="CacheSubnetGroupName")
    security_groups = ListOf(str, tf="security_group_ids", cfn="SecurityGroupIds")
    parameter_group = Attribute(str, tf="parameter_group_name", cfn="CacheParameterGroupName")
    port = Attribute(int, tf="port", cfn="Port")
    auth_token = Attribute(str, tf="auth_token", cfn="AuthToken")
    transit_encryption = Attribute(bool, tf="transit_encryption_enabled", cfn="TransitEncryptionEnabled")
    transit_mode = Attribute(str, tf="transit_encryption_mode", cfn="TransitEncryptionMode")
    at_rest_encryption = Attribute(bool, tf="at_rest_encryption_enabled", cfn="AtRestEncryptionEnabled")
    kms_key = Attribute(str, tf="kms_key_id", cfn="KmsKeyId")
    user_groups = ListOf(str, tf="user_group_ids", cfn="UserGroupIds")
    snapshot_retention = Attribute(int, tf="snapshot_retention_limit", cfn="SnapshotRetentionLimit", default=0)
    snapshot_window = Attribute(str, tf="snapshot_window", cfn="SnapshotWindow")
    maintenance_window = Attribute(str, tf="maintenance_window", cfn="PreferredMaintenanceWindow")
    final_snapshot = Attribute(str, tf="final_snapshot_identifier", cfn=None)
    global_group = Attribute(str, tf="global_replication_group_id", cfn="GlobalReplicationGroupId")
    data_tiering = Attribute(bool, tf="data_tiering_enabled", cfn="DataTieringEnabled", default=False)
    topic = Attribute(str, tf="notification_topic_arn", cfn="NotificationTopicArn")
    logs = Blocks(LogDelivery, tf="log_delivery_configuration", cfn="LogDeliveryConfigurations")


class GlobalReplicationGroup(View):
    """A datastore of replication groups in several regions, written in the first of them."""

    KINDS = {Language.TERRAFORM: "aws_elasticache_global_replication_group"}

    primary = Attribute(str, tf="primary_replication_group_id", cfn=None)


class Cluster(View):
    """A single cluster; Memcached may have several nodes."""

    KINDS = {Language.TERRAFORM: "aws_elasticache_cluster", Language.CLOUDFORMATION: "AWS::ElastiCache::CacheCluster"}
    IDENTITY = ("identifier",)

    identifier = Attribute(str, tf="cluster_id", cfn="ClusterName")
    engine = Attribute(str, tf="engine", cfn="Engine")
    engine_version = Attribute(str, tf="engine_version", cfn="EngineVersion")
    node_type = Attribute(str, tf="node_type", cfn="CacheNodeType")
    node_count = Attribute(int, tf="num_cache_nodes", cfn="NumCacheNodes")
    az_mode = Attribute(str, tf="az_mode", cfn="AZMode")
    zone = Attribute(str, tf="availability_zone", cfn="PreferredAvailabilityZone")
    zones = ListOf(str, tf="preferred_availability_zones", cfn="PreferredAvailabilityZones")
    replication_group = Attribute(str, tf="replication_group_id", cfn=None)
    subnet_group = Attribute(str, tf="subnet_group_name", cfn="CacheSubnetGroupName")
    security_groups = ListOf(str, tf="security_group_ids", cfn="VpcSecurityGroupIds")
    parameter_group = Attribute(str, tf="parameter_group_name", cfn="CacheParameterGroupName")
    port = Attribute(int, tf="port", cfn="Port")
    transit_encryption = Attribute(bool, tf="transit_encryption_enabled", cfn="TransitEncryptionEnabled")
    snapshot_retention = Attribute(int, tf="snapshot_retention_limit", cfn="SnapshotRetentionLimit", default=0)
    final_snapshot = Attribute(str, tf="final_snapshot_identifier", cfn=None)
    logs = Blocks(LogDelivery, tf="log_delivery_configuration", cfn="LogDeliveryConfigurations")


class SubnetGroup(View):
    """The subnets that a cache may live in."""

    KINDS = {
        Language.TERRAFORM: "aws_elasticache_subnet_group",
        Language.CLOUDFORMATION: "AWS::ElastiCache::SubnetGroup",
    }
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="CacheSubnetGroupName")
    subnets = ListOf(str, tf="subnet_ids", cfn="SubnetIds")


class Parameter(View):
    """A setting, as Terraform writes it."""

    name = Attribute(str, tf="name", cfn=None)
    value = Attribute(str, tf="value", cfn=None)


class ParameterGroup(View):
    """Settings of the engine."""

    KINDS = {
        Language.TERRAFORM: "aws_elasticache_parameter_group",
        Language.CLOUDFORMATION: "AWS::ElastiCache::ParameterGroup",
    }
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn=None)
    family = Attribute(str, tf="family", cfn="CacheParameterGroupFamily")
    parameters = Blocks(Parameter, tf="parameter", cfn=None)
    parameter_map = Attribute(dict, tf=None, cfn="Properties")


class User(View):
    """Somebody who may use a cache."""

    KINDS = {Language.TERRAFORM: "aws_elasticache_user", Language.CLOUDFORMATION: "AWS::ElastiCache::User"}
    IDENTITY = ("identifier",)

    identifier = Attribute(str, tf="user_id", cfn="UserId")
    name = Attribute(str, tf="user_name", cfn="UserName")
    engine = Attribute(str, tf="engine", cfn="Engine")
    access = Attribute(str, tf="access_string", cfn="AccessString")
    no_password = Attribute(bool, tf="no_password_required", cfn="NoPasswordRequired")
    passwords = ListOf(str, tf="passwords", cfn="Passwords")
    authentication = Attribute(str, tf="authentication_mode.type", cfn="AuthenticationMode.Type")
    mode_passwords = ListOf(str, tf="authentication_mode.passwords", cfn="AuthenticationMode.Passwords")


class UserGroup(View):
    """Users of a cache; one of them must be called ``default``."""

    KINDS = {Language.TERRAFORM: "aws_elasticache_user_group", Language.CLOUDFORMATION: "AWS::ElastiCache::UserGroup"}
    IDENTITY = ("identifier",)

    identifier = Attribute(str, tf="user_group_id", cfn="UserGroupId")
    engine = Attribute(str, tf="engine", cfn="Engine")
    users = ListOf(str, tf="user_ids", cfn="UserIds")


class ServerlessCache(View):
    """A cache without nodes."""

    KINDS = {
        Language.TERRAFORM: "aws_elasticache_serverless_cache",
        Language.CLOUDFORMATION: "AWS::ElastiCache::ServerlessCache",
    }
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="ServerlessCacheName")
    engine = Attribute(str, tf="engine", cfn="Engine")
    major_version = Attribute(str, tf="major_engine_version", cfn="MajorEngineVersion")
    subnets = ListOf(str, tf="subnet_ids", cfn="SubnetIds")
    security_groups = ListOf(str, tf="security_group_ids", cfn="SecurityGroupIds")
    kms_key = Attribute(str, tf="kms_key_id", cfn="KmsKeyId")
    user_group = Attribute(str, tf="user_group_id", cfn="UserGroupId")
    daily_snapshot = Attribute(str, tf="daily_snapshot_time", cfn="DailySnapshotTime")
    snapshot_retention = Attribute(int, tf="snapshot_retention_limit", cfn="SnapshotRetentionLimit")
