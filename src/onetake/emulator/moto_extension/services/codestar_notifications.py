"""Notifications of developer tools, which moto does not have."""

from collections.abc import Mapping
from typing import Any

from onetake.emulator.moto_extension.calls import Call, not_found
from onetake.emulator.moto_extension.generic.hints import Hint
from onetake.emulator.moto_extension.generic.store import Store

HINTS = {
    "NotificationRule": Hint(
        arn="arn:aws:codestar-notifications:{region}:{account}:notificationrule/{id}", values={"Status": "ENABLED"}
    )
}


def _describe(call: Call, store: Store) -> Mapping[str, Any]:
    for one in store.records(call, "NotificationRule"):
        if one.arn == call.get("Arn"):
            values = one.values
            return {
                "Arn": one.arn,
                "Name": values.get("name"),
                "Resource": values.get("resource"),
                "DetailType": values.get("detailtype"),
                "Status": values.get("status"),
                "EventTypes": [{"EventTypeId": name} for name in values.get("eventtypeids", [])],
                "Targets": [{**target, "TargetStatus": "ACTIVE"} for target in _targets(values.get("targets", []))],
                "CreatedTimestamp": one.made,
                "LastModifiedTimestamp": one.made,
                "Tags": one.tags,
            }
    raise not_found(call.operation, f"Notification rule {call.get('Arn')} does not exist")


def _targets(given: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{"TargetAddress": one.get("TargetAddress"), "TargetType": one.get("TargetType")} for one in given]


def _forget(_call: Call, _store: Store) -> Mapping[str, Any]:
    """Targets are kept with their rules; one that is deleted by itself is used by none."""
    return {}


OPERATIONS = {"DescribeNotificationRule": _describe, "DeleteTarget": _forget}
