"""Elastic addresses and network interfaces."""

from onetake.aws.view import Attribute, Blocks, ListOf, View
from onetake.model.language import Language


class Eip(View):
    """An elastic IP address."""

    KINDS = {Language.TERRAFORM: "aws_eip", Language.CLOUDFORMATION: "AWS::EC2::EIP"}

    domain = Attribute(str, tf="domain", cfn="Domain")
    vpc_flag = Attribute(bool, tf="vpc", cfn=None)
    """Terraform's deprecated way to say ``domain = "vpc"``."""
    instance = Attribute(str, tf="instance", cfn="InstanceId")
    interface = Attribute(str, tf="network_interface", cfn=None)
    address_given = Attribute(str, tf="address", cfn="Address")
    pool = Attribute(str, tf="public_ipv4_pool", cfn="PublicIpv4Pool")


class EipAssociation(View):
    """An elastic address at an instance or interface."""

    KINDS = {Language.TERRAFORM: "aws_eip_association", Language.CLOUDFORMATION: "AWS::EC2::EIPAssociation"}

    allocation = Attribute(str, tf="allocation_id", cfn="AllocationId")
    instance = Attribute(str, tf="instance_id", cfn="InstanceId")
    interface = Attribute(str, tf="network_interface_id", cfn="NetworkInterfaceId")
    public_ip = Attribute(str, tf="public_ip", cfn="EIP")


class InterfaceAttachment(View):
    """Where an interface is plugged in."""

    instance = Attribute(str, tf="instance", cfn=None)
    device_index = Attribute(int, tf="device_index", cfn=None)


class NetworkInterface(View):
    """A network card."""

    KINDS = {Language.TERRAFORM: "aws_network_interface", Language.CLOUDFORMATION: "AWS::EC2::NetworkInterface"}

    subnet = Attribute(str, tf="subnet_id", cfn="SubnetId")
    security_groups = ListOf(str, tf="security_groups", cfn="GroupSet")
    private_ip = Attribute(str, tf="private_ip", cfn="PrivateIpAddress")
    private_ips = ListOf(str, tf="private_ips", cfn=None)
    source_dest_check = Attribute(bool, tf="source_dest_check", cfn="SourceDestCheck", default=True)
    attachments = Blocks(InterfaceAttachment, tf="attachment", cfn=None)
