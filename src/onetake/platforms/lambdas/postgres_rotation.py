"""Rotates the password of an application's user of PostgreSQL: the handler of a function that Secrets Manager calls.

Two login users take turns, so that what has read the secret before keeps working until the rotation after the next.
Both are members of one role that cannot log in, and act as it: whatever either of them creates belongs to that role,
and whatever the role is granted both may do. The role, the users and a schema of the role's name are created by the
first rotation; Terraform cannot, since it does not reach the database.

The password is set as a SCRAM verifier that is computed here: with ``log_statement = ddl`` PostgreSQL logs the
statement, and a password in it would be in the log. Connections are encrypted, and the server's certificate and name
are verified against RDS's authorities only.

Environment:
    HOST, PORT, DATABASE: of the cluster's writer.
    MASTER_SECRET_ARN: the secret of the user that may create roles; RDS rotates it.
    APPLICATION_ROLE: the role; its users are called the same with ``_a`` and ``_b`` behind it.
    CA_BUNDLE: the authorities that sign the server's certificate: a file beside this one, or an https URL of AWS.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import re
import secrets
import ssl
import urllib.request
from functools import cache
from pathlib import Path
from typing import Any

import boto3
from pg8000.exceptions import DatabaseError
from pg8000.native import Connection, identifier, literal

ITERATIONS = 4096  # of the verifier, as PostgreSQL itself takes
TIMEOUT = 5  # seconds for a connection to be made; a rotation makes three at most
PASSWORD_LENGTH = 40
_INVALID_PASSWORD = ("28P01", "28000")  # what PostgreSQL answers to a wrong password and to a user that is not there
_ROLE = re.compile(r"[a-z][a-z0-9_]{0,59}")


class Refused(Exception):
    """Secrets Manager asked for something that cannot be right; nothing was changed."""


def handler(event: dict[str, Any], _context: object) -> None:
    """Carry out one step of a rotation.

    Args:
        event: ``SecretId``, ``ClientRequestToken`` (the version that is being made) and ``Step``.
        _context: of the call.

    Raises:
        Refused: the secret is not being rotated to that version.
        DatabaseError: PostgreSQL refused something.
    """
    secret, token, step = event["SecretId"], event["ClientRequestToken"], event["Step"]
    manager = boto3.client("secretsmanager")
    stages = _stages(manager, secret, token)
    print(json.dumps({"step": step, "secret": secret, "version": token}))  # noqa: T201 - the function's log
    if "AWSCURRENT" in stages:
        return
    if "AWSPENDING" not in stages:
        raise Refused(f"version {token} is not pending")
    if step == "createSecret":
        create_secret(manager, secret, token)
    elif step == "setSecret":
        set_secret(manager, secret, token)
    elif step == "testSecret":
        test_secret(manager, secret, token)
    elif step == "finishSecret":
        finish_secret(manager, secret, token)
    else:
        raise Refused(f"there is no step {step!r}")


def _stages(manager: Any, secret: str, token: str) -> list[str]:
    described = manager.describe_secret(SecretId=secret)
    if not described.get("RotationEnabled"):
        raise Refused(f"rotation of {secret} is not enabled")
    versions = described.get("VersionIdsToStages", {})
    if token not in versions:
        raise Refused(f"{secret} has no version {token}")
    stages: list[str] = versions[token]
    return stages


def create_secret(manager: Any, secret: str, token: str) -> None:
    """Make the pending version: the other user, with a new password. What exists already is kept."""
    if _value(manager, secret, "AWSPENDING", token) is not None:
        return
    current = _value(manager, secret, "AWSCURRENT")
    if current is None:
        raise Refused(f"{secret} has no current value")
    password = manager.get_random_password(PasswordLength=PASSWORD_LENGTH, ExcludePunctuation=True)["RandomPassword"]
    pending = current | {"username": _other(current.get("username", "")), "password": password}
    manager.put_secret_value(
        SecretId=secret,
        ClientRequestToken=token,
        SecretString=json.dumps(pending),
        VersionStages=["AWSPENDING"],
    )


def set_secret(manager: Any, secret: str, token: str) -> None:
    """Let the pending user log in with the pending password."""
    pending = _pending(manager, secret, token)
    if _logs_in(pending):
        return
    master = _value(manager, os.environ["MASTER_SECRET_ARN"], "AWSCURRENT")
    if master is None:
        raise Refused("the master user's secret has no value")
    connection = _connect(master)
    try:
        connection.run("BEGIN")
        _prepare(connection, os.environ["APPLICATION_ROLE"])
        _let_in(connection, os.environ["APPLICATION_ROLE"], pending)
        connection.run("COMMIT")
    finally:
        connection.close()  # what was not committed is undone


def test_secret(manager: Any, secret: str, token: str) -> None:
    """Log in as the pending user, and see that it acts as the role."""
    pending = _pending(manager, secret, token)
    connection = _connect(pending)
    try:
        ((session, acting),) = connection.run("SELECT session_user, current_user")
    finally:
        connection.close()
    if (session, acting) != (pending["username"], os.environ["APPLICATION_ROLE"]):
        raise Refused(f"{session} acts as {acting}, not as {os.environ['APPLICATION_ROLE']}")


def finish_secret(manager: Any, secret: str, token: str) -> None:
    """Make the pending version the current one."""
    versions = manager.describe_secret(SecretId=secret)["VersionIdsToStages"]
    current = [version for version, stages in versions.items() if "AWSCURRENT" in stages]
    manager.update_secret_version_stage(
        SecretId=secret,
        VersionStage="AWSCURRENT",
        MoveToVersionId=token,
        RemoveFromVersionId=current[0],
    )
    manager.update_secret_version_stage(SecretId=secret, VersionStage="AWSPENDING", RemoveFromVersionId=token)


def _value(manager: Any, secret: str, stage: str, version: str | None = None) -> dict[str, str] | None:
    """The value of a version; None if it has none yet."""
    asked = {"SecretId": secret, "VersionStage": stage} | ({"VersionId": version} if version else {})
    try:
        found = manager.get_secret_value(**asked)
    except manager.exceptions.ResourceNotFoundException:
        return None
    text = found.get("SecretString")
    return json.loads(text) if text else None


def _pending(manager: Any, secret: str, token: str) -> dict[str, str]:
    pending = _value(manager, secret, "AWSPENDING", token)
    if pending is None:
        raise Refused(f"version {token} has no value: createSecret comes first")
    if pending["username"] not in _users():
        raise Refused(f"{pending['username']!r} is not a user of {os.environ['APPLICATION_ROLE']}")
    return pending


def _users() -> tuple[str, str]:
    role = os.environ["APPLICATION_ROLE"]
    if not _ROLE.fullmatch(role):
        raise Refused(f"APPLICATION_ROLE={role!r} is not a name of lower-case letters, digits and underscores")
    return f"{role}_a", f"{role}_b"


def _other(user: str) -> str:
    """Whose turn it is after a user."""
    first, second = _users()
    return second if user == first else first


def _prepare(connection: Connection, role: str) -> None:
    """Create the role and its schema, unless they are there."""
    if not connection.run("SELECT 1 FROM pg_roles WHERE rolname = :role", role=role):
        connection.run(f"CREATE ROLE {identifier(role)} NOLOGIN")
        # So that it may create a schema for the role; RDS's master user is no superuser.
        connection.run(f"GRANT {identifier(role)} TO CURRENT_USER")
    database = identifier(os.environ["DATABASE"])
    connection.run(f"GRANT CONNECT ON DATABASE {database} TO {identifier(role)}")
    connection.run(f"CREATE SCHEMA IF NOT EXISTS {identifier(role)} AUTHORIZATION {identifier(role)}")


def _let_in(connection: Connection, role: str, pending: dict[str, str]) -> None:
    """Create the user or change its password; either way it acts as the role."""
    user = identifier(pending["username"])
    known = connection.run("SELECT 1 FROM pg_roles WHERE rolname = :user", user=pending["username"])
    password = literal(verifier(pending["password"]))
    connection.run(f"{'ALTER' if known else 'CREATE'} ROLE {user} LOGIN PASSWORD {password}")
    connection.run(f"GRANT {identifier(role)} TO {user}")
    connection.run(f"ALTER ROLE {user} SET role = {literal(role)}")


def verifier(password: str, salt: bytes | None = None) -> str:
    """What PostgreSQL keeps of a password (SCRAM-SHA-256), of ASCII letters and digits."""
    salt = secrets.token_bytes(16) if salt is None else salt
    salted = hashlib.pbkdf2_hmac("sha256", password.encode("ascii"), salt, ITERATIONS)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    shown = (base64.b64encode(part).decode() for part in (salt, stored, server))
    return "SCRAM-SHA-256${}:{}${}:{}".format(ITERATIONS, *shown)


def _logs_in(user: dict[str, str]) -> bool:
    try:
        _connect(user).close()
    except DatabaseError as error:
        detail = error.args[0] if error.args else None
        if isinstance(detail, dict) and detail.get("C") in _INVALID_PASSWORD:
            return False
        raise
    return True


def _connect(user: dict[str, str]) -> Connection:
    return Connection(
        user["username"],
        password=user["password"],
        host=os.environ["HOST"],
        port=int(os.environ["PORT"]),
        database=os.environ["DATABASE"],
        timeout=TIMEOUT,
        ssl_context=_trust(os.environ["CA_BUNDLE"]),
        application_name="secret-rotation",
    )


@cache
def _trust(bundle: str) -> ssl.SSLContext:
    """TLS that trusts the authorities of a bundle and no others."""
    if bundle.startswith("https://"):
        # From AWS itself, over TLS that the runtime's own authorities vouch for.
        with urllib.request.urlopen(bundle, timeout=TIMEOUT) as answer:  # noqa: S310 - an https URL
            authorities = answer.read().decode("ascii")
    else:
        authorities = (Path(__file__).parent / bundle).read_text(encoding="ascii")
    context = ssl.create_default_context(cadata=authorities)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
