"""What each microservice has of its own: a repository, a secret, a queue, and a role that reaches nothing else."""

from __future__ import annotations

from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs import KmsKey, declare, document, statement
from onetake.platforms.constructs.images import image_repository
from onetake.platforms.constructs.policies import Statement
from onetake.platforms.context import Context
from onetake.platforms.eks.cluster import Cluster

SERVICES: Final = ("payment", "fraud-detection", "reporting")
"""Namespaces, each with a service account, a repository, a secret and a queue of the same name."""


class Services(Construct):
    """The microservices' own resources.

    Args:
        cluster: where they run.
        key: encrypts images, secrets and queues.
        scans_registry: whether to set how the registry scans, which a region has once.
        caches_public_images: whether public images are pulled through the registry. It makes a repository for each,
            which Terraform does not know of and does not destroy.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        cluster: Cluster,
        key: KmsKey,
        scans_registry: bool,
        caches_public_images: bool,
    ) -> None:
        super().__init__(scope, name)
        self._context = context
        self._key = key
        self.repositories: dict[str, Any] = {}
        self.secrets: dict[str, Any] = {}
        self.dead_letters: dict[str, Any] = {}
        self.roles: dict[str, Any] = {}
        for service in SERVICES:
            self._repository(service)
            self.secrets[service] = self._secret(service)
            queue = self._queue(service)
            role = cluster.service_account_role(service, service, service, f"The service {service}")
            role.allow("own", self._own(self.secrets[service], queue))
            self.roles[service] = role
        if scans_registry:
            self._scan()
        if caches_public_images:
            self._cache(cluster)

    def _repository(self, service: str) -> None:
        context = self._context
        key = service.replace("-", "_")
        made = image_repository(self, key, context=context, service=service, key=self._key)
        pull = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        account = [context.arn("iam", "root", region=False)]
        # Policies of repositories have no resources: they are about the repository.
        policy = document(self, f"{key}_pull", [statement("PullFromThisAccount", pull, principals=account)])
        declare(self, "aws_ecr_repository_policy", key, repository=made.name, policy=policy)
        self.repositories[service] = made

    def _secret(self, service: str) -> Any:
        context = self._context
        return declare(
            self,
            "aws_secretsmanager_secret",
            service.replace("-", "_"),
            name=context.names.checked(context.names.slashed(service, "configuration", kind="secret"), "secret"),
            description=f"Configuration of {service}; its value is written by its owner, not by Terraform",
            kms_key_id=self._key.arn,
            recovery_window_in_days=context.profile.secret_recovery_window,
            lifecycle=context.keep,
        )

    def _queue(self, service: str) -> Any:
        context = self._context
        key = service.replace("-", "_")
        common = {"kms_master_key_id": self._key.arn, "kms_data_key_reuse_period_seconds": 300}
        dead = declare(
            self,
            "aws_sqs_queue",
            f"{key}_dead",
            name=context.names.of(f"{service}-dead", "queue"),
            message_retention_seconds=1_209_600,
            **common,
        )
        self.dead_letters[service] = dead
        return declare(
            self,
            "aws_sqs_queue",
            key,
            name=context.names.of(service, "queue"),
            visibility_timeout_seconds=60,
            redrive_policy=f'{{"deadLetterTargetArn":"{dead.arn}","maxReceiveCount":5}}',
            **common,
        )

    def _own(self, secret: Any, queue: Any) -> list[Statement]:
        messages = ["ReceiveMessage", "DeleteMessage", "SendMessage", "GetQueueAttributes", "ChangeMessageVisibility"]
        return [
            statement("OwnSecret", ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], [secret.arn]),
            statement("OwnQueue", [f"sqs:{one}" for one in messages], [queue.arn]),
            statement(
                "ThroughOwnServices",
                ["kms:Decrypt", "kms:GenerateDataKey"],
                [self._key.arn],
                when=[
                    (
                        "StringEquals",
                        "kms:ViaService",
                        [f"{one}.{self._context.region}.amazonaws.com" for one in ("secretsmanager", "sqs")],
                    )
                ],
            ),
        ]

    def _scan(self) -> None:
        names = self._context.names
        declare(
            self,
            "aws_ecr_registry_scanning_configuration",
            "scanning",
            scan_type="ENHANCED",
            rule=[
                {
                    "scan_frequency": "CONTINUOUS_SCAN",
                    "repository_filter": [{"filter": f"{names.prefix}/{names.suffix}/*", "filter_type": "WILDCARD"}],
                }
            ],
        )

    def _cache(self, cluster: Cluster) -> None:
        prefix = self._context.names.of("public", "repository")
        declare(
            self,
            "aws_ecr_pull_through_cache_rule",
            "public",
            ecr_repository_prefix=prefix,
            upstream_registry_url="public.ecr.aws",
        )
        fill = ["ecr:CreateRepository", "ecr:BatchImportUpstreamImage"]
        cached = self._context.arn("ecr", f"repository/{prefix}/*")
        cluster.pod_role.allow("fill_cache", [statement("FillCache", fill, [cached])])
