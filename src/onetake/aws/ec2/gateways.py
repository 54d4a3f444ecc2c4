"""Ways out of a network: internet, NAT, transit, peering."""

from onetake.aws.view import Attribute, ListOf, View
from onetake.model.language import Language


class InternetGateway(View):
    """A gateway to the internet; Terraform attaches it by naming the network."""

    KINDS = {Language.TERRAFORM: "aws_internet_gateway", Language.CLOUDFORMATION: "AWS::EC2::InternetGateway"}

    vpc = Attribute(str, tf="vpc_id", cfn=None)


class GatewayAttachment(View):
    """The attachment of an internet or VPN gateway to a network."""

    KINDS = {
        Language.TERRAFORM: "aws_internet_gateway_attachment",
        Language.CLOUDFORMATION: "AWS::EC2::VPCGatewayAttachment",
    }

    vpc = Attribute(str, tf="vpc_id", cfn="VpcId")
    internet_gateway = Attribute(str, tf="internet_gateway_id", cfn="InternetGatewayId")
    vpn_gateway = Attribute(str, tf=None, cfn="VpnGatewayId")


class EgressOnlyInternetGateway(View):
    """A gateway to the internet for IPv6, outwards only."""

    KINDS = {
        Language.TERRAFORM: "aws_egress_only_internet_gateway",
        Language.CLOUDFORMATION: "AWS::EC2::EgressOnlyInternetGateway",
    }

    vpc = Attribute(str, tf="vpc_id", cfn="VpcId")


class NatGateway(View):
    """Address translation, outwards only."""

    KINDS = {Language.TERRAFORM: "aws_nat_gateway", Language.CLOUDFORMATION: "AWS::EC2::NatGateway"}

    subnet = Attribute(str, tf="subnet_id", cfn="SubnetId")
    allocation = Attribute(str, tf="allocation_id", cfn="AllocationId")
    connectivity = Attribute(str, tf="connectivity_type", cfn="ConnectivityType", default="public")
    private_ip = Attribute(str, tf="private_ip", cfn="PrivateIpAddress")
    availability_mode = Attribute(str, tf=None, cfn="AvailabilityMode")
    vpc = Attribute(str, tf=None, cfn="VpcId")


class VpcPeering(View):
    """A connection between two networks."""

    KINDS = {
        Language.TERRAFORM: "aws_vpc_peering_connection",
        Language.CLOUDFORMATION: "AWS::EC2::VPCPeeringConnection",
    }

    vpc = Attribute(str, tf="vpc_id", cfn="VpcId")
    peer_vpc = Attribute(str, tf="peer_vpc_id", cfn="PeerVpcId")
    peer_owner = Attribute(str, tf="peer_owner_id", cfn="PeerOwnerId")
    peer_region = Attribute(str, tf="peer_region", cfn="PeerRegion")
    peer_role = Attribute(str, tf=None, cfn="PeerRoleArn")
    auto_accept = Attribute(bool, tf="auto_accept", cfn=None, default=False)


class TransitGateway(View):
    """A hub between networks."""

    KINDS = {Language.TERRAFORM: "aws_ec2_transit_gateway", Language.CLOUDFORMATION: "AWS::EC2::TransitGateway"}

    asn = Attribute(int, tf="amazon_side_asn", cfn="AmazonSideAsn")
    default_association = Attribute(
        str, tf="default_route_table_association", cfn="DefaultRouteTableAssociation", default="enable"
    )
    default_propagation = Attribute(
        str, tf="default_route_table_propagation", cfn="DefaultRouteTablePropagation", default="enable"
    )


class TransitGatewayAttachment(View):
    """A network at a transit gateway; it takes one subnet of each zone."""

    KINDS = {
        Language.TERRAFORM: "aws_ec2_transit_gateway_vpc_attachment",
        Language.CLOUDFORMATION: ("AWS::EC2::TransitGatewayAttachment", "AWS::EC2::TransitGatewayVpcAttachment"),
    }

    transit_gateway = Attribute(str, tf="transit_gateway_id", cfn="TransitGatewayId")
    vpc = Attribute(str, tf="vpc_id", cfn="VpcId")
    subnets = ListOf(str, tf="subnet_ids", cfn="SubnetIds")
