"""FIN-02, the function: its four steps against a real PostgreSQL, over TLS, and the emulated Secrets Manager."""

from __future__ import annotations

import base64
import json
import re
import ssl
import subprocess
import sys
import uuid
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws
from moto.awslambda_simple.models import LambdaSimpleBackend
from pg8000.exceptions import DatabaseError, InterfaceError
from pg8000.native import Connection

from onetake.platforms.lambdas import bundle
from onetake.platforms.lambdas.postgres_rotation import Refused, handler, verifier
from tests.platforms import postgres

STEPS = ("createSecret", "setSecret", "testSecret", "finishSecret")
ROLE = "ledger_app"
MASTER = {"username": "platform", "password": "themasterspassword"}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A server that only speaks TLS, with a master user like RDS's: it creates roles, and is no superuser."""
    authority, shown = postgres.certificates(tmp_path_factory.mktemp("certificates"))
    with postgres.server() as (port, log), postgres.tls(port, shown) as front:
        admin = connect(port, postgres.SUPERUSER, postgres.SUPERPASSWORD, "postgres", ssl_context=None)
        kept = verifier(MASTER["password"])
        admin.run(f"CREATE ROLE {MASTER['username']} LOGIN CREATEROLE CREATEDB PASSWORD '{kept}'")
        admin.close()
        yield {"port": port, "front": front, "log": log, "authority": authority}


def connect(port: int, user: str, password: str, name: str, **more: Any) -> Connection:
    return Connection(user, password=password, host="127.0.0.1", port=port, database=name, **more)


@pytest.fixture
def world(database: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[dict[str, Any]]:
    """A database without the role, and the emulated AWS: the two secrets, and the function, which runs here."""
    admin = connect(database["port"], postgres.SUPERUSER, postgres.SUPERPASSWORD, "postgres", ssl_context=None)
    name = f"ledger_{uuid.uuid4().hex[:8]}"
    admin.run(f"CREATE DATABASE {name} OWNER {MASTER['username']}")
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(variable, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    skipped: set[str] = set()

    def invoke(_: Any, function: str, qualifier: Any, body: str, headers: Any, response_headers: Any) -> bytes:
        event = json.loads(body)
        if event["Step"] not in skipped:
            handler(event, None)
        return b"null"

    monkeypatch.setattr(LambdaSimpleBackend, "invoke", invoke)
    with mock_aws(config={"lambda": {"use_docker": False}}):
        manager = boto3.client("secretsmanager")
        master = manager.create_secret(Name="master", SecretString=json.dumps(MASTER))["ARN"]
        first = {"engine": "postgres", "host": "127.0.0.1", "username": f"{ROLE}_b", "password": "ofnobody"}
        secret = manager.create_secret(Name="app", SecretString=json.dumps(first))["ARN"]
        for variable, value in {
            "HOST": "127.0.0.1",
            "PORT": str(database["front"]),
            "DATABASE": name,
            "MASTER_SECRET_ARN": master,
            "APPLICATION_ROLE": ROLE,
            "CA_BUNDLE": str(database["authority"]),
        }.items():
            monkeypatch.setenv(variable, value)
        given = {"manager": manager, "secret": secret, "name": name, "admin": admin, "skipped": skipped}
        yield database | given | {"function": deployed(tmp_path)}
    admin.run(f"DROP DATABASE {name} WITH (FORCE)")
    for role in (f"{ROLE}_a", f"{ROLE}_b", ROLE):
        admin.run(f"DROP ROLE IF EXISTS {role}")
    admin.close()


def deployed(folder: Path) -> str:
    """The function, deployed to the emulated Lambda from the bundle."""
    trusted = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    role = boto3.client("iam").create_role(
        RoleName="rotation", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trusted]})
    )["Role"]["Arn"]
    made = boto3.client("lambda").create_function(
        FunctionName="rotation",
        Role=role,
        Runtime="python3.13",
        Handler="postgres_rotation.handler",
        Code={"ZipFile": (folder / packed(folder).path).read_bytes()},
    )
    arn: str = made["FunctionArn"]
    return arn


def rotate(world: dict[str, Any], *, skipped: tuple[str, ...] = ()) -> str:
    """Let Secrets Manager rotate the secret, as it does by schedule: the version that it makes."""
    world["skipped"].clear()
    world["skipped"].update(skipped)
    done = world["manager"].rotate_secret(
        SecretId=world["secret"],
        RotationLambdaARN=world["function"],
        RotationRules={"AutomaticallyAfterDays": 30},
    )
    version: str = done["VersionId"]
    return version


def current(world: dict[str, Any]) -> dict[str, str]:
    value: dict[str, str] = json.loads(
        world["manager"].get_secret_value(SecretId=world["secret"], VersionStage="AWSCURRENT")["SecretString"]
    )
    return value


def login(world: dict[str, Any], user: dict[str, str]) -> Connection:
    return connect(world["port"], user["username"], user["password"], world["name"], ssl_context=None)


def test_fin_02_two_users_take_turns_and_share_what_they_own(world: dict[str, Any]):
    rotate(world)
    first = current(world)
    assert first["username"] == f"{ROLE}_a"
    assert first["host"] == "127.0.0.1"
    assert re.fullmatch(r"[A-Za-z0-9]{40}", first["password"])
    early = login(world, first)
    early.run(f"CREATE TABLE {ROLE}.entry (amount int)")

    rotate(world)
    second = current(world)
    assert second["username"] == f"{ROLE}_b"
    # Whoever has read the secret before goes on, with the connections there are and with new ones.
    early.run(f"INSERT INTO {ROLE}.entry VALUES (1)")
    login(world, first).close()
    late = login(world, second)
    late.run(f"ALTER TABLE {ROLE}.entry ADD COLUMN currency text")
    assert late.run(f"SELECT amount FROM {ROLE}.entry") == [[1]]

    rotate(world)
    third = current(world)
    assert third["username"] == f"{ROLE}_a"
    assert third["password"] != first["password"]
    with pytest.raises(DatabaseError, match="password authentication failed"):
        login(world, first)
    for one in (early, late, login(world, third)):
        one.close()


def test_fin_02_every_step_may_be_repeated(world: dict[str, Any]):
    version = rotate(world, skipped=STEPS)
    for step in (step for step in STEPS for _ in range(2)):
        handler({"SecretId": world["secret"], "ClientRequestToken": version, "Step": step}, None)

    login(world, current(world)).close()
    versions = world["manager"].describe_secret(SecretId=world["secret"])["VersionIdsToStages"]
    assert "AWSCURRENT" in versions[version]
    assert sum("AWSCURRENT" in stages for stages in versions.values()) == 1


def test_fin_02_no_password_is_in_the_log_of_the_database_or_of_the_function(
    world: dict[str, Any], capsys: pytest.CaptureFixture[str]
):
    rotate(world)
    made = current(world)
    logged = world["log"].read_text()

    assert f'ROLE "{made["username"]}" LOGIN PASSWORD' in logged
    assert "SCRAM-SHA-256$4096:" in logged
    told = capsys.readouterr().out
    assert [json.loads(line)["step"] for line in told.splitlines()] == list(STEPS)
    for text in (logged, told):
        assert made["password"] not in text
        assert MASTER["password"] not in text


def test_fin_02_postgres_takes_the_verifier_for_its_own(world: dict[str, Any]):
    admin = world["admin"]
    admin.run("CREATE ROLE probe LOGIN PASSWORD 'Abc123'")
    ((kept,),) = admin.run("SELECT rolpassword FROM pg_authid WHERE rolname = 'probe'")
    admin.run("DROP ROLE probe")

    salt = base64.b64decode(kept.split("$")[1].partition(":")[2])
    assert verifier("Abc123", salt) == kept


@pytest.mark.parametrize("fault", ["authority", "name", "plain"])
def test_fin_02_a_server_that_nobody_vouches_for_is_not_told_the_password(
    fault: str, world: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    if fault == "authority":
        other, _ = postgres.certificates(tmp_path)
        monkeypatch.setenv("CA_BUNDLE", str(other))
    elif fault == "name":
        monkeypatch.setenv("HOST", "localhost")  # the certificate is for 127.0.0.1
    else:
        monkeypatch.setenv("PORT", str(world["port"]))  # it speaks no TLS
    told = "refuses SSL" if fault == "plain" else "CERTIFICATE_VERIFY_FAILED"
    with pytest.raises((InterfaceError, ssl.SSLCertVerificationError), match=told):
        rotate(world)
    assert current(world)["password"] == "ofnobody"


def test_fin_02_a_failure_leaves_the_current_user_alone(world: dict[str, Any]):
    rotate(world)
    before = current(world)
    # What setSecret did not do, testSecret sees.
    with pytest.raises(DatabaseError, match="password authentication failed"):
        rotate(world, skipped=("setSecret",))

    assert current(world) == before
    login(world, before).close()


def test_fin_02_a_user_who_does_not_act_as_the_role_is_seen(world: dict[str, Any]):
    version = rotate(world, skipped=("testSecret", "finishSecret"))
    world["admin"].run(f"ALTER ROLE {ROLE}_a RESET role")
    with pytest.raises(Refused, match=f"{ROLE}_a acts as {ROLE}_a, not as {ROLE}"):
        handler({"SecretId": world["secret"], "ClientRequestToken": version, "Step": "testSecret"}, None)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"Step": "deleteSecret"}, "there is no step 'deleteSecret'"),
        ({"Step": "setSecret"}, "has no value: createSecret comes first"),
        ({"ClientRequestToken": str(uuid.uuid4())}, "has no version"),
    ],
)
def test_fin_02_what_cannot_be_right_is_refused(change: dict[str, str], told: str, world: dict[str, Any]):
    version = rotate(world, skipped=STEPS)
    event = {"SecretId": world["secret"], "ClientRequestToken": version, "Step": "createSecret"}
    with pytest.raises(Refused, match=told):
        handler(event | change, None)


def test_fin_02_a_secret_that_is_not_rotated_is_refused(world: dict[str, Any]):
    event = {"SecretId": world["secret"], "ClientRequestToken": str(uuid.uuid4()), "Step": "createSecret"}
    with pytest.raises(Refused, match=r"rotation of .* is not enabled"):
        handler(event, None)


def packed(folder: Path, extra: dict[str, bytes] | None = None) -> bundle.Bundle:
    return bundle.write(folder, "rotation", handler="postgres_rotation", packages=bundle.DRIVER, extra=extra or {})


def test_the_bundle_is_the_same_to_the_byte_and_has_what_it_imports(tmp_path: Path):
    first, second = packed(tmp_path / "a"), packed(tmp_path / "b")
    assert first == second
    path = tmp_path / "a" / first.path
    assert path.read_bytes() == (tmp_path / "b" / second.path).read_bytes()
    assert packed(tmp_path / "c", {"authorities.pem": b"x"}).digest != first.digest
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert names == sorted(names)
    assert not [name for name in names if name.startswith("/") or ".." in name or "__pycache__" in name]
    # A Python that has nothing but its own library, and boto3 as Lambda brings it, imports the handler.
    program = (
        "import sys, types; sys.modules['boto3'] = types.ModuleType('boto3'); "
        f"sys.path.insert(0, {str(path)!r}); import postgres_rotation, pg8000; "
        "print(postgres_rotation.handler.__name__, pg8000.__file__.startswith(sys.path[0]))"
    )
    done = subprocess.run([sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout == "handler True\n", done.stderr


def test_the_bundle_has_everything_that_the_driver_needs():
    def needed(package: str) -> set[str]:
        wanted = [one for one in metadata.requires(package) or () if "extra ==" not in one]
        direct = {re.split(r"[ <>=!~;\[(]", one, maxsplit=1)[0] for one in wanted}
        return direct.union(*map(needed, direct)) if direct else set()

    assert needed("pg8000") | {"pg8000"} == set(bundle.DRIVER)


def test_authorities_are_read_from_aws_over_https():
    from onetake.platforms.constructs.rotation import authorities

    for region in ("eu-west-1", "us-east-1", "us-gov-west-1", "cn-north-1"):
        place = authorities(region)
        assert re.match(r"https://[\w.-]+\.amazonaws\.com(\.cn)?/", place)
        assert place.endswith(f"/{region}/{region}-bundle.pem")
