"""CloudFront: distributions and what they are made of."""

from onetake.aws.view import Attribute, Blocks, ListOf, View
from onetake.model.language import Language


class Origin(View):
    """Where content comes from."""

    identifier = Attribute(str, tf="origin_id", cfn="Id")
    domain = Attribute(str, tf="domain_name", cfn="DomainName")
    path = Attribute(str, tf="origin_path", cfn="OriginPath")
    access_control = Attribute(str, tf="origin_access_control_id", cfn="OriginAccessControlId")
    access_identity = Attribute(
        str, tf="s3_origin_config.origin_access_identity", cfn="S3OriginConfig.OriginAccessIdentity"
    )
    s3 = Attribute(object, tf="s3_origin_config", cfn="S3OriginConfig")
    custom = Attribute(object, tf="custom_origin_config", cfn="CustomOriginConfig")
    vpc = Attribute(object, tf="vpc_origin_config", cfn="VpcOriginConfig")
    protocol_policy = Attribute(
        str, tf="custom_origin_config.origin_protocol_policy", cfn="CustomOriginConfig.OriginProtocolPolicy"
    )
    read_timeout = Attribute(
        int, tf="custom_origin_config.origin_read_timeout", cfn="CustomOriginConfig.OriginReadTimeout"
    )


class FunctionAssociation(View):
    """A CloudFront function at a behaviour."""

    event = Attribute(str, tf="event_type", cfn="EventType")
    function = Attribute(str, tf="function_arn", cfn="FunctionARN")


class LambdaAssociation(View):
    """A Lambda function at a behaviour: a version in us-east-1, never ``$LATEST``."""

    event = Attribute(str, tf="event_type", cfn="EventType")
    function = Attribute(str, tf="lambda_arn", cfn="LambdaFunctionARN")
    include_body = Attribute(bool, tf="include_body", cfn="IncludeBody", default=False)


class DefaultBehavior(View):
    """How requests are answered whose path no other behaviour names."""

    origin = Attribute(str, tf="target_origin_id", cfn="TargetOriginId")
    viewer_policy = Attribute(str, tf="viewer_protocol_policy", cfn="ViewerProtocolPolicy")
    allowed_methods = ListOf(str, tf="allowed_methods", cfn="AllowedMethods")
    cached_methods = ListOf(str, tf="cached_methods", cfn="CachedMethods")
    cache_policy = Attribute(str, tf="cache_policy_id", cfn="CachePolicyId")
    origin_request_policy = Attribute(str, tf="origin_request_policy_id", cfn="OriginRequestPolicyId")
    response_headers_policy = Attribute(str, tf="response_headers_policy_id", cfn="ResponseHeadersPolicyId")
    forwarded = Attribute(object, tf="forwarded_values", cfn="ForwardedValues")
    min_ttl = Attribute(float, tf="min_ttl", cfn="MinTTL")
    default_ttl = Attribute(float, tf="default_ttl", cfn="DefaultTTL")
    max_ttl = Attribute(float, tf="max_ttl", cfn="MaxTTL")
    key_groups = ListOf(str, tf="trusted_key_groups", cfn="TrustedKeyGroups")
    functions = Blocks(FunctionAssociation, tf="function_association", cfn="FunctionAssociations")
    lambdas = Blocks(LambdaAssociation, tf="lambda_function_association", cfn="LambdaFunctionAssociations")
    realtime_logs = Attribute(str, tf="realtime_log_config_arn", cfn="RealtimeLogConfigArn")


class Behavior(DefaultBehavior):
    """How requests for some paths are answered."""

    path = Attribute(str, tf="path_pattern", cfn="PathPattern")


class ErrorResponse(View):
    """What is answered instead of an error."""

    code = Attribute(int, tf="error_code", cfn="ErrorCode")
    response_code = Attribute(int, tf="response_code", cfn="ResponseCode")
    response_path = Attribute(str, tf="response_page_path", cfn="ResponsePagePath")


class Distribution(View):
    """A distribution; a global resource, with its certificate and web ACL in us-east-1."""

    KINDS = {
        Language.TERRAFORM: "aws_cloudfront_distribution",
        Language.CLOUDFORMATION: "AWS::CloudFront::Distribution",
    }

    enabled = Attribute(bool, tf="enabled", cfn="DistributionConfig.Enabled")
    aliases = ListOf(str, tf="aliases", cfn="DistributionConfig.Aliases")
    origins = Blocks(Origin, tf="origin", cfn="DistributionConfig.Origins")
    default_behavior = Blocks(
        DefaultBehavior, tf="default_cache_behavior", cfn="DistributionConfig.DefaultCacheBehavior"
    )
    behaviors = Blocks(Behavior, tf="ordered_cache_behavior", cfn="DistributionConfig.CacheBehaviors")
    errors = Blocks(ErrorResponse, tf="custom_error_response", cfn="DistributionConfig.CustomErrorResponses")
    web_acl = Attribute(str, tf="web_acl_id", cfn="DistributionConfig.WebACLId")
    certificate = Attribute(
        str, tf="viewer_certificate.acm_certificate_arn", cfn="DistributionConfig.ViewerCertificate.AcmCertificateArn"
    )
    iam_certificate = Attribute(
        str, tf="viewer_certificate.iam_certificate_id", cfn="DistributionConfig.ViewerCertificate.IamCertificateId"
    )
    default_certificate = Attribute(
        bool,
        tf="viewer_certificate.cloudfront_default_certificate",
        cfn="DistributionConfig.ViewerCertificate.CloudFrontDefaultCertificate",
        default=False,
    )
    ssl_support = Attribute(
        str, tf="viewer_certificate.ssl_support_method", cfn="DistributionConfig.ViewerCertificate.SslSupportMethod"
    )
    minimum_protocol = Attribute(
        str,
        tf="viewer_certificate.minimum_protocol_version",
        cfn="DistributionConfig.ViewerCertificate.MinimumProtocolVersion",
    )
    log_bucket = Attribute(str, tf="logging_config.bucket", cfn="DistributionConfig.Logging.Bucket")
    """The domain name of the bucket."""
    log_prefix = Attribute(str, tf="logging_config.prefix", cfn="DistributionConfig.Logging.Prefix")
    price_class = Attribute(str, tf="price_class", cfn="DistributionConfig.PriceClass", default="PriceClass_All")
    default_object = Attribute(str, tf="default_root_object", cfn="DistributionConfig.DefaultRootObject")
    http_version = Attribute(str, tf="http_version", cfn="DistributionConfig.HttpVersion")
    geo_restriction = Attribute(
        str,
        tf="restrictions.geo_restriction.restriction_type",
        cfn="DistributionConfig.Restrictions.GeoRestriction.RestrictionType",
    )
    geo_locations = ListOf(
        str, tf="restrictions.geo_restriction.locations", cfn="DistributionConfig.Restrictions.GeoRestriction.Locations"
    )
    retain_on_delete = Attribute(bool, tf="retain_on_delete", cfn=None, default=False)


class OriginAccessControl(View):
    """How CloudFront signs requests to an origin."""

    KINDS = {
        Language.TERRAFORM: "aws_cloudfront_origin_access_control",
        Language.CLOUDFORMATION: "AWS::CloudFront::OriginAccessControl",
    }

    name = Attribute(str, tf="name", cfn="OriginAccessControlConfig.Name")
    origin_type = Attribute(
        str, tf="origin_access_control_origin_type", cfn="OriginAccessControlConfig.OriginAccessControlOriginType"
    )
    signing_behavior = Attribute(str, tf="signing_behavior", cfn="OriginAccessControlConfig.SigningBehavior")
    signing_protocol = Attribute(str, tf="signing_protocol", cfn="OriginAccessControlConfig.SigningProtocol")


class OriginAccessIdentity(View):
    """The older user on whose behalf CloudFront reads a bucket."""

    KINDS = {
        Language.TERRAFORM: "aws_cloudfront_origin_access_identity",
        Language.CLOUDFORMATION: "AWS::CloudFront::CloudFrontOriginAccessIdentity",
    }

    comment = Attribute(str, tf="comment", cfn="CloudFrontOriginAccessIdentityConfig.Comment")


class Function(View):
    """JavaScript at the edge."""

    KINDS = {Language.TERRAFORM: "aws_cloudfront_function", Language.CLOUDFORMATION: "AWS::CloudFront::Function"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="Name")
    runtime = Attribute(str, tf="runtime", cfn="FunctionConfig.Runtime")
    code = Attribute(str, tf="code", cfn="FunctionCode")
    tf_publish = Attribute(bool, tf="publish", cfn=None, default=True)
    cfn_publish = Attribute(bool, tf=None, cfn="AutoPublish", default=False)


class CachePolicy(View):
    """What is cached how long."""

    KINDS = {Language.TERRAFORM: "aws_cloudfront_cache_policy", Language.CLOUDFORMATION: "AWS::CloudFront::CachePolicy"}

    name = Attribute(str, tf="name", cfn="CachePolicyConfig.Name")
    min_ttl = Attribute(float, tf="min_ttl", cfn="CachePolicyConfig.MinTTL")
    default_ttl = Attribute(float, tf="default_ttl", cfn="CachePolicyConfig.DefaultTTL")
    max_ttl = Attribute(float, tf="max_ttl", cfn="CachePolicyConfig.MaxTTL")


class OriginRequestPolicy(View):
    """What is passed on to the origin."""

    KINDS = {
        Language.TERRAFORM: "aws_cloudfront_origin_request_policy",
        Language.CLOUDFORMATION: "AWS::CloudFront::OriginRequestPolicy",
    }

    name = Attribute(str, tf="name", cfn="OriginRequestPolicyConfig.Name")


class ResponseHeadersPolicy(View):
    """Headers added to answers."""

    KINDS = {
        Language.TERRAFORM: "aws_cloudfront_response_headers_policy",
        Language.CLOUDFORMATION: "AWS::CloudFront::ResponseHeadersPolicy",
    }

    name = Attribute(str, tf="name", cfn="ResponseHeadersPolicyConfig.Name")
