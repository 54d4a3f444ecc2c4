"""Security groups, and their rules in each of the forms that the languages have."""

from onetake.aws.view import Attribute, Blocks, ListOf, View
from onetake.model.language import Language


class RuleForm(View):
    """What rules of every form share; where Terraform lists several sources, CloudFormation names one.

    Read them through ``reachability.ingress`` and ``reachability.egress``, which know all forms.
    """

    protocol = Attribute(str, tf="protocol", cfn="IpProtocol")
    from_port = Attribute(int, tf="from_port", cfn="FromPort")
    to_port = Attribute(int, tf="to_port", cfn="ToPort")
    cidrs = ListOf(str, tf="cidr_blocks", cfn=None)
    ipv6_cidrs = ListOf(str, tf="ipv6_cidr_blocks", cfn=None)
    prefix_lists = ListOf(str, tf="prefix_list_ids", cfn=None)
    itself = Attribute(bool, tf="self", cfn=None, default=False)
    cidr = Attribute(str, tf=None, cfn="CidrIp")
    ipv6_cidr = Attribute(str, tf=None, cfn="CidrIpv6")


class InlineIngress(RuleForm):
    """A rule inside a group that lets traffic in."""

    groups = ListOf(str, tf="security_groups", cfn=None)
    group = Attribute(str, tf=None, cfn="SourceSecurityGroupId")
    group_name = Attribute(str, tf=None, cfn="SourceSecurityGroupName")
    prefix_list = Attribute(str, tf=None, cfn="SourcePrefixListId")


class InlineEgress(RuleForm):
    """A rule inside a group that lets traffic out."""

    groups = ListOf(str, tf="security_groups", cfn=None)
    group = Attribute(str, tf=None, cfn="DestinationSecurityGroupId")
    prefix_list = Attribute(str, tf=None, cfn="DestinationPrefixListId")


class SecurityGroup(View):
    """A security group that the program makes."""

    KINDS = {Language.TERRAFORM: "aws_security_group", Language.CLOUDFORMATION: "AWS::EC2::SecurityGroup"}

    name = Attribute(str, tf="name", cfn="GroupName")
    name_prefix = Attribute(str, tf="name_prefix", cfn=None)
    description = Attribute(str, tf="description", cfn="GroupDescription")
    vpc = Attribute(str, tf="vpc_id", cfn="VpcId")
    ingress = Blocks(InlineIngress, tf="ingress", cfn="SecurityGroupIngress")
    egress = Blocks(InlineEgress, tf="egress", cfn="SecurityGroupEgress")
    revoke_on_delete = Attribute(bool, tf="revoke_rules_on_delete", cfn=None, default=False)


class DefaultSecurityGroup(View):
    """A network's default group, adopted and emptied by the program."""

    KINDS = {Language.TERRAFORM: "aws_default_security_group"}

    vpc = Attribute(str, tf="vpc_id", cfn=None)
    ingress = Blocks(InlineIngress, tf="ingress", cfn=None)
    egress = Blocks(InlineEgress, tf="egress", cfn=None)


class SecurityGroupRule(RuleForm):
    """Terraform's older rule of its own, for either direction."""

    KINDS = {Language.TERRAFORM: "aws_security_group_rule"}

    owner = Attribute(str, tf="security_group_id", cfn=None)
    direction = Attribute(str, tf="type", cfn=None)
    """``ingress`` or ``egress``."""
    group = Attribute(str, tf="source_security_group_id", cfn=None)


class IngressRule(View):
    """A rule of its own that lets traffic in."""

    KINDS = {
        Language.TERRAFORM: "aws_vpc_security_group_ingress_rule",
        Language.CLOUDFORMATION: "AWS::EC2::SecurityGroupIngress",
    }

    owner = Attribute(str, tf="security_group_id", cfn="GroupId")
    owner_name = Attribute(str, tf=None, cfn="GroupName")
    protocol = Attribute(str, tf="ip_protocol", cfn="IpProtocol")
    from_port = Attribute(int, tf="from_port", cfn="FromPort")
    to_port = Attribute(int, tf="to_port", cfn="ToPort")
    cidr = Attribute(str, tf="cidr_ipv4", cfn="CidrIp")
    ipv6_cidr = Attribute(str, tf="cidr_ipv6", cfn="CidrIpv6")
    group = Attribute(str, tf="referenced_security_group_id", cfn="SourceSecurityGroupId")
    group_name = Attribute(str, tf=None, cfn="SourceSecurityGroupName")
    prefix_list = Attribute(str, tf="prefix_list_id", cfn="SourcePrefixListId")


class EgressRule(View):
    """A rule of its own that lets traffic out."""

    KINDS = {
        Language.TERRAFORM: "aws_vpc_security_group_egress_rule",
        Language.CLOUDFORMATION: "AWS::EC2::SecurityGroupEgress",
    }

    owner = Attribute(str, tf="security_group_id", cfn="GroupId")
    protocol = Attribute(str, tf="ip_protocol", cfn="IpProtocol")
    from_port = Attribute(int, tf="from_port", cfn="FromPort")
    to_port = Attribute(int, tf="to_port", cfn="ToPort")
    cidr = Attribute(str, tf="cidr_ipv4", cfn="CidrIp")
    ipv6_cidr = Attribute(str, tf="cidr_ipv6", cfn="CidrIpv6")
    group = Attribute(str, tf="referenced_security_group_id", cfn="DestinationSecurityGroupId")
    prefix_list = Attribute(str, tf="prefix_list_id", cfn="DestinationPrefixListId")


class CidrEntry(View):
    """A range in a prefix list."""

    cidr = Attribute(str, tf="cidr", cfn="Cidr")


class PrefixList(View):
    """A named list of ranges."""

    KINDS = {Language.TERRAFORM: "aws_ec2_managed_prefix_list", Language.CLOUDFORMATION: "AWS::EC2::PrefixList"}

    max_entries = Attribute(int, tf="max_entries", cfn="MaxEntries")
    family = Attribute(str, tf="address_family", cfn="AddressFamily")
    entries = Blocks(CidrEntry, tf="entry", cfn="Entries")
