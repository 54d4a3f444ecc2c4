"""The cluster, who may enter it, and the Fargate profiles and add-ons that it starts with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from cdktn import Fn
from constructs import Construct

from onetake.platforms.constructs import KmsKey, LogGroup, Network, Role, declare, statement
from onetake.platforms.context import Context

ALL_LOGS: Final = ("api", "audit", "authenticator", "controllerManager", "scheduler")
DEV_LOGS: Final = ("api", "audit")
SYSTEM_NAMESPACES: Final = ("kube-system", "external-secrets", "aws-observability")
COREDNS: Final = {
    "computeType": "Fargate",
    "resources": {"limits": {"cpu": "250m", "memory": "256M"}, "requests": {"cpu": "250m", "memory": "256M"}},
}
"""Without the compute type its pods are marked for instances, and wait for them for ever."""


class Cluster(Construct):
    """An EKS cluster whose control plane logs to a group that exists before it.

    Args:
        cluster: its name.
        version: of Kubernetes.
        network: its subnets.
        logs_key: encrypts its log group.
        secrets_key: encrypts Kubernetes secrets.
        public_cidrs: who may reach its endpoint from the internet; nobody if empty.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        cluster: str,
        version: str,
        network: Network,
        logs_key: KmsKey,
        secrets_key: KmsKey,
        public_cidrs: Sequence[str],
    ) -> None:
        super().__init__(scope, name)
        self._context = context
        self._network = network
        self._logs_key = logs_key
        self.name = context.names.checked(cluster, "cluster")
        # EKS writes to a group of this name, and would create one that is kept for ever and encrypted by nobody.
        self.log = LogGroup(self, "log", context=context, group=f"/aws/eks/{self.name}/cluster", key=logs_key)
        use = ["kms:Encrypt", "kms:Decrypt", "kms:ListGrants", "kms:DescribeKey", "kms:CreateGrant"]
        role = Role(
            self,
            "role",
            context=context,
            component="control-plane",
            description="The control plane of the cluster",
            services=["eks"],
            confused_deputy=False,
            allows={"secrets": [statement("EncryptSecrets", use, [secrets_key.arn])]},
            managed={"cluster": f"arn:{context.partition}:iam::aws:policy/AmazonEKSClusterPolicy"},
        )
        public = bool(public_cidrs)
        self.cluster = declare(
            self,
            "aws_eks_cluster",
            "this",
            name=self.name,
            version=version,
            role_arn=role.arn,
            enabled_cluster_log_types=list(DEV_LOGS if context.environment == "dev" else ALL_LOGS),
            vpc_config={
                "subnet_ids": network.subnet_ids("app"),
                "endpoint_private_access": True,
                "endpoint_public_access": public,
                "public_access_cidrs": list(public_cidrs) if public else None,
            },
            access_config={
                "authentication_mode": "API",
                "bootstrap_cluster_creator_admin_permissions": context.environment != "prod",
            },
            encryption_config={"resources": ["secrets"], "provider": {"key_arn": secrets_key.arn}},
            upgrade_policy={"support_type": "STANDARD"},
            depends_on=[self.log.group, *role.grants],
            lifecycle=context.keep,
        )
        self.group_id: str = self.cluster.vpc_config.cluster_security_group_id
        self.issuer: str = self.cluster.identity.get(0).oidc.get(0).issuer
        self.provider = declare(
            self,
            "aws_iam_openid_connect_provider",
            "issuer",
            url=self.issuer,
            client_id_list=["sts.amazonaws.com"],
        )
        self.profiles: dict[str, Any] = {}
        self._pod_role()

    def _pod_role(self) -> None:
        context = self._context
        self.pod_log = LogGroup(self, "pod_log", context=context, group=context.names.path("pods"), key=self._logs_key)
        write = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
        # The role is assumed for the profiles of this cluster only.
        profiles = context.arn("eks", f"fargateprofile/{self.name}/*")
        self.pod_role = Role(
            self,
            "pod_role",
            context=context,
            component="pods",
            description="Pulls images for pods on Fargate and ships their logs",
            services=["eks-fargate-pods"],
            when=[("ArnLike", "aws:SourceArn", [profiles])],
            allows={"ship_logs": [statement("ShipLogs", write, [f"{self.pod_log.arn}:*"])]},
            managed={"pods": f"arn:{context.partition}:iam::aws:policy/AmazonEKSFargatePodExecutionRolePolicy"},
        )

    def admit(self, name: str, principal: str, policy: str) -> None:
        """Let a principal into the whole cluster with one of EKS's access policies."""
        entry = declare(
            self,
            "aws_eks_access_entry",
            name,
            cluster_name=self.cluster.name,
            principal_arn=principal,
            type="STANDARD",
        )
        declare(
            self,
            "aws_eks_access_policy_association",
            name,
            cluster_name=self.cluster.name,
            principal_arn=principal,
            policy_arn=f"arn:{self._context.partition}:eks::aws:cluster-access-policy/{policy}",
            access_scope={"type": "cluster"},
            depends_on=[entry],
        )

    def profile(self, name: str, selectors: Sequence[dict[str, Any]]) -> Any:
        """Run the pods that match a selector on Fargate, in the private subnets."""
        made = declare(
            self,
            "aws_eks_fargate_profile",
            name,
            cluster_name=self.cluster.name,
            fargate_profile_name=self._context.names.of(name),
            pod_execution_role_arn=self.pod_role.arn,
            subnet_ids=self._network.subnet_ids("app"),
            selector=list(selectors),
            depends_on=self.pod_role.grants,
        )
        self.profiles[name] = made
        return made

    def addon(self, name: str, *, after: Sequence[Any], settings: dict[str, Any] | None = None) -> Any:
        """An add-on in the newest version that is made for the cluster's version of Kubernetes."""
        key = name.replace("-", "_")
        version = declare(
            self,
            "data.aws_eks_addon_version",
            key,
            addon_name=name,
            kubernetes_version=self.cluster.version,
            most_recent=True,
        )
        return declare(
            self,
            "aws_eks_addon",
            key,
            cluster_name=self.cluster.name,
            addon_name=name,
            addon_version=version.version,
            configuration_values=json.dumps(settings) if settings else None,
            resolve_conflicts_on_create="OVERWRITE",
            resolve_conflicts_on_update="OVERWRITE",
            depends_on=list(after),
        )

    def service_account_role(self, namespace: str, account: str, component: str, description: str) -> Role:
        """A role that exactly one service account of Kubernetes may assume."""
        issuer = Fn.replace(self.issuer, "https://", "")
        trust = statement(
            "OneServiceAccount",
            ["sts:AssumeRoleWithWebIdentity"],
            federated=[self.provider.arn],
            when=[
                ("StringEquals", f"{issuer}:sub", [f"system:serviceaccount:{namespace}:{account}"]),
                ("StringEquals", f"{issuer}:aud", ["sts.amazonaws.com"]),
            ],
        )
        return Role(
            self, component, context=self._context, component=component, description=description, trusts=[trust]
        )
