"""The failing and the passing program of each pair get different answers, in both languages."""

from pathlib import Path

import pytest

from onetake.aws.iam import Role
from onetake.aws.kms import Key
from onetake.aws.logs import LogGroup
from onetake.aws.lookup import views
from onetake.aws.s3 import Bucket
from onetake.frontends import cloudformation, terraform
from onetake.frontends.files import Options
from onetake.mechanisms.policies import (
    is_public,
    key_allows,
    locks_out,
    opening,
    resource_policy,
    role_allows,
    service_in,
    trusts,
)
from onetake.model.language import Truth
from onetake.model.stacks import Stack

LANGUAGES = pytest.mark.parametrize("language", ["terraform", "cloudformation"])


def load(shared: Path, pair: str, language: str, variant: str) -> Stack:
    (path,) = (shared / "pairs" / pair / language).glob(f"{variant}*")
    options = Options(root=path if path.is_dir() else path.parent)
    return (terraform.read(path, options) if language == "terraform" else cloudformation.read(path, options))[0]


@LANGUAGES
@pytest.mark.parametrize(("variant", "answer"), [("fail", Truth.NO), ("pass", Truth.YES)])
class TestRoles:
    def test_network_interfaces(self, shared: Path, language: str, variant: str, answer: Truth) -> None:
        (role,) = views(load(shared, "07-lambda-vpc-role-without-eni-permission", language, variant), Role)

        assert role_allows(role, "ec2:CreateNetworkInterface", resource="*") is answer
        assert trusts(role, "lambda.amazonaws.com") is Truth.YES

    def test_log_delivery(self, shared: Path, language: str, variant: str, answer: Truth) -> None:
        (role,) = views(load(shared, "23-sfn-logging-role-without-delivery", language, variant), Role)

        assert role_allows(role, ("logs:CreateLogDelivery", "logs:PutResourcePolicy"), resource="*") is answer

    def test_managed_rules(self, shared: Path, language: str, variant: str, answer: Truth) -> None:
        role = views(load(shared, "24-sfn-sync-task-without-events-permission", language, variant), Role)[0]

        assert role_allows(role, ("events:PutRule", "events:PutTargets", "events:DescribeRule")) is answer

    def test_encrypted_log_groups(self, shared: Path, language: str, variant: str, answer: Truth) -> None:
        stack = load(shared, "22-log-group-key-without-logs-principal", language, variant)
        (key,), (group,) = views(stack, Key), views(stack, LogGroup)
        context = {"kms:EncryptionContext:aws:logs:arn": group}

        assert key_allows(key, service_in("logs", group), ("kms:Encrypt", "kms:Decrypt"), context=context) is answer


@LANGUAGES
@pytest.mark.parametrize(("variant", "answer"), [("fail", Truth.YES), ("pass", Truth.NO)])
def test_lock_out(shared: Path, language: str, variant: str, answer: Truth) -> None:
    (key,) = views(load(shared, "21-kms-key-policy-locks-out-account", language, variant), Key)

    assert locks_out(key) is answer


@LANGUAGES
def test_public_bucket_policy(shared: Path, language: str) -> None:
    fails, passes = (
        views(load(shared, "19-s3-public-policy-default-block", language, variant), Bucket)[0]
        for variant in ("fail", "pass")
    )
    policy = resource_policy(fails)

    assert is_public(policy) is Truth.YES
    assert opening(policy)[0].where.path[-2:] == ("Statement", 0)
    assert fails.public_access_block.surely_empty
    assert [block.block_public_policy.value for block in passes.public_access_block] == [False]  # type: ignore[union-attr]
