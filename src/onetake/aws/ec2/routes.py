"""Route tables, routes, and which subnets follow them."""

from onetake.aws.view import Attribute, Blocks, ListOf, View
from onetake.model.language import Language


class InlineRoute(View):
    """A route inside a route table; also the form that routes of their own are judged in."""

    cidr = Attribute(str, tf="cidr_block", cfn=None)
    ipv6_cidr = Attribute(str, tf="ipv6_cidr_block", cfn=None)
    prefix_list = Attribute(str, tf="destination_prefix_list_id", cfn=None)
    gateway = Attribute(str, tf="gateway_id", cfn=None)
    nat_gateway = Attribute(str, tf="nat_gateway_id", cfn=None)
    egress_only_gateway = Attribute(str, tf="egress_only_gateway_id", cfn=None)
    transit_gateway = Attribute(str, tf="transit_gateway_id", cfn=None)
    interface = Attribute(str, tf="network_interface_id", cfn=None)
    peering = Attribute(str, tf="vpc_peering_connection_id", cfn=None)
    vpc_endpoint = Attribute(str, tf="vpc_endpoint_id", cfn=None)


class RouteTable(View):
    """A route table."""

    KINDS = {Language.TERRAFORM: "aws_route_table", Language.CLOUDFORMATION: "AWS::EC2::RouteTable"}

    vpc = Attribute(str, tf="vpc_id", cfn="VpcId")
    routes = Blocks(InlineRoute, tf="route", cfn=None)
    """Routes written inside the table; others name the table: ask ``placement.routes``."""
    propagating_gateways = ListOf(str, tf="propagating_vgws", cfn=None)


class DefaultRouteTable(View):
    """A network's main route table, adopted and emptied by the program."""

    KINDS = {Language.TERRAFORM: "aws_default_route_table"}

    table = Attribute(str, tf="default_route_table_id", cfn=None)
    routes = Blocks(InlineRoute, tf="route", cfn=None)
    propagating_gateways = ListOf(str, tf="propagating_vgws", cfn=None)


class Route(View):
    """A route that is a resource of its own."""

    KINDS = {Language.TERRAFORM: "aws_route", Language.CLOUDFORMATION: "AWS::EC2::Route"}

    table = Attribute(str, tf="route_table_id", cfn="RouteTableId")
    cidr = Attribute(str, tf="destination_cidr_block", cfn="DestinationCidrBlock")
    ipv6_cidr = Attribute(str, tf="destination_ipv6_cidr_block", cfn="DestinationIpv6CidrBlock")
    prefix_list = Attribute(str, tf="destination_prefix_list_id", cfn="DestinationPrefixListId")
    gateway = Attribute(str, tf="gateway_id", cfn="GatewayId")
    nat_gateway = Attribute(str, tf="nat_gateway_id", cfn="NatGatewayId")
    egress_only_gateway = Attribute(str, tf="egress_only_gateway_id", cfn="EgressOnlyInternetGatewayId")
    transit_gateway = Attribute(str, tf="transit_gateway_id", cfn="TransitGatewayId")
    instance = Attribute(str, tf=None, cfn="InstanceId")
    interface = Attribute(str, tf="network_interface_id", cfn="NetworkInterfaceId")
    peering = Attribute(str, tf="vpc_peering_connection_id", cfn="VpcPeeringConnectionId")
    vpc_endpoint = Attribute(str, tf="vpc_endpoint_id", cfn="VpcEndpointId")


class RouteTableAssociation(View):
    """Which table a subnet (or, in Terraform, a gateway) follows."""

    KINDS = {
        Language.TERRAFORM: "aws_route_table_association",
        Language.CLOUDFORMATION: "AWS::EC2::SubnetRouteTableAssociation",
    }

    subnet = Attribute(str, tf="subnet_id", cfn="SubnetId")
    table = Attribute(str, tf="route_table_id", cfn="RouteTableId")
    gateway = Attribute(str, tf="gateway_id", cfn=None)


class MainRouteTableAssociation(View):
    """Which table a network's subnets follow that have no association of their own."""

    KINDS = {Language.TERRAFORM: "aws_main_route_table_association"}

    vpc = Attribute(str, tf="vpc_id", cfn=None)
    table = Attribute(str, tf="route_table_id", cfn=None)
