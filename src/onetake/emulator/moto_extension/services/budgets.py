"""Budgets: who is told; tags."""

from collections.abc import Mapping
from typing import Any

from onetake.emulator.moto_extension.calls import Call, not_found
from onetake.emulator.moto_extension.generic.store import Store, tags_in
from onetake.emulator.moto_extension.services import TAGGING


def _name(call: Call, notification: Mapping[str, Any]) -> str:
    parts = (notification.get(part) for part in ("NotificationType", "ComparisonOperator", "ThresholdType"))
    return "|".join([str(call.get("BudgetName")), *map(str, parts), str(float(notification.get("Threshold", 0)))])


def _created(call: Call, store: Store, _answer: dict[str, Any]) -> None:
    name = (call.get("Budget") or {}).get("BudgetName")
    store.tags[f"arn:aws:budgets::{call.get('AccountId')}:budget/{name}"] = tags_in(call.parameters)
    for one in call.get("NotificationsWithSubscribers", []):
        call.parameters["BudgetName"] = name
        store.table(call, "subscribers")[_name(call, one["Notification"])] = one["Subscribers"]


def _notified(call: Call, store: Store, _answer: dict[str, Any]) -> None:
    store.table(call, "subscribers")[_name(call, call.get("Notification"))] = call.get("Subscribers", [])


def _subscribers(call: Call, store: Store) -> Mapping[str, Any]:
    found = store.table(call, "subscribers").get(_name(call, call.get("Notification")))
    if found is None:
        raise not_found(call.operation, "Unable to get subscribers - notification not found")
    return {"Subscribers": found}


OPERATIONS = {**TAGGING, "DescribeSubscribersForNotification": _subscribers}
AMENDMENTS = {"CreateBudget": _created, "CreateNotification": _notified}
