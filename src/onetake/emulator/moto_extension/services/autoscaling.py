"""Auto Scaling: notifications; groups, policies and hooks as they were given."""

from collections.abc import Mapping
from typing import Any

from onetake.emulator.moto_extension.calls import Call
from onetake.emulator.moto_extension.generic.store import Store
from onetake.emulator.moto_extension.services import kept

_NOTIFIED, _GROUPS = "notifications", "groups"
_KEPT = (
    "DefaultInstanceWarmup",
    "MaxInstanceLifetime",
    "CapacityReservationSpecification",
    "InstanceMaintenancePolicy",
    "DesiredCapacityType",
    "AvailabilityZoneDistribution",
)
"""What moto forgets of a group."""


def _put(call: Call, store: Store) -> Mapping[str, Any]:
    group, topic = str(call.get("AutoScalingGroupName")), str(call.get("TopicARN"))
    store.table(call, _NOTIFIED)[f"{group}|{topic}"] = [str(one) for one in call.get("NotificationTypes", [])]
    return {}


def _describe(call: Call, store: Store) -> Mapping[str, Any]:
    wanted = call.get("AutoScalingGroupNames", [])
    found = []
    for name, types in store.table(call, _NOTIFIED).items():
        group, _, topic = name.partition("|")
        if not wanted or group in wanted:
            found += [{"AutoScalingGroupName": group, "TopicARN": topic, "NotificationType": one} for one in types]
    return {"NotificationConfigurations": found}


def _delete(call: Call, store: Store) -> Mapping[str, Any]:
    store.table(call, _NOTIFIED).pop(f"{call.get('AutoScalingGroupName')}|{call.get('TopicARN')}", None)
    return {}


def _groups(call: Call, store: Store, answer: dict[str, Any]) -> None:
    for group in answer.get("AutoScalingGroups", []):
        group.update(store.table(call, _GROUPS).get(group["AutoScalingGroupName"], {}))


def _policies(_call: Call, _store: Store, answer: dict[str, Any]) -> None:
    for policy in answer.get("ScalingPolicies", []):
        policy["Enabled"] = True
        if not (policy.get("PredictiveScalingConfiguration") or {}).get("MetricSpecifications"):
            policy.pop("PredictiveScalingConfiguration", None)


def _hook(call: Call, store: Store, _answer: dict[str, Any]) -> None:
    name = f"{call.get('AutoScalingGroupName')}|{call.get('LifecycleHookName')}"
    store.table(call, "hooks")[name] = {
        member: call.get(member) for member in ("NotificationTargetARN", "RoleARN", "NotificationMetadata")
    }


def _hooks(call: Call, store: Store, answer: dict[str, Any]) -> None:
    for hook in answer.get("LifecycleHooks", []):
        given = store.table(call, "hooks").get(f"{hook['AutoScalingGroupName']}|{hook['LifecycleHookName']}", {})
        for member, value in given.items():
            if value is None:
                hook.pop(member, None)
            else:
                hook[member] = value


THINGS = (_NOTIFIED,)
OPERATIONS = {
    "PutNotificationConfiguration": _put,
    "DescribeNotificationConfigurations": _describe,
    "DeleteNotificationConfiguration": _delete,
}
AMENDMENTS = {
    "CreateAutoScalingGroup": kept(_GROUPS, "AutoScalingGroupName", *_KEPT),
    "UpdateAutoScalingGroup": kept(_GROUPS, "AutoScalingGroupName", *_KEPT),
    "DescribeAutoScalingGroups": _groups,
    "DescribePolicies": _policies,
    "PutLifecycleHook": _hook,
    "DescribeLifecycleHooks": _hooks,
}
