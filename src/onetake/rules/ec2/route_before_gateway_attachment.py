"""Route to an internet gateway that does not wait until the gateway is attached.

The route refers to the gateway, but nothing in it refers to the attachment, so that CloudFormation creates both side
by side: the route is refused where it comes first. Many published templates do without and deploy, so that it is a
risk only.
"""

from collections.abc import Iterator

from onetake.aws.ec2 import GatewayAttachment, InternetGateway, Route
from onetake.aws.lookup import companions, target
from onetake.mechanisms.ordering import unordered
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.rule import Answer, Fault, Rule


def check(route: Route) -> Iterator[Fault]:
    """Every attachment of the gateway is known, and the route waits for none."""
    gateway = target(route.gateway, route.stack, InternetGateway)
    if gateway is None:
        return
    attachments = companions(gateway, GatewayAttachment, "internet_gateway")
    late = unordered(route.stack, route, attachments.known)
    if late and attachments.complete and len(late) == len(attachments):
        yield Fault(
            route,
            f"{route.address} does not wait for {late[0].address}, which attaches {gateway.address}",
            related=(*late, gateway),
            fix=f"Make {route.address} depend on {late[0].address}.",
            condition=f"Is {late[0].address} made before {route.address}? Nothing orders the two.",
        )


RULE = Rule(
    name="ec2-route-before-gateway-attachment",
    view=Route,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.CLOUDFORMATION: Answer(
            Stage.CREATE, "route table {table} and network gateway {gateway} belong to different networks"
        )
    },
    cause="A route is refused until its gateway is attached to the VPC, and nothing makes it wait for that.",
    fix="Make the route depend on the attachment.",
    evidence=(
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html",
        "https://itecnotes.com/server/aws-cloudformation-cant-add-multiple-subnet-associations-to-a-public-routing-table",
    ),
)
