"""CloudWatch: composite alarms."""

from collections.abc import Mapping
from typing import Any

from onetake.emulator.moto_extension.calls import Call
from onetake.emulator.moto_extension.generic.store import Store, tags_in, tags_of

_TABLE = "composite alarms"


def _arn(call: Call, name: str) -> str:
    return f"arn:aws:cloudwatch:{call.region}:{call.account}:alarm:{name}"


def _put(call: Call, store: Store) -> Mapping[str, Any]:
    name = str(call.get("AlarmName"))
    given = {key: value for key, value in call.parameters.items() if key != "Tags"}
    alarm = {"ActionsEnabled": True, **given, "AlarmArn": _arn(call, name), "StateValue": "INSUFFICIENT_DATA"}
    store.table(call, _TABLE)[name] = alarm
    if "Tags" in call.parameters:
        store.tags[alarm["AlarmArn"]] = tags_in(call.parameters)
    return {}


def _describe(call: Call, store: Store) -> Mapping[str, Any] | None:
    if "CompositeAlarm" not in call.get("AlarmTypes", []):
        return None
    names = call.get("AlarmNames", [])
    alarms = store.table(call, _TABLE)
    return {"CompositeAlarms": [alarm for name, alarm in alarms.items() if not names or name in names]}


def _delete(call: Call, store: Store) -> Mapping[str, Any] | None:
    alarms = store.table(call, _TABLE)
    names = call.get("AlarmNames", [])
    ours = [name for name in names if name in alarms]
    for name in ours:
        del alarms[name]
    return {} if len(ours) == len(names) else None


def _mine(call: Call, store: Store) -> str | None:
    arn = str(call.get("ResourceARN"))
    return arn if any(alarm["AlarmArn"] == arn for alarm in store.table(call, _TABLE).values()) else None


def _tags(call: Call, store: Store) -> Mapping[str, Any] | None:
    arn = _mine(call, store)
    if arn is None:
        return None
    return {"Tags": [{"Key": key, "Value": value} for key, value in store.tags.get(arn, {}).items()]}


def _tag(call: Call, store: Store) -> Mapping[str, Any] | None:
    arn = _mine(call, store)
    if arn is None:
        return None
    store.tags.setdefault(arn, {}).update(tags_of(call.get("Tags")))
    return {}


THINGS = (_TABLE,)
OPERATIONS = {
    "PutCompositeAlarm": _put,
    "DescribeAlarms": _describe,
    "DeleteAlarms": _delete,
    "ListTagsForResource": _tags,
    "TagResource": _tag,
}
