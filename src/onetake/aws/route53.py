"""Names: hosted zones, records, health checks."""

from onetake.aws.view import Attribute, Blocks, ListOf, View
from onetake.model.language import Language


class ZoneVpc(View):
    """A network in which a private zone answers."""

    vpc = Attribute(str, tf="vpc_id", cfn="VPCId")
    vpc_region = Attribute(str, tf="vpc_region", cfn="VPCRegion")


class Zone(View):
    """A hosted zone; private when it names networks."""

    KINDS = {Language.TERRAFORM: "aws_route53_zone", Language.CLOUDFORMATION: "AWS::Route53::HostedZone"}

    name = Attribute(str, tf="name", cfn="Name")
    vpcs = Blocks(ZoneVpc, tf="vpc", cfn="VPCs")
    force_destroy = Attribute(bool, tf="force_destroy", cfn=None, default=False)
    query_log_group = Attribute(str, tf=None, cfn="QueryLoggingConfig.CloudWatchLogsLogGroupArn")


class ZoneAssociation(View):
    """A further network of a private zone."""

    KINDS = {Language.TERRAFORM: "aws_route53_zone_association"}

    zone = Attribute(str, tf="zone_id", cfn=None)
    vpc = Attribute(str, tf="vpc_id", cfn=None)


class QueryLog(View):
    """A zone's queries, written to a log group."""

    KINDS = {Language.TERRAFORM: "aws_route53_query_log"}

    zone = Attribute(str, tf="zone_id", cfn=None)
    log_group = Attribute(str, tf="cloudwatch_log_group_arn", cfn=None)


class Record(View):
    """A record set."""

    KINDS = {Language.TERRAFORM: "aws_route53_record", Language.CLOUDFORMATION: "AWS::Route53::RecordSet"}

    zone = Attribute(str, tf="zone_id", cfn="HostedZoneId")
    zone_name = Attribute(str, tf=None, cfn="HostedZoneName")
    name = Attribute(str, tf="name", cfn="Name")
    kind = Attribute(str, tf="type", cfn="Type")
    ttl = Attribute(int, tf="ttl", cfn="TTL")
    values = ListOf(str, tf="records", cfn="ResourceRecords")
    alias_name = Attribute(str, tf="alias.name", cfn="AliasTarget.DNSName")
    alias_zone = Attribute(str, tf="alias.zone_id", cfn="AliasTarget.HostedZoneId")
    alias_health = Attribute(bool, tf="alias.evaluate_target_health", cfn="AliasTarget.EvaluateTargetHealth")
    set_identifier = Attribute(str, tf="set_identifier", cfn="SetIdentifier")
    weight = Attribute(int, tf="weighted_routing_policy.weight", cfn="Weight")
    latency_region = Attribute(str, tf="latency_routing_policy.region", cfn="Region")
    failover = Attribute(str, tf="failover_routing_policy.type", cfn="Failover")
    geolocation = Attribute(object, tf="geolocation_routing_policy", cfn="GeoLocation")
    multivalue = Attribute(bool, tf="multivalue_answer_routing_policy", cfn="MultiValueAnswer")
    health_check = Attribute(str, tf="health_check_id", cfn="HealthCheckId")
    allow_overwrite = Attribute(bool, tf="allow_overwrite", cfn=None, default=False)


class HealthCheck(View):
    """A check on whose answer records depend."""

    KINDS = {Language.TERRAFORM: "aws_route53_health_check", Language.CLOUDFORMATION: "AWS::Route53::HealthCheck"}

    kind = Attribute(str, tf="type", cfn="HealthCheckConfig.Type")
    domain = Attribute(str, tf="fqdn", cfn="HealthCheckConfig.FullyQualifiedDomainName")
    ip_address = Attribute(str, tf="ip_address", cfn="HealthCheckConfig.IPAddress")
    port = Attribute(int, tf="port", cfn="HealthCheckConfig.Port")
    path = Attribute(str, tf="resource_path", cfn="HealthCheckConfig.ResourcePath")
    interval = Attribute(int, tf="request_interval", cfn="HealthCheckConfig.RequestInterval")
    failure_threshold = Attribute(int, tf="failure_threshold", cfn="HealthCheckConfig.FailureThreshold")
    search_string = Attribute(str, tf="search_string", cfn="HealthCheckConfig.SearchString")
    alarm_name = Attribute(str, tf="cloudwatch_alarm_name", cfn="HealthCheckConfig.AlarmIdentifier.Name")
    alarm_region = Attribute(str, tf="cloudwatch_alarm_region", cfn="HealthCheckConfig.AlarmIdentifier.Region")
    children = ListOf(str, tf="child_healthchecks", cfn="HealthCheckConfig.ChildHealthChecks")
    child_threshold = Attribute(int, tf="child_health_threshold", cfn="HealthCheckConfig.HealthThreshold")
    regions = ListOf(str, tf="regions", cfn="HealthCheckConfig.Regions")
