"""What in a trail deserves an alarm: the filters of the CIS AWS Foundations Benchmark (4.1 to 4.15)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from onetake.model.records import record


@record
class Watch:
    """A filter over the trail's log group.

    Attributes:
        pattern: as CloudWatch Logs writes it.
        meaning: what happened, for whoever gets the alarm.
        threshold: how many in five minutes are too many.
    """

    pattern: str
    meaning: str
    threshold: int = 1


def _events(source: str, names: Iterable[str]) -> str:
    alternatives = " || ".join(f"($.eventName = {name})" for name in names)
    return f"{{ ($.eventSource = {source}.amazonaws.com) && ({alternatives}) }}"


_POLICIES: Final = (
    *("DeleteGroupPolicy", "DeleteRolePolicy", "DeleteUserPolicy", "PutGroupPolicy", "PutRolePolicy", "PutUserPolicy"),
    *("CreatePolicy", "DeletePolicy", "CreatePolicyVersion", "DeletePolicyVersion", "AttachRolePolicy"),
    *("DetachRolePolicy", "AttachUserPolicy", "DetachUserPolicy", "AttachGroupPolicy", "DetachGroupPolicy"),
)
_GROUPS: Final = (
    *("AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress", "RevokeSecurityGroupIngress"),
    *("RevokeSecurityGroupEgress", "CreateSecurityGroup", "DeleteSecurityGroup"),
)
_ACLS: Final = (
    *("CreateNetworkAcl", "CreateNetworkAclEntry", "DeleteNetworkAcl", "DeleteNetworkAclEntry"),
    *("ReplaceNetworkAclEntry", "ReplaceNetworkAclAssociation"),
)
_GATEWAYS: Final = (
    *("CreateCustomerGateway", "DeleteCustomerGateway", "AttachInternetGateway", "CreateInternetGateway"),
    *("DeleteInternetGateway", "DetachInternetGateway"),
)
_ROUTES: Final = (
    *("CreateRoute", "CreateRouteTable", "ReplaceRoute", "ReplaceRouteTableAssociation", "DeleteRouteTable"),
    *("DeleteRoute", "DisassociateRouteTable"),
)
_NETWORKS: Final = (
    *("CreateVpc", "DeleteVpc", "ModifyVpcAttribute", "AcceptVpcPeeringConnection", "CreateVpcPeeringConnection"),
    *("DeleteVpcPeeringConnection", "RejectVpcPeeringConnection", "AttachClassicLinkVpc", "DetachClassicLinkVpc"),
    *("DisableVpcClassicLink", "EnableVpcClassicLink"),
)
_ORGANIZATIONS: Final = (
    *("AcceptHandshake", "AttachPolicy", "CreateAccount", "CreateOrganizationalUnit", "CreatePolicy"),
    *("DeclineHandshake", "DeleteOrganization", "DeleteOrganizationalUnit", "DeletePolicy", "DetachPolicy"),
    *("DisablePolicyType", "EnablePolicyType", "InviteAccountToOrganization", "LeaveOrganization", "MoveAccount"),
    *("RemoveAccountFromOrganization", "UpdatePolicy", "UpdateOrganizationalUnit"),
)
_BUCKETS: Final = (
    *("PutBucketAcl", "PutBucketPolicy", "PutBucketCors", "PutBucketLifecycle", "PutBucketReplication"),
    *("DeleteBucketPolicy", "DeleteBucketCors", "DeleteBucketLifecycle", "DeleteBucketReplication"),
)
_TRAILS: Final = ("CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging")
_CONFIG: Final = (
    *("StopConfigurationRecorder", "DeleteDeliveryChannel", "PutDeliveryChannel", "PutConfigurationRecorder"),
)

WATCHES: Final = {
    "unauthorized_calls": Watch(
        '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
        "Calls were refused for lack of a permission: somebody tries doors, or a role lacks something",
        10,
    ),
    "sign_in_without_mfa": Watch(
        '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && '
        '($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }',
        "Somebody signed in to the console without a second factor",
    ),
    "root_use": Watch(
        '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
        "The root user was used",
    ),
    "iam_changes": Watch(_events("iam", _POLICIES), "A policy of IAM was changed"),
    "trail_changes": Watch(_events("cloudtrail", _TRAILS), "A trail was changed or stopped"),
    "sign_in_failures": Watch(
        '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }',
        "Sign-ins to the console failed repeatedly",
        5,
    ),
    "key_deletion": Watch(
        _events("kms", ("DisableKey", "ScheduleKeyDeletion")), "A key was disabled, or is going to be deleted"
    ),
    "bucket_policy_changes": Watch(_events("s3", _BUCKETS), "The policy or another setting of a bucket was changed"),
    "config_changes": Watch(_events("config", _CONFIG), "The recorder of AWS Config was changed or stopped"),
    "security_group_changes": Watch(_events("ec2", _GROUPS), "A security group was changed"),
    "network_acl_changes": Watch(_events("ec2", _ACLS), "A network ACL was changed"),
    "gateway_changes": Watch(_events("ec2", _GATEWAYS), "A network gateway was changed"),
    "route_changes": Watch(_events("ec2", _ROUTES), "A route was changed"),
    "vpc_changes": Watch(_events("ec2", _NETWORKS), "A VPC or its peering was changed"),
    "organizations_changes": Watch(_events("organizations", _ORGANIZATIONS), "The organization was changed"),
}
