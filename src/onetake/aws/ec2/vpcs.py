"""Virtual private clouds and their subnets."""

from onetake.aws.view import Attribute, ListOf, View
from onetake.model.language import Language


class Vpc(View):
    """A network that the program makes."""

    KINDS = {Language.TERRAFORM: "aws_vpc", Language.CLOUDFORMATION: "AWS::EC2::VPC"}

    cidr = Attribute(str, tf="cidr_block", cfn="CidrBlock")
    dns_support = Attribute(bool, tf="enable_dns_support", cfn="EnableDnsSupport", default=True)
    dns_hostnames = Attribute(bool, tf="enable_dns_hostnames", cfn="EnableDnsHostnames", default=False)
    tenancy = Attribute(str, tf="instance_tenancy", cfn="InstanceTenancy", default="default")
    ipam_pool = Attribute(str, tf="ipv4_ipam_pool_id", cfn="Ipv4IpamPoolId")
    netmask_length = Attribute(int, tf="ipv4_netmask_length", cfn="Ipv4NetmaskLength")
    generated_ipv6 = Attribute(bool, tf="assign_generated_ipv6_cidr_block", cfn=None)
    ipv6_cidr = Attribute(str, tf="ipv6_cidr_block", cfn=None)


class DefaultVpc(View):
    """The account's default network, adopted by the program."""

    KINDS = {Language.TERRAFORM: "aws_default_vpc"}

    dns_support = Attribute(bool, tf="enable_dns_support", cfn=None, default=True)
    dns_hostnames = Attribute(bool, tf="enable_dns_hostnames", cfn=None, default=True)


class Subnet(View):
    """A subnet that the program makes."""

    KINDS = {Language.TERRAFORM: "aws_subnet", Language.CLOUDFORMATION: "AWS::EC2::Subnet"}

    vpc = Attribute(str, tf="vpc_id", cfn="VpcId")
    cidr = Attribute(str, tf="cidr_block", cfn="CidrBlock")
    ipv6_cidr = Attribute(str, tf="ipv6_cidr_block", cfn="Ipv6CidrBlock")
    ipv6_native = Attribute(bool, tf="ipv6_native", cfn="Ipv6Native", default=False)
    zone = Attribute(str, tf="availability_zone", cfn="AvailabilityZone")
    zone_id = Attribute(str, tf="availability_zone_id", cfn="AvailabilityZoneId")
    map_public_ip = Attribute(bool, tf="map_public_ip_on_launch", cfn="MapPublicIpOnLaunch", default=False)
    assign_ipv6 = Attribute(
        bool, tf="assign_ipv6_address_on_creation", cfn="AssignIpv6AddressOnCreation", default=False
    )
    netmask_length = Attribute(int, tf=None, cfn="Ipv4NetmaskLength")
    outpost = Attribute(str, tf="outpost_arn", cfn="OutpostArn")


class DefaultSubnet(View):
    """A zone's default subnet, adopted by the program; public, in the default network."""

    KINDS = {Language.TERRAFORM: "aws_default_subnet"}

    zone = Attribute(str, tf="availability_zone", cfn=None)
    map_public_ip = Attribute(bool, tf="map_public_ip_on_launch", cfn=None, default=True)


class CidrAssociation(View):
    """A further range of a network."""

    KINDS = {
        Language.TERRAFORM: "aws_vpc_ipv4_cidr_block_association",
        Language.CLOUDFORMATION: "AWS::EC2::VPCCidrBlock",
    }

    vpc = Attribute(str, tf="vpc_id", cfn="VpcId")
    cidr = Attribute(str, tf="cidr_block", cfn="CidrBlock")
    generated_ipv6 = Attribute(bool, tf=None, cfn="AmazonProvidedIpv6CidrBlock")
    ipv6_cidr = Attribute(str, tf=None, cfn="Ipv6CidrBlock")
    ipam_pool = Attribute(str, tf="ipv4_ipam_pool_id", cfn="Ipv4IpamPoolId")


class DhcpOptions(View):
    """What a network's machines learn of names and time."""

    KINDS = {Language.TERRAFORM: "aws_vpc_dhcp_options", Language.CLOUDFORMATION: "AWS::EC2::DHCPOptions"}

    domain_name = Attribute(str, tf="domain_name", cfn="DomainName")
    domain_name_servers = ListOf(str, tf="domain_name_servers", cfn="DomainNameServers")
