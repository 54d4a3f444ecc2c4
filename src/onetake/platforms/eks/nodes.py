"""Instances for what cannot run on Fargate; only where they are asked for."""

from __future__ import annotations

from typing import Any, Final, Literal

from cdktn import Token
from constructs import Construct

from onetake.platforms.constructs import KmsKey, Network, Role, declare
from onetake.platforms.context import Context
from onetake.platforms.eks.cluster import Cluster

Image = Literal["al2023", "bottlerocket"]
IMAGES: Final = {"al2023": "AL2023_ARM_64_STANDARD", "bottlerocket": "BOTTLEROCKET_ARM_64"}
ADDONS: Final = ("vpc-cni", "kube-proxy", "eks-pod-identity-agent", "amazon-cloudwatch-observability")
"""DaemonSets: they run on instances, and nowhere else."""
_POLICIES: Final = {
    "worker": "AmazonEKSWorkerNodePolicy",
    "network": "AmazonEKS_CNI_Policy",
    "images": "AmazonEC2ContainerRegistryPullOnly",
    "sessions": "AmazonSSMManagedInstanceCore",
    "metrics": "CloudWatchAgentServerPolicy",
}


class Nodes(Construct):
    """A managed node group with encrypted volumes and IMDSv2, and the add-ons that need instances.

    Args:
        cluster: whom they belong to.
        network: where they stand.
        key: encrypts their volumes.
        image: their operating system.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        cluster: Cluster,
        network: Network,
        key: KmsKey,
        image: Image,
    ) -> None:
        super().__init__(scope, name)
        role = Role(
            self,
            "role",
            context=context,
            component="nodes",
            description="Instances of the cluster",
            services=["ec2"],
            confused_deputy=False,
            managed={key: f"arn:{context.partition}:iam::aws:policy/{policy}" for key, policy in _POLICIES.items()},
        )
        template = self._template(context, key, image)
        size = {"dev": (1, 1, 2), "staging": (2, 2, 4), "prod": (3, 3, 12)}[context.environment]
        self.group = declare(
            self,
            "aws_eks_node_group",
            "this",
            cluster_name=cluster.cluster.name,
            node_group_name=context.names.of("nodes"),
            node_role_arn=role.arn,
            subnet_ids=network.subnet_ids("app"),
            ami_type=IMAGES[image],
            capacity_type="SPOT" if context.environment == "dev" else "ON_DEMAND",
            instance_types=["m7g.large", "m6g.large", "c7g.xlarge"],
            scaling_config={"min_size": size[0], "desired_size": size[1], "max_size": size[2]},
            update_config={"max_unavailable": 1},
            launch_template={"id": template.id, "version": Token.as_string(template.latest_version)},
            depends_on=role.grants,
        )
        for addon in ADDONS:
            cluster.addon(addon, after=[self.group])

    def _template(self, context: Context, key: KmsKey, image: Image) -> Any:
        named = context.names.of("nodes")
        # Bottlerocket keeps its system and its data on two volumes.
        devices = ("/dev/xvda",) if image == "al2023" else ("/dev/xvda", "/dev/xvdb")
        return declare(
            self,
            "aws_launch_template",
            "template",
            name=named,
            update_default_version=True,
            metadata_options={
                "http_endpoint": "enabled",
                "http_tokens": "required",
                "http_put_response_hop_limit": 1,
            },
            block_device_mappings=[
                {
                    "device_name": device,
                    "ebs": {
                        "volume_size": 40,
                        "volume_type": "gp3",
                        "encrypted": "true",
                        "kms_key_id": key.arn,
                        "delete_on_termination": "true",
                    },
                }
                for device in devices
            ],
            monitoring={"enabled": True},
            tag_specifications=[{"resource_type": "instance", "tags": {"Name": named}}],
        )
