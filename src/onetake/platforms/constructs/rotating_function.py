"""A function of this package that Secrets Manager calls to rotate secrets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from constructs import Construct

from onetake.model.records import record
from onetake.platforms.constructs.declaring import OWN, declare
from onetake.platforms.constructs.keys import KmsKey
from onetake.platforms.constructs.logs import LogGroup
from onetake.platforms.constructs.network import Network, Tier
from onetake.platforms.constructs.policies import Statement, statement
from onetake.platforms.constructs.roles import Role
from onetake.platforms.constructs.rotated_secret import RotatedSecret
from onetake.platforms.constructs.security_groups import SecurityGroup
from onetake.platforms.context import Context
from onetake.platforms.lambdas import bundle

RUNTIME: Final = "python3.13"
_USE_KEY: Final = ("kms:Decrypt", "kms:GenerateDataKey")
_DEAD_LETTERS_KEPT: Final = 1_209_600  # seconds: two weeks, the longest that SQS keeps a message


@record
class Code:
    """What a function runs.

    Attributes:
        module: of ``onetake.platforms.lambdas`` that has the handler.
        timeout: seconds.
        packages: distributions that are packed with it.
        extra: more files, by name.
        settings: variables of its environment; never a secret.
    """

    module: str
    timeout: int
    packages: Sequence[str] = ()
    extra: Mapping[str, bytes] | None = None
    settings: Mapping[str, str] | None = None


class RotatingFunction(Construct):
    """The function, its role, log, queue of failures and security group, and Secrets Manager's permission to call it.

    Args:
        component: part of its names.
        rotates: what it rotates, in words.
        code: what it runs.
        network: where it runs.
        tier: of the network's subnets.
        secrets: that it rotates.
        allows: more of what it may do while it rotates.
        secret_keys: ARNs of the keys of the secrets that it reads or writes.
        queue_key: encrypts what it failed to handle; its policy has to admit ``through("sqs")``.
        log_key: encrypts its log.
        traced: whether it tells X-Ray how it went.
        boundary: ARN of a permissions boundary for its role.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        component: str,
        rotates: str,
        code: Code,
        network: Network,
        tier: Tier,
        secrets: Sequence[RotatedSecret],
        secret_keys: Sequence[str],
        queue_key: KmsKey,
        log_key: KmsKey,
        allows: Sequence[Statement] = (),
        traced: bool = False,
        boundary: str | None = None,
    ) -> None:
        super().__init__(scope, name)
        self._context = context
        self._component = component
        self._rotates = rotates
        self.dead_letters = self._add(
            "aws_sqs_queue",
            "dead_letters",
            name=context.names.of(f"{component}-dead-letters", "queue"),
            kms_master_key_id=queue_key.arn,
            message_retention_seconds=_DEAD_LETTERS_KEPT,
        )
        self.group = SecurityGroup(
            self,
            "group",
            context=context,
            component=component,
            description=f"Function that rotates {rotates}",
            vpc_id=network.id,
        )
        self.log = LogGroup(self, "log", context=context, group=context.names.path("functions", component), key=log_key)
        rotate = [*self._may_rotate([one.arn for one in secrets], secret_keys), *allows]
        self.role = self._make_role(rotate, queue_key, boundary, traced=traced)
        self.function = self._make_function(code, network.subnet_ids(tier), traced=traced)
        self._permission = self._add(
            "aws_lambda_permission",
            "secrets_manager",
            statement_id="SecretsManager",
            action="lambda:InvokeFunction",
            function_name=self.function.function_name,
            principal=context.service("secretsmanager"),
            source_account=context.account,
        )

    def _add(self, kind: str, name: str, /, **arguments: Any) -> Any:
        return declare(self, kind, name, provider=self._context.provider, **arguments)

    def rotate(self, name: str, secret: RotatedSecret, *, days: int, after: Sequence[Any] = ()) -> Any:
        """Rotate a secret every so many days, for the first time as soon as everything exists that it needs.

        Args:
            name: of the schedule.
            secret: that is rotated.
            days: between two rotations.
            after: what else has to exist before the first one.
        """
        return self._add(
            "aws_secretsmanager_secret_rotation",
            name,
            secret_id=secret.id,
            rotation_lambda_arn=self.function.arn,
            rotation_rules={"automatically_after_days": days},
            depends_on=[self._permission, secret.first, *self.role.grants, *after],
        )

    def _may_rotate(self, secrets: list[str], keys: Sequence[str]) -> list[Statement]:
        steps = ("GetSecretValue", "DescribeSecret", "PutSecretValue", "UpdateSecretVersionStage")
        through = ("StringEquals", "kms:ViaService", [f"secretsmanager.{self._context.region}.amazonaws.com"])
        return [
            statement("RotateSecrets", [f"secretsmanager:{step}" for step in steps], secrets),
            statement("MakeRandom", ["secretsmanager:GetRandomPassword"], ["*"]),
            statement("UseKeys", _USE_KEY, keys, when=[through]),
        ]

    def _make_role(self, rotate: list[Statement], queue_key: KmsKey, boundary: str | None, *, traced: bool) -> Role:
        policy = f"arn:{self._context.partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
        report = [
            statement("KeepFailures", ["sqs:SendMessage"], [self.dead_letters.arn]),
            statement("EncryptFailures", _USE_KEY, [queue_key.arn]),
        ]
        if traced:
            report.append(statement("Trace", ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], ["*"]))
        return Role(
            self,
            "role",
            context=self._context,
            component=self._component,
            description=f"Rotates {self._rotates}",
            services=["lambda"],
            boundary=boundary,
            allows={"rotate": rotate, "report": report},
            managed={"network": policy},
        )

    def _make_function(self, code: Code, subnets: list[str], *, traced: bool) -> Any:
        context = self._context
        root: Any = self.node.root
        packed = bundle.write(
            Path(root.outdir) / "stacks" / self.node.path.split("/")[0],
            self._component,
            handler=code.module,
            packages=code.packages,
            extra=code.extra or {},
        )
        return self._add(
            "aws_lambda_function",
            OWN,
            function_name=context.names.of(self._component, "function"),
            description=f"Rotates {self._rotates}",
            role=self.role.arn,
            runtime=RUNTIME,
            architectures=["arm64"],
            handler=f"{code.module}.handler",
            filename=packed.path,
            source_code_hash=packed.digest,
            timeout=code.timeout,
            memory_size=256,
            environment={"variables": code.settings} if code.settings else None,
            vpc_config={"subnet_ids": subnets, "security_group_ids": [self.group.id]},
            dead_letter_config={"target_arn": self.dead_letters.arn},
            tracing_config={"mode": "Active" if traced else "PassThrough"},
            logging_config={"log_format": "JSON", "log_group": self.log.name},
            # Without its permissions it cannot attach to the network, and AWS tells that only once it tries.
            depends_on=self.role.grants,
        )
