"""People in three groups that act only with a second factor, and roles that cannot outgrow a boundary."""

from __future__ import annotations

from typing import Final

from constructs import Construct

from onetake.platforms.constructs import Role, declare, document, statement
from onetake.platforms.constructs.policies import Statement
from onetake.platforms.context import Context

GROUPS: Final = {
    "admins": ("AdministratorAccess",),
    "developers": ("PowerUserAccess",),
    "auditors": ("SecurityAudit", "job-function/ViewOnlyAccess"),
}
"""Managed policies of AWS, by group."""

# What somebody without a second factor needs in order to get one.
_WITHOUT_MFA: Final = (
    "iam:CreateVirtualMFADevice",
    "iam:EnableMFADevice",
    "iam:GetUser",
    "iam:ListMFADevices",
    "iam:ListVirtualMFADevices",
    "iam:ResyncMFADevice",
    "iam:ChangePassword",
    "iam:GetAccountPasswordPolicy",
    "sts:GetSessionToken",
)
_WORKLOADS: Final = (
    *("application-autoscaling", "autoscaling", "cloudwatch", "dynamodb", "ec2", "ecr", "ecs", "eks", "events"),
    *("execute-api", "kms", "lambda", "logs", "rds-db", "s3", "secretsmanager", "sns", "sqs", "ssm", "ssmmessages"),
    *("ec2messages", "states", "xray"),
)
_NO_MFA = [("BoolIfExists", "aws:MultiFactorAuthPresent", ["false"])]


class Identity(Construct):
    """Groups, the boundary, the role for emergencies, and a role for applications with its instance profile."""

    def __init__(self, scope: Construct, name: str, *, context: Context) -> None:
        super().__init__(scope, name)
        self._context = context
        boundary = declare(
            self,
            "aws_iam_policy",
            "boundary",
            name=context.names.of("boundary", "policy"),
            description="What a role of a workload may do at most",
            policy=document(self, "boundary_document", _boundary(context)),
        )
        self.boundary_arn: str = boundary.arn
        self._groups()
        self.break_glass = Role(
            self,
            "break_glass",
            context=context,
            component="break-glass",
            description="For emergencies: every use of it raises an alarm",
            trusts=[
                statement(
                    "PeopleWithMfa",
                    ["sts:AssumeRole"],
                    principals=[context.arn("iam", "root", region=False)],
                    when=[
                        ("Bool", "aws:MultiFactorAuthPresent", ["true"]),
                        ("NumericLessThan", "aws:MultiFactorAuthAge", ["3600"]),
                    ],
                )
            ],
            managed={"administrator": _managed(context, "AdministratorAccess")},
            max_session=3600,
        )
        self.application = Role(
            self,
            "application",
            context=context,
            component="application",
            description="For instances of applications: reads their own parameters, writes their own logs",
            services=["ec2"],
            confused_deputy=False,
            allows={"own": _application(context)},
            managed={"session_manager": _managed(context, "AmazonSSMManagedInstanceCore")},
            boundary=self.boundary_arn,
        )
        self.profile = declare(
            self,
            "aws_iam_instance_profile",
            "application_profile",
            name=context.names.of("application", "instance profile"),
            role=self.application.role.name,
        )

    def _groups(self) -> None:
        context = self._context
        deny = [statement("DenyWithoutMfa", _WITHOUT_MFA, ["*"], deny=True, except_actions=True, when=_NO_MFA)]
        policy = document(self, "mfa_document", deny)
        for group, policies in GROUPS.items():
            made = declare(self, "aws_iam_group", group, name=context.names.of(group, "group"))
            declare(self, "aws_iam_group_policy", f"{group}_mfa", name="mfa-required", group=made.name, policy=policy)
            for number, managed in enumerate(policies):
                declare(
                    self,
                    "aws_iam_group_policy_attachment",
                    f"{group}_{number}",
                    group=made.name,
                    policy_arn=_managed(context, managed),
                )


def _managed(context: Context, name: str) -> str:
    return f"arn:{context.partition}:iam::aws:policy/{name}"


def _boundary(context: Context) -> list[Statement]:
    own = context.arn("iam", f"policy/{context.names.of('boundary', 'policy')}", region=False)
    return [
        statement("Workloads", [f"{service}:*" for service in _WORKLOADS], ["*"]),
        statement("PassOwnRoles", ["iam:PassRole", "iam:GetRole"], [context.arn("iam", "role/*", region=False)]),
        statement("Sessions", ["sts:AssumeRole", "sts:GetCallerIdentity", "sts:TagSession"], ["*"]),
        statement(
            "KeepBoundary",
            ["iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:DeletePolicyVersion", "iam:SetDefaultPolicyVersion"],
            [own],
            deny=True,
        ),
        statement(
            "KeepTrail",
            [
                *("cloudtrail:DeleteTrail", "cloudtrail:StopLogging", "config:DeleteConfigurationRecorder"),
                *("config:StopConfigurationRecorder", "guardduty:DeleteDetector", "securityhub:DisableSecurityHub"),
            ],
            ["*"],
            deny=True,
        ),
    ]


def _application(context: Context) -> list[Statement]:
    names = context.names
    prefix = f"{names.prefix}/{names.suffix}"
    return [
        statement(
            "OwnParameters",
            ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"],
            [context.arn("ssm", f"parameter/{prefix}/application/*")],
        ),
        statement(
            "OwnLogs",
            ["logs:CreateLogStream", "logs:PutLogEvents"],
            [context.arn("logs", f"log-group:/{prefix}/application:*")],
        ),
    ]
