"""Master credentials of databases that are in no state, no plan and no program."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs.declaring import OWN, declare, unseen
from onetake.platforms.constructs.keys import KmsKey
from onetake.platforms.context import Context
from onetake.platforms.parameters import flag, text, whole
from onetake.platforms.refusals import Refused

_USERNAME: Final = re.compile(r"[a-z][a-z0-9_]{0,15}")
_RESERVED: Final = ("admin", "rdsadmin", "postgres", "root")


class DatabaseCredentials(Construct):
    """The master user of a cluster.

    A cluster of its own lets RDS keep and rotate the password. A cluster of an Aurora global database cannot: there the
    password is made anew while Terraform runs (an ephemeral value), and handed to the secret and to the cluster by
    write-only arguments, in one run, under one version.

    Args:
        component: part of the secret's name.
        key: encrypts the secret.
        username: the master user's name.
        in_global_database: whether the cluster belongs to an Aurora global database.
        replicas: regions that get a copy of the secret, by the ARN of their key; only for a global database.
        version: raise it to set a new password; only for a global database.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        component: str,
        key: KmsKey,
        username: str = "platform",
        in_global_database: bool = False,
        replicas: Mapping[str, str] | None = None,
        version: int = 1,
    ) -> None:
        super().__init__(scope, name)
        flag("in_global_database", in_global_database)
        whole("version", version, 1, 2**31)
        text("username", username, _USERNAME, "1 to 16 lower-case letters, digits and underscores, from a letter")
        if username in _RESERVED:
            raise Refused(
                "username", username, f"databases keep {', '.join(_RESERVED)} for themselves, or everybody tries them"
            )
        if replicas and not in_global_database:
            raise Refused("replicas", replicas, "RDS keeps the secret of a cluster of its own in the cluster's region")
        self.secret: Any = None
        """The secret of a global database; RDS makes the one of a cluster of its own."""
        self.cluster_arguments: dict[str, Any] = {
            "master_username": username,
            "manage_master_user_password": True,
            "master_user_secret_kms_key_id": key.arn,
        }
        """What ``aws_rds_cluster`` is given."""
        if in_global_database:
            self.cluster_arguments = {"master_username": username} | self._ephemeral(
                context, component, key, username, replicas or {}, version
            )

    def _ephemeral(  # noqa: PLR0917 - all of them are named where they are given
        self, context: Context, component: str, key: KmsKey, username: str, replicas: Mapping[str, str], version: int
    ) -> dict[str, Any]:
        password = unseen(self, "password", 40)
        self.secret = declare(
            self,
            "aws_secretsmanager_secret",
            OWN,
            name=context.names.slashed(component, "master-user", kind="secret"),
            description="Master user of the global database",
            kms_key_id=key.arn,
            recovery_window_in_days=context.profile.secret_recovery_window,
            replica=_replicas(replicas),
            provider=context.provider,
            lifecycle=context.keep,
        )
        declare(
            self,
            "aws_secretsmanager_secret_version",
            "value",
            secret_id=self.secret.id,
            secret_string_wo=f'{{"username":"{username}","password":"{password}"}}',
            secret_string_wo_version=version,
            provider=context.provider,
        )
        return {"master_password_wo": password, "master_password_wo_version": version}


def _replicas(given: Mapping[str, str]) -> Sequence[dict[str, str]] | None:
    return [{"region": region, "kms_key_id": key} for region, key in given.items()] or None
