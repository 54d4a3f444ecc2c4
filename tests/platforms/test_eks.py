"""The checks of the EKS platform; each test is named after its check."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from onetake.mechanisms.catalogues import Phase, eks_version
from onetake.platforms import Refused
from onetake.platforms.parameters import ENVIRONMENTS
from tests.platforms.synthesized import LONG, Copy, condition_keys, make

EKS = "eks-microservices"
DAY = datetime.date(2026, 11, 28)
SERVICES = ("payment", "fraud-detection", "reporting")
DAEMONS = {"vpc-cni", "kube-proxy", "eks-pod-identity-agent", "amazon-cloudwatch-observability"}


@pytest.fixture(params=ENVIRONMENTS)
def eks(request: pytest.FixtureRequest, copy_of: Callable[..., Copy]) -> Copy:
    return copy_of(EKS, request.param)


def only(found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    (one,) = found.values()
    return one


def synthesized(tmp_path: Path, environment: str = "dev", suffix: str = "dev", **more: Any) -> Copy:
    return Copy(EKS, environment, make(EKS, environment, suffix, tmp_path, **more))


def test_eks_01_the_version_is_supported_and_coredns_runs_on_fargate(eks: Copy):
    cluster = only(eks.of("aws_eks_cluster"))
    assert eks_version(cluster["version"], DAY).phase is Phase.SUPPORTED
    assert cluster["upgrade_policy"] == {"support_type": "STANDARD"}
    coredns = eks.of("aws_eks_addon")["cluster_coredns"]
    assert json.loads(coredns["configuration_values"])["computeType"] == "Fargate"
    assert coredns["depends_on"] == ["aws_eks_fargate_profile.cluster_kube_system"]
    selectors = eks.of("aws_eks_fargate_profile")["cluster_kube_system"]["selector"]
    assert {"namespace": "kube-system"} in selectors


@pytest.mark.parametrize(
    ("version", "more", "told"),
    [
        ("1.29", {}, "kubernetes_version='1.29': on 2026-11-28, it has to be one of '1.3"),
        ("1.33", {}, "kubernetes_version='1.33': its standard support ended before 2026-11-28; take 1.3"),
        ("1.99", {}, "kubernetes_version='1.99': on 2026-11-28, it has to be one of"),
        (1.35, {}, "kubernetes_version=1.35: on 2026-11-28, it has to be one of"),
        ("1.35", {"as_of": "today"}, "as_of='today': it has to be a date"),
    ],
)
def test_eks_01_a_version_out_of_support_is_refused(version: Any, more: dict[str, Any], told: str, tmp_path: Path):
    with pytest.raises(Refused, match=re.escape(told)):
        synthesized(tmp_path, kubernetes_version=version, **more)


def test_eks_01_extended_support_is_chosen(tmp_path: Path):
    made = synthesized(tmp_path, kubernetes_version="1.33", allow_extended_support=True)

    assert only(made.of("aws_eks_cluster"))["version"] == "1.33"


def test_eks_02_daemons_come_with_instances_only(eks: Copy, tmp_path: Path):
    assert {one["addon_name"] for one in eks.of("aws_eks_addon").values()} == {"coredns"}
    assert eks.count("aws_eks_node_group") == 0
    if eks.environment != "dev":
        return
    made = synthesized(tmp_path, compute="fargate+nodes", node_image="bottlerocket")
    addons = {one["addon_name"]: one for one in made.of("aws_eks_addon").values()}
    assert addons.keys() == {"coredns", *DAEMONS}
    for name in DAEMONS:
        assert addons[name]["depends_on"] == ["aws_eks_node_group.nodes"]
    template = only(made.of("aws_launch_template"))
    assert template["metadata_options"]["http_tokens"] == "required"
    assert {one["ebs"]["kms_key_id"] for one in template["block_device_mappings"]} == {"${aws_kms_key.keys_data.arn}"}
    assert only(made.of("aws_eks_node_group"))["capacity_type"] == "SPOT"


def test_eks_02_versions_of_addons_come_from_the_data_source(eks: Copy):
    for one in eks.of("aws_eks_addon").values():
        address, source = eks.target(one["addon_version"])
        assert address.startswith("data.aws_eks_addon_version.")
        assert source["kubernetes_version"] == "${aws_eks_cluster.cluster.version}"
        assert source["addon_name"] == one["addon_name"]


def test_eks_03_a_role_is_for_exactly_one_service_account(eks: Copy):
    accounts = set()
    for name, role in eks.of("aws_iam_role").items():
        for one in eks.statements(role["assume_role_policy"]):
            if "sts:AssumeRoleWithWebIdentity" not in one["actions"]:
                continue
            assert {condition["test"] for condition in one["condition"]} == {"StringEquals"}, name
            assert sorted(key.rpartition(":")[2] for key in condition_keys(one)) == ["aud", "sub"], name
            values = {c["variable"].rpartition(":")[2]: c["values"] for c in one["condition"]}
            assert values["aud"] == ["sts.amazonaws.com"]
            (account,) = values["sub"]
            assert re.fullmatch(r"system:serviceaccount:[a-z-]+:[a-z-]+", account)
            accounts.add(account)
    assert accounts == {
        *(f"system:serviceaccount:{one}:{one}" for one in SERVICES),
        "system:serviceaccount:kube-system:aws-load-balancer-controller",
    }


def test_eks_03_a_service_reaches_its_own_secret_and_queue_only(eks: Copy):
    for service in SERVICES:
        key = service.replace("-", "_")
        policy = eks.of("aws_iam_role_policy")[f"cluster_{key}_own"]
        reached = {resource for one in eks.statements(policy["policy"]) for resource in one["resources"]}
        assert reached == {
            f"${{aws_secretsmanager_secret.services_{key}.arn}}",
            f"${{aws_sqs_queue.services_{key}.arn}}",
            "${aws_kms_key.keys_data.arn}",
        }


def test_eks_04_subnets_are_tagged_and_profiles_are_private(eks: Copy):
    cluster = f"kubernetes.io/cluster/eks-cluster-{LONG}"
    for name, subnet in eks.of("aws_subnet").items():
        tier = subnet["tags"]["Tier"]
        role = {"public": "kubernetes.io/role/elb", "app": "kubernetes.io/role/internal-elb"}[tier]
        assert subnet["tags"][role] == "1", name
        assert subnet["tags"][cluster] == "shared", name
    profiles = eks.of("aws_eks_fargate_profile")
    assert sorted(profiles) == sorted(f"cluster_{one.replace('-', '_')}" for one in ("kube-system", *SERVICES))
    for profile in profiles.values():
        for subnet in profile["subnet_ids"]:
            assert eks.target(subnet)[1]["tags"]["Tier"] == "app"


def test_eks_04_the_log_group_exists_before_the_cluster(eks: Copy):
    cluster = only(eks.of("aws_eks_cluster"))
    group = eks.of("aws_cloudwatch_log_group")["cluster_log"]
    assert group["name"] == f"/aws/eks/{cluster['name']}/cluster"
    assert "aws_cloudwatch_log_group.cluster_log" in cluster["depends_on"]
    assert "aws_iam_role_policy_attachment.cluster_role_cluster" in cluster["depends_on"]
    logs = cluster["enabled_cluster_log_types"]
    assert logs == (["api", "audit"] if eks.environment == "dev" else [*ALL_LOGS])


ALL_LOGS = ("api", "audit", "authenticator", "controllerManager", "scheduler")


def test_eks_04_the_endpoint_is_private_and_access_is_by_entries(eks: Copy):
    cluster = only(eks.of("aws_eks_cluster"))
    assert cluster["vpc_config"]["endpoint_private_access"] is True
    assert cluster["vpc_config"]["endpoint_public_access"] is False
    assert cluster["access_config"] == {
        "authentication_mode": "API",
        "bootstrap_cluster_creator_admin_permissions": eks.environment != "prod",
    }
    assert only(eks.of("aws_eks_access_entry"))["principal_arn"] == "arn:aws:iam::123456789012:role/admins"
    assert only(eks.of("aws_eks_access_policy_association"))["policy_arn"].endswith(
        "cluster-access-policy/AmazonEKSClusterAdminPolicy"
    )


def test_eks_04_dev_may_open_the_endpoint_to_some(tmp_path: Path):
    made = synthesized(tmp_path / "dev", public_endpoint_cidrs=["203.0.113.0/24"])
    assert only(made.of("aws_eks_cluster"))["vpc_config"]["public_access_cidrs"] == ["203.0.113.0/24"]

    for given, told in (
        ({"public_endpoint_cidrs": ["0.0.0.0/0"]}, "an address block that is everything protects nothing"),
        ({"public_endpoint_cidrs": "203.0.113.0/24"}, "it has to be a list of address blocks"),
        ({"public_endpoint_cidrs": ["203.0.113.1/24"]}, "it has to be an IPv4 address block"),
    ):
        with pytest.raises(Refused, match=told):
            synthesized(tmp_path, **given)
    with pytest.raises(Refused, match="the endpoint is private in staging"):
        synthesized(tmp_path, "staging", "staging", public_endpoint_cidrs=["203.0.113.0/24"])


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"admin_principals": []}, "admin_principals=[]: prod needs one: its creator gets no access"),
        ({"admin_principals": ["admins"]}, "admin_principals='admins': it has to be the ARN of a role or user"),
        (
            {"reader_principals": ["arn:aws:iam::123456789012:role/admins"]},
            "a principal is either an admin or a reader",
        ),
        ({"domain_name": None, "hosted_zone_id": None}, "certificate_arn=None: prod needs it, or domain_name and"),
        ({"hosted_zone_id": None}, "hosted_zone_id=None: it has to be the id of a hosted zone"),
        ({"certificate_arn": "x"}, "certificate_arn='x': it has to be the ARN of a certificate"),
        ({"compute": "ec2"}, "compute='ec2': it has to be one of 'fargate', 'fargate+nodes'"),
    ],
)
def test_all_14_what_prod_needs_is_named(given: dict[str, Any], told: str, tmp_path: Path):
    with pytest.raises(Refused, match=re.escape(told)):
        synthesized(tmp_path, "prod", "prod", **given)


def test_repositories_keep_what_was_pushed(eks: Copy):
    repositories = eks.of("aws_ecr_repository")
    assert sorted(one["name"] for one in repositories.values()) == sorted(f"eks/{LONG}/{one}" for one in SERVICES)
    for one in repositories.values():
        assert one["image_tag_mutability"] == "IMMUTABLE"
        assert one["image_scanning_configuration"] == {"scan_on_push": True}
    for one in eks.of("aws_ecr_lifecycle_policy").values():
        assert json.loads(one["policy"])["rules"][0]["selection"]["countNumber"] == 30


def test_the_firewall_grows_with_the_environment(eks: Copy):
    acl = only(eks.of("aws_wafv2_web_acl"))
    groups = [one["name"] for one in acl["rule"]]
    assert groups[:3] == ["limit", "common", "bad-inputs"]
    assert len(groups) == {"dev": 3, "staging": 5, "prod": 6}[eks.environment]
    assert acl["rule"][0]["statement"] == {"rate_based_statement": {"aggregate_key_type": "IP", "limit": 2000}}
    assert eks.count("aws_wafv2_web_acl_logging_configuration") == (eks.environment == "prod")


def test_eks_06_manifests_are_restricted_and_name_roles_that_exist(eks: Copy):
    files = sorted((eks.path.parent / "manifests").iterdir())
    objects = [one for file in files for one in yaml.safe_load_all(file.read_text())]
    roles = {one["name"] for one in eks.of("aws_iam_role").values()}

    named = {
        one["metadata"]["annotations"]["eks.amazonaws.com/role-arn"].rpartition("/")[2]
        for one in objects
        if one["kind"] == "ServiceAccount"
    }
    assert named == {f"eks-{one}-{LONG}" for one in (*SERVICES, "balancers")}
    assert named <= roles
    namespaces = {one["metadata"]["name"]: one["metadata"]["labels"] for one in objects if one["kind"] == "Namespace"}
    assert namespaces.keys() == {*SERVICES, "aws-observability"}
    for labels in namespaces.values():
        assert labels["pod-security.kubernetes.io/enforce"] == "restricted"
    # A role's trust and the manifest of its service account agree.
    accounts = {
        f"system:serviceaccount:{one['metadata']['namespace']}:{one['metadata']['name']}"
        for one in objects
        if one["kind"] == "ServiceAccount"
    }
    trusted = {
        value
        for role in eks.of("aws_iam_role").values()
        for one in eks.statements(role["assume_role_policy"])
        for condition in one.get("condition", ())
        if condition["variable"].endswith(":sub")
        for value in condition["values"]
    }
    assert accounts == trusted
    logging = next(one for one in objects if one["kind"] == "ConfigMap")
    assert f"log_group_name /eks/{LONG}/pods" in logging["data"]["output.conf"]
    assert eks.of("aws_cloudwatch_log_group")["cluster_pod_log"]["name"] == f"/eks/{LONG}/pods"
    everything = "".join(file.read_text() for file in files)
    assert set(re.findall(r"\$\{(\w+)\}", everything)) == {"AWS_ACCOUNT_ID", "AWS_PARTITION", "AWS_REGION"}
    command = eks.json["output"]["apply_manifests"]["value"]
    assert all(f"{name}=" in command for name in ("AWS_ACCOUNT_ID", "AWS_PARTITION", "AWS_REGION"))


def test_the_registry_of_a_region_is_set_where_it_is_asked_for(tmp_path: Path, copy_of: Callable[..., Copy]):
    assert copy_of(EKS, "dev").count("aws_ecr_registry_scanning_configuration") == 0
    made = synthesized(tmp_path, manage_account_singletons=True, cache_public_images=True)

    assert only(made.of("aws_ecr_registry_scanning_configuration"))["scan_type"] == "ENHANCED"
    assert only(made.of("aws_ecr_pull_through_cache_rule"))["ecr_repository_prefix"] == "eks-public-dev"
