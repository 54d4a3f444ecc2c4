"""Web application firewall."""

from onetake.aws.view import Attribute, Blocks, ListOf, View
from onetake.model.language import Language


class AclRule(View):
    """A rule of an ACL or rule group; ``statement`` is left as it is written."""

    name = Attribute(str, tf="name", cfn="Name")
    priority = Attribute(int, tf="priority", cfn="Priority")
    action = Attribute(object, tf="action", cfn="Action")
    override_action = Attribute(object, tf="override_action", cfn="OverrideAction")
    statement = Attribute(object, tf="statement", cfn="Statement")
    rate_limit = Attribute(int, tf="statement.rate_based_statement.limit", cfn="Statement.RateBasedStatement.Limit")
    rate_key = Attribute(
        str,
        tf="statement.rate_based_statement.aggregate_key_type",
        cfn="Statement.RateBasedStatement.AggregateKeyType",
    )
    managed_name = Attribute(
        str, tf="statement.managed_rule_group_statement.name", cfn="Statement.ManagedRuleGroupStatement.Name"
    )
    managed_vendor = Attribute(
        str,
        tf="statement.managed_rule_group_statement.vendor_name",
        cfn="Statement.ManagedRuleGroupStatement.VendorName",
    )
    group = Attribute(
        str, tf="statement.rule_group_reference_statement.arn", cfn="Statement.RuleGroupReferenceStatement.Arn"
    )
    ip_set = Attribute(str, tf="statement.ip_set_reference_statement.arn", cfn="Statement.IPSetReferenceStatement.Arn")
    metric = Attribute(str, tf="visibility_config.metric_name", cfn="VisibilityConfig.MetricName")


class WebAcl(View):
    """An access list for web requests."""

    KINDS = {Language.TERRAFORM: "aws_wafv2_web_acl", Language.CLOUDFORMATION: "AWS::WAFv2::WebACL"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="Name")
    scope = Attribute(str, tf="scope", cfn="Scope")
    """``REGIONAL`` or ``CLOUDFRONT``; the latter only in us-east-1."""
    default_action = Attribute(object, tf="default_action", cfn="DefaultAction")
    rules = Blocks(AclRule, tf="rule", cfn="Rules")
    rule_json = Attribute(str, tf="rule_json", cfn=None)
    metric = Attribute(str, tf="visibility_config.metric_name", cfn="VisibilityConfig.MetricName")


class RuleGroup(View):
    """Rules that several ACLs share."""

    KINDS = {Language.TERRAFORM: "aws_wafv2_rule_group", Language.CLOUDFORMATION: "AWS::WAFv2::RuleGroup"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="Name")
    scope = Attribute(str, tf="scope", cfn="Scope")
    capacity = Attribute(int, tf="capacity", cfn="Capacity")


class IpSet(View):
    """Addresses that rules name."""

    KINDS = {Language.TERRAFORM: "aws_wafv2_ip_set", Language.CLOUDFORMATION: "AWS::WAFv2::IPSet"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="Name")
    scope = Attribute(str, tf="scope", cfn="Scope")
    version = Attribute(str, tf="ip_address_version", cfn="IPAddressVersion")
    addresses = ListOf(str, tf="addresses", cfn="Addresses")


class LoggingConfiguration(View):
    """Where an ACL's decisions are written; the destination's name begins with ``aws-waf-logs-``."""

    KINDS = {
        Language.TERRAFORM: "aws_wafv2_web_acl_logging_configuration",
        Language.CLOUDFORMATION: "AWS::WAFv2::LoggingConfiguration",
    }

    acl = Attribute(str, tf="resource_arn", cfn="ResourceArn")
    destinations = ListOf(str, tf="log_destination_configs", cfn="LogDestinationConfigs")


class Association(View):
    """An ACL in front of a load balancer, stage, user pool...; never of a distribution."""

    KINDS = {
        Language.TERRAFORM: "aws_wafv2_web_acl_association",
        Language.CLOUDFORMATION: "AWS::WAFv2::WebACLAssociation",
    }

    resource_arn = Attribute(str, tf="resource_arn", cfn="ResourceArn")
    acl = Attribute(str, tf="web_acl_arn", cfn="WebACLArn")
