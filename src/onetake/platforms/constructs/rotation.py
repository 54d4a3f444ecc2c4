"""The rotation of a secret of an application's database user, by a function that this package brings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs.declaring import OWN, declare
from onetake.platforms.constructs.keys import KmsKey
from onetake.platforms.constructs.logs import LogGroup
from onetake.platforms.constructs.network import Network
from onetake.platforms.constructs.policies import document, statement
from onetake.platforms.constructs.roles import Role
from onetake.platforms.constructs.security_groups import SecurityGroup
from onetake.platforms.context import Context
from onetake.platforms.lambdas import bundle
from onetake.platforms.parameters import text, whole
from onetake.platforms.refusals import Refused

RUNTIME: Final = "python3.13"
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
        self._context = context
        whole("port", port, 1150, 65_535)
        whole("days", days, 1, 1000)
        text("application_role", application_role, _ROLE, "1 to 60 lower-case letters, digits and underscores")
        text("database", database, _DATABASE, "1 to 63 lower-case letters, digits and underscores")
        given = _read(ca_bundle)
        if given is None and not network.nat_gateways:
            raise Refused("ca_bundle", ca_bundle, "a network without NAT gateway needs a copy of RDS's authorities")
        self._make_secret(component, secret_key, role=application_role, host=host, port=port, database=database)
        self._make_groups(component, network, database_group, port)
        self.dead_letters = self._add(
            "aws_sqs_queue",
            "dead_letters",
            name=context.names.of(f"{component}-dead-letters", "queue"),
            kms_master_key_id=queue_key.arn,
            message_retention_seconds=1_209_600,
        )
        self.log = LogGroup(self, "log", context=context, group=context.names.path("functions", component), key=log_key)
        keys = sorted({secret_key.arn, master_key_arn or secret_key.arn})
        self.role = self._make_role(component, master_secret_arn, keys, queue_key, boundary)
        settings = {
            "HOST": host,
            "PORT": str(port),
            "DATABASE": database,
            "MASTER_SECRET_ARN": master_secret_arn,
            "APPLICATION_ROLE": application_role,
            "CA_BUNDLE": _BUNDLE if given else authorities(context.region_name),
        }
        self.function = self._make_function(component, network, settings, {_BUNDLE: given} if given else {})
        self._schedule(days, (*network.ways_out, *after))

    def _add(self, kind: str, name: str, /, **arguments: Any) -> Any:
        return declare(self, kind, name, provider=self._context.provider, **arguments)

    def _make_secret(self, component: str, key: KmsKey, *, role: str, host: str, port: int, database: str) -> None:
        context = self._context
        password = declare(
            self,
            "ephemeral.aws_secretsmanager_random_password",
            "first_password",
            password_length=40,
            exclude_punctuation=True,
            include_space=False,
        ).random_password
        self.secret = self._add(
            "aws_secretsmanager_secret",
            "secret",
            name=context.names.slashed(component, "application-user", kind="secret"),
            description="User of the application; rotated, so read it again when a connection is refused",
            kms_key_id=key.arn,
            recovery_window_in_days=context.profile.secret_recovery_window,
            lifecycle=context.keep,
        )
        self.secret_arn: str = self.secret.arn
        self._value = self._add(
            "aws_secretsmanager_secret_version",
            "first_value",
            secret_id=self.secret.id,
            # Of no user yet: the first rotation creates the other one of the two. Never written again.
            secret_string_wo=(
                f'{{"engine":"postgres","host":"{host}","port":"{port}","dbname":"{database}",'
                f'"username":"{role}_b","password":"{password}"}}'
            ),
            secret_string_wo_version=1,
        )
        everything = ["secretsmanager:*"]
        rules = [
            statement(
                "DenyPlain",
                everything,
                ["*"],
                deny=True,
                anybody=True,
                when=[("Bool", "aws:SecureTransport", ["false"])],
            ),
            statement(
                "DenyOtherAccounts",
                everything,
                ["*"],
                deny=True,
                anybody=True,
                when=[
                    ("StringNotEquals", "aws:PrincipalAccount", [context.account]),
                    ("Bool", "aws:PrincipalIsAWSService", ["false"]),
                ],
            ),
        ]
        self._add(
            "aws_secretsmanager_secret_policy",
            "secret_policy",
            secret_arn=self.secret_arn,
            policy=document(self, "secret_policy_document", rules),
            block_public_policy=True,
        )

    def _make_groups(self, component: str, network: Network, database_group: SecurityGroup, port: int) -> None:
        self.group = SecurityGroup(
            self,
            "group",
            context=self._context,
            component=component,
            description="Function that rotates the database user of the application",
            vpc_id=network.id,
        )
        self.group.reach("database", port=port, peer=database_group, description="Sets and tests passwords")
        if network.nat_gateways:
            self.group.reach(
                "services", port=443, cidr="0.0.0.0/0", description="Secrets Manager, and the authorities of RDS"
            )
        elif network.endpoint_group is not None:
            self.group.reach("services", port=443, peer=network.endpoint_group, description="Secrets Manager")
        database_group.admit(
            component.replace("-", "_"), port=port, peer=self.group, description="Function that rotates the user"
        )

    def _make_role(
        self, component: str, master_secret_arn: str, keys: list[str], queue_key: KmsKey, boundary: str | None
    ) -> Role:
        context = self._context
        read = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
        write = ["secretsmanager:PutSecretValue", "secretsmanager:UpdateSecretVersionStage"]
        through = ("StringEquals", "kms:ViaService", [f"secretsmanager.{context.region}.amazonaws.com"])
        execution = "AWSLambdaVPCAccessExecutionRole"
        return Role(
            self,
            "role",
            context=context,
            component=component,
            description="Rotates the database user of the application",
            services=["lambda"],
            boundary=boundary,
            allows={
                "rotate": [
                    statement("RotateSecret", [*read, *write], [self.secret_arn]),
                    statement("ReadMaster", ["secretsmanager:GetSecretValue"], [master_secret_arn]),
                    statement("MakePasswords", ["secretsmanager:GetRandomPassword"], ["*"]),
                    statement("UseKeys", ["kms:Decrypt", "kms:GenerateDataKey"], keys, when=[through]),
                ],
                "report": [
                    statement("KeepFailures", ["sqs:SendMessage"], [self.dead_letters.arn]),
                    statement("EncryptFailures", ["kms:Decrypt", "kms:GenerateDataKey"], [queue_key.arn]),
                    statement("Trace", ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], ["*"]),
                ],
            },
            managed={"network": f"arn:{context.partition}:iam::aws:policy/service-role/{execution}"},
        )

    def _make_function(
        self, component: str, network: Network, settings: dict[str, str], extra: dict[str, bytes]
    ) -> Any:
        context = self._context
        root: Any = self.node.root
        stack = self.node.path.split("/")[0]
        packed = bundle.write(
            Path(root.outdir) / "stacks" / stack,
            component,
            handler="postgres_rotation",
            packages=bundle.DRIVER,
            extra=extra,
        )
        return self._add(
            "aws_lambda_function",
            OWN,
            function_name=context.names.of(component, "function"),
            description="Rotates the database user of the application",
            role=self.role.arn,
            runtime=RUNTIME,
            architectures=["arm64"],
            handler="postgres_rotation.handler",
            filename=packed.path,
            source_code_hash=packed.digest,
            timeout=TIMEOUT,
            memory_size=256,
            environment={"variables": settings},
            vpc_config={"subnet_ids": network.subnet_ids("app"), "security_group_ids": [self.group.id]},
            dead_letter_config={"target_arn": self.dead_letters.arn},
            tracing_config={"mode": "Active"},
            logging_config={"log_format": "JSON", "log_group": self.log.name},
            # Without its permissions it cannot attach to the network, and AWS tells that only once it tries.
            depends_on=self.role.grants,
        )

    def _schedule(self, days: int, after: tuple[Any, ...]) -> None:
        permission = self._add(
            "aws_lambda_permission",
            "secrets_manager",
            statement_id="SecretsManager",
            action="lambda:InvokeFunction",
            function_name=self.function.function_name,
            principal=self._context.service("secretsmanager"),
            source_account=self._context.account,
        )
        self.schedule = self._add(
            "aws_secretsmanager_secret_rotation",
            "schedule",
            secret_id=self.secret.id,
            rotation_lambda_arn=self.function.arn,
            rotation_rules={"automatically_after_days": days},
            # The first rotation runs as soon as this exists, so everything it needs comes before.
            depends_on=[permission, self._value, *self.role.grants, *after],
        )


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
