"""What the rules about a cluster's add-ons share: its compute, and which profile runs a namespace."""

from __future__ import annotations

from onetake.aws.eks import Addon, Cluster, FargateProfile, NodeGroup
from onetake.aws.lookup import companions, target
from onetake.aws.view import Items
from onetake.model.language import Truth
from onetake.model.text import may_match
from onetake.model.values import Known

SYSTEM = "kube-system"


def cluster_of(addon: Addon) -> Cluster | None:
    """The add-on's cluster, when it is made by the same stack."""
    return target(addon.cluster, addon.stack, Cluster)


def profiles(cluster: Cluster) -> Items[FargateProfile]:
    """The Fargate profiles of a cluster."""
    return companions(cluster, FargateProfile, "cluster")


def has_ec2_nodes(cluster: Cluster) -> Truth:
    """Will the cluster have EC2 nodes? ``NO`` only when nothing in the stack could become one."""
    match cluster.auto_mode:
        case Known(False):
            pass
        case Known(True):
            return Truth.YES
        case _:
            return Truth.UNKNOWN
    groups = companions(cluster, NodeGroup, "cluster")
    if groups.known:
        return Truth.YES
    if not groups.complete:
        return Truth.UNKNOWN
    # Self-managed nodes and Karpenter come as templates, groups or instances that name the cluster only in a script.
    return Truth.UNKNOWN if SELF_MANAGED & cluster.stack.by_type.keys() else Truth.NO


SELF_MANAGED = frozenset(
    {
        "aws_launch_template",
        "aws_launch_configuration",
        "aws_autoscaling_group",
        "aws_instance",
        "helm_release",
        "AWS::EC2::LaunchTemplate",
        "AWS::AutoScaling::LaunchConfiguration",
        "AWS::AutoScaling::AutoScalingGroup",
        "AWS::EC2::Instance",
        "AWS::CloudFormation::Stack",
    }
)


def runs(profile: FargateProfile, namespace: str) -> Truth:
    """Does the profile select pods of ``namespace`` that carry the labels of no application?"""
    answer = Truth.NO if profile.selectors.complete else Truth.UNKNOWN
    for selector in profile.selectors:
        if isinstance(selector.namespace, Known):
            # A selector's namespace may hold wildcards.
            answer = answer | Truth.of(
                may_match(Known(namespace, selector.where), selector.namespace.value) is Truth.YES
            )
        else:
            answer = answer | Truth.UNKNOWN
    return answer
