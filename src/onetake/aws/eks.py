"""Kubernetes on EKS."""

from onetake.aws.view import Attribute, Blocks, ListOf, View
from onetake.model.language import Language


class EncryptionConfig(View):
    """Which objects are encrypted with which key."""

    resources = ListOf(str, tf="resources", cfn="Resources")
    key = Attribute(str, tf="provider.key_arn", cfn="Provider.KeyArn")


class Cluster(View):
    """A control plane."""

    KINDS = {Language.TERRAFORM: "aws_eks_cluster", Language.CLOUDFORMATION: "AWS::EKS::Cluster"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="Name")
    version = Attribute(str, tf="version", cfn="Version")
    role = Attribute(str, tf="role_arn", cfn="RoleArn")
    subnets = ListOf(str, tf="vpc_config.subnet_ids", cfn="ResourcesVpcConfig.SubnetIds")
    security_groups = ListOf(str, tf="vpc_config.security_group_ids", cfn="ResourcesVpcConfig.SecurityGroupIds")
    public_endpoint = Attribute(
        bool, tf="vpc_config.endpoint_public_access", cfn="ResourcesVpcConfig.EndpointPublicAccess", default=True
    )
    private_endpoint = Attribute(
        bool, tf="vpc_config.endpoint_private_access", cfn="ResourcesVpcConfig.EndpointPrivateAccess", default=False
    )
    public_cidrs = ListOf(str, tf="vpc_config.public_access_cidrs", cfn="ResourcesVpcConfig.PublicAccessCidrs")
    log_types = ListOf(str, tf="enabled_cluster_log_types", cfn=None)
    encryption = Blocks(EncryptionConfig, tf="encryption_config", cfn="EncryptionConfig")
    authentication_mode = Attribute(str, tf="access_config.authentication_mode", cfn="AccessConfig.AuthenticationMode")
    creator_admin = Attribute(
        bool,
        tf="access_config.bootstrap_cluster_creator_admin_permissions",
        cfn="AccessConfig.BootstrapClusterCreatorAdminPermissions",
    )
    bootstraps_addons = Attribute(
        bool, tf="bootstrap_self_managed_addons", cfn="BootstrapSelfManagedAddons", default=True
    )
    service_cidr = Attribute(
        str, tf="kubernetes_network_config.service_ipv4_cidr", cfn="KubernetesNetworkConfig.ServiceIpv4Cidr"
    )
    ip_family = Attribute(
        str, tf="kubernetes_network_config.ip_family", cfn="KubernetesNetworkConfig.IpFamily", default="ipv4"
    )
    auto_mode = Attribute(bool, tf="compute_config.enabled", cfn="ComputeConfig.Enabled", default=False)
    auto_pools = ListOf(str, tf="compute_config.node_pools", cfn="ComputeConfig.NodePools")
    auto_node_role = Attribute(str, tf="compute_config.node_role_arn", cfn="ComputeConfig.NodeRoleArn")
    auto_load_balancing = Attribute(
        bool,
        tf="kubernetes_network_config.elastic_load_balancing.enabled",
        cfn="KubernetesNetworkConfig.ElasticLoadBalancing.Enabled",
        default=False,
    )
    auto_storage = Attribute(
        bool, tf="storage_config.block_storage.enabled", cfn="StorageConfig.BlockStorage.Enabled", default=False
    )
    support_type = Attribute(str, tf="upgrade_policy.support_type", cfn="UpgradePolicy.SupportType")
    deletion_protection = Attribute(bool, tf=None, cfn="DeletionProtection", default=False)


class Taint(View):
    """What keeps pods off a node."""

    key = Attribute(str, tf="key", cfn="Key")
    value = Attribute(str, tf="value", cfn="Value")
    effect = Attribute(str, tf="effect", cfn="Effect")


class NodeGroup(View):
    """Managed machines of a cluster."""

    KINDS = {Language.TERRAFORM: "aws_eks_node_group", Language.CLOUDFORMATION: "AWS::EKS::Nodegroup"}

    name = Attribute(str, tf="node_group_name", cfn="NodegroupName")
    name_prefix = Attribute(str, tf="node_group_name_prefix", cfn=None)
    cluster = Attribute(str, tf="cluster_name", cfn="ClusterName")
    role = Attribute(str, tf="node_role_arn", cfn="NodeRole")
    subnets = ListOf(str, tf="subnet_ids", cfn="Subnets")
    ami_type = Attribute(str, tf="ami_type", cfn="AmiType")
    capacity_type = Attribute(str, tf="capacity_type", cfn="CapacityType", default="ON_DEMAND")
    instance_types = ListOf(str, tf="instance_types", cfn="InstanceTypes")
    disk_size = Attribute(int, tf="disk_size", cfn="DiskSize")
    version = Attribute(str, tf="version", cfn="Version")
    release_version = Attribute(str, tf="release_version", cfn="ReleaseVersion")
    desired = Attribute(int, tf="scaling_config.desired_size", cfn="ScalingConfig.DesiredSize")
    minimum = Attribute(int, tf="scaling_config.min_size", cfn="ScalingConfig.MinSize")
    maximum = Attribute(int, tf="scaling_config.max_size", cfn="ScalingConfig.MaxSize")
    max_unavailable = Attribute(int, tf="update_config.max_unavailable", cfn="UpdateConfig.MaxUnavailable")
    max_unavailable_percent = Attribute(
        int, tf="update_config.max_unavailable_percentage", cfn="UpdateConfig.MaxUnavailablePercentage"
    )
    launch_template = Attribute(str, tf="launch_template.id", cfn="LaunchTemplate.Id")
    launch_template_name = Attribute(str, tf="launch_template.name", cfn="LaunchTemplate.Name")
    launch_template_version = Attribute(str, tf="launch_template.version", cfn="LaunchTemplate.Version")
    ssh_key = Attribute(str, tf="remote_access.ec2_ssh_key", cfn="RemoteAccess.Ec2SshKey")
    labels = Attribute(dict, tf="labels", cfn="Labels")
    taints = Blocks(Taint, tf="taint", cfn="Taints")


class Label(View):
    """A label of pods, as CloudFormation writes it."""

    key = Attribute(str, tf=None, cfn="Key")
    value = Attribute(str, tf=None, cfn="Value")


class FargateSelector(View):
    """Which pods run on Fargate."""

    namespace = Attribute(str, tf="namespace", cfn="Namespace")
    labels = Attribute(dict, tf="labels", cfn=None)
    label_list = Blocks(Label, tf=None, cfn="Labels")


class FargateProfile(View):
    """Pods without machines."""

    KINDS = {Language.TERRAFORM: "aws_eks_fargate_profile", Language.CLOUDFORMATION: "AWS::EKS::FargateProfile"}

    name = Attribute(str, tf="fargate_profile_name", cfn="FargateProfileName")
    cluster = Attribute(str, tf="cluster_name", cfn="ClusterName")
    pod_role = Attribute(str, tf="pod_execution_role_arn", cfn="PodExecutionRoleArn")
    subnets = ListOf(str, tf="subnet_ids", cfn="Subnets")
    selectors = Blocks(FargateSelector, tf="selector", cfn="Selectors")


class AddonPodIdentity(View):
    """The role of one of an add-on's service accounts."""

    role = Attribute(str, tf="role_arn", cfn="RoleArn")
    service_account = Attribute(str, tf="service_account", cfn="ServiceAccount")


class Addon(View):
    """Software that EKS keeps in a cluster."""

    KINDS = {Language.TERRAFORM: "aws_eks_addon", Language.CLOUDFORMATION: "AWS::EKS::Addon"}

    name = Attribute(str, tf="addon_name", cfn="AddonName")
    version = Attribute(str, tf="addon_version", cfn="AddonVersion")
    cluster = Attribute(str, tf="cluster_name", cfn="ClusterName")
    configuration = Attribute(str, tf="configuration_values", cfn="ConfigurationValues")
    """JSON (or YAML) text: read it with ``forms.parsed``."""
    resolve_conflicts = Attribute(str, tf="resolve_conflicts", cfn="ResolveConflicts")
    resolve_on_create = Attribute(str, tf="resolve_conflicts_on_create", cfn=None)
    role = Attribute(str, tf="service_account_role_arn", cfn="ServiceAccountRoleArn")
    pod_identities = Blocks(AddonPodIdentity, tf="pod_identity_association", cfn="PodIdentityAssociations")
    preserve = Attribute(bool, tf="preserve", cfn="PreserveOnDelete", default=False)


class AccessPolicy(View):
    """A policy of an access entry, as CloudFormation writes it."""

    policy = Attribute(str, tf=None, cfn="PolicyArn")
    scope = Attribute(str, tf=None, cfn="AccessScope.Type")
    namespaces = ListOf(str, tf=None, cfn="AccessScope.Namespaces")


class AccessEntry(View):
    """An IAM principal that may enter a cluster."""

    KINDS = {Language.TERRAFORM: "aws_eks_access_entry", Language.CLOUDFORMATION: "AWS::EKS::AccessEntry"}

    cluster = Attribute(str, tf="cluster_name", cfn="ClusterName")
    principal = Attribute(str, tf="principal_arn", cfn="PrincipalArn")
    kind = Attribute(str, tf="type", cfn="Type", default="STANDARD")
    groups = ListOf(str, tf="kubernetes_groups", cfn="KubernetesGroups")
    username = Attribute(str, tf="user_name", cfn="Username")
    policies = Blocks(AccessPolicy, tf=None, cfn="AccessPolicies")


class AccessPolicyAssociation(View):
    """A policy of an access entry, as Terraform's resource of its own."""

    KINDS = {Language.TERRAFORM: "aws_eks_access_policy_association"}

    cluster = Attribute(str, tf="cluster_name", cfn=None)
    principal = Attribute(str, tf="principal_arn", cfn=None)
    policy = Attribute(str, tf="policy_arn", cfn=None)
    scope = Attribute(str, tf="access_scope.type", cfn=None)
    namespaces = ListOf(str, tf="access_scope.namespaces", cfn=None)


class OidcProviderConfig(View):
    """An identity provider whose users may enter a cluster."""

    KINDS = {
        Language.TERRAFORM: "aws_eks_identity_provider_config",
        Language.CLOUDFORMATION: "AWS::EKS::IdentityProviderConfig",
    }

    cluster = Attribute(str, tf="cluster_name", cfn="ClusterName")
    issuer = Attribute(str, tf="oidc.issuer_url", cfn="Oidc.IssuerUrl")
    client = Attribute(str, tf="oidc.client_id", cfn="Oidc.ClientId")


class PodIdentityAssociation(View):
    """The role of a service account."""

    KINDS = {
        Language.TERRAFORM: "aws_eks_pod_identity_association",
        Language.CLOUDFORMATION: "AWS::EKS::PodIdentityAssociation",
    }

    cluster = Attribute(str, tf="cluster_name", cfn="ClusterName")
    namespace = Attribute(str, tf="namespace", cfn="Namespace")
    service_account = Attribute(str, tf="service_account", cfn="ServiceAccount")
    role = Attribute(str, tf="role_arn", cfn="RoleArn")
