"""The keys that services sign with, and the function that rotates them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs import OWN, LogGroup, Role, SecurityGroup, declare, document, statement
from onetake.platforms.constructs.policies import Statement
from onetake.platforms.constructs.rotation import RUNTIME
from onetake.platforms.context import Context
from onetake.platforms.lambdas import bundle
from onetake.platforms.zerotrust.endpoints import Endpoints
from onetake.platforms.zerotrust.keys import SERVICES, Keys
from onetake.platforms.zerotrust.network import InspectedNetwork

DAYS: Final = 30


class SigningKeys(Construct):
    """A secret for each service, and one function that rotates them all.

    The first value is an ephemeral one in a write-only argument: neither plan nor state has it. The function runs in
    the data subnets, which reach Secrets Manager through its endpoint and nothing else.

    Args:
        keys: of the platform.
        network: where the function runs.
        endpoints: through which it reaches Secrets Manager.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        keys: Keys,
        network: InspectedNetwork,
        endpoints: Endpoints,
    ) -> None:
        super().__init__(scope, name)
        self._context = context
        self._keys = keys
        self.secrets: dict[str, Any] = {}
        self._values = [self._secret(service) for service in SERVICES]
        self.dead_letters = declare(
            self,
            "aws_sqs_queue",
            "dead_letters",
            name=context.names.of("rotation-dead", "queue"),
            kms_master_key_id=keys.messaging.arn,
            message_retention_seconds=1_209_600,
        )
        self.group = SecurityGroup(
            self,
            "group",
            context=context,
            component="rotation",
            description="Function that rotates the keys of services",
            vpc_id=network.id,
        )
        endpoints.admit("rotation", self.group)
        self.log = LogGroup(
            self, "log", context=context, group=context.names.path("functions", "rotation"), key=keys.logs
        )
        self.role = self._role()
        self.function = self._function(network)
        self._schedule()

    def _secret(self, service: str) -> Any:
        context = self._context
        first = declare(
            self,
            "ephemeral.aws_secretsmanager_random_password",
            f"{service}_first",
            password_length=64,
            exclude_punctuation=True,
            include_space=False,
        ).random_password
        made = self.secrets[service] = declare(
            self,
            "aws_secretsmanager_secret",
            service,
            name=context.names.slashed(service, "signing-keys", kind="secret"),
            description=f"Keys that {service} signs with: key, and previous for what was signed before",
            kms_key_id=self._keys.cardholder.arn,
            recovery_window_in_days=context.profile.secret_recovery_window,
            lifecycle=context.keep,
        )
        declare(
            self,
            "aws_secretsmanager_secret_policy",
            service,
            secret_arn=made.arn,
            policy=document(self, f"{service}_policy", self._perimeter()),
            block_public_policy=True,
        )
        return declare(
            self,
            "aws_secretsmanager_secret_version",
            service,
            secret_id=made.id,
            # Without punctuation, so that it needs no escapes; never written again, since it rotates.
            secret_string_wo=f'{{"key":"{first}","previous":""}}',
            secret_string_wo_version=1,
        )

    def _perimeter(self) -> list[Statement]:
        everything = ["secretsmanager:*"]
        plain = [("Bool", "aws:SecureTransport", ["false"])]
        others = [
            ("StringNotEquals", "aws:PrincipalAccount", [self._context.account]),
            ("Bool", "aws:PrincipalIsAWSService", ["false"]),
        ]
        return [
            statement("DenyPlain", everything, ["*"], deny=True, anybody=True, when=plain),
            statement("DenyOtherAccounts", everything, ["*"], deny=True, anybody=True, when=others),
        ]

    def _role(self) -> Role:
        context, keys = self._context, self._keys
        steps = ("DescribeSecret", "GetSecretValue", "PutSecretValue", "UpdateSecretVersionStage")
        through = ("StringEquals", "kms:ViaService", [f"secretsmanager.{context.region}.amazonaws.com"])
        use = ["kms:Decrypt", "kms:GenerateDataKey"]
        execution = f"arn:{context.partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
        return Role(
            self,
            "role",
            context=context,
            component="rotation",
            description="Rotates the keys that services sign with",
            services=["lambda"],
            allows={
                "rotate": [
                    statement(
                        "RotateSecrets",
                        [f"secretsmanager:{step}" for step in steps],
                        [secret.arn for secret in self.secrets.values()],
                    ),
                    statement("MakeKeys", ["secretsmanager:GetRandomPassword"], ["*"]),
                    statement("UseKey", use, [keys.cardholder.arn], when=[through]),
                ],
                "report": [
                    statement("KeepFailures", ["sqs:SendMessage"], [self.dead_letters.arn]),
                    statement("EncryptFailures", use, [keys.messaging.arn]),
                ],
            },
            managed={"network": execution},
        )

    def _function(self, network: InspectedNetwork) -> Any:
        context = self._context
        root: Any = self.node.root
        folder = Path(root.outdir) / "stacks" / self.node.path.split("/")[0]
        packed = bundle.write(folder, "rotation", handler="key_rotation", packages=(), extra={})
        return declare(
            self,
            "aws_lambda_function",
            OWN,
            function_name=context.names.of("rotation", "function"),
            description="Rotates the keys that services sign with",
            role=self.role.arn,
            runtime=RUNTIME,
            architectures=["arm64"],
            handler="key_rotation.handler",
            filename=packed.path,
            source_code_hash=packed.digest,
            timeout=30,
            memory_size=256,
            vpc_config={"subnet_ids": network.subnet_ids("data"), "security_group_ids": [self.group.id]},
            dead_letter_config={"target_arn": self.dead_letters.arn},
            tracing_config={"mode": "PassThrough"},
            logging_config={"log_format": "JSON", "log_group": self.log.name},
            # Without its permissions it cannot attach to the network, and AWS tells that only once it tries.
            depends_on=self.role.grants,
        )

    def _schedule(self) -> None:
        permission = declare(
            self,
            "aws_lambda_permission",
            "secrets_manager",
            statement_id="SecretsManager",
            action="lambda:InvokeFunction",
            function_name=self.function.function_name,
            principal=self._context.service("secretsmanager"),
            source_account=self._context.account,
        )
        for service, secret in self.secrets.items():
            declare(
                self,
                "aws_secretsmanager_secret_rotation",
                service,
                secret_id=secret.id,
                rotation_lambda_arn=self.function.arn,
                rotation_rules={"automatically_after_days": DAYS},
                # The first rotation runs as soon as this exists, so everything it needs comes before.
                depends_on=[permission, *self._values, *self.role.grants],
            )
