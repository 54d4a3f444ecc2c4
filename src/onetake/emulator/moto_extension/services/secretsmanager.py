"""Secrets Manager: rotation by a schedule expression, and whose value is current; the keys of replicas."""

from collections.abc import Callable
from typing import Any

from onetake.emulator.moto_extension.calls import Call
from onetake.emulator.moto_extension.generic.store import Store


def _rotates(call: Call, store: Store, answer: dict[str, Any]) -> None:
    rotation = {
        name: call.parameters[name] for name in ("RotationRules", "RotationLambdaARN") if name in call.parameters
    }
    store.table(call, "rotation").setdefault(str(answer.get("ARN")), {}).update(rotation)


def _ends(call: Call, store: Store, answer: dict[str, Any]) -> None:
    store.table(call, "rotation").pop(str(answer.get("ARN")), None)


def _shown(call: Call, store: Store, answer: dict[str, Any]) -> None:
    rotation = store.table(call, "rotation").get(str(answer.get("ARN")))
    if rotation:
        answer.update(rotation, RotationEnabled=True)
    keys = store.table(call, "replicas").get(str(answer.get("ARN")), {})
    for replica in answer.get("ReplicationStatus", []):
        if replica.get("Region") in keys:
            replica["KmsKeyId"] = keys[replica["Region"]]


def _replicated(call: Call, store: Store, answer: dict[str, Any]) -> None:
    held = store.table(call, "replicas").setdefault(str(answer.get("ARN")), {})
    for one in call.get("AddReplicaRegions", []):
        if one.get("KmsKeyId"):
            held[one["Region"]] = one["KmsKeyId"]


AMENDMENTS = {
    "CreateSecret": _replicated,
    "ReplicateSecretToRegions": _replicated,
    "RotateSecret": _rotates,
    "CancelRotateSecret": _ends,
    "DescribeSecret": _shown,
}


def repair() -> None:
    """Moto forgets the function of a secret that is rotated once more, and takes a pending version for the current."""
    from moto.secretsmanager.models import SecretsManagerBackend

    backend: Any = SecretsManagerBackend
    backend.rotate_secret = _settled(_with_function(backend.rotate_secret))
    backend.update_secret_version_stage = _settled(backend.update_secret_version_stage)


def _with_function(rotate: Callable[..., Any]) -> Callable[..., Any]:
    """A rotation that names no function is by the one that the secret has."""

    def rotate_secret(self: Any, secret_id: str, *given: Any, **named: Any) -> Any:
        if not named.get("rotation_lambda_arn") and secret_id in self.secrets:
            named["rotation_lambda_arn"] = getattr(self.secrets[secret_id], "rotation_lambda_arn", "") or None
        return rotate(self, secret_id, *given, **named)

    return rotate_secret


def _settled(change: Callable[..., Any]) -> Callable[..., Any]:
    """The current version is the one that is labelled so, whatever a function did or did not do."""

    def changed(self: Any, secret_id: str, *given: Any, **named: Any) -> Any:
        told = change(self, secret_id, *given, **named)
        secret = self.secrets[secret_id]
        for version, one in secret.versions.items():
            if "AWSCURRENT" in one["version_stages"]:
                secret.set_default_version_id(version)
        return told

    return changed
