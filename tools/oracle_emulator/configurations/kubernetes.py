"""A Kubernetes cluster with its add-ons, profiles and nodes."""

from tools.oracle_emulator.building import Build, Ref, key, network, role, statement

ADMIN = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"


def build(b: Build) -> None:
    """Every type of it."""
    _, subnets = network(b)
    cluster = _cluster(b, subnets)
    _compute(b, cluster, subnets)
    _access(b, cluster)
    b("aws_prometheus_workspace", alias="dev")


def _cluster(b: Build, subnets: list[Ref]) -> Ref:
    r = role(b, "eks", "eks-dev")
    attached = b("aws_iam_role_policy_attachment", role=r.name,
                 policy_arn="arn:aws:iam::aws:policy/AmazonEKSClusterPolicy")  # fmt: skip
    k = key(b)
    logs = b("aws_cloudwatch_log_group", name="/aws/eks/eks-dev/cluster", retention_in_days=30)
    return b("aws_eks_cluster", name="eks-dev", role_arn=r.arn, version="1.33", bootstrap_self_managed_addons=False,
             enabled_cluster_log_types=["api", "audit"],
             access_config={"authentication_mode": "API", "bootstrap_cluster_creator_admin_permissions": False},
             upgrade_policy={"support_type": "STANDARD"},
             encryption_config={"provider": {"key_arn": k.arn}, "resources": ["secrets"]},
             vpc_config={"subnet_ids": [one.id for one in subnets], "endpoint_private_access": True,
                         "endpoint_public_access": False}, after=[attached, logs])  # fmt: skip


def _compute(b: Build, cluster: Ref, subnets: list[Ref]) -> None:
    pod = role(b, "eks-fargate-pods", "eks-pod-dev")
    profile = b("aws_eks_fargate_profile", cluster_name=cluster.name, fargate_profile_name="system",
                pod_execution_role_arn=pod.arn, subnet_ids=[subnets[0].id],
                selector=[{"namespace": "kube-system"}])  # fmt: skip
    b("aws_eks_addon", cluster_name=cluster.name, addon_name="coredns", after=[profile],
      configuration_values='{"computeType":"Fargate"}', resolve_conflicts_on_create="OVERWRITE",
      resolve_conflicts_on_update="OVERWRITE", tags={"Env": "dev"})  # fmt: skip
    node = role(b, "ec2", "eks-node-dev")
    template = b("aws_launch_template", name="eks-dev",
                 metadata_options={"http_tokens": "required", "http_put_response_hop_limit": 2})  # fmt: skip
    group = b("aws_eks_node_group", cluster_name=cluster.name, node_group_name="n-dev", node_role_arn=node.arn,
              subnet_ids=[subnets[0].id], ami_type="AL2023_x86_64_STANDARD", instance_types=["m6i.large"],
              scaling_config={"desired_size": 1, "max_size": 2, "min_size": 1},
              update_config={"max_unavailable": 1},
              launch_template={"id": template.id, "version": template.latest_version})  # fmt: skip
    b("aws_eks_addon", cluster_name=cluster.name, addon_name="vpc-cni", after=[group])


def _access(b: Build, cluster: Ref) -> None:
    admin = b("aws_iam_role", name="eks-admin-dev",
              assume_role_policy=statement(Principal={"AWS": "arn:aws:iam::123456789012:root"},
                                           Action="sts:AssumeRole"))  # fmt: skip
    entry = b("aws_eks_access_entry", cluster_name=cluster.name, principal_arn=admin.arn, type="STANDARD",
              kubernetes_groups=["ops"])  # fmt: skip
    b("aws_eks_access_policy_association", cluster_name=cluster.name, principal_arn=entry.principal_arn,
      policy_arn=ADMIN, access_scope={"type": "cluster"})  # fmt: skip
    b("aws_iam_openid_connect_provider", url=cluster.at("identity[0].oidc[0].issuer"),
      client_id_list=["sts.amazonaws.com"], thumbprint_list=["9e99a48a9960b14926bb7f3b02e22da2b0ab7280"])  # fmt: skip
