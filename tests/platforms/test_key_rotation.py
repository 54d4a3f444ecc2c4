"""The function that rotates the keys of services: its steps, against the emulated Secrets Manager and Lambda."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws
from moto.awslambda_simple.models import LambdaSimpleBackend

from onetake.platforms.lambdas import bundle
from onetake.platforms.lambdas.key_rotation import LENGTH, Refused, handler

FIRST = {"key": "f" * LENGTH, "previous": ""}


def _invoke(_: Any, function: str, qualifier: Any, body: str, headers: Any, response_headers: Any) -> bytes:
    handler(json.loads(body), None)
    return b"null"


@pytest.fixture
def manager(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An emulated Secrets Manager with a secret ``app``, whose function runs here."""
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(variable, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setattr(LambdaSimpleBackend, "invoke", _invoke)
    with mock_aws(config={"lambda": {"use_docker": False}}):
        made = boto3.client("secretsmanager")
        made.create_secret(Name="app", SecretString=json.dumps(FIRST))
        yield made


def packed(folder: Path) -> bundle.Bundle:
    return bundle.write(folder, "rotation", handler="key_rotation", packages=(), extra={})


def rotate(manager: Any, folder: Path) -> str:
    """Let Secrets Manager rotate the secret, as it does by schedule: the version that it makes."""
    trusted = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    trust = json.dumps({"Version": "2012-10-17", "Statement": [trusted]})
    role = boto3.client("iam").create_role(RoleName="rotation", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    function = boto3.client("lambda").create_function(
        FunctionName="rotation",
        Role=role,
        Runtime="python3.13",
        Handler="key_rotation.handler",
        Code={"ZipFile": (folder / packed(folder).path).read_bytes()},
    )
    rotation = {"RotationLambdaARN": function["FunctionArn"], "RotationRules": {"AutomaticallyAfterDays": 30}}
    version: str = manager.rotate_secret(SecretId="app", **rotation)["VersionId"]
    return version


def value(manager: Any, stage: str = "AWSCURRENT") -> dict[str, str]:
    found: dict[str, str] = json.loads(manager.get_secret_value(SecretId="app", VersionStage=stage)["SecretString"])
    return found


def pending(manager: Any, folder: Path) -> str:
    """A version that is being made, of a secret that rotates."""
    rotate(manager, folder)
    token = "a" * 32
    manager.put_secret_value(SecretId="app", ClientRequestToken=token, SecretString="{}", VersionStages=["AWSPENDING"])
    return token


def step(name: str, token: str) -> None:
    handler({"SecretId": "app", "ClientRequestToken": token, "Step": name}, None)


def test_a_new_key_is_made_and_the_last_one_is_kept(manager: Any, tmp_path: Path):
    version = rotate(manager, tmp_path)

    rotated = value(manager)
    assert rotated["previous"] == FIRST["key"]
    assert len(rotated["key"]) == LENGTH
    assert rotated["key"].isalnum()
    stages = manager.describe_secret(SecretId="app")["VersionIdsToStages"]
    assert "AWSCURRENT" in stages[version]
    assert value(manager, "AWSPREVIOUS") == FIRST


def test_a_step_that_is_repeated_changes_nothing(manager: Any, tmp_path: Path):
    version = rotate(manager, tmp_path)
    before = value(manager)

    for name in ("createSecret", "setSecret", "testSecret", "finishSecret"):
        step(name, version)
    assert value(manager) == before


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ({"key": "short", "previous": ""}, "has no key"),
        ({"previous": ""}, "has no key"),
        ({"key": "n" * LENGTH, "previous": "other"}, "does not follow its current version"),
    ],
)
def test_a_key_that_does_not_follow_is_refused(kept: dict[str, str], told: str, manager: Any, tmp_path: Path):
    rotate(manager, tmp_path)
    token = "b" * 32
    manager.put_secret_value(
        SecretId="app", ClientRequestToken=token, SecretString=json.dumps(kept), VersionStages=["AWSPENDING"]
    )
    current = value(manager)

    with pytest.raises(Refused, match=told):
        step("testSecret", token)
    assert value(manager) == current


def test_what_is_not_being_rotated_is_refused(manager: Any, tmp_path: Path):
    with pytest.raises(Refused, match="rotation of app is not enabled"):
        step("createSecret", "c" * 32)
    token = pending(manager, tmp_path)
    with pytest.raises(Refused, match=f"version {'d' * 32} of app is not pending"):
        step("createSecret", "d" * 32)
    with pytest.raises(Refused, match="there is no step 'shredSecret'"):
        step("shredSecret", token)


def test_the_bundle_is_the_function_alone_and_always_the_same(tmp_path: Path):
    one, two = packed(tmp_path / "one"), packed(tmp_path / "two")

    assert one == two
    with zipfile.ZipFile(tmp_path / "one" / one.path) as archive:
        assert archive.namelist() == ["key_rotation.py"]
