"""Endpoints through which a network reaches AWS services without the internet."""

from onetake.aws.view import Attribute, ListOf, View
from onetake.model.language import Language


class VpcEndpoint(View):
    """An endpoint: ``Gateway`` adds routes to tables, ``Interface`` stands in subnets with security groups."""

    KINDS = {Language.TERRAFORM: "aws_vpc_endpoint", Language.CLOUDFORMATION: "AWS::EC2::VPCEndpoint"}

    vpc = Attribute(str, tf="vpc_id", cfn="VpcId")
    service = Attribute(str, tf="service_name", cfn="ServiceName")
    kind = Attribute(str, tf="vpc_endpoint_type", cfn="VpcEndpointType", default="Gateway")
    route_tables = ListOf(str, tf="route_table_ids", cfn="RouteTableIds")
    subnets = ListOf(str, tf="subnet_ids", cfn="SubnetIds")
    security_groups = ListOf(str, tf="security_group_ids", cfn="SecurityGroupIds")
    private_dns = Attribute(bool, tf="private_dns_enabled", cfn="PrivateDnsEnabled")
    policy = Attribute(object, tf="policy", cfn="PolicyDocument")


class EndpointRouteTable(View):
    """A route table that a gateway endpoint adds its route to."""

    KINDS = {Language.TERRAFORM: "aws_vpc_endpoint_route_table_association"}

    endpoint = Attribute(str, tf="vpc_endpoint_id", cfn=None)
    table = Attribute(str, tf="route_table_id", cfn=None)


class EndpointSubnet(View):
    """A subnet that an interface endpoint stands in."""

    KINDS = {Language.TERRAFORM: "aws_vpc_endpoint_subnet_association"}

    endpoint = Attribute(str, tf="vpc_endpoint_id", cfn=None)
    subnet = Attribute(str, tf="subnet_id", cfn=None)


class EndpointSecurityGroup(View):
    """A security group of an interface endpoint."""

    KINDS = {Language.TERRAFORM: "aws_vpc_endpoint_security_group_association"}

    endpoint = Attribute(str, tf="vpc_endpoint_id", cfn=None)
    group = Attribute(str, tf="security_group_id", cfn=None)
    replaces_default = Attribute(bool, tf="replace_default_association", cfn=None, default=False)
