"""Managed node group in a public subnet that gives its nodes no public address.

In a subnet that is routed to an internet gateway a node without a public address reaches neither the cluster nor the
image registry; EKS fails the group. Groups with a launch template are not judged: it may ask for the address itself.
"""

from collections.abc import Iterator

from onetake.aws.ec2 import Subnet
from onetake.aws.eks import NodeGroup
from onetake.aws.lookup import targets
from onetake.mechanisms.placement import is_public
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Absent, Known
from onetake.rules.rule import Answer, Fault, Rule

ANSWERS = {
    Language.TERRAFORM: Answer(
        Stage.STABILIZE,
        "unexpected state 'CREATE_FAILED', wanted target 'ACTIVE'. last error: Ec2SubnetInvalidConfiguration: One or "
        "more Amazon EC2 Subnets of [{subnet}] for node group {group} does not automatically assign public IP "
        "addresses to instances launched into it.",
    ),
    Language.CLOUDFORMATION: Answer(
        Stage.STABILIZE,
        "Nodegroup {group} failed to stabilize: [{{Code: Ec2SubnetInvalidConfiguration,Message: One or more Amazon "
        "EC2 Subnets of [{subnet}] for node group {group} does not automatically assign public IP addresses to "
        "instances launched into it. If you want your instances to be assigned a public IP address, then you need to "
        "enable auto-assign public IP address for the subnet.,ResourceIds: [{subnet}]}}]".replace("{{", "{").replace(
            "}}", "}"
        ),
    ),
}


def check(group: NodeGroup) -> Iterator[Fault]:
    """Each subnet that is surely public and surely does not map addresses."""
    if not isinstance(group.launch_template, Absent) or not isinstance(group.launch_template_name, Absent):
        return
    public = [one for one in targets(group.subnets, group.stack, Subnet) if is_public(one) is Truth.YES]
    bare = [one for one in public if isinstance(one.map_public_ip, Known) and not one.map_public_ip.value]
    if bare:
        name = group.name.value if isinstance(group.name, Known) else group.address
        names = " and ".join(subnet.address for subnet in bare)
        yield Fault(
            group.subnets,
            f"{group.address} runs in {names}, public but without public addresses for its nodes",
            related=tuple(bare),
            words={"group": name},
        )


RULE = Rule(
    name="eks-nodegroup-public-subnet-without-public-ip",
    view=NodeGroup,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="Since 2020 EKS leaves public addresses to the subnet's own setting; without one the nodes cannot join.",
    fix="Turn on auto-assignment of public addresses for the subnet, or use private subnets with a NAT gateway.",
    evidence=("https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html#worker-node-fail",),
)
