"""Rotates a key that a service signs with: the handler of a function that Secrets Manager calls.

The secret is a JSON object of ``key``, with which is signed, and ``previous``, with which what was signed before the
last rotation is still verified. There is nobody to tell of a new key but those who read the secret.

It stands alone, without the rest of the package: this file is the whole function.
"""

from __future__ import annotations

import json
from typing import Any

import boto3

LENGTH = 64  # characters of letters and digits: more than 256 bits


class Refused(Exception):
    """Secrets Manager asked for something that cannot be right; nothing was changed."""


def handler(event: dict[str, Any], _context: object) -> None:
    """Carry out one step of a rotation.

    Args:
        event: ``SecretId``, ``ClientRequestToken`` (the version that is being made) and ``Step``.
        _context: of the call.

    Raises:
        Refused: the secret is not being rotated to that version.
    """
    secret, token, step = event["SecretId"], event["ClientRequestToken"], event["Step"]
    manager = boto3.client("secretsmanager")
    described = manager.describe_secret(SecretId=secret)
    if not described.get("RotationEnabled"):
        raise Refused(f"rotation of {secret} is not enabled")
    versions: dict[str, list[str]] = described.get("VersionIdsToStages", {})
    print(json.dumps({"step": step, "secret": secret, "version": token}))  # noqa: T201 - the function's log
    if "AWSCURRENT" in versions.get(token, ()):
        return
    if "AWSPENDING" not in versions.get(token, ()):
        raise Refused(f"version {token} of {secret} is not pending")
    if step == "createSecret":
        _create(manager, secret, token)
    elif step == "setSecret":
        return  # nobody else keeps a copy
    elif step == "testSecret":
        _test(manager, secret, token)
    elif step == "finishSecret":
        _finish(manager, secret, token, versions)
    else:
        raise Refused(f"there is no step {step!r}")


def _create(manager: Any, secret: str, token: str) -> None:
    """Make the pending version: a new key, and the current one as the previous. What exists already is kept."""
    if _value(manager, secret, "AWSPENDING", token) is not None:
        return
    current = _value(manager, secret, "AWSCURRENT") or {}
    made = manager.get_random_password(PasswordLength=LENGTH, ExcludePunctuation=True)["RandomPassword"]
    manager.put_secret_value(
        SecretId=secret,
        ClientRequestToken=token,
        SecretString=json.dumps({"key": made, "previous": current.get("key", "")}),
        VersionStages=["AWSPENDING"],
    )


def _test(manager: Any, secret: str, token: str) -> None:
    """See that the pending version is a new key, and that the current one is not lost."""
    pending = _value(manager, secret, "AWSPENDING", token)
    current = _value(manager, secret, "AWSCURRENT") or {}
    if pending is None or len(pending.get("key", "")) != LENGTH:
        raise Refused(f"version {token} of {secret} has no key")
    if pending["key"] == current.get("key") or pending.get("previous") != current.get("key", ""):
        raise Refused(f"version {token} of {secret} does not follow its current version")


def _finish(manager: Any, secret: str, token: str, versions: dict[str, list[str]]) -> None:
    """Make the pending version the current one."""
    current = [version for version, stages in versions.items() if "AWSCURRENT" in stages]
    replaced = {"RemoveFromVersionId": current[0]} if current else {}
    manager.update_secret_version_stage(SecretId=secret, VersionStage="AWSCURRENT", MoveToVersionId=token, **replaced)
    manager.update_secret_version_stage(SecretId=secret, VersionStage="AWSPENDING", RemoveFromVersionId=token)


def _value(manager: Any, secret: str, stage: str, version: str | None = None) -> dict[str, str] | None:
    """The value of a version; None if it has none yet."""
    asked = {"SecretId": secret, "VersionStage": stage} | ({"VersionId": version} if version else {})
    try:
        text = manager.get_secret_value(**asked).get("SecretString")
    except manager.exceptions.ResourceNotFoundException:
        return None
    return json.loads(text) if text else None
