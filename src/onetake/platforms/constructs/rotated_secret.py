"""Secrets whose first value is in no state, no plan and no program, and which are rotated from then on."""

from __future__ import annotations

from typing import Any

from constructs import Construct

from onetake.platforms.constructs.declaring import OWN, declare, unseen
from onetake.platforms.constructs.keys import KmsKey
from onetake.platforms.constructs.policies import Statement, document, only_encrypted, statement
from onetake.platforms.context import Context


class RotatedSecret(Construct):
    """A secret whose first value nobody has seen, for callers of this account only.

    The first value contains an ephemeral random string and is given to a write-only argument: neither plan nor state
    has it. It is never written again, since the secret rotates.

    Args:
        secret: its name.
        description: what it is.
        key: encrypts it.
        length: of the random string.
        value: the first value, with ``{random}`` where the random string belongs; it has no punctuation that would
            need an escape.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        secret: str,
        description: str,
        key: KmsKey,
        length: int,
        value: str,
    ) -> None:
        super().__init__(scope, name)
        self.secret: Any = declare(
            self,
            "aws_secretsmanager_secret",
            OWN,
            name=secret,
            description=description,
            kms_key_id=key.arn,
            recovery_window_in_days=context.profile.secret_recovery_window,
            lifecycle=context.keep,
            provider=context.provider,
        )
        self.arn: str = self.secret.arn
        self.id: str = self.secret.id
        self.first: Any = declare(
            self,
            "aws_secretsmanager_secret_version",
            "first",
            secret_id=self.id,
            secret_string_wo=value.replace("{random}", unseen(self, "first", length)),
            secret_string_wo_version=1,
            provider=context.provider,
        )
        declare(
            self,
            "aws_secretsmanager_secret_policy",
            OWN,
            secret_arn=self.arn,
            policy=document(self, "policy", _perimeter(context)),
            block_public_policy=True,
            provider=context.provider,
        )


def _perimeter(context: Context) -> list[Statement]:
    everything = ["secretsmanager:*"]
    others = [
        ("StringNotEquals", "aws:PrincipalAccount", [context.account]),
        ("Bool", "aws:PrincipalIsAWSService", ["false"]),
    ]
    return [
        only_encrypted(everything, ["*"]),
        statement("DenyOtherAccounts", everything, ["*"], deny=True, anybody=True, when=others),
    ]
