"""Who may do what at most, and who may do what nobody does on ordinary days."""

from __future__ import annotations

from typing import Final

from constructs import Construct

from onetake.model.records import replace
from onetake.platforms.constructs import Role, declare, document, statement
from onetake.platforms.constructs.policies import Statement
from onetake.platforms.context import Context

_WORKLOADS: Final = (
    *("cloudwatch", "dynamodb", "ec2messages", "ecr", "kms", "logs", "s3", "secretsmanager", "sqs", "ssm"),
    *("ssmmessages", "vpc-lattice-svcs", "xray"),
)
"""Services that roles of the platform may use at most; a role's own policy says what of them it does use."""
_EMERGENCY: Final = (
    *("ecs:UpdateService", "ecs:StopTask", "ecs:DescribeServices", "ecs:DescribeTasks", "ecs:ListTasks"),
    *("sqs:StartMessageMoveTask", "sqs:ListMessageMoveTasks", "sqs:GetQueueAttributes"),
)


class Identity(Construct):
    """The boundary of every role of the platform, the administrator of keys, and the role for emergencies.

    Both roles are for people of this account who have just shown a second factor.

    Attributes:
        context: the copy's, with the boundary for every role that is made from now on.
    """

    def __init__(self, scope: Construct, name: str, *, context: Context) -> None:
        super().__init__(scope, name)
        boundary = declare(
            self,
            "aws_iam_policy",
            "boundary",
            name=context.names.of("boundary", "policy"),
            description="What a role of the platform may do at most",
            policy=document(self, "boundary_document", _boundary()),
        )
        self.boundary_arn: str = boundary.arn
        self.context = context = replace(context, boundary=boundary.arn)
        self.key_administrator = Role(
            self,
            "key_administrator",
            context=context,
            component="key-administrator",
            description="Administers the keys, and cannot use them",
            trusts=[_people(context)],
            max_session=3600,
        )
        self.break_glass = Role(
            self,
            "break_glass",
            context=context,
            component="break-glass",
            description="For emergencies: every use of it raises an alarm",
            trusts=[_people(context)],
            allows={"emergency": _emergency(context)},
            max_session=3600,
        )


def _people(context: Context) -> Statement:
    return statement(
        "PeopleWithMfa",
        ["sts:AssumeRole"],
        principals=[context.arn("iam", "root", region=False)],
        when=[
            ("Bool", "aws:MultiFactorAuthPresent", ["true"]),
            ("NumericLessThan", "aws:MultiFactorAuthAge", ["3600"]),
        ],
    )


def _boundary() -> list[Statement]:
    forbidden = [
        *("iam:CreateUser", "iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:DeleteRolePermissionsBoundary"),
        *("iam:PutRolePermissionsBoundary", "iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"),
        *("cloudtrail:StopLogging", "cloudtrail:DeleteTrail", "s3:BypassGovernanceRetention"),
        *("s3:PutBucketObjectLockConfiguration", "ec2:CreateInternetGateway", "ec2:AttachInternetGateway"),
    ]
    network = [
        *("ec2:CreateNetworkInterface", "ec2:CreateNetworkInterfacePermission", "ec2:DeleteNetworkInterface"),
        *("ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:DescribeSecurityGroups", "ec2:DescribeVpcs"),
        *("ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"),
    ]
    targets = ["vpc-lattice:RegisterTargets", "vpc-lattice:DeregisterTargets", "vpc-lattice:Get*", "vpc-lattice:List*"]
    return [
        statement("Workloads", [f"{service}:*" for service in _WORKLOADS], ["*"]),
        statement("Interfaces", network, ["*"]),
        statement("Targets", targets, ["*"]),
        statement("Emergencies", _EMERGENCY, ["*"]),
        statement("NoWayRound", forbidden, ["*"], deny=True),
    ]


def _emergency(context: Context) -> list[Statement]:
    names = context.names
    logs = context.arn("logs", f"log-group:/{names.prefix}/{names.suffix}/*")
    return [
        statement(
            "Services",
            [one for one in _EMERGENCY if one.startswith("ecs:")],
            [
                context.arn("ecs", f"{kind}/{names.of('services')}*")
                for kind in ("cluster", "service", "task", "container-instance")
            ],
        ),
        statement(
            "DeadLetters",
            [one for one in _EMERGENCY if one.startswith("sqs:")],
            [context.arn("sqs", f"{names.prefix}-*-{names.suffix}*")],
        ),
        statement("ReadLogs", ["logs:FilterLogEvents", "logs:GetLogEvents", "logs:DescribeLogStreams"], [logs]),
    ]
