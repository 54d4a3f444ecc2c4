"""EFS: backup policies, policies and protection of file systems, and replication, which makes the copy it wants."""

import secrets
from collections.abc import Mapping
from typing import Any

from onetake.emulator.moto_extension.calls import AwsError, Call
from onetake.emulator.moto_extension.generic.store import Store

_PROTECTED = "protected"
"""The table of what was said of the protection of file systems, by id."""


def _backups(call: Call, store: Store) -> Mapping[str, Any]:
    policy = dict(call.get("BackupPolicy") or {})
    store.table(call, "backups")[str(call.get("FileSystemId"))] = policy
    return {"BackupPolicy": policy}


def _backed(call: Call, store: Store) -> Mapping[str, Any] | None:
    policy = store.table(call, "backups").get(str(call.get("FileSystemId")))
    return {"BackupPolicy": policy} if policy else None


def _policy(call: Call, store: Store) -> Mapping[str, Any]:
    identity = str(call.get("FileSystemId"))
    store.table(call, "policies")[identity] = call.get("Policy")
    return {"FileSystemId": identity, "Policy": call.get("Policy")}


def _policed(call: Call, store: Store) -> Mapping[str, Any]:
    identity = str(call.get("FileSystemId"))
    policy = store.table(call, "policies").get(identity)
    if policy is None:
        raise AwsError("PolicyNotFound", f"Policy for file system {identity} does not exist", 404)
    return {"FileSystemId": identity, "Policy": policy}


def _unpolice(call: Call, store: Store) -> Mapping[str, Any]:
    store.table(call, "policies").pop(str(call.get("FileSystemId")), None)
    return {}


def _replicate(call: Call, store: Store) -> Mapping[str, Any]:
    from moto.efs.models import efs_backends

    source = str(call.get("SourceFileSystemId"))
    destinations = []
    for given in call.get("Destinations", []):
        region = given.get("Region") or call.region
        identity = given.get("FileSystemId")
        if identity is None:
            copy = efs_backends[call.account][region].create_file_system(
                f"replica-{secrets.token_hex(8)}", "generalPurpose", True, None, "bursting", None, None, False, []
            )
            identity = copy.file_system_id
        destinations.append({"FileSystemId": identity, "Region": region, "Status": "ENABLED"})
    made = {
        "SourceFileSystemId": source,
        "SourceFileSystemRegion": call.region,
        "SourceFileSystemArn": _arn(call, source),
        "OriginalSourceFileSystemArn": _arn(call, source),
        "CreationTime": 1767225600.0,
        "Destinations": destinations,
    }
    for region in {call.region, *(one["Region"] for one in destinations)}:
        store.table(call, "replications", region)[source] = made
    for one in destinations:
        store.table(call, _PROTECTED, one["Region"])[one["FileSystemId"]] = "REPLICATING"
    return made


def _arn(call: Call, identity: str) -> str:
    return f"arn:aws:elasticfilesystem:{call.region}:{call.account}:file-system/{identity}"


def _replications(call: Call, store: Store) -> Mapping[str, Any]:
    wanted = call.get("FileSystemId")
    found = [
        one
        for source, one in store.table(call, "replications").items()
        if wanted in (None, source, *(copy["FileSystemId"] for copy in one["Destinations"]))
    ]
    if wanted and not found:
        text = f"Replication configuration for {wanted} does not exist"
        raise AwsError("ReplicationNotFound", text, 404)
    return {"Replications": found}


def _unreplicate(call: Call, store: Store) -> Mapping[str, Any]:
    source = str(call.get("SourceFileSystemId"))
    found = store.table(call, "replications").pop(source, None)
    for one in found["Destinations"] if found else ():
        store.table(call, "replications", one["Region"]).pop(source, None)
        # AWS protects what was a copy again, and lets it be written to.
        store.table(call, _PROTECTED, one["Region"]).pop(one["FileSystemId"], None)
    if found:
        store.table(call, "replications", found["SourceFileSystemRegion"]).pop(source, None)
    return {}


def _protect(call: Call, store: Store) -> Mapping[str, Any]:
    given = call.get("ReplicationOverwriteProtection")
    if given:
        store.table(call, _PROTECTED)[str(call.get("FileSystemId"))] = given
    return _protection(call, store, str(call.get("FileSystemId")))


def _protection(call: Call, store: Store, identity: str) -> dict[str, Any]:
    """Whether something may replicate into a file system: AWS says no until it is told otherwise."""
    return {"ReplicationOverwriteProtection": store.table(call, _PROTECTED).get(identity, "ENABLED")}


def _systems(call: Call, store: Store, answer: dict[str, Any]) -> None:
    for one in answer.get("FileSystems", [answer]):
        if "FileSystemId" in one:
            one["FileSystemProtection"] = _protection(call, store, one["FileSystemId"])


THINGS = ("replications",)
OPERATIONS = {
    "PutBackupPolicy": _backups,
    "DescribeBackupPolicy": _backed,
    "PutFileSystemPolicy": _policy,
    "DescribeFileSystemPolicy": _policed,
    "DeleteFileSystemPolicy": _unpolice,
    "CreateReplicationConfiguration": _replicate,
    "DescribeReplicationConfigurations": _replications,
    "DeleteReplicationConfiguration": _unreplicate,
    "UpdateFileSystemProtection": _protect,
}
AMENDMENTS = dict.fromkeys(("CreateFileSystem", "DescribeFileSystems", "UpdateFileSystem"), _systems)
