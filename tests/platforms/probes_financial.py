"""What the financial platform has to show while it stands."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest

from onetake.emulator import Account
from tests.platforms import postgres

MASTER = {"username": "platform", "password": "themasterspassword"}


def fin_02(account: Account) -> None:
    """RDS keeps the master's password, none is in the state, and the application's secret is rotated.

    The function's four steps run where PostgreSQL can be had.
    """
    cluster = account.resources["aws_rds_cluster.database_cluster"]
    assert cluster["manage_master_user_password"]
    assert not cluster["master_password"]
    (shown,) = account.client("rds").describe_db_clusters(DBClusterIdentifier=cluster["id"])["DBClusters"]
    assert shown["MasterUserSecret"]["SecretArn"] == account.outputs["master_secret_arn"]

    manager, secret = account.client("secretsmanager"), str(account.outputs["application_secret_arn"])
    described = manager.describe_secret(SecretId=secret)
    assert described["RotationEnabled"]
    function = described["RotationLambdaARN"]
    assert function == account.resources["aws_lambda_function.rotation"]["arn"]
    policy = json.loads(account.client("lambda").get_policy(FunctionName=function)["Policy"])
    invokers = [one["Principal"].get("Service") for one in policy["Statement"] if one["Effect"] == "Allow"]
    assert "secretsmanager.amazonaws.com" in invokers

    before = _value(manager, secret)
    assert before["password"] not in account.state
    if not _have_postgres():
        return
    with _database(account, function):
        manager.rotate_secret(SecretId=secret)
    after = _value(manager, secret)
    assert after["username"] != before["username"]
    assert after["password"] != before["password"]
    assert after["password"] not in account.state


def _value(manager: Any, secret: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(manager.get_secret_value(SecretId=secret)["SecretString"])
    return found


@contextmanager
def _database(account: Account, function: str) -> Iterator[None]:
    """The function runs here, with its own settings, against a real PostgreSQL and the emulated Secrets Manager."""
    from moto.awslambda.models import LambdaBackend
    from pg8000.native import Connection

    from onetake.platforms.lambdas.postgres_rotation import handler, verifier

    settings = account.client("lambda").get_function_configuration(FunctionName=function)["Environment"]["Variables"]
    with ExitStack() as stack:
        authority, certificate = postgres.certificates(Path(stack.enter_context(TemporaryDirectory())))
        port, _ = stack.enter_context(postgres.server())
        front = stack.enter_context(postgres.tls(port, certificate))
        own = {"host": "127.0.0.1", "port": port, "database": "postgres"}  # that one is there; the user's own is not
        admin = Connection(postgres.SUPERUSER, password=postgres.SUPERPASSWORD, **own)
        stack.callback(admin.close)
        kept = verifier(MASTER["password"])
        admin.run(f"CREATE ROLE {MASTER['username']} LOGIN CREATEROLE CREATEDB PASSWORD '{kept}'")
        admin.run(f"CREATE DATABASE {settings['DATABASE']} OWNER {MASTER['username']}")
        # Of the secret that RDS makes, the emulator knows the name only.
        master = account.client("secretsmanager").create_secret(Name="the-masters", SecretString=json.dumps(MASTER))
        stack.callback(_forget, account, master["ARN"])
        here = {
            "HOST": "127.0.0.1",
            "PORT": str(front),
            "CA_BUNDLE": str(authority),
            "MASTER_SECRET_ARN": master["ARN"],
            "AWS_ENDPOINT_URL": account.url,
            "AWS_ACCESS_KEY_ID": "rehearsal",
            "AWS_SECRET_ACCESS_KEY": "rehearsal",
            "AWS_DEFAULT_REGION": account.region,
        }
        stack.enter_context(patch.dict(os.environ, {**settings, **here}))

        def invoke(_backend: Any, *_given: Any, body: str, **_named: Any) -> bytes:
            handler(json.loads(body), None)
            return b"null"

        stack.enter_context(patch.object(LambdaBackend, "invoke", invoke))
        yield


def _forget(account: Account, secret: str) -> None:
    account.client("secretsmanager").delete_secret(SecretId=secret, ForceDeleteWithoutRecovery=True)


def fin_06(account: Account) -> None:
    """Web ACLs stand before the load balancer and the distribution; instances start from the latest template."""
    resources = account.resources
    balancer = resources["aws_lb.entry_balancer"]["arn"]
    web = account.client("wafv2").get_web_acl_for_resource(ResourceArn=balancer)["WebACL"]
    assert web["ARN"] == resources["aws_wafv2_web_acl.entry_web"]["arn"]

    distribution = resources["aws_cloudfront_distribution.edge"]["id"]
    shown = account.client("cloudfront").get_distribution(Id=distribution)["Distribution"]["DistributionConfig"]
    assert shown["WebACLId"] == resources["aws_wafv2_web_acl.edge_web"]["arn"]

    template = resources["aws_launch_template.compute_template"]
    name = resources["aws_autoscaling_group.compute_instances"]["name"]
    (group,) = account.client("autoscaling").describe_auto_scaling_groups(AutoScalingGroupNames=[name])[
        "AutoScalingGroups"
    ]
    launched: Mapping[str, str] = group["LaunchTemplate"]
    assert launched["LaunchTemplateId"] == template["id"]
    assert launched["Version"] in {"$Latest", str(template["latest_version"])}


def _have_postgres() -> bool:
    """Whether PostgreSQL can be run here."""
    try:
        postgres.programs()
    except pytest.skip.Exception:
        return False
    return True
