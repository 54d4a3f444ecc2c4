"""What is asked of the emulated account while a platform stands in it, by the name of the check.

Each raises an error when something is not as the check wants it; the tests of the same name tell.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import pytest
from botocore.exceptions import ClientError

from onetake.emulator import Account
from tests.platforms.probes_financial import fin_02, fin_06
from tests.platforms.probes_globalstream import gs_05, gs_06

Look = Callable[[Account], object]


def eks_05(account: Account) -> None:
    """The cluster and its four profiles are active, the OIDC provider is the issuer's, repositories are immutable."""
    eks = account.client("eks")
    name = str(account.outputs["cluster_name"])
    cluster = eks.describe_cluster(name=name)["cluster"]
    assert cluster["status"] == "ACTIVE"

    profiles = eks.list_fargate_profiles(clusterName=name)["fargateProfileNames"]
    states = [
        eks.describe_fargate_profile(clusterName=name, fargateProfileName=one)["fargateProfile"]["status"]
        for one in profiles
    ]
    assert states == ["ACTIVE"] * 4, dict(zip(profiles, states, strict=True))

    issuer = cluster["identity"]["oidc"]["issuer"].removeprefix("https://")
    providers = [
        one["Arn"] for one in account.client("iam").list_open_id_connect_providers()["OpenIDConnectProviderList"]
    ]
    assert any(arn.endswith(f":oidc-provider/{issuer}") for arn in providers), (issuer, providers)

    repositories = account.client("ecr").describe_repositories()["repositories"]
    assert {one["imageTagMutability"] for one in repositories} == {"IMMUTABLE"}

    addons = eks.list_addons(clusterName=name)["addons"]
    assert "coredns" in addons
    for addon in addons:
        assert eks.describe_addon(clusterName=name, addonName=addon)["addon"]["status"] == "ACTIVE"


def base_02(account: Account) -> None:
    """The trail logs and signs, the recorder records, the detector is on, passwords are as they should be."""
    trails = account.client("cloudtrail")
    name = account.resources["aws_cloudtrail.trail_trail"]["arn"]
    (trail,) = trails.describe_trails(trailNameList=[name])["trailList"]
    assert trail["LogFileValidationEnabled"]
    assert trail["IsMultiRegionTrail"]
    assert trails.get_trail_status(Name=trail["TrailARN"])["IsLogging"]

    (recorder,) = account.client("config").describe_configuration_recorder_status()["ConfigurationRecordersStatus"]
    assert recorder["recording"]

    detection = account.client("guardduty")
    (detector,) = detection.list_detectors()["DetectorIds"]
    assert detection.get_detector(DetectorId=detector)["Status"] == "ENABLED"

    policy = account.client("iam").get_account_password_policy()["PasswordPolicy"]
    assert (policy["MinimumPasswordLength"], policy["PasswordReusePrevention"], policy["MaxPasswordAge"]) == (
        14,
        24,
        90,
    )
    required = ("Symbols", "Numbers", "UppercaseCharacters", "LowercaseCharacters")
    assert all(policy[f"Require{one}"] for one in required)


def base_03(account: Account) -> None:
    """What is written to the trail's bucket is locked, and nobody deletes it by the way."""
    locked(account, account.resources["aws_kms_key.keys_audit"]["tags_all"]["Environment"])


def locked(account: Account, environment: str) -> None:
    """An object of the audit bucket cannot be deleted; outside prod the bucket goes with it when all is destroyed."""
    bucket = str(account.outputs["audit_bucket"])
    s3 = account.client("s3")
    rule = s3.get_object_lock_configuration(Bucket=bucket)["ObjectLockConfiguration"]["Rule"]["DefaultRetention"]
    assert rule["Mode"] == ("COMPLIANCE" if environment == "prod" else "GOVERNANCE")

    one = {"Bucket": bucket, "Key": "AWSLogs/one.json.gz"}
    one["VersionId"] = s3.put_object(**one, Body=b"{}")["VersionId"]
    assert s3.get_object_retention(**one)["Retention"]["Mode"] == rule["Mode"]
    refused(lambda: s3.delete_object(**one), "AccessDenied")
    if environment == "prod":
        refused(lambda: s3.delete_object(**one, BypassGovernanceRetention=True), "AccessDenied")


def ztp_05(account: Account) -> None:
    """Clients show a certificate of an authority that is trusted; services of the mesh admit roles by their name."""
    balancers, resources = account.client("elbv2"), account.resources
    balancer = resources["aws_lb.ingress_balancer"]["arn"]
    listeners = balancers.describe_listeners(LoadBalancerArn=balancer)["Listeners"]
    (https,) = [one for one in listeners if one["Protocol"] == "HTTPS"]
    assert https["MutualAuthentication"]["Mode"] == "verify"
    store = https["MutualAuthentication"]["TrustStoreArn"]
    (trusted,) = balancers.describe_trust_stores(TrustStoreArns=[store])["TrustStores"]
    assert trusted["Status"] == "ACTIVE"

    mesh = account.client("vpc-lattice")
    services = [one for address, one in resources.items() if address.startswith("aws_vpclattice_service.")]
    assert services
    for service in services:
        assert mesh.get_service(serviceIdentifier=service["id"])["authType"] == "AWS_IAM"
        policy = json.loads(mesh.get_auth_policy(resourceIdentifier=service["arn"])["policy"])
        admitted = [one["Principal"] for one in policy["Statement"] if one["Effect"] == "Allow"]
        assert admitted
        for principal in admitted:
            named = principal["AWS"] if isinstance(principal["AWS"], list) else [principal["AWS"]]
            assert all(":role/" in one for one in named), named


def ztp_06(account: Account) -> None:
    """What was audited cannot be deleted while it is locked."""
    locked(account, account.resources["aws_s3_bucket.data_audit"]["tags_all"]["Environment"])


def refused(call: Callable[[], object], code: str) -> None:
    """A call has to be refused with a code."""
    with pytest.raises(ClientError) as raised:
        call()
    assert raised.value.response["Error"]["Code"] == code, raised.value


PROBES: Mapping[str, Mapping[str, Look]] = {
    "eks-microservices": {"EKS-05": eks_05},
    "financial-platform": {"FIN-02": fin_02, "FIN-06": fin_06},
    "globalstream": {"GS-05": gs_05, "GS-06": gs_06},
    "security-baseline": {"BASE-02": base_02, "BASE-03": base_03},
    "zero-trust-payments": {"ZTP-05": ztp_05, "ZTP-06": ztp_06},
}
"""By platform, in every environment."""
