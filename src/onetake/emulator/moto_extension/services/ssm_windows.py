"""Systems Manager: targets and tasks of maintenance windows, which moto tells of in part."""

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from onetake.emulator.moto_extension.calls import AwsError, Call
from onetake.emulator.moto_extension.generic.store import Operation, Store

TARGETS, TASKS = "window targets", "window tasks"
_USUAL: Mapping[str, Mapping[str, Any]] = {TARGETS: {}, TASKS: {"Priority": 1}}
_IDS = {TARGETS: "WindowTargetId", TASKS: "WindowTaskId"}
_UUID = (4, 2, 2, 2, 6)


def _identity() -> str:
    return "-".join(secrets.token_hex(size) for size in _UUID)


def _register(table: str) -> Operation:
    def register(call: Call, store: Store) -> Mapping[str, Any]:
        identity, name = _identity(), _IDS[table]
        given = {key: value for key, value in call.parameters.items() if key != "ClientToken"}
        store.table(call, table)[identity] = {**_USUAL[table], **given, name: identity}
        return {name: identity}

    return register


def _found(call: Call, store: Store, table: str) -> dict[str, Any]:
    one = store.table(call, table).get(str(call.get(_IDS[table])))
    if one is None:
        raise AwsError("DoesNotExistException", f"{call.get(_IDS[table])} does not exist", 400)
    found: dict[str, Any] = one
    return found


def _with(table: str, act: Callable[[Call, Store, dict[str, Any]], Mapping[str, Any]]) -> Operation:
    def operation(call: Call, store: Store) -> Mapping[str, Any]:
        return act(call, store, _found(call, store, table))

    return operation


def _update(call: Call, _store: Store, one: dict[str, Any]) -> Mapping[str, Any]:
    one.update({name: value for name, value in call.parameters.items() if name != "Replace"})
    return one


def _remove(table: str) -> Callable[[Call, Store, dict[str, Any]], Mapping[str, Any]]:
    def remove(call: Call, store: Store, one: dict[str, Any]) -> Mapping[str, Any]:
        del store.table(call, table)[one[_IDS[table]]]
        return {"WindowId": one["WindowId"], _IDS[table]: one[_IDS[table]]}

    return remove


def _of_window(table: str, member: str) -> Operation:
    def described(call: Call, store: Store) -> Mapping[str, Any]:
        wanted = {value for one in call.get("Filters", []) for value in one.get("Values", [])}
        mine = [one for one in store.table(call, table).values() if one["WindowId"] == call.get("WindowId")]
        return {member: [one for one in mine if not wanted or wanted & {one[_IDS[table]], one.get("OwnerInformation")}]}

    return described


OPERATIONS: Mapping[str, Operation] = {
    "RegisterTargetWithMaintenanceWindow": _register(TARGETS),
    "DescribeMaintenanceWindowTargets": _of_window(TARGETS, "Targets"),
    "UpdateMaintenanceWindowTarget": _with(TARGETS, _update),
    "DeregisterTargetFromMaintenanceWindow": _with(TARGETS, _remove(TARGETS)),
    "RegisterTaskWithMaintenanceWindow": _register(TASKS),
    "DescribeMaintenanceWindowTasks": _of_window(TASKS, "Tasks"),
    "GetMaintenanceWindowTask": _with(TASKS, lambda _call, _store, one: one),
    "UpdateMaintenanceWindowTask": _with(TASKS, _update),
    "DeregisterTaskFromMaintenanceWindow": _with(TASKS, _remove(TASKS)),
}
