"""Network access lists."""

from onetake.aws.view import Attribute, Blocks, ListOf, View
from onetake.model.language import Language


class NetworkAclRuleBlock(View):
    """A rule inside a list."""

    number = Attribute(int, tf="rule_no", cfn=None)
    action = Attribute(str, tf="action", cfn=None)
    protocol = Attribute(str, tf="protocol", cfn=None)
    cidr = Attribute(str, tf="cidr_block", cfn=None)
    ipv6_cidr = Attribute(str, tf="ipv6_cidr_block", cfn=None)
    from_port = Attribute(int, tf="from_port", cfn=None)
    to_port = Attribute(int, tf="to_port", cfn=None)


class NetworkAcl(View):
    """A list of what may pass a subnet's border."""

    KINDS = {Language.TERRAFORM: "aws_network_acl", Language.CLOUDFORMATION: "AWS::EC2::NetworkAcl"}

    vpc = Attribute(str, tf="vpc_id", cfn="VpcId")
    subnets = ListOf(str, tf="subnet_ids", cfn=None)
    ingress = Blocks(NetworkAclRuleBlock, tf="ingress", cfn=None)
    egress = Blocks(NetworkAclRuleBlock, tf="egress", cfn=None)


class NetworkAclRule(View):
    """A rule that is a resource of its own."""

    KINDS = {Language.TERRAFORM: "aws_network_acl_rule", Language.CLOUDFORMATION: "AWS::EC2::NetworkAclEntry"}

    acl = Attribute(str, tf="network_acl_id", cfn="NetworkAclId")
    number = Attribute(int, tf="rule_number", cfn="RuleNumber")
    outwards = Attribute(bool, tf="egress", cfn="Egress", default=False)
    action = Attribute(str, tf="rule_action", cfn="RuleAction")
    protocol = Attribute(str, tf="protocol", cfn="Protocol")
    cidr = Attribute(str, tf="cidr_block", cfn="CidrBlock")
    ipv6_cidr = Attribute(str, tf="ipv6_cidr_block", cfn="Ipv6CidrBlock")
    from_port = Attribute(int, tf="from_port", cfn="PortRange.From")
    to_port = Attribute(int, tf="to_port", cfn="PortRange.To")


class NetworkAclAssociation(View):
    """Which list a subnet follows."""

    KINDS = {
        Language.TERRAFORM: "aws_network_acl_association",
        Language.CLOUDFORMATION: "AWS::EC2::SubnetNetworkAclAssociation",
    }

    subnet = Attribute(str, tf="subnet_id", cfn="SubnetId")
    acl = Attribute(str, tf="network_acl_id", cfn="NetworkAclId")
