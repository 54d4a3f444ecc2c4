"""A cluster of ECS whose tasks run on Fargate."""

from __future__ import annotations

from typing import Any

from constructs import Construct

from onetake.platforms.constructs.declaring import OWN, declare
from onetake.platforms.constructs.keys import KmsKey
from onetake.platforms.context import Context


class Cluster(Construct):
    """A cluster of ECS on Fargate.

    Args:
        component: part of its name.
        spot: whether its services may run on spare capacity.
        session_key: encrypts shells in tasks, where anybody may open one; the key of the account if not given.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        component: str,
        spot: bool,
        session_key: KmsKey | None = None,
    ) -> None:
        super().__init__(scope, name)
        sessions = {"kms_key_id": session_key.arn, "logging": "DEFAULT"} if session_key else None
        self.cluster: Any = declare(
            self,
            "aws_ecs_cluster",
            OWN,
            name=context.names.of(component, "cluster"),
            setting=[{"name": "containerInsights", "value": "enabled"}],
            configuration={"execute_command_configuration": sessions} if sessions else None,
            provider=context.provider,
        )
        self.name: str = self.cluster.name
        self.arn: str = self.cluster.arn
        providers = ["FARGATE", "FARGATE_SPOT"] if spot else ["FARGATE"]
        self.providers: Any = declare(
            self,
            "aws_ecs_cluster_capacity_providers",
            "providers",
            cluster_name=self.name,
            capacity_providers=providers,
            default_capacity_provider_strategy=[{"capacity_provider": providers[-1], "weight": 1, "base": 0}],
            provider=context.provider,
        )
