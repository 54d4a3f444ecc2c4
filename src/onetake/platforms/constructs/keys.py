"""Keys that rotate, with policies that admit exactly the services that use them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from constructs import Construct

from onetake.platforms.constructs.declaring import OWN, declare
from onetake.platforms.constructs.policies import Statement, document, statement
from onetake.platforms.context import Context
from onetake.platforms.refusals import Refused

Use = Callable[[Context], Iterable[Statement]]
"""What a service needs of a key: statements of its policy."""

_USE = ("kms:Decrypt", "kms:GenerateDataKey*")
# What CloudWatch Logs documents; it needs no grants.
_LOGS = ("kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*")

ADMINISTRATION_ALONE: Final = (
    *("kms:PutKeyPolicy", "kms:DisableKey", "kms:EnableKey", "kms:ScheduleKeyDeletion", "kms:CancelKeyDeletion"),
    *("kms:EnableKeyRotation", "kms:DisableKeyRotation", "kms:RotateKeyOnDemand", "kms:UpdateKeyDescription"),
    *("kms:UpdateAlias", "kms:DeleteAlias", "kms:RevokeGrant", "kms:TagResource", "kms:UntagResource"),
)
"""What changes a key, or who may use it."""
ADMINISTRATION: Final = (*ADMINISTRATION_ALONE, "kms:Describe*", "kms:Get*", "kms:List*")


class KmsKey(Construct):
    """A customer-managed key with its alias.

    Args:
        domain: what it protects, part of its name.
        description: shown in the console.
        uses: what the services that use it need, made by the functions of this module.
        multi_region: whether other regions can have replicas of it.
        replica_of: the multi-region key of another region that it is a replica of; it rotates with that one.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        domain: str,
        description: str,
        uses: Sequence[Use],
        multi_region: bool = False,
        replica_of: KmsKey | None = None,
    ) -> None:
        super().__init__(scope, name)
        if isinstance(uses, str) or not all(callable(use) for use in uses):
            raise Refused("uses", uses, "it has to be a list of uses, such as [logs('/eks/dev/*')]")
        root = statement(
            "AccountAdministers",
            ["kms:*"],
            ["*"],
            principals=[context.arn("iam", "root", region=False)],
        )
        statements = [root, *(one for use in uses for one in use(context))]
        given = {"enable_key_rotation": True, "multi_region": True if multi_region else None}
        self.key = declare(
            self,
            "aws_kms_replica_key" if replica_of else "aws_kms_key",
            OWN,
            description=description,
            deletion_window_in_days=context.profile.key_deletion_window,
            policy=document(self, "policy", statements),
            provider=context.provider,
            lifecycle=context.keep,
            **({"primary_key_arn": replica_of.arn} if replica_of else given),
        )
        alias = declare(
            self,
            "aws_kms_alias",
            "alias",
            name=context.names.checked(f"alias/{context.names.of(domain)}", "key alias"),
            target_key_id=self.key.key_id,
            provider=context.provider,
        )
        self.arn: str = self.key.arn
        self.alias: str = alias.name


def logs(*paths: str) -> Use:
    """CloudWatch Logs, for log groups of such names; ``*`` stands for any characters."""
    return lambda context: [
        statement(
            "CloudWatchLogs",
            _LOGS,
            ["*"],
            services=[f"logs.{context.region}.amazonaws.com"],
            when=[
                (
                    "ArnLike",
                    "kms:EncryptionContext:aws:logs:arn",
                    [context.arn("logs", f"log-group:{path}") for path in paths],
                )
            ],
        )
    ]


def cloudtrail(trail: str) -> Use:
    """CloudTrail, for the trail of such a name."""

    def statements(context: Context) -> list[Statement]:
        arn = context.arn("cloudtrail", f"trail/{trail}")
        everything = context.partition, context.account
        encrypted = "arn:{}:cloudtrail:*:{}:trail/*".format(*everything)
        services = [context.service("cloudtrail")]
        source = ("StringEquals", "aws:SourceArn", [arn])
        return [
            statement(
                "CloudTrailEncrypts",
                ["kms:GenerateDataKey*"],
                ["*"],
                services=services,
                when=[source, ("StringLike", "kms:EncryptionContext:aws:cloudtrail:arn", [encrypted])],
            ),
            statement("CloudTrailDescribes", ["kms:DescribeKey"], ["*"], services=services, when=[source]),
        ]

    return statements


def services(*names: str) -> Use:
    """Services that publish or deliver with the key for this account: ``cloudwatch``, ``events``, ``config``."""
    return lambda context: [
        statement(
            "".join(part.capitalize() for part in name.replace(".", "-").split("-")),
            _USE,
            ["*"],
            services=[context.service(name)],
            when=[("StringEquals", "aws:SourceAccount", [context.account])],
        )
        for name in names
    ]


def through(*names: str) -> Use:
    """Services that use the key in the name of whoever calls them in this account: ``rds``, ``secretsmanager``.

    As AWS writes it for its own keys: it admits service-linked roles too, such as the one of Auto Scaling, and names
    none that a new account does not have yet.
    """
    return lambda context: [
        statement(
            "Through" + "".join(name.capitalize() for name in names),
            [
                "kms:Encrypt",
                "kms:Decrypt",
                "kms:ReEncrypt*",
                "kms:GenerateDataKey*",
                "kms:CreateGrant",
                "kms:DescribeKey",
            ],
            ["*"],
            anybody=True,
            when=[
                ("StringEquals", "kms:ViaService", [f"{name}.{context.region}.amazonaws.com" for name in names]),
                ("StringEquals", "kms:CallerAccount", [context.account]),
            ],
        )
    ]


def separated(administrator: str, *users: str) -> Use:
    """Whoever administers the key may not use it, and its users may not administer it, whatever else allows them to.

    Args:
        administrator: ARN of the role that administers it, and may not use it.
        users: ARNs of roles that use it through services, and may not administer it; they need not exist yet.
    """
    use = ("kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:CreateGrant")

    def statements(_context: Context) -> list[Statement]:
        told = [
            statement("KeyAdministrator", ADMINISTRATION, ["*"], principals=[administrator]),
            statement("AdministratorsUseNothing", use, ["*"], deny=True, principals=[administrator]),
        ]
        if users:
            told.append(
                statement(
                    "UsersAdministerNothing",
                    ADMINISTRATION_ALONE,
                    ["*"],
                    deny=True,
                    anybody=True,
                    when=[("ArnEquals", "aws:PrincipalArn", users)],
                )
            )
        return told

    return statements


def cloudfront(distribution_arn: str) -> Use:
    """CloudFront, which reads objects of a bucket for one distribution."""
    return lambda context: [
        statement(
            "CloudFrontReads",
            ["kms:Decrypt"],
            ["*"],
            services=[context.service("cloudfront")],
            when=[("StringEquals", "aws:SourceArn", [distribution_arn])],
        )
    ]
