"""Load balancers of the second generation: application, network, gateway."""

from onetake.aws.forms import either, keyed_as, spelled
from onetake.aws.view import Attribute, Blocks, ListOf, View
from onetake.model.language import Language
from onetake.model.values import Absent, Known, Unknown, Value


class SubnetMapping(View):
    """A subnet of a load balancer, with the address it gets there."""

    subnet = Attribute(str, tf="subnet_id", cfn="SubnetId")
    allocation = Attribute(str, tf="allocation_id", cfn="AllocationId")
    private_ip = Attribute(str, tf="private_ipv4_address", cfn="PrivateIPv4Address")


class LoadBalancer(View):
    """A load balancer."""

    KINDS = {
        Language.TERRAFORM: ("aws_lb", "aws_alb"),
        Language.CLOUDFORMATION: "AWS::ElasticLoadBalancingV2::LoadBalancer",
    }
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="Name")
    name_prefix = Attribute(str, tf="name_prefix", cfn=None)
    kind = Attribute(str, tf="load_balancer_type", cfn="Type", default="application")
    subnets = ListOf(str, tf="subnets", cfn="Subnets")
    mappings = Blocks(SubnetMapping, tf="subnet_mapping", cfn="SubnetMappings")
    security_groups = ListOf(str, tf="security_groups", cfn="SecurityGroups")
    ip_address_type = Attribute(str, tf="ip_address_type", cfn="IpAddressType", default="ipv4")
    internal_flag = Attribute(bool, tf="internal", cfn=None, default=False)
    scheme = Attribute(str, tf=None, cfn="Scheme")
    attributes = Attribute(object, tf=None, cfn="LoadBalancerAttributes")
    tf_deletion_protection = Attribute(bool, tf="enable_deletion_protection", cfn=None, default=False)
    tf_access_logs_bucket = Attribute(str, tf="access_logs.bucket", cfn=None)
    tf_access_logs_prefix = Attribute(str, tf="access_logs.prefix", cfn=None)
    tf_access_logs_enabled = Attribute(bool, tf="access_logs.enabled", cfn=None, default=False)
    tf_connection_logs_bucket = Attribute(str, tf="connection_logs.bucket", cfn=None)
    tf_connection_logs_prefix = Attribute(str, tf="connection_logs.prefix", cfn=None)
    tf_connection_logs_enabled = Attribute(bool, tf="connection_logs.enabled", cfn=None, default=False)
    tf_idle_timeout = Attribute(int, tf="idle_timeout", cfn=None)

    @property
    def internal(self) -> Value[bool]:
        """Whether it has private addresses only."""
        said = spelled(self.scheme, {"internal": True, "internet-facing": False}, default=False)
        return either(self, self.internal_flag, said)

    @property
    def access_logs_enabled(self) -> Value[bool]:
        """Whether requests are logged to a bucket."""
        return either(self, self.tf_access_logs_enabled, self._flag("access_logs.s3.enabled"))

    @property
    def access_logs_bucket(self) -> Value[str]:
        """The bucket of the access logs."""
        return either(self, self.tf_access_logs_bucket, keyed_as(self.attributes, "access_logs.s3.bucket", str))

    @property
    def access_logs_prefix(self) -> Value[str]:
        """The folder of the access logs."""
        return either(self, self.tf_access_logs_prefix, keyed_as(self.attributes, "access_logs.s3.prefix", str))

    @property
    def connection_logs_enabled(self) -> Value[bool]:
        """Whether connections are logged to a bucket."""
        return either(self, self.tf_connection_logs_enabled, self._flag("connection_logs.s3.enabled"))

    @property
    def connection_logs_bucket(self) -> Value[str]:
        """The bucket of the connection logs."""
        return either(self, self.tf_connection_logs_bucket, keyed_as(self.attributes, "connection_logs.s3.bucket", str))

    @property
    def connection_logs_prefix(self) -> Value[str]:
        """The folder of the connection logs."""
        return either(self, self.tf_connection_logs_prefix, keyed_as(self.attributes, "connection_logs.s3.prefix", str))

    @property
    def deletion_protection(self) -> Value[bool]:
        """Whether it refuses to be deleted."""
        return either(self, self.tf_deletion_protection, self._flag("deletion_protection.enabled"))

    @property
    def idle_timeout(self) -> Value[int]:
        """Seconds until a silent connection is closed."""
        return either(self, self.tf_idle_timeout, keyed_as(self.attributes, "idle_timeout.timeout_seconds", int))

    def _flag(self, key: str) -> Value[bool]:
        value = keyed_as(self.attributes, key, bool)
        return Known(False, value.where) if isinstance(value, Absent) else value


class ForwardTarget(View):
    """One of several target groups that an action spreads requests over."""

    target_group = Attribute(str, tf="arn", cfn="TargetGroupArn")
    weight = Attribute(int, tf="weight", cfn="Weight")


class ListenerAction(View):
    """What a listener or rule does with a request."""

    kind = Attribute(str, tf="type", cfn="Type")
    order = Attribute(int, tf="order", cfn="Order")
    target_group = Attribute(str, tf="target_group_arn", cfn="TargetGroupArn")
    forward = Blocks(ForwardTarget, tf="forward.target_group", cfn="ForwardConfig.TargetGroups")
    redirect_status = Attribute(str, tf="redirect.status_code", cfn="RedirectConfig.StatusCode")
    redirect_protocol = Attribute(str, tf="redirect.protocol", cfn="RedirectConfig.Protocol")
    redirect_port = Attribute(str, tf="redirect.port", cfn="RedirectConfig.Port")
    fixed_status = Attribute(str, tf="fixed_response.status_code", cfn="FixedResponseConfig.StatusCode")
    fixed_content_type = Attribute(str, tf="fixed_response.content_type", cfn="FixedResponseConfig.ContentType")
    fixed_body = Attribute(str, tf="fixed_response.message_body", cfn="FixedResponseConfig.MessageBody")
    cognito_user_pool = Attribute(
        str, tf="authenticate_cognito.user_pool_arn", cfn="AuthenticateCognitoConfig.UserPoolArn"
    )
    cognito_domain = Attribute(
        str, tf="authenticate_cognito.user_pool_domain", cfn="AuthenticateCognitoConfig.UserPoolDomain"
    )
    oidc_issuer = Attribute(str, tf="authenticate_oidc.issuer", cfn="AuthenticateOidcConfig.Issuer")


class ListenerCertificate(View):
    """A certificate of a listener (CloudFormation's list of one)."""

    certificate = Attribute(str, tf=None, cfn="CertificateArn")


class Listener(View):
    """A port on which a load balancer listens."""

    KINDS = {
        Language.TERRAFORM: ("aws_lb_listener", "aws_alb_listener"),
        Language.CLOUDFORMATION: "AWS::ElasticLoadBalancingV2::Listener",
    }

    load_balancer = Attribute(str, tf="load_balancer_arn", cfn="LoadBalancerArn")
    port = Attribute(int, tf="port", cfn="Port")
    protocol = Attribute(str, tf="protocol", cfn="Protocol")
    ssl_policy = Attribute(str, tf="ssl_policy", cfn="SslPolicy")
    tf_certificate = Attribute(str, tf="certificate_arn", cfn=None)
    certificates = Blocks(ListenerCertificate, tf=None, cfn="Certificates")
    actions = Blocks(ListenerAction, tf="default_action", cfn="DefaultActions")

    @property
    def certificate(self) -> Value[str]:
        """The default certificate."""
        first = self.certificates.known[0].certificate if self.certificates.known else _unlisted(self)
        return either(self, self.tf_certificate, first)


def _unlisted(listener: Listener) -> Value[str]:
    listed = listener.certificates
    return Absent(listed.where) if listed.complete else Unknown("the list of certificates is not known", listed.where)


class ExtraCertificate(View):
    """A further certificate of a listener."""

    KINDS = {
        Language.TERRAFORM: ("aws_lb_listener_certificate", "aws_alb_listener_certificate"),
        Language.CLOUDFORMATION: "AWS::ElasticLoadBalancingV2::ListenerCertificate",
    }

    listener = Attribute(str, tf="listener_arn", cfn="ListenerArn")
    certificate = Attribute(str, tf="certificate_arn", cfn=None)
    certificates = Blocks(ListenerCertificate, tf=None, cfn="Certificates")


class RuleCondition(View):
    """What a request must be like."""

    field = Attribute(str, tf=None, cfn="Field")
    values = ListOf(str, tf=None, cfn="Values")
    hosts = ListOf(str, tf="host_header.values", cfn="HostHeaderConfig.Values")
    paths = ListOf(str, tf="path_pattern.values", cfn="PathPatternConfig.Values")
    source_ips = ListOf(str, tf="source_ip.values", cfn="SourceIpConfig.Values")
    methods = ListOf(str, tf="http_request_method.values", cfn="HttpRequestMethodConfig.Values")
    header = Attribute(str, tf="http_header.http_header_name", cfn="HttpHeaderConfig.HttpHeaderName")
    header_values = ListOf(str, tf="http_header.values", cfn="HttpHeaderConfig.Values")


class ListenerRule(View):
    """What a listener does with some of the requests."""

    KINDS = {
        Language.TERRAFORM: ("aws_lb_listener_rule", "aws_alb_listener_rule"),
        Language.CLOUDFORMATION: "AWS::ElasticLoadBalancingV2::ListenerRule",
    }

    listener = Attribute(str, tf="listener_arn", cfn="ListenerArn")
    priority = Attribute(int, tf="priority", cfn="Priority")
    actions = Blocks(ListenerAction, tf="action", cfn="Actions")
    conditions = Blocks(RuleCondition, tf="condition", cfn="Conditions")


class Target(View):
    """A target that CloudFormation writes inside its group."""

    target = Attribute(str, tf=None, cfn="Id")
    port = Attribute(int, tf=None, cfn="Port")
    zone = Attribute(str, tf=None, cfn="AvailabilityZone")


class TargetGroup(View):
    """Where requests go."""

    KINDS = {
        Language.TERRAFORM: ("aws_lb_target_group", "aws_alb_target_group"),
        Language.CLOUDFORMATION: "AWS::ElasticLoadBalancingV2::TargetGroup",
    }
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="Name")
    name_prefix = Attribute(str, tf="name_prefix", cfn=None)
    port = Attribute(int, tf="port", cfn="Port")
    protocol = Attribute(str, tf="protocol", cfn="Protocol")
    protocol_version = Attribute(str, tf="protocol_version", cfn="ProtocolVersion")
    target_type = Attribute(str, tf="target_type", cfn="TargetType", default="instance")
    vpc = Attribute(str, tf="vpc_id", cfn="VpcId")
    ip_address_type = Attribute(str, tf="ip_address_type", cfn="IpAddressType")
    targets = Blocks(Target, tf=None, cfn="Targets")
    health_enabled = Attribute(bool, tf="health_check.enabled", cfn="HealthCheckEnabled")
    health_path = Attribute(str, tf="health_check.path", cfn="HealthCheckPath")
    health_port = Attribute(str, tf="health_check.port", cfn="HealthCheckPort", default="traffic-port")
    health_protocol = Attribute(str, tf="health_check.protocol", cfn="HealthCheckProtocol")
    health_interval = Attribute(int, tf="health_check.interval", cfn="HealthCheckIntervalSeconds")
    health_timeout = Attribute(int, tf="health_check.timeout", cfn="HealthCheckTimeoutSeconds")
    health_matcher = Attribute(str, tf="health_check.matcher", cfn="Matcher.HttpCode")
    healthy_threshold = Attribute(int, tf="health_check.healthy_threshold", cfn="HealthyThresholdCount")
    unhealthy_threshold = Attribute(int, tf="health_check.unhealthy_threshold", cfn="UnhealthyThresholdCount")
    stickiness_type = Attribute(str, tf="stickiness.type", cfn=None)
    attributes = Attribute(object, tf=None, cfn="TargetGroupAttributes")
    tf_deregistration_delay = Attribute(int, tf="deregistration_delay", cfn=None)

    @property
    def deregistration_delay(self) -> Value[int]:
        """Seconds that a leaving target keeps its connections."""
        said = keyed_as(self.attributes, "deregistration_delay.timeout_seconds", int)
        return either(self, self.tf_deregistration_delay, said)


class TargetGroupAttachment(View):
    """A target, registered by Terraform."""

    KINDS = {Language.TERRAFORM: ("aws_lb_target_group_attachment", "aws_alb_target_group_attachment")}

    target_group = Attribute(str, tf="target_group_arn", cfn=None)
    target = Attribute(str, tf="target_id", cfn=None)
    port = Attribute(int, tf="port", cfn=None)
    zone = Attribute(str, tf="availability_zone", cfn=None)
