"""The rotation of a secret of an application's database user, by a function that this package brings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs.declaring import OWN
from onetake.platforms.constructs.keys import KmsKey
from onetake.platforms.constructs.network import Network
from onetake.platforms.constructs.policies import statement
from onetake.platforms.constructs.rotated_secret import RotatedSecret
from onetake.platforms.constructs.rotating_function import Code, RotatingFunction
from onetake.platforms.constructs.security_groups import ANYWHERE, SecurityGroup
from onetake.platforms.context import Context
from onetake.platforms.lambdas import bundle
from onetake.platforms.parameters import text, whole
from onetake.platforms.refusals import Refused

TIMEOUT: Final = 60
"""Seconds: three connections of at most five each, and the time it takes to attach to the network."""

_ROLE: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")
_DATABASE: Final = re.compile(r"[a-z][a-z0-9_]{0,62}")
_BUNDLE: Final = "authorities.pem"
_CERTIFICATE: Final = b"-----BEGIN CERTIFICATE-----"
# Where AWS publishes the authorities of RDS; China and GovCloud have their own places.
_AUTHORITIES: Final = {
    "cn": "https://rds-truststore.s3.cn-north-1.amazonaws.com.cn/{region}/{region}-bundle.pem",
    "us-gov": "https://truststore.pki.us-gov-west-1.rds.amazonaws.com/{region}/{region}-bundle.pem",
    "": "https://truststore.pki.rds.amazonaws.com/{region}/{region}-bundle.pem",
}


class RotationLambda(Construct):
    """The secret of an application's user of PostgreSQL, and the function that rotates it.

    Two users take turns (``{application_role}_a`` and ``_b``), so that who has read the secret before stays connected;
    the first rotation, when it is deployed, creates both the role and its schema. The first password is an ephemeral
    value in a write-only argument: neither plan nor state has it, and after a minute it is rotated away.

    The function verifies the database's certificate against RDS's authorities. They are not part of this package: the
    function reads the region's bundle from AWS over HTTPS, through the network's NAT gateway, or has it packed in where
    ``ca_bundle`` names a copy.

    Args:
        component: part of its names.
        network: it stands in the application subnets.
        host: a reference to the endpoint of the database's writer.
        port: of the database.
        database: its name.
        database_group: the database's security group, which is told to admit the function.
        after: what has to exist before the first rotation, such as the instances of the cluster.
        master_secret_arn: a reference to the secret of a user that may create roles.
        application_role: the role that owns what the application creates, and the beginning of its users' names.
        secret_key: encrypts the secret; its policy has to admit ``through("secretsmanager")``.
        master_key_arn: the key of the master user's secret; ``secret_key``'s if not given.
        queue_key: encrypts what the function failed to handle; its policy has to admit ``through("sqs")``.
        log_key: encrypts the function's log.
        days: between two rotations.
        ca_bundle: a PEM file with RDS's authorities, as AWS publishes it; needed where the network has no NAT gateway.
        boundary: ARN of a permissions boundary for the function's role.

    Raises:
        Refused: a parameter is wrong, or there is neither a way to AWS's bundle nor a copy of it.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        component: str,
        network: Network,
        host: str,
        database: str,
        database_group: SecurityGroup,
        master_secret_arn: str,
        application_role: str,
        secret_key: KmsKey,
        queue_key: KmsKey,
        log_key: KmsKey,
        port: int = 5432,
        after: tuple[Any, ...] = (),
        master_key_arn: str | None = None,
        days: int = 30,
        ca_bundle: Path | str | None = None,
        boundary: str | None = None,
    ) -> None:
        super().__init__(scope, name)
        whole("port", port, 1150, 65_535)
        whole("days", days, 1, 1000)
        text("application_role", application_role, _ROLE, "1 to 60 lower-case letters, digits and underscores")
        text("database", database, _DATABASE, "1 to 63 lower-case letters, digits and underscores")
        given = _read(ca_bundle)
        if given is None and not network.nat_gateways:
            raise Refused("ca_bundle", ca_bundle, "a network without NAT gateway needs a copy of RDS's authorities")
        self._make_user(context, component, secret_key, application_role, (host, port, database))
        settings = {
            "HOST": host,
            "PORT": str(port),
            "DATABASE": database,
            "MASTER_SECRET_ARN": master_secret_arn,
            "APPLICATION_ROLE": application_role,
            "CA_BUNDLE": _BUNDLE if given else authorities(context.region_name),
        }
        extra = {_BUNDLE: given} if given else {}
        rotating = RotatingFunction(
            self,
            OWN,
            context=context,
            component=component,
            rotates="the database user of the application",
            code=Code("postgres_rotation", TIMEOUT, packages=bundle.DRIVER, extra=extra, settings=settings),
            network=network,
            tier="app",
            secrets=[self.secret],
            allows=[statement("ReadMaster", ["secretsmanager:GetSecretValue"], [master_secret_arn])],
            secret_keys=sorted({secret_key.arn, master_key_arn or secret_key.arn}),
            queue_key=queue_key,
            log_key=log_key,
            traced=True,
            boundary=boundary,
        )
        self.function, self.role, self.group = rotating.function, rotating.role, rotating.group
        self.log, self.dead_letters = rotating.log, rotating.dead_letters
        ready = [*self._connect(component, network, database_group, port), *network.ways_out, *after]
        self.schedule = rotating.rotate("schedule", self.secret, days=days, after=ready)

    def _make_user(
        self, context: Context, component: str, key: KmsKey, role: str, database: tuple[str, int, str]
    ) -> None:
        host, port, name = database
        self.secret = RotatedSecret(
            self,
            "secret",
            context=context,
            secret=context.names.slashed(component, "application-user", kind="secret"),
            description="User of the application; rotated, so read it again when a connection is refused",
            key=key,
            length=40,
            # Of no user yet: the first rotation creates the other one of the two.
            value=(
                f'{{"engine":"postgres","host":"{host}","port":"{port}","dbname":"{name}",'
                f'"username":"{role}_b","password":"{{random}}"}}'
            ),
        )
        self.secret_arn: str = self.secret.arn

    def _connect(self, component: str, network: Network, database_group: SecurityGroup, port: int) -> list[Any]:
        """The rules by which the function reaches the database, Secrets Manager and the authorities of RDS."""
        rules = [self.group.reach("database", port=port, peer=database_group, description="Sets and tests passwords")]
        services: dict[str, Any] | None = None
        if network.nat_gateways:
            services = {"cidr": ANYWHERE, "description": "Secrets Manager, and the authorities of RDS"}
        elif network.endpoint_group is not None:
            services = {"peer": network.endpoint_group, "description": "Secrets Manager"}
        if services:
            rules.append(self.group.reach("services", port=443, **services))
        told = "Function that rotates the user"
        rules.append(database_group.admit(component.replace("-", "_"), port=port, peer=self.group, description=told))
        return rules


def authorities(region: str) -> str:
    """Where AWS publishes the certificates of the authorities that sign RDS's certificates in a region."""
    for beginning, place in _AUTHORITIES.items():
        if region.startswith(beginning):
            return place.format(region=region)
    raise AssertionError(region)  # the last one begins every region


def _read(ca_bundle: Path | str | None) -> bytes | None:
    if ca_bundle is None:
        return None
    try:
        content = Path(ca_bundle).read_bytes()
    except OSError as error:
        raise Refused("ca_bundle", str(ca_bundle), f"it cannot be read: {error.strerror}") from None
    if _CERTIFICATE not in content:
        raise Refused("ca_bundle", str(ca_bundle), "it has to be a PEM file of certificates, as AWS publishes it")
    return content
