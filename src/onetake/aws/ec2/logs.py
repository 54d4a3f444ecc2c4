"""Logs of a network's traffic."""

from onetake.aws.forms import either
from onetake.aws.view import Attribute, View
from onetake.model.language import Language
from onetake.model.values import Absent, Known, Value


class FlowLog(View):
    """What passed a network, subnet or interface, written to logs, a bucket or a stream."""

    KINDS = {Language.TERRAFORM: "aws_flow_log", Language.CLOUDFORMATION: "AWS::EC2::FlowLog"}

    log_group = Attribute(str, tf="log_group_name", cfn="LogGroupName")
    destination = Attribute(str, tf="log_destination", cfn="LogDestination")
    destination_type = Attribute(str, tf="log_destination_type", cfn="LogDestinationType", default="cloud-watch-logs")
    role = Attribute(str, tf="iam_role_arn", cfn="DeliverLogsPermissionArn")
    traffic = Attribute(str, tf="traffic_type", cfn="TrafficType")
    aggregation_seconds = Attribute(int, tf="max_aggregation_interval", cfn="MaxAggregationInterval", default=600)
    log_format = Attribute(str, tf="log_format", cfn="LogFormat")
    tf_vpc = Attribute(str, tf="vpc_id", cfn=None)
    tf_subnet = Attribute(str, tf="subnet_id", cfn=None)
    tf_interface = Attribute(str, tf="eni_id", cfn=None)
    tf_transit_gateway = Attribute(str, tf="transit_gateway_id", cfn=None)
    source_id = Attribute(str, tf=None, cfn="ResourceId")
    source_type = Attribute(str, tf=None, cfn="ResourceType")

    @property
    def vpc(self) -> Value[str]:
        """The network that is watched; absent where something else is."""
        watched = isinstance(self.source_type, Known) and self.source_type.value == "VPC"
        return either(self, self.tf_vpc, self.source_id if watched else Absent(self.where))
