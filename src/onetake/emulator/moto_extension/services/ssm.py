"""Systems Manager: associations, baselines of patches, maintenance windows."""

import datetime
import secrets
import uuid
from collections.abc import Mapping
from typing import Any

from onetake.emulator.moto_extension.calls import AwsError, Call
from onetake.emulator.moto_extension.generic.store import Store, tags_in
from onetake.emulator.moto_extension.services import ssm_windows

_ASSOCIATIONS, _PATCH_GROUPS = "associations", "patch groups"


def _create(call: Call, store: Store) -> Mapping[str, Any]:
    identity = str(uuid.uuid4())
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    given = {name: value for name, value in call.parameters.items() if name != "Tags"}
    made = {
        **given,
        "AssociationId": identity,
        "AssociationVersion": "1",
        "DocumentVersion": given.get("DocumentVersion", "$DEFAULT"),
        "Date": now,
        "LastUpdateAssociationDate": now,
        "Overview": {"Status": "Success", "DetailedStatus": "Success"},
    }
    store.table(call, _ASSOCIATIONS)[identity] = made
    store.table(call, "own tags")[identity] = tags_in(call.parameters)
    return {"AssociationDescription": made}


def _find(call: Call, store: Store) -> dict[str, Any]:
    found = store.table(call, _ASSOCIATIONS).get(str(call.get("AssociationId")))
    if found is None:
        raise AwsError("AssociationDoesNotExist", "The specified association does not exist.", 400)
    return dict(found)


def _describe(call: Call, store: Store) -> Mapping[str, Any]:
    return {"AssociationDescription": _find(call, store)}


def _update(call: Call, store: Store) -> Mapping[str, Any]:
    found = {**_find(call, store), **call.parameters}
    store.table(call, _ASSOCIATIONS)[found["AssociationId"]] = found
    return {"AssociationDescription": found}


def _delete(call: Call, store: Store) -> Mapping[str, Any]:
    store.table(call, _ASSOCIATIONS).pop(_find(call, store)["AssociationId"])
    return {}


def _baseline_made(call: Call, store: Store) -> Mapping[str, Any]:
    """Of our own altogether: moto refuses one that has tags."""
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    usual = {
        "OperatingSystem": "WINDOWS",
        "ApprovedPatchesComplianceLevel": "UNSPECIFIED",
        "ApprovedPatchesEnableNonSecurity": False,
        "ApprovedPatches": [],
        "RejectedPatches": [],
        "RejectedPatchesAction": "ALLOW_AS_DEPENDENCY",
        "GlobalFilters": {"PatchFilters": []},
        "ApprovalRules": {"PatchRules": []},
        "Sources": [],
        "PatchGroups": [],
        "CreatedDate": now,
        "ModifiedDate": now,
    }
    given = {name: value for name, value in call.parameters.items() if name not in {"Tags", "ClientToken"}}
    identity = f"pb-0{secrets.token_hex(8)}"
    store.table(call, "own tags")[identity] = tags_in(call.parameters)
    store.table(call, "baselines")[identity] = {**usual, **given, "BaselineId": identity}
    return {"BaselineId": identity}


def _baseline(call: Call, store: Store) -> Mapping[str, Any]:
    found = store.table(call, "baselines").get(str(call.get("BaselineId")))
    if found is None:
        text = f"Patch baseline {call.get('BaselineId')} does not exist"
        raise AwsError("DoesNotExistException", text, 400)
    if call.name.startswith("Update"):
        found.update({name: value for name, value in call.parameters.items() if name != "Replace"})
    return dict(found)


def _baseline_gone(call: Call, store: Store) -> Mapping[str, Any]:
    store.table(call, "baselines").pop(str(call.get("BaselineId")), None)
    return {"BaselineId": call.get("BaselineId")}


def _patch_group(call: Call, store: Store) -> Mapping[str, Any]:
    group, identity = str(call.get("PatchGroup")), _baseline(call, store)["BaselineId"]
    held = store.table(call, _PATCH_GROUPS)
    if call.name.startswith("Register"):
        held[f"{group}|{identity}"] = group
    else:
        held.pop(f"{group}|{identity}", None)
    return {"PatchGroup": group, "BaselineId": identity}


def _patch_groups(call: Call, store: Store) -> Mapping[str, Any]:
    found = []
    for key, group in store.table(call, _PATCH_GROUPS).items():
        baseline = store.table(call, "baselines").get(key.rpartition("|")[2], {})
        names = {"BaselineId": "BaselineId", "BaselineName": "Name", "BaselineDescription": "Description",
                 "OperatingSystem": "OperatingSystem"}  # fmt: skip
        identity = {name: baseline[of] for name, of in names.items() if baseline.get(of)}
        found.append({"PatchGroup": group, "BaselineIdentity": {**identity, "DefaultBaseline": False}})
    return {"Mappings": found}


def _tags(call: Call, store: Store) -> Mapping[str, Any] | None:
    if call.get("ResourceType") not in {"Association", "PatchBaseline"}:
        return None
    made = store.table(call, "own tags").get(str(call.get("ResourceId")), {})
    return {"TagList": [{"Key": key, "Value": value} for key, value in made.items()]}


THINGS = (_ASSOCIATIONS, _PATCH_GROUPS, "baselines", ssm_windows.TARGETS, ssm_windows.TASKS)
OPERATIONS = {
    **ssm_windows.OPERATIONS,
    "CreatePatchBaseline": _baseline_made,
    "DeletePatchBaseline": _baseline_gone,
    "CreateAssociation": _create,
    "DescribeAssociation": _describe,
    "UpdateAssociation": _update,
    "DeleteAssociation": _delete,
    "ListTagsForResource": _tags,
    "RegisterPatchBaselineForPatchGroup": _patch_group,
    "DeregisterPatchBaselineForPatchGroup": _patch_group,
    "DescribePatchGroups": _patch_groups,
    "GetPatchBaseline": _baseline,
    "UpdatePatchBaseline": _baseline,
}
