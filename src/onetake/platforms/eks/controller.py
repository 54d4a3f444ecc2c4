"""What the AWS Load Balancer Controller may do: its version 2.13, confined to what it made for this cluster.

The actions are those that its documentation lists; where that asks for any cluster's tag, this asks for the tag of
this cluster.
"""

from __future__ import annotations

from typing import Final

from onetake.platforms.constructs import statement
from onetake.platforms.constructs.policies import Statement
from onetake.platforms.context import Context

VERSION: Final = "2.13"
_LOOK_EC2: Final = (
    *("AccountAttributes", "Addresses", "AvailabilityZones", "InternetGateways", "Vpcs", "VpcPeeringConnections"),
    *("Subnets", "SecurityGroups", "Instances", "NetworkInterfaces", "Tags", "CoipPools", "IpamPools", "RouteTables"),
)
_LOOK_ELB: Final = (
    *("LoadBalancers", "LoadBalancerAttributes", "Listeners", "ListenerCertificates", "SSLPolicies", "Rules"),
    *("TargetGroups", "TargetGroupAttributes", "TargetHealth", "Tags", "TrustStores", "ListenerAttributes"),
    "CapacityReservation",
)
_CHANGE: Final = (
    *("ModifyLoadBalancerAttributes", "SetIpAddressType", "SetSecurityGroups", "SetSubnets", "DeleteLoadBalancer"),
    *("ModifyTargetGroup", "ModifyTargetGroupAttributes", "DeleteTargetGroup", "ModifyListenerAttributes"),
    *("ModifyCapacityReservation", "ModifyIpPools"),
)
_LISTEN: Final = (
    *("CreateListener", "DeleteListener", "CreateRule", "DeleteRule", "SetWebAcl", "ModifyListener"),
    *("AddListenerCertificates", "RemoveListenerCertificates", "ModifyRule", "SetRulePriorities"),
)
_OTHERS: Final = (
    *("cognito-idp:DescribeUserPoolClient", "acm:ListCertificates", "acm:DescribeCertificate"),
    *("iam:ListServerCertificates", "iam:GetServerCertificate", "wafv2:GetWebACL", "wafv2:GetWebACLForResource"),
    *("wafv2:AssociateWebACL", "wafv2:DisassociateWebACL", "shield:GetSubscriptionState"),
    *("shield:DescribeProtection", "shield:CreateProtection", "shield:DeleteProtection"),
)


def statements(context: Context, cluster: str) -> list[Statement]:
    """The statements of its policy, for the controller of one cluster."""
    tag = "elbv2.k8s.aws/cluster"
    ours = ("StringEquals", f"aws:ResourceTag/{tag}", [cluster])
    asked = ("StringEquals", f"aws:RequestTag/{tag}", [cluster])
    groups = [context.arn("ec2", "security-group/*")]
    balancers = [
        context.arn("elasticloadbalancing", kind)
        for kind in ("targetgroup/*/*", "loadbalancer/net/*/*", "loadbalancer/app/*/*")
    ]
    listeners = [
        context.arn("elasticloadbalancing", kind)
        for kind in ("listener/net/*/*/*", "listener/app/*/*/*", "listener-rule/net/*/*/*", "listener-rule/app/*/*/*")
    ]
    service = ("StringEquals", "iam:AWSServiceName", ["elasticloadbalancing.amazonaws.com"])
    rules = ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"]
    look = [
        *(f"ec2:Describe{one}" for one in _LOOK_EC2),
        *("ec2:GetCoipPoolUsage", "ec2:GetSecurityGroupsForVpc"),
        *(f"elasticloadbalancing:Describe{one}" for one in _LOOK_ELB),
    ]
    tags = ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"]
    created = ("StringEquals", "elasticloadbalancing:CreateAction", ["CreateTargetGroup", "CreateLoadBalancer"])
    targets = ["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"]
    return [
        statement("ServiceRole", ["iam:CreateServiceLinkedRole"], ["*"], when=[service]),
        statement("Look", look, ["*"]),
        statement("UseOtherServices", _OTHERS, ["*"]),
        statement("OpenGroups", rules, ["*"]),
        statement("CreateGroups", ["ec2:CreateSecurityGroup"], ["*"]),
        statement(
            "TagNewGroups",
            ["ec2:CreateTags"],
            groups,
            when=[("StringEquals", "ec2:CreateAction", ["CreateSecurityGroup"]), asked],
        ),
        statement("TagOwnGroups", ["ec2:CreateTags", "ec2:DeleteTags"], groups, when=[ours]),
        statement("RemoveOwnGroups", ["ec2:DeleteSecurityGroup"], ["*"], when=[ours]),
        statement(
            "CreateBalancers",
            ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"],
            ["*"],
            when=[asked],
        ),
        statement("TagNewBalancers", tags[:1], balancers, when=[created, asked]),
        statement("TagOwnBalancers", tags, balancers, when=[ours]),
        statement("TagListeners", tags, listeners),
        statement("ChangeOwnBalancers", [f"elasticloadbalancing:{one}" for one in _CHANGE], ["*"], when=[ours]),
        statement("Listen", [f"elasticloadbalancing:{one}" for one in _LISTEN], ["*"]),
        statement("Targets", targets, [balancers[0]]),
    ]
